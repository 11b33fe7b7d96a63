/**
 * Functions of strings (website/docs/language/functions: "String Functions"; zclconf/go-cty function/stdlib/string.go).
 * What only tidies a text up keeps its place, since that is what a person would edit: chomp, lower, upper, title and the
 * trims, each item of a split, and what a replacement left as it was.
 */
import { bool, type Datum, sequence, text } from '../datum.ts';
import { listOf, STRING } from '../types.ts';
import { type Call, COUNT, type Func, integer, made, paid, paidText, refuse, str, TEXT, whole } from './call.ts';
import { clusters } from './cluster.ts';
import { allMatches, expanded, PATTERNS, programOf } from './pattern.ts';

/** By name. */
export const TEXTS: Readonly<Record<string, Func>> = {
  ...PATTERNS,
  chomp: tidied((value) => value.slice(0, endBefore(value, isBreak))),
  lower: tidied(lower),
  upper: tidied(upper),
  title: tidied(title),
  trimspace: tidied((value) => {
    const end = endBefore(value, isSpace);
    let start = 0;
    while (start < end && isSpace(value[start] as string)) start++;
    return value.slice(start, end);
  }),
  trim: trimmed((value, cut) => trimEnd(trimStart(value, cut), cut)),
  trimprefix: trimmed((value, cut) => (value.startsWith(cut) ? value.slice(cut.length) : value)),
  trimsuffix: trimmed((value, cut) => (cut !== '' && value.endsWith(cut) ? value.slice(0, -cut.length) : value)),
  strrev: whole([TEXT], ([value], call) => made(clusters(str(value)).reverse().join(''), call)),
  startswith: asked((value, part) => value.startsWith(part)),
  endswith: asked((value, part) => value.endsWith(part)),
  strcontains: asked((value, part) => value.includes(part)),
  substr: whole([TEXT, COUNT, COUNT], ([value, offset, length], call) =>
    made(part(str(value), integer(offset, call), integer(length, call)), call, value?.origin),
  ),
  indent: whole([COUNT, TEXT], ([spaces, value], call) => indented(integer(spaces, call), value as Datum, call)),
  join: whole([TEXT], ([separator, ...lists], call) => joined(str(separator), lists, call), {
    rest: { type: listOf(STRING) },
  }),
  split: whole([TEXT, TEXT], ([separator, value], call) => {
    const [source, by] = [str(value), str(separator)];
    const parts = by === '' ? [...source] : source.split(by);
    paid(parts.length, call);
    const origin = value?.origin ?? call.origin;
    return sequence(
      'list',
      parts.map((each) => text(each, origin)),
      call.origin,
    );
  }),
  replace: whole([TEXT, TEXT, TEXT], ([value, search, by], call) =>
    replaced(value as Datum, str(search), str(by), call),
  ),
};

function tidied(tidy: (value: string) => string): Func {
  return whole([TEXT], ([value], call) => made(tidy(str(value)), call, value?.origin));
}

function trimmed(trim: (value: string, cut: string) => string): Func {
  return whole([TEXT, TEXT], ([value, cut], call) => made(trim(str(value), str(cut)), call, value?.origin));
}

function asked(answer: (value: string, part: string) => boolean): Func {
  return whole([TEXT, TEXT], ([value, part], { origin }) => bool(answer(str(value), str(part)), origin));
}

/** Where a text ends without the letters at its end that are `gone`. */
function endBefore(value: string, gone: (letter: string) => boolean): number {
  let end = value.length;
  while (end > 0 && gone(value[end - 1] as string)) end--;
  return end;
}

function isBreak(letter: string): boolean {
  return letter === '\n' || letter === '\r';
}

/** White space as Unicode has it, which takes in U+0085 and leaves out U+FEFF. */
function isSpace(letter: string): boolean {
  return letter === '\u0085' || (letter !== '\ufeff' && /\s/.test(letter));
}

/** A letter begins a word behind what is no letter, digit or underscore; beyond ASCII, behind white space. */
function title(value: string): string {
  let begins = true;
  return [...value]
    .map((letter) => {
      const made = begins ? upper(letter) : letter;
      begins = letter < '\x80' ? !/\w/.test(letter) : isSpace(letter);
      return made;
    })
    .join('');
}

/** Go changes letters one by one, and leaves those that would become several as they are. */
function upper(value: string): string {
  return changed(value, (letter) => letter.toUpperCase());
}

function lower(value: string): string {
  return changed(value, (letter) => letter.toLowerCase());
}

function changed(value: string, change: (letter: string) => string): string {
  if (!/[^\x00-\x7f]/.test(value)) return change(value);
  return value.replace(/[^\x00-\x7f]|[\x00-\x7f]+/gu, (letters) => {
    const other = change(letters);
    return [...other].length === [...letters].length ? other : letters;
  });
}

function trimStart(value: string, cut: string): string {
  const letters = new Set(cut);
  let at = 0;
  for (const letter of value) {
    if (!letters.has(letter)) break;
    at += letter.length;
  }
  return value.slice(at);
}

function trimEnd(value: string, cut: string): string {
  const letters = new Set(cut);
  let end = value.length;
  while (end > 0) {
    const wide = end > 1 && (value.codePointAt(end - 2) as number) > 0xffff ? 2 : 1;
    if (!letters.has(value.slice(end - wide, end))) break;
    end -= wide;
  }
  return value.slice(0, end);
}

function part(value: string, offset: number, length: number): string {
  if (length === 0 && offset >= 0) return '';
  const letters = clusters(value);
  const start = offset < 0 ? offset + letters.length : offset;
  const from = letters.slice(Math.max(0, start));
  return (length <= 0 ? from : from.slice(0, length)).join('');
}

function indented(spaces: number, value: Datum, call: Call): Datum {
  if (spaces < 0) return refuse(call, 'needs a number of spaces that is not negative');
  const lines = str(value).split('\n');
  paidText(spaces * (lines.length - 1), call);
  return made(lines.join(`\n${' '.repeat(lines.length > 1 ? spaces : 0)}`), call, value.origin);
}

function joined(separator: string, lists: readonly Datum[], call: Call): Datum {
  if (lists.length === 0) return refuse(call, 'needs a list');
  const items = lists.flatMap((list) => ('items' in list ? list.items : []));
  const missing = items.find(({ kind }) => kind === 'null');
  if (missing) return refuse(call, 'cannot join null', missing.origin);
  const texts = items.map(str);
  paidText(
    texts.reduce((sum, each) => sum + each.length + separator.length, 0),
    call,
  );
  return text(texts.join(separator), call.origin);
}

/** `search` between slashes is a pattern. */
function replaced(value: Datum, search: string, by: string, call: Call): Datum {
  const source = str(value);
  if (search.length > 1 && search.startsWith('/') && search.endsWith('/')) {
    const program = programOf(search.slice(1, -1), call);
    const parts: string[] = [];
    let at = 0;
    for (const match of allMatches(program, source, call)) {
      const inserted = expanded(by, match, source, program, call);
      parts.push(source.slice(at, match[0]), inserted);
      paidText(inserted.length, call);
      at = match[1] as number;
    }
    return made(parts.join('') + source.slice(at), call, parts.length === 0 ? value.origin : call.origin);
  }
  const letters = search === '' ? ['', ...source, ''] : source.split(search);
  if (letters.length === 1) return value;
  paidText((letters.length - 1) * by.length, call);
  return made(letters.join(by), call);
}
