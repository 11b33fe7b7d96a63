/** `toYaml`: the YAML that Helm's library writes, each key and scalar with the place that it comes from. */
import { type Datum, guardDepth, type Slot } from './datum.ts';
import { type Budget, spend, spendText } from './fault.ts';
import { goFloat } from './print.ts';
import { derived, joinTexts, marked, plain, type Text } from './text.ts';
import { readsOtherwise } from './yaml-read.ts';

/** The YAML of a value, without the line break at its end. */
export function writeYaml(datum: Datum, budget: Budget): Text {
  const writer: Writer = { parts: [], column: 0, budget };
  node(writer, datum, { indent: 0, depth: 0, first: true });
  return joinTexts(writer.parts);
}

interface Writer {
  readonly parts: Text[];
  /** Code units since the last line break. */
  column: number;
  readonly budget: Budget;
}

/** Where a node stands: `first` on a line that is begun already, or behind a key. */
interface Stand {
  readonly indent: number;
  readonly depth: number;
  readonly first: boolean;
}

/** Beyond this column a line is broken at its next blank. */
const BEST_WIDTH = 80;

function put(writer: Writer, text: Text): void {
  spendText(writer.budget, text.text.length);
  writer.parts.push(text);
  const at = text.text.lastIndexOf('\n');
  writer.column = at === -1 ? writer.column + text.text.length : text.text.length - at - 1;
}

function node(writer: Writer, datum: Datum, stand: Stand): void {
  guardDepth(stand.depth);
  spend(writer.budget, 1);
  if (datum.kind === 'list' && datum.items.length > 0) items(writer, datum.items, stand);
  else if (datum.kind === 'dict' && datum.slots.size > 0) entries(writer, datum.slots, stand);
  else {
    if (!stand.first) put(writer, plain(' '));
    put(writer, scalar(writer, datum, stand.indent + 2));
  }
}

function line(writer: Writer, indent: number): void {
  put(writer, plain(`\n${' '.repeat(indent)}`));
}

function items(writer: Writer, all: readonly Datum[], { indent, depth, first }: Stand): void {
  for (const [index, item] of all.entries()) {
    if (index > 0 || !first) line(writer, indent);
    put(writer, plain('- '));
    node(writer, item, { indent: isNested(item) ? indent + 2 : indent, depth: depth + 1, first: true });
  }
}

function entries(writer: Writer, slots: ReadonlyMap<string, Slot>, { indent, depth, first }: Stand): void {
  const sorted = [...slots].sort(([one], [other]) => compareKeys(one, other));
  for (const [index, [key, { value, keyOrigin }]] of sorted.entries()) {
    if (index > 0 || !first) line(writer, indent);
    put(writer, styled(marked(key, keyOrigin), indent, 0, true));
    put(writer, plain(':'));
    // The items of a list stand as far in as the key that it belongs to.
    const deeper = value.kind === 'list' ? indent : indent + 2;
    node(writer, value, { indent: isNested(value) ? deeper : indent, depth: depth + 1, first: false });
  }
}

function isNested(datum: Datum): boolean {
  return (datum.kind === 'list' && datum.items.length > 0) || (datum.kind === 'dict' && datum.slots.size > 0);
}

function scalar(writer: Writer, datum: Datum, indent: number): Text {
  switch (datum.kind) {
    case 'text':
      return styled(datum, indent, writer.column, false);
    case 'bool':
    case 'int':
      return marked(String(datum.value), datum.origin);
    case 'float':
      return marked(number(datum.value), datum.origin);
    case 'list':
      return marked('[]', datum.origin);
    case 'dict':
      return marked('{}', datum.origin);
    case 'opaque':
      return marked('unknown', undefined, datum.because);
    case 'struct':
      return plain('{}');
    case 'nil':
      return plain('null');
  }
}

function number(value: number): string {
  return Number.isInteger(value) && Math.abs(value) < 2 ** 63 ? BigInt(value).toString() : goFloat(value);
}

/** A text in the style that the library would choose. `indent` is that of the lines below it. */
function styled(text: Text, indent: number, column: number, key: boolean): Text {
  const traits = traitsOf(text.text);
  const lines = text.text.includes('\n');
  if (lines && traits.block && !key) return literal(text, indent);
  if (!lines && traits.plain && !readsOtherwise(text.text)) return key ? text : folded(text, text, indent, column);
  const simple = !lines && traits.single && !readsOtherwise(text.text);
  const inner = simple ? text.text.replaceAll("'", "''") : escaped(text.text);
  const middle = inner === text.text ? text : derived(inner, [text]);
  const mark = plain(simple ? "'" : '"');
  return joinTexts([mark, simple && !key ? folded(middle, text, indent, column + 1) : middle, mark]);
}

/** Which styles a text can be written in without changing. */
function traitsOf(text: string): { readonly plain: boolean; readonly single: boolean; readonly block: boolean } {
  const special = /[^\n\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/.test(text) || / \n/.test(text);
  const trailing = text.endsWith(' ');
  const indicator =
    /^(?:---|\.\.\.)|^[#,[\]{}&*!|>'"%@`]|^[-?:](?:\s|$)|:(?:\s|$)|\s#/.test(text) ||
    text === '' ||
    /^\s|\s$|\n/.test(text);
  return { plain: !indicator && !special, single: !special && !/\n /.test(text), block: !special && !trailing };
}

function literal(text: Text, indent: number): Text {
  const hint = /^[ \n]/.test(text.text) ? '2' : '';
  const chomp = !text.text.endsWith('\n') ? '-' : text.text === '\n' || text.text.endsWith('\n\n') ? '+' : '';
  const pad = ' '.repeat(indent);
  const body = (text.text.endsWith('\n') ? text.text.slice(0, -1) : text.text).split('\n');
  const written = body.map((each) => (each === '' ? '' : pad + each)).join('\n');
  return joinTexts([plain(`|${hint}${chomp}\n`), derived(written, [text])]);
}

/** Breaks a long line at its blanks, as the library does. */
function folded(text: Text, source: Text, indent: number, column: number): Text {
  if (column + text.text.length <= BEST_WIDTH || !text.text.includes(' ')) return text;
  let at = column;
  let out = '';
  for (let i = 0; i < text.text.length; i++) {
    const letter = text.text[i] as string;
    const alone =
      letter === ' ' && text.text[i - 1] !== ' ' && text.text[i + 1] !== ' ' && i > 0 && i < text.text.length - 1;
    if (alone && at > BEST_WIDTH) {
      out += `\n${' '.repeat(indent)}`;
      at = indent;
    } else {
      out += letter;
      at++;
    }
  }
  return out === text.text ? text : derived(out, [source]);
}

const SHORT: Readonly<Record<string, string>> = {
  '\0': '\\0',
  '\x07': '\\a',
  '\b': '\\b',
  '\t': '\\t',
  '\n': '\\n',
  '\v': '\\v',
  '\f': '\\f',
  '\r': '\\r',
  '\x1b': '\\e',
  '"': '\\"',
  '\\': '\\\\',
  '\x85': '\\N',
  '\xa0': '\\_',
  '\u2028': '\\L',
  '\u2029': '\\P',
};

function escaped(text: string): string {
  return text.replace(/[^\x20\x21\x23-\x5b\x5d-\x7e\xa1-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd]/gu, (letter) => {
    const known = SHORT[letter];
    if (known) return known;
    const code = letter.codePointAt(0) ?? 0;
    if (code <= 0xff) return `\\x${code.toString(16).toUpperCase().padStart(2, '0')}`;
    return code <= 0xffff
      ? `\\u${code.toString(16).toUpperCase().padStart(4, '0')}`
      : `\\U${code.toString(16).toUpperCase().padStart(8, '0')}`;
  });
}

/** The library's order of keys: numbers in them by size, letters behind everything else. */
function compareKeys(one: string, other: string): number {
  let at = 0;
  while (at < one.length && at < other.length && one[at] === other[at]) at++;
  if (at === one.length || at === other.length) return one.length - other.length;
  const [left, right] = [/\p{L}/u.test(one[at] as string), /\p{L}/u.test(other[at] as string)];
  if (left !== right) return left ? 1 : -1;
  const digits = left ? null : [numberAt(one, at), numberAt(other, at)];
  if (digits && digits[0] !== digits[1]) return (digits[0] as number) - (digits[1] as number);
  return one < other ? -1 : 1;
}

function numberAt(text: string, at: number): number {
  return Number(/^\d{1,15}/.exec(text.slice(at, at + 15))?.[0] ?? 0);
}
