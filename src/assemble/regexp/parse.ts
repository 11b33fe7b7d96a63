/** Regular expressions of Go (RE2's syntax). */
import { PatternFault } from './fault.ts';
import { anyLetter, classOf, escapeOf, foldCase, type Letters } from './letters.ts';

/** What must stand where nothing is read. */
export type Assertion = 'text start' | 'text end' | 'line start' | 'line end' | 'word edge' | 'no word edge';

/** What a pattern says; alternatives are in the order in which they are preferred. */
export type Tree =
  | { readonly kind: 'letters'; readonly letters: Letters }
  | { readonly kind: 'assert'; readonly what: Assertion }
  | { readonly kind: 'group'; readonly index: number; readonly tree: Tree }
  | { readonly kind: 'all' | 'one'; readonly trees: readonly Tree[] }
  | {
      readonly kind: 'repeat';
      readonly tree: Tree;
      readonly least: number;
      readonly most: number;
      readonly lazy: boolean;
    };

interface Flags {
  readonly fold: boolean;
  readonly lines: boolean;
  readonly dotAll: boolean;
  /** Repetitions take as little as they can, and with a question mark as much. */
  readonly lazy: boolean;
}

interface Reader {
  readonly pattern: string;
  at: number;
  depth: number;
  flags: Flags;
  readonly groups: (string | null)[];
}

const LONGEST_PATTERN = 2_000;
const DEEPEST = 50;

/** A pattern, and the names of its groups; group 0 is the whole match. */
export interface Pattern {
  readonly tree: Tree;
  readonly groups: readonly (string | null)[];
}

/** Reads a pattern. One that is none, or that is too large, is a fault. */
export function parsePattern(pattern: string): Pattern {
  if (pattern.length > LONGEST_PATTERN) throw new PatternFault('it is longer than any real one');
  const flags = { fold: false, lines: false, dotAll: false, lazy: false };
  const reader: Reader = { pattern, at: 0, depth: 0, flags, groups: [null] };
  const tree = alternatives(reader);
  if (reader.at < pattern.length) throw new PatternFault('a parenthesis is closed that was not opened');
  return { tree: { kind: 'group', index: 0, tree }, groups: reader.groups };
}

function alternatives(reader: Reader): Tree {
  if (++reader.depth > DEEPEST) throw new PatternFault('it is nested too deeply');
  const { flags } = reader;
  const trees = [sequence(reader)];
  while (reader.pattern[reader.at] === '|') {
    reader.at++;
    trees.push(sequence(reader));
  }
  reader.flags = flags;
  reader.depth--;
  return trees.length === 1 ? (trees[0] as Tree) : { kind: 'one', trees };
}

function sequence(reader: Reader): Tree {
  const trees: Tree[] = [];
  while (reader.at < reader.pattern.length && !/[|)]/.test(reader.pattern[reader.at] as string)) {
    const tree = atom(reader);
    if (tree) trees.push(repeated(reader, tree));
  }
  return { kind: 'all', trees };
}

const REPEAT = /(?:([*+?])|\{(\d{1,4})(?:(,)(\d{1,4})?)?\})(\?)?/y;

function repeated(reader: Reader, tree: Tree): Tree {
  let result = tree;
  for (let count = 0; ; count++) {
    REPEAT.lastIndex = reader.at;
    const match = REPEAT.exec(reader.pattern);
    if (!match) return result;
    if (count > 0) throw new PatternFault('a repetition is repeated');
    reader.at += match[0].length;
    const [, sign, from, comma, to, lazy] = match;
    const least = sign ? (sign === '+' ? 1 : 0) : Number(from);
    const most = sign
      ? sign === '?'
        ? 1
        : Number.POSITIVE_INFINITY
      : to
        ? Number(to)
        : comma
          ? Number.POSITIVE_INFINITY
          : least;
    if (Math.max(least, Number.isFinite(most) ? most : 0) > 1000 || most < least)
      throw new PatternFault('it repeats too often');
    result = { kind: 'repeat', tree: result, least, most, lazy: (lazy !== undefined) !== reader.flags.lazy };
  }
}

/** One thing that can be repeated; undefined for flags, which stand for nothing. */
function atom(reader: Reader): Tree | undefined {
  const letter = reader.pattern[reader.at] as string;
  switch (letter) {
    case '(':
      return group(reader);
    case '[': {
      const { letters, end } = classOf(reader.pattern, reader.at);
      reader.at = end;
      return lettersTree(reader, letters);
    }
    case '.':
      reader.at++;
      return { kind: 'letters', letters: anyLetter(reader.flags.dotAll) };
    case '^':
      reader.at++;
      return { kind: 'assert', what: reader.flags.lines ? 'line start' : 'text start' };
    case '$':
      reader.at++;
      return { kind: 'assert', what: reader.flags.lines ? 'line end' : 'text end' };
    case '\\':
      return reader.pattern[reader.at + 1] === 'Q' ? quotedTree(reader) : escapeTree(reader);
    case '*':
    case '+':
    case '?':
      throw new PatternFault('a repetition has nothing to repeat');
    default: {
      const code = reader.pattern.codePointAt(reader.at) as number;
      reader.at += code > 0xffff ? 2 : 1;
      return lettersTree(reader, [[code, code]]);
    }
  }
}

function lettersTree(reader: Reader, letters: Letters): Tree {
  return { kind: 'letters', letters: reader.flags.fold ? foldCase(letters) : letters };
}

const ASSERTIONS: Readonly<Record<string, Assertion>> = {
  A: 'text start',
  z: 'text end',
  b: 'word edge',
  B: 'no word edge',
};

function escapeTree(reader: Reader): Tree {
  const what = ASSERTIONS[reader.pattern[reader.at + 1] ?? ''];
  if (what) {
    reader.at += 2;
    return { kind: 'assert', what };
  }
  const { letters, end } = escapeOf(reader.pattern, reader.at);
  reader.at = end;
  return lettersTree(reader, letters);
}

/** A stretch in which no letter is special, `\Q…\E`; undefined of an empty one. */
function quotedTree(reader: Reader): Tree | undefined {
  const start = reader.at + 2;
  const end = reader.pattern.indexOf('\\E', start);
  const letters = [...reader.pattern.slice(start, end === -1 ? undefined : end)];
  reader.at = end === -1 ? reader.pattern.length : end + 2;
  if (letters.length === 0) return undefined;
  if (letters.length > 1 && /[*+?{]/.test(reader.pattern[reader.at] ?? ''))
    throw new PatternFault('it repeats the end of a quoted stretch');
  const trees = letters.map((letter) => {
    const code = letter.codePointAt(0) as number;
    return lettersTree(reader, [[code, code]]);
  });
  return { kind: 'all', trees };
}

const OPENING = /\((?:\?(?:P?<(?<name>\w+)>|(?<on>[imsU]*)(?:-(?<off>[imsU]+))?(?<end>[:)])))?/y;

function group(reader: Reader): Tree | undefined {
  OPENING.lastIndex = reader.at;
  const match = OPENING.exec(reader.pattern);
  reader.at += match?.[0].length ?? 1;
  const { name, on = '', off = '', end } = match?.groups ?? {};
  if (end === undefined && name === undefined && reader.pattern[reader.at] === '?')
    throw new PatternFault('a group has an unknown form');
  const before = reader.flags;
  const set = (flag: string, now: boolean): boolean => (on.includes(flag) ? true : off.includes(flag) ? false : now);
  if (end !== undefined)
    reader.flags = {
      fold: set('i', before.fold),
      lines: set('m', before.lines),
      dotAll: set('s', before.dotAll),
      lazy: set('U', before.lazy),
    };
  if (end === ')') return undefined;
  const index = end === ':' ? null : reader.groups.push(name ?? null) - 1;
  const tree = alternatives(reader);
  if (reader.pattern[reader.at] !== ')') throw new PatternFault('a parenthesis is not closed');
  reader.at++;
  reader.flags = before;
  return index === null ? tree : { kind: 'group', index, tree };
}
