/** Sets of letters in regular expressions: classes, escapes, and case. */
import { PatternFault } from './fault.ts';

/** Ranges of code points, both ends included. */
export type Letters = readonly (readonly [number, number])[];

const LAST = 0x10ffff;
const DIGITS: Letters = [[48, 57]];
const WORD: Letters = [
  [48, 57],
  [65, 90],
  [95, 95],
  [97, 122],
];
const SPACE: Letters = [
  [9, 10],
  [12, 13],
  [32, 32],
];

const POSIX: Readonly<Record<string, Letters>> = {
  alnum: [...DIGITS, [65, 90], [97, 122]],
  alpha: [
    [65, 90],
    [97, 122],
  ],
  ascii: [[0, 127]],
  blank: [
    [9, 9],
    [32, 32],
  ],
  cntrl: [
    [0, 31],
    [127, 127],
  ],
  digit: DIGITS,
  graph: [[33, 126]],
  lower: [[97, 122]],
  print: [[32, 126]],
  punct: [
    [33, 47],
    [58, 64],
    [91, 96],
    [123, 126],
  ],
  space: [
    [9, 13],
    [32, 32],
  ],
  upper: [[65, 90]],
  word: WORD,
  xdigit: [...DIGITS, [65, 70], [97, 102]],
};

const CLASSES: Readonly<Record<string, Letters>> = {
  d: DIGITS,
  w: WORD,
  s: SPACE,
  D: inverted(DIGITS),
  W: inverted(WORD),
  S: inverted(SPACE),
};

const SIMPLE: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 };

/** What `.` stands for: every letter, line breaks only where it is told so. */
export function anyLetter(breaks: boolean): Letters {
  return breaks ? [[0, LAST]] : inverted([[10, 10]]);
}

/** Whether a letter is in the set. */
export function hasLetter(letters: Letters, code: number): boolean {
  for (const [low, high] of letters) if (code >= low && code <= high) return true;
  return false;
}

/** Everything that is not in the set. */
export function inverted(letters: Letters): Letters {
  const found: [number, number][] = [];
  let next = 0;
  for (const [low, high] of [...letters].sort((one, other) => one[0] - other[0])) {
    if (low > next) found.push([next, low - 1]);
    next = Math.max(next, high + 1);
  }
  if (next <= LAST) found.push([next, LAST]);
  return found;
}

/** The set with the other case of each ASCII letter in it. */
export function foldCase(letters: Letters): Letters {
  const shifted = (from: number, by: number) =>
    letters.flatMap(([low, high]): Letters => {
      const [start, end] = [Math.max(low, from), Math.min(high, from + 25)];
      return start <= end ? [[start + by, end + by]] : [];
    });
  return [...letters, ...shifted(65, 32), ...shifted(97, -32)];
}

/** What the escape at `at` stands for. */
export function escapeOf(pattern: string, at: number): { readonly letters: Letters; readonly end: number } {
  const letter = pattern[at + 1] ?? '';
  if (letter === 'p' || letter === 'P') return propertyOf(pattern, at);
  const octal = /^\\(0[0-7]{0,2}|[1-7][0-7]{1,2})/.exec(pattern.slice(at, at + 4));
  if (octal) {
    const point = Number.parseInt(octal[1] as string, 8);
    return { letters: [[point, point]], end: at + octal[0].length };
  }
  const known = CLASSES[letter];
  if (known) return { letters: known, end: at + 2 };
  const code = SIMPLE[letter];
  if (code !== undefined) return { letters: [[code, code]], end: at + 2 };
  const hex = /^\\x(?:([\da-fA-F]{2})|\{([\da-fA-F]{1,6})\})/.exec(pattern.slice(at, at + 12));
  if (hex) {
    const point = Math.min(LAST, Number.parseInt(hex[1] ?? hex[2] ?? '', 16));
    return { letters: [[point, point]], end: at + hex[0].length };
  }
  if (letter === '' || /[A-Za-z0-9]/.test(letter)) {
    throw new PatternFault(`it uses "\\${letter}", which is not read here`);
  }
  const point = pattern.codePointAt(at + 1) as number;
  return { letters: [[point, point]], end: at + (point > 0xffff ? 3 : 2) };
}

/** The class in brackets that begins at `at`. */
export function classOf(pattern: string, at: number): { readonly letters: Letters; readonly end: number } {
  const negated = pattern[at + 1] === '^';
  let offset = at + (negated ? 2 : 1);
  const found: (readonly [number, number])[] = [];
  for (let first = true; first || pattern[offset] !== ']'; first = false) {
    if (offset >= pattern.length) throw new PatternFault('a bracket is not closed');
    const posix = /^\[:(\^?)([a-z]+):\]/.exec(pattern.slice(offset, offset + 12));
    const named = posix && POSIX[posix[2] as string];
    if (posix && named) {
      found.push(...(posix[1] === '' ? named : inverted(named)));
      offset += posix[0].length;
      continue;
    }
    const low = one(pattern, offset);
    offset = low.end;
    const single = low.letters.length === 1 && low.letters[0]?.[0] === low.letters[0]?.[1];
    if (single && pattern[offset] === '-' && pattern[offset + 1] !== ']' && offset + 1 < pattern.length) {
      const high = one(pattern, offset + 1);
      offset = high.end;
      const [from, to] = [low.letters[0]?.[0] as number, high.letters[0]?.[1] as number];
      if (to < from) throw new PatternFault('a range runs backwards');
      found.push([from, to]);
    } else found.push(...low.letters);
  }
  return { letters: negated ? inverted(found) : found, end: offset + 1 };
}

function one(pattern: string, at: number): { readonly letters: Letters; readonly end: number } {
  if (pattern[at] === '\\') return escapeOf(pattern, at);
  const code = pattern.codePointAt(at) as number;
  return { letters: [[code, code]], end: at + (code > 0xffff ? 2 : 1) };
}

/** A Unicode class: a general category of one letter or two, or a script. */
function propertyOf(pattern: string, at: number): { readonly letters: Letters; readonly end: number } {
  const match = /^\\[pP](?:([A-Z])|\{(\^?)(\w{1,40})\})/.exec(pattern.slice(at, at + 50));
  const name = match?.[1] ?? match?.[3] ?? '';
  const letters = lettersOf(name);
  if (!match || !letters) throw new PatternFault('it names a class of letters that there is not');
  const negated = (match[0][1] === 'P') !== (match[2] === '^');
  return { letters: negated ? inverted(letters) : letters, end: at + match[0].length };
}

const CLASSES_OF_UNICODE = new Map<string, Letters | undefined>();

/** The letters of a class, found once by asking for each: there are a million, and few patterns that ask. */
function lettersOf(name: string): Letters | undefined {
  if (!CLASSES_OF_UNICODE.has(name)) CLASSES_OF_UNICODE.set(name, found(name));
  return CLASSES_OF_UNICODE.get(name);
}

function found(name: string): Letters | undefined {
  const test = name.length > 2 ? classOfJavaScript(`Script=${name}`) : classOfJavaScript(`General_Category=${name}`);
  if (!test) return undefined;
  const ranges: [number, number][] = [];
  for (let code = 0; code <= LAST; code++) {
    if (!test.test(String.fromCodePoint(code))) continue;
    const last = ranges.at(-1);
    if (last && last[1] === code - 1) last[1] = code;
    else ranges.push([code, code]);
  }
  return ranges;
}

function classOfJavaScript(property: string): RegExp | undefined {
  try {
    return new RegExp(`^\\p{${property}}$`, 'u');
  } catch {
    // There is no such class.
    return undefined;
  }
}
