import { tell } from '../file-notices.ts';
import { readExpression } from './expression.ts';
import { columnOf, recover } from './recover.ts';
import { descend, END, FAILURE, fail, IDENTIFIER, is, NEWLINE, next, QUOTE, type Scan, tolerate } from './scan.ts';
import type { Attribute, Block, Body, Expression, Label, Range } from './syntax.ts';
import { readQuoted } from './template.ts';

const COMMA = 44;
const ASSIGN = 61;
const OPEN_BRACE = 123;
const CLOSE_BRACE = 125;

/** A body that is being read. */
interface Frame {
  readonly items: (Attribute | Block)[];
  /** Where its block begins; undefined for the body of the file. */
  readonly header: number | undefined;
  /** How far to the right its block begins. */
  readonly column: number;
  /** Whether its first item stands on the line of its brace. */
  readonly oneLine: boolean;
  /** Whether it holds a line end between its items. */
  lines: boolean;
  /** The argument whose value is being read. */
  begun: Begun | null;
}

interface Begun {
  readonly name: Label;
  /** Behind its equals sign. */
  readonly equals: number;
}

/** Reads a file from its first token on. */
export function readFile(scan: Scan): Body {
  const frame: Frame = { items: [], header: undefined, column: -1, oneLine: false, lines: false, begun: null };
  const start = scan.end;
  next(scan);
  readItems(scan, frame);
  return { start, end: scan.text.length, items: distinct(scan, frame.items) };
}

/** Reads items up to the brace that closes their block, or to the end of the text. What is no item is told and skipped. */
function readItems(scan: Scan, frame: Frame): void {
  for (;;) {
    const { kind, start } = scan;
    if (kind === END) return;
    if (kind === NEWLINE) {
      frame.lines = true;
      next(scan);
    } else if (scan.dedent && frame.header !== undefined && columnOf(scan.text, start) <= frame.column) return;
    else if (kind === CLOSE_BRACE && frame.header !== undefined) return;
    else readItemOrRecover(scan, frame);
  }
}

function readItemOrRecover(scan: Scan, frame: Frame): void {
  const { start, depth } = scan;
  frame.begun = null;
  try {
    readItem(scan, frame);
  } catch (error) {
    if (error !== FAILURE) throw error;
    const wrong = scan.last;
    scan.depth = depth;
    recover(scan, start, frame);
    if (frame.begun) addInvalid(frame.items, frame.begun, Math.min(wrong, scan.last));
  }
}

/** An argument whose value could not be read is there all the same. */
function addInvalid(items: Frame['items'], { name, equals }: Begun, until: number): void {
  const end = Math.max(equals, until);
  const value = { kind: 'invalid', start: equals, end } as const;
  items.push(attributeOf(name, value));
}

function attributeOf(name: Label, value: Expression): Attribute {
  const { start, end, text } = name;
  return { kind: 'attribute', start, end: value.end, name: text, key: { start, end }, value };
}

function readItem(scan: Scan, frame: Frame): void {
  const { kind, start, end } = scan;
  if (kind === CLOSE_BRACE) {
    next(scan);
    tell(scan.notices, 'syntax-error', NOTHING_OPEN, { file: scan.file, start, end });
    return;
  }
  if (kind === COMMA && frame.oneLine) {
    tolerate(scan, NO_COMMAS);
    next(scan);
    return;
  }
  if (kind !== IDENTIFIER && kind !== QUOTE) fail(scan, NO_ITEM);
  const name = readLabel(scan);
  if (is(scan, ASSIGN)) readAttribute(scan, frame, name);
  else if (is(scan, OPEN_BRACE) || is(scan, QUOTE) || is(scan, IDENTIFIER)) readBlock(scan, frame, name);
  else fail(scan, `An equals sign, or a block in braces, is expected behind "${name.text.slice(0, 60)}".`);
  if (kind === QUOTE) tolerate(scan, 'Names of arguments and types of blocks stand without quotes.', start, end);
}

const NOTHING_OPEN = 'No block is open that this brace closes; it is ignored.';
const NO_COMMAS = 'Arguments of a block are separated by line ends, not by commas.';
const NO_ITEM = 'An argument (name = value) or a block (type "label" { … }) is expected here.';

/** The type, or a label, of a block, or the name of an argument. */
function readLabel(scan: Scan): Label {
  const { kind, start, end, text } = scan;
  if (kind === IDENTIFIER) {
    next(scan);
    return { start, end, text: text.slice(start, end) };
  }
  const quoted = readQuoted(scan, readExpression);
  if (quoted.kind !== 'text')
    fail(scan, 'Labels are read before anything is evaluated; write it out.', start, quoted.end);
  // Unlike strings, labels are taken as they are written, however their letters are composed.
  const written = text.slice(start + 1, quoted.end - 1);
  return { start, end: quoted.end, text: /[\\$%]/.test(written) ? quoted.value : written };
}

function readAttribute(scan: Scan, frame: Frame, name: Label): void {
  frame.begun = { name, equals: scan.end };
  next(scan);
  const value = readExpression(scan);
  endItem(scan, frame.oneLine, frame.header !== undefined);
  frame.items.push(attributeOf(name, value));
}

/** What stands behind an attribute or a block: the end of its line, or the brace of a block in one line. */
function endItem(scan: Scan, oneLine: boolean, inBlock: boolean): void {
  if (is(scan, NEWLINE) || is(scan, END)) return;
  if (is(scan, CLOSE_BRACE) && inBlock) {
    if (!oneLine) tolerate(scan, 'The brace that closes a block stands on a line of its own.');
  } else if (!oneLine || (!is(scan, COMMA) && !is(scan, IDENTIFIER) && !is(scan, QUOTE))) {
    fail(scan, 'The end of the line is expected here, behind an argument.');
  }
}

function readBlock(scan: Scan, frame: Frame, type: Label): void {
  descend(scan);
  const labels: Label[] = [];
  while (is(scan, IDENTIFIER) || is(scan, QUOTE)) labels.push(readLabel(scan));
  if (!is(scan, OPEN_BRACE)) fail(scan, NO_BRACE);
  const bodyStart = scan.end;
  const column = scan.dedent ? columnOf(scan.text, type.start) : 0;
  next(scan);
  const oneLine = !is(scan, NEWLINE) && !is(scan, END) && !is(scan, CLOSE_BRACE);
  const inner: Frame = { items: [], header: type.start, column, oneLine, lines: false, begun: null };
  readItems(scan, inner);
  const header = { start: type.start, end: labels.at(-1)?.end ?? type.end };
  const closed = is(scan, CLOSE_BRACE) && !leavesColumn(scan, column);
  const bodyEnd = closed ? scan.start : Math.max(bodyStart, scan.last);
  const end = closed ? scan.end : bodyEnd;
  const body = { start: bodyStart, end: bodyEnd, items: distinct(scan, inner.items) };
  frame.items.push({ kind: 'block', start: type.start, end, type: type.text, labels, header, body });
  scan.depth--;
  if (!closed) {
    tellUnclosed(scan, header);
    return;
  }
  next(scan);
  const [first] = inner.items;
  if (oneLine && (inner.lines || inner.items.length > 1 || first?.kind === 'block')) {
    tolerate(scan, ONE_LINE, header.start, header.end);
  }
  if (!is(scan, NEWLINE) && !is(scan, END) && !(is(scan, CLOSE_BRACE) && frame.oneLine)) {
    tolerate(scan, 'A line ends behind the brace that closes a block.');
  }
}

const NO_BRACE = 'A label, or the opening brace of a block on the same line, is expected here.';
const ONE_LINE = 'A block whose brace is not the last of its line holds one argument, and ends on that line.';

/** Whether the brace at the next token belongs to a block further out, where that is told by its place. */
function leavesColumn(scan: Scan, column: number): boolean {
  return scan.dedent && columnOf(scan.text, scan.start) < column;
}

function tellUnclosed(scan: Scan, header: Range): void {
  scan.unclosed = true;
  tell(scan.notices, 'syntax-error', 'The brace of this block is never closed.', { file: scan.file, ...header });
}

/** The items of a body, of arguments with the same name the last one. */
function distinct(scan: Scan, items: readonly (Attribute | Block)[]): readonly (Attribute | Block)[] {
  if (items.length < 2) return items;
  const last = new Map<string, Attribute>();
  let twice = false;
  for (const item of items) {
    if (item.kind !== 'attribute') continue;
    if (last.has(item.name)) {
      twice = true;
      const message = `The argument "${item.name.slice(0, 60)}" stands here a second time, which is an error; the last one counts.`;
      tell(scan.notices, 'duplicate-key', message, { file: scan.file, ...item.key });
    }
    last.set(item.name, item);
  }
  return twice ? items.filter((item) => item.kind === 'block' || last.get(item.name) === item) : items;
}
