import type { Origin } from '../../source/span.ts';
import type { Line, SourceWord } from './syntax.ts';

/** The words of a line, split at blanks and nothing else: what EXPOSE and FROM take. */
export function wordsOf(line: Line): readonly SourceWord[] {
  const words: SourceWord[] = [];
  let start = -1;
  for (let i = 0; i <= line.text.length; i++) {
    if (i < line.text.length && !isBlank(line.text[i])) {
      if (start === -1) start = i;
    } else if (start !== -1) {
      words.push({ text: line.text.slice(start, i), origin: line.origin(start, i) });
      start = -1;
    }
  }
  return words;
}

/** The words of a line, where quotes and escapes keep blanks together: what ENV and ARG take. They stay in the words. */
export function quotedWordsOf(line: Line, escapeCharacter: string): readonly SourceWord[] {
  const words: SourceWord[] = [];
  const { text } = line;
  let start = -1;
  let quote = '';
  for (let i = 0; i <= text.length; i++) {
    const char = text[i];
    if (char === undefined || (quote === '' && isBlank(char))) {
      if (start !== -1) words.push({ text: text.slice(start, i), origin: line.origin(start, i) });
      start = -1;
      continue;
    }
    if (start === -1) start = i;
    if (char === escapeCharacter && quote !== "'") i++;
    else if (quote !== '') quote = char === quote ? '' : quote;
    else if (char === '"' || char === "'") quote = char;
  }
  return words;
}

/** A variable and its value, of ARG, ENV or LABEL. */
export interface Pair {
  readonly name: string;
  /** Null where nothing is given: `ARG PORT`. */
  readonly value: string | null;
  readonly origin: Origin;
}

/** The pairs of an ENV: `NAME=value …`, or the old form of one name and the rest of the line. */
export function environmentPairs(line: Line, escapeCharacter: string): readonly Pair[] {
  const words = quotedWordsOf(line, escapeCharacter);
  const first = words[0];
  if (first === undefined) return [];
  if (first.text.includes('=')) return words.map(pairOf);
  const begin = line.text.search(/\S/);
  const rest = line.text.slice(begin + first.text.length);
  const value = rest.trim();
  if (value === '') return [{ name: first.text, value: null, origin: first.origin }];
  const end = line.text.trimEnd().length;
  return [{ name: first.text, value, origin: line.origin(begin, end) }];
}

/** The names of an ARG, with their defaults. */
export function argumentPairs(line: Line, escapeCharacter: string): readonly Pair[] {
  return quotedWordsOf(line, escapeCharacter).map(pairOf);
}

function pairOf(word: SourceWord): Pair {
  const equals = word.text.indexOf('=');
  if (equals === -1) return { name: word.text, value: null, origin: word.origin };
  return { name: word.text.slice(0, equals), value: word.text.slice(equals + 1), origin: word.origin };
}

/**
 * The words of an exec form (`["node", "server.js"]`); null where the line is not a JSON array of strings, so that the
 * builder takes all of it for a shell.
 */
export function execForm(line: Line): readonly SourceWord[] | null {
  const { text } = line;
  const words: SourceWord[] = [];
  let i = skipBlanks(text, 0);
  if (text[i] !== '[') return null;
  i = skipBlanks(text, i + 1);
  if (text[i] !== ']') {
    for (;;) {
      const end = stringEnd(text, i);
      const value = end === -1 ? undefined : decoded(text.slice(i, end));
      if (value === undefined) return null;
      words.push({ text: value, origin: line.origin(i, end) });
      i = skipBlanks(text, end);
      if (text[i] === ']') break;
      if (text[i] !== ',') return null;
      i = skipBlanks(text, i + 1);
    }
  }
  return skipBlanks(text, i + 1) === text.length ? words : null;
}

/** The offset behind the JSON string that begins at `start`; -1 where none does. */
function stringEnd(text: string, start: number): number {
  if (text[start] !== '"') return -1;
  for (let i = start + 1; i < text.length; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '"') return i + 1;
  }
  return -1;
}

function decoded(json: string): string | undefined {
  try {
    return String(JSON.parse(json));
  } catch {
    return undefined;
  }
}

function skipBlanks(text: string, start: number): number {
  let i = start;
  while (i < text.length && isBlank(text[i])) i++;
  return i;
}

function isBlank(char: string | undefined): boolean {
  return char === ' ' || char === '\t' || char === '\v' || char === '\f' || char === '\r' || char === '\n';
}
