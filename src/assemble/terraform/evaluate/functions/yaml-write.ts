/**
 * `yamlencode`: what zclconf/go-cty-yaml writes. Strings and keys are in double quotes, folded behind the eightieth
 * column, and literal blocks where they have lines; lists stand as far in as the key that they belong to.
 */
import { type Datum, isSequence, isStructure } from '../datum.ts';
import { numberText } from '../number.ts';
import { sortedEntries } from '../order.ts';

interface Writer {
  readonly parts: string[];
  /** Letters since the last line break. */
  column: number;
  /** The last thing written is a block that takes in all that follows, or a plain scalar at the top. */
  open: boolean;
}

/** Where a node stands: the indent of the collection around it, negative at the top. */
interface Stand {
  readonly indent: number;
  readonly within: 'top' | 'sequence' | 'value';
}

const BEST_WIDTH = 80;
const STEP = 2;

/** A value in which nothing is unknown, as YAML. */
export function yamlText(datum: Datum): string {
  const writer: Writer = { parts: [], column: 0, open: false };
  node(writer, datum, { indent: -STEP, within: 'top' });
  put(writer, '\n');
  if (writer.open) put(writer, '...\n');
  return writer.parts.join('');
}

function put(writer: Writer, text: string): void {
  writer.parts.push(text);
  const at = text.lastIndexOf('\n');
  writer.column = at === -1 ? writer.column + [...text].length : [...text.slice(at + 1)].length;
}

function line(writer: Writer, indent: number): void {
  put(writer, `\n${' '.repeat(indent)}`);
}

function node(writer: Writer, datum: Datum, stand: Stand): void {
  if (isSequence(datum) && datum.items.length > 0) items(writer, datum.items, stand);
  else if (isStructure(datum) && datum.entries.size > 0) entries(writer, sortedEntries(datum.entries), stand);
  else {
    if (stand.within === 'value') put(writer, ' ');
    scalar(writer, datum, stand);
  }
}

function items(writer: Writer, all: readonly Datum[], { indent, within }: Stand): void {
  const own = within === 'value' ? indent : indent + STEP;
  for (const [index, item] of all.entries()) {
    if (index > 0 || within === 'value') line(writer, own);
    put(writer, '- ');
    node(writer, item, { indent: own, within: 'sequence' });
  }
}

function entries(writer: Writer, all: readonly (readonly [string, Datum])[], { indent, within }: Stand): void {
  const own = indent + STEP;
  for (const [index, [key, value]] of all.entries()) {
    if (index > 0 || within === 'value') line(writer, own);
    const simple = !BREAK.test(key) && Buffer.byteLength(key) <= 128;
    if (simple) put(writer, quoted(key));
    else {
      put(writer, '? ');
      string(writer, key, { indent: own, within: 'sequence' });
      line(writer, own);
    }
    put(writer, ':');
    node(writer, value, { indent: own, within: 'value' });
  }
}

function scalar(writer: Writer, datum: Datum, stand: Stand): void {
  writer.open = stand.within === 'top' && !isSequence(datum) && !isStructure(datum);
  switch (datum.kind) {
    case 'string':
      string(writer, datum.value, stand);
      break;
    case 'number':
      put(writer, numberText(datum.value));
      break;
    case 'bool':
      put(writer, String(datum.value));
      break;
    default:
      put(writer, isSequence(datum) ? '[]' : isStructure(datum) ? '{}' : 'null');
  }
}

function string(writer: Writer, value: string, { indent }: Stand): void {
  writer.open = false;
  const own = Math.max(indent + STEP, STEP);
  if (value.includes('\n') && canBeLiteral(value)) literal(writer, value, own);
  else folded(writer, value, own);
}

const BREAK = /[\n\r\x85\u2028\u2029]/;
/** What the writer holds for printable; it knows nothing beyond the basic plane. */
const ODD = /[^\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd]/;

function canBeLiteral(value: string): boolean {
  return !ODD.test(value) && !value.endsWith(' ') && !/ [\n\x85\u2028\u2029]/.test(value);
}

function literal(writer: Writer, value: string, indent: number): void {
  const hint = /^[ \n\r]/.test(value) ? String(STEP) : '';
  const kept = /(^|\n)\n$/.test(value);
  const chomp = !value.endsWith('\n') ? '-' : kept ? '+' : '';
  put(writer, `|${hint}${chomp}`);
  const lines = value.endsWith('\n') ? value.slice(0, -1).split('\n') : value.split('\n');
  for (const each of lines) put(writer, each === '' ? '\n' : `\n${' '.repeat(indent)}${each}`);
  writer.open = kept;
}

/** In double quotes, broken at the first blank behind the best width. */
function folded(writer: Writer, value: string, indent: number): void {
  put(writer, '"');
  const letters = [...value];
  let blank = false;
  for (const [at, letter] of letters.entries()) {
    if (letter === ' ' && !blank && writer.column > BEST_WIDTH && at > 0 && at < letters.length - 1) {
      line(writer, indent);
      if (letters[at + 1] === ' ') put(writer, '\\');
    } else put(writer, escaped(letter));
    blank = letter === ' ';
  }
  put(writer, '"');
}

function quoted(value: string): string {
  return `"${[...value].map(escaped).join('')}"`;
}

const ESCAPES: Readonly<Record<string, string>> = {
  '\0': '0',
  '\x07': 'a',
  '\b': 'b',
  '\t': 't',
  '\n': 'n',
  '\v': 'v',
  '\f': 'f',
  '\r': 'r',
  '\x1b': 'e',
  '"': '"',
  '\\': '\\',
  '\x85': 'N',
  '\xa0': '_',
  '\u2028': 'L',
  '\u2029': 'P',
};

function escaped(letter: string): string {
  if (!ODD.test(letter) && !BREAK.test(letter) && letter !== '"' && letter !== '\\') return letter;
  const known = ESCAPES[letter];
  if (known !== undefined) return `\\${known}`;
  const code = (letter.codePointAt(0) as number).toString(16).toUpperCase();
  if (code.length <= 2) return `\\x${code.padStart(2, '0')}`;
  return code.length <= 4 ? `\\u${code.padStart(4, '0')}` : `\\U${code.padStart(8, '0')}`;
}
