/** Functions that make texts of texts. */
import { bool, type Datum, dict, list } from '../datum.ts';
import { Fault, spend, spendText } from '../fault.ts';
import type { Caller, Func } from '../machine.ts';
import { goText, shown } from '../print.ts';
import { derived, joinTexts, plain, sliceText, type Text } from '../text.ts';
import { type Args, any, fixed, open, string, text, textsOf, variadic, whole } from './arguments.ts';
import { goQuote } from './printf.ts';

/** A function of one text, whose letters it may move or change. */
const changing = (change: (text: string) => string): Func =>
  fixed(1, (args) => {
    const source = text(args, 0);
    const changed = change(source.text);
    return changed === source.text ? source : derived(changed, [source]);
  });

const test = (holds: (text: string, part: string) => boolean): Func =>
  fixed(2, (args) => bool(holds(string(args, 1), string(args, 0))));

/** The text without the letters that `strip` takes from its ends; it answers where what is left begins and ends. */
const cutting = (count: number, strip: (text: string, args: Args) => readonly [number, number]): Func =>
  fixed(count, (args) => {
    const source = text(args, count - 1);
    const [start, end] = strip(source.text, args);
    return sliceText(source, start, Math.max(start, end));
  });

/** By name. */
export const TEXTS: Readonly<Record<string, Func>> = {
  upper: changing((value) => value.toUpperCase()),
  lower: changing((value) => value.toLowerCase()),
  title: changing((value) => value.replace(/(?<![\p{L}\p{N}_'])\p{L}/gu, (letter) => letter.toUpperCase())),
  untitle: changing((value) => value.replace(/(?<!\S)\S/gu, (letter) => letter.toLowerCase())),
  swapcase: changing((value) => [...value].map(swapped).join('')),
  nospace: changing((value) => value.replace(/\s/gu, '')),
  initials: changing((value) => (value.match(/(?<!\S)\S/gu) ?? []).join('')),
  snakecase: changing((value) => words(value).join('_')),
  kebabcase: changing((value) => words(value).join('-')),
  camelcase: changing((value) =>
    words(value)
      .map((word) => word[0]?.toUpperCase() + word.slice(1))
      .join(''),
  ),
  trim: cutting(1, (value) => ends(value, (letter) => /\s/.test(letter))),
  trimAll: cutting(2, (value, args) => ends(value, (letter) => string(args, 0).includes(letter))),
  trimall: cutting(2, (value, args) => ends(value, (letter) => string(args, 0).includes(letter))),
  trimPrefix: cutting(2, (value, args) => [
    value.startsWith(string(args, 0)) ? string(args, 0).length : 0,
    value.length,
  ]),
  trimSuffix: cutting(2, (value, args) => {
    const suffix = string(args, 0);
    return [0, value.length - (value.endsWith(suffix) ? suffix.length : 0)];
  }),
  trunc: cutting(2, (value, args) => {
    const count = whole(args, 0);
    return count < 0 ? [Math.max(0, value.length + count), value.length] : [0, Math.min(count, value.length)];
  }),
  substr: cutting(3, (value, args) => {
    const [start, end] = [whole(args, 0), whole(args, 1)];
    if (start < 0) return [0, Math.min(end, value.length)];
    return [start, end < 0 || end > value.length ? value.length : end];
  }),
  abbrev: fixed(2, (args) => abbreviated(text(args, 1), whole(args, 0))),
  contains: test((value, part) => value.includes(part)),
  hasPrefix: test((value, part) => value.startsWith(part)),
  hasSuffix: test((value, part) => value.endsWith(part)),
  repeat: fixed(2, (args, { machine }) => {
    const [count, source] = [whole(args, 0), text(args, 1)];
    if (count < 0) throw new Fault('a count is below zero');
    spendText(machine.budget, count * source.text.length);
    return derived(source.text.repeat(source.text === '' ? 0 : count), [source]);
  }),
  replace: fixed(3, (args, { machine }) => {
    const [from, to, source] = [text(args, 0), text(args, 1), text(args, 2)];
    if (!source.text.includes(from.text)) return source;
    spendText(machine.budget, source.text.length * (1 + to.text.length / Math.max(1, from.text.length)));
    return derived(
      source.text.replaceAll(from.text, () => to.text),
      [source],
    );
  }),
  indent: fixed(2, (args, caller) => indented(text(args, 1), whole(args, 0), caller)),
  nindent: fixed(2, (args, caller) => joinTexts([plain('\n'), indented(text(args, 1), whole(args, 0), caller)])),
  quote: open(variadic(0, (args, caller) => quoted(args, caller, (value) => goQuote(value).slice(1, -1), '"'))),
  squote: open(variadic(0, (args, caller) => quoted(args, caller, (value) => value, "'"))),
  cat: open(variadic(0, (args) => trimmedJoin(args.filter(({ kind }) => kind !== 'nil').map(shown)))),
  join: open(
    fixed(2, (args, { machine }) => {
      const parts = textsOf(any(args, 1), shown);
      const between = text(args, 0);
      spendText(machine.budget, parts.length * between.text.length);
      return joinTexts(parts.flatMap((part, index) => (index === 0 ? [part] : [between, part])));
    }),
  ),
  split: fixed(2, (args, caller) => numbered(pieces(text(args, 1), string(args, 0), -1, caller))),
  splitn: fixed(3, (args, caller) => numbered(pieces(text(args, 2), string(args, 0), whole(args, 1), caller))),
  splitList: fixed(2, (args, caller) => list(pieces(text(args, 1), string(args, 0), -1, caller))),
  toString: open(fixed(1, (args) => (any(args, 0).kind === 'nil' ? plain('<nil>') : shown(any(args, 0))))),
  toStrings: fixed(1, (args) => list(textsOf(any(args, 0), shown))),
  plural: fixed(3, (args) => text(args, whole(args, 2) === 1 ? 0 : 1)),
  wrap: fixed(2, (args) => wrapped(text(args, 1), whole(args, 0), '\n')),
  wrapWith: fixed(3, (args) => wrapped(text(args, 2), whole(args, 0), string(args, 1))),
  html: variadic(1, (args) =>
    escaped(args, (value) => value.replace(/[&<>"'\0]/g, (letter) => HTML[letter] ?? letter)),
  ),
  urlquery: variadic(1, (args) => escaped(args, (value) => encodeURIComponent(value).replaceAll('%20', '+'))),
};

const HTML: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&#34;',
  "'": '&#39;',
  '\0': '\uFFFD',
};

function escaped(args: Args, replace: (value: string) => string): Text {
  const source = args.map(shown);
  return derived(replace(args.map((arg) => goText(arg)).join('')), source);
}

function swapped(letter: string): string {
  return letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
}

/** The words of an identifier in lower case: `someHTTPName-x` are four. */
function words(value: string): string[] {
  return value
    .replace(/([\p{Ll}\d])(\p{Lu})/gu, '$1 $2')
    .replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, '$1 $2')
    .split(/[\s_-]+/)
    .filter((word) => word !== '')
    .map((word) => word.toLowerCase());
}

function ends(value: string, strips: (letter: string) => boolean): readonly [number, number] {
  let start = 0;
  let end = value.length;
  while (start < end && strips(value[start] as string)) start++;
  while (end > start && strips(value[end - 1] as string)) end--;
  return [start, end];
}

function abbreviated(source: Text, width: number): Text {
  if (width < 4 || source.text.length <= width) return source;
  return joinTexts([sliceText(source, 0, width - 3), plain('...')]);
}

/** Each line behind `count` blanks, which belong to what stands behind them. */
function indented(source: Text, count: number, { machine }: Caller): Text {
  if (count < 0) throw new Fault('a count is below zero');
  const lines = source.text.split('\n');
  spend(machine.budget, lines.length);
  spendText(machine.budget, lines.length * count + source.text.length);
  const pad = plain(' '.repeat(count));
  let at = 0;
  return joinTexts(
    lines.flatMap((line, index) => {
      const start = at;
      at += line.length + 1;
      return [pad, sliceText(source, start, index === lines.length - 1 ? source.text.length : at)];
    }),
  );
}

function quoted(args: Args, { machine }: Caller, inner: (value: string) => string, mark: string): Text {
  const parts = args
    .filter(({ kind }) => kind !== 'nil')
    .map((arg) => {
      const source = shown(arg);
      spendText(machine.budget, source.text.length);
      const written = inner(source.text);
      return joinTexts([plain(mark), written === source.text ? source : derived(written, [source]), plain(mark)]);
    });
  return joinTexts(parts.flatMap((part, index) => (index === 0 ? [part] : [plain(' '), part])));
}

function trimmedJoin(parts: readonly Text[]): Text {
  return joinTexts(parts.flatMap((part, index) => (index === 0 ? [part] : [plain(' '), part])));
}

/** What stands between the separators: at most `most` pieces, the last of which holds the rest. */
function pieces(source: Text, separator: string, most: number, { machine }: Caller): readonly Text[] {
  if (most === 0) return [];
  const found: Text[] = [];
  let start = 0;
  while (most < 0 || found.length < most - 1) {
    const end = separator === '' ? start + 1 : source.text.indexOf(separator, start);
    if (end === -1 || (separator === '' && end >= source.text.length)) break;
    spend(machine.budget, 1);
    found.push(sliceText(source, start, end));
    start = end + separator.length;
  }
  found.push(start === 0 && found.length === 0 ? source : tail(source, start));
  return found;
}

function tail(source: Text, start: number): Text {
  return start >= source.text.length ? plain('') : sliceText(source, start);
}

function numbered(parts: readonly Text[]): Datum {
  return dict(parts.map((part, index) => [`_${index}`, part]));
}

function wrapped(source: Text, width: number, separator: string): Text {
  const lines: string[] = [];
  let line = '';
  for (const word of source.text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > width) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  return derived([...lines, line].join(separator), [source]);
}
