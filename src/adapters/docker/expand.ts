/** Variables in the words of a Dockerfile, as the builder fills them in: `$A`, `${A}`, `${A:-x}`, `${A:+x}`, `${A:?x}`. */
import type { Origin } from '../../source/span.ts';
import { type Unknown, unknown } from '../../source/value.ts';

/** What a name stands for; undefined where nothing sets it. */
export type Lookup = (name: string) => string | Unknown | undefined;

/** A text with its variables filled in. */
export interface Expanded {
  readonly value: string | Unknown;
  /** Names that nothing sets and that have no default here: they stand for nothing. */
  readonly unset: readonly string[];
}

/** A value doubles with each `ENV A=$A$A`: longer ones than this are unknown. */
const MAX_LENGTH = 65_536;
const MAX_DEPTH = 20;

/** What one word is read with. */
interface Reader {
  readonly text: string;
  readonly escape: string;
  readonly lookup: Lookup;
  readonly origin: Origin;
  readonly unset: string[];
  at: number;
  unknown: Unknown | null;
}

/**
 * The value of `text`, its quotes and escapes taken away. It is unknown where a variable in it is, where it grows beyond
 * all measure, or where it takes a pattern to a value (`${A#x}`), which is not evaluated.
 */
export function expand(text: string, escapeCharacter: string, lookup: Lookup, origin: Origin): Expanded {
  const reader: Reader = { text, escape: escapeCharacter, lookup, origin, unset: [], at: 0, unknown: null };
  const value = readUntil(reader, '', 0);
  return { value: reader.unknown ?? value, unset: reader.unset };
}

/** Reads up to `end` (a closing brace, or nothing for the whole text) and leaves the reader behind it. */
function readUntil(reader: Reader, end: string, depth: number): string {
  let value = '';
  let quoted = false;
  while (reader.at < reader.text.length) {
    const char = reader.text[reader.at] as string;
    reader.at++;
    if (char === end && !quoted) return value;
    if (char === reader.escape) value += escaped(reader, quoted);
    else if (char === '"') quoted = !quoted;
    else if (char === "'" && !quoted) value += singleQuoted(reader);
    else if (char === '$') value += variable(reader, depth);
    else value += char;
    if (value.length > MAX_LENGTH) {
      reader.unknown ??= unknown(`it is longer than ${MAX_LENGTH} characters`, reader.origin);
      return '';
    }
  }
  return value;
}

/** In double quotes an escape stands for itself before anything that needs none. */
function escaped(reader: Reader, quoted: boolean): string {
  const next = reader.text[reader.at] ?? '';
  reader.at++;
  return quoted && next !== '"' && next !== '$' && next !== reader.escape ? reader.escape + next : next;
}

function singleQuoted(reader: Reader): string {
  const end = reader.text.indexOf("'", reader.at);
  const value = reader.text.slice(reader.at, end === -1 ? undefined : end);
  reader.at = end === -1 ? reader.text.length : end + 1;
  return value;
}

/** The value of the variable whose `$` was just read. */
function variable(reader: Reader, depth: number): string {
  const braced = reader.text[reader.at] === '{';
  const name = /^(?:[A-Za-z_][A-Za-z0-9_]*|[0-9@*#])/.exec(
    reader.text.slice(reader.at + (braced ? 1 : 0), reader.at + 201),
  )?.[0];
  if (name === undefined) return '$';
  reader.at += name.length + (braced ? 1 : 0);
  if (!braced) return use(reader, name, reader.lookup(name));
  const operator = /^(?::?[-+?])?/.exec(reader.text.slice(reader.at, reader.at + 2))?.[0] ?? '';
  reader.at += operator.length;
  if (operator === '' && reader.text[reader.at] !== '}') return pattern(reader, name);
  if (depth >= MAX_DEPTH) {
    reader.unknown ??= unknown(`it nests more than ${MAX_DEPTH} variables`, reader.origin);
    reader.at = reader.text.length;
    return '';
  }
  return substitute(reader, name, operator, depth);
}

/** `:` before the operator takes an empty value for none. The word behind it counts only where it is used. */
function substitute(reader: Reader, name: string, operator: string, depth: number): string {
  const found = reader.lookup(name);
  const set = found !== undefined && !(operator.startsWith(':') && found === '');
  const [unsetBefore, unknownBefore] = [reader.unset.length, reader.unknown];
  const word = readUntil(reader, '}', depth + 1);
  const takesWord = operator.endsWith('-') ? !set : operator.endsWith('+') && set;
  if (takesWord) return word;
  reader.unset.length = unsetBefore;
  reader.unknown = unknownBefore;
  return operator.endsWith('+') ? '' : use(reader, name, found);
}

function use(reader: Reader, name: string, found: string | Unknown | undefined): string {
  if (typeof found === 'string') return found;
  if (found === undefined) reader.unset.push(name);
  else reader.unknown ??= found;
  return '';
}

function pattern(reader: Reader, name: string): string {
  reader.unknown ??= unknown(`a pattern is applied to ${name}`, reader.origin);
  reader.at = reader.text.length;
  return '';
}
