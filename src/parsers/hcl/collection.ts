import { ARROW, ELLIPSIS, fail, failDepth, is, MAX_DEPTH, NEWLINE, next, type Scan } from './scan.ts';
import { isKeyword, type ReadExpression, readIteration } from './sequence.ts';
import type { Expression, For, ObjectExpression, Tuple } from './syntax.ts';

const COMMA = 44;
const COLON = 58;
const ASSIGN = 61;
const CLOSE_BRACKET = 93;
const CLOSE_BRACE = 125;

/** Reads the tuple, or the `for` that makes one, whose bracket the next token is. */
export function readTuple(scan: Scan, expression: ReadExpression): Tuple | For {
  const { start, lines } = scan;
  scan.lines = false;
  next(scan);
  if (isKeyword(scan, 'for')) return readFor(scan, start, lines, 'tuple', expression);
  const items: Expression[] = [];
  let height = 0;
  while (!is(scan, CLOSE_BRACKET)) {
    items.push(expression(scan));
    height = Math.max(height, scan.height);
    if (is(scan, COMMA)) next(scan);
    else if (!is(scan, CLOSE_BRACKET)) fail(scan, 'A comma or a closing bracket is expected here, behind an item.');
  }
  return { kind: 'tuple', start, end: close(scan, lines, height), items };
}

/** Goes on behind a closing bracket, and answers where that is. */
function close(scan: Scan, lines: boolean, height: number): number {
  const { end } = scan;
  scan.lines = lines;
  scan.height = height + 1;
  if (scan.height > MAX_DEPTH) failDepth(scan);
  next(scan);
  return end;
}

/** Reads the object, or the `for` that makes one, whose brace the next token is. Its items end with their line. */
export function readObject(scan: Scan, expression: ReadExpression): ObjectExpression | For {
  const { start, lines } = scan;
  scan.lines = false;
  next(scan);
  if (isKeyword(scan, 'for')) return readFor(scan, start, lines, 'object', expression);
  scan.lines = true;
  const items: ObjectExpression['items'][number][] = [];
  let height = 0;
  while (!is(scan, CLOSE_BRACE)) {
    const key = asKey(expression(scan));
    height = Math.max(height, scan.height);
    if (!is(scan, ASSIGN) && !is(scan, COLON)) fail(scan, NO_VALUE);
    next(scan);
    const value = expression(scan);
    height = Math.max(height, scan.height);
    items.push({ key, value });
    if (is(scan, COMMA) || is(scan, NEWLINE)) next(scan);
    else if (!is(scan, CLOSE_BRACE)) fail(scan, NO_SEPARATOR);
    while (is(scan, NEWLINE)) next(scan);
  }
  return { kind: 'object', start, end: close(scan, lines, height), items };
}

const NO_VALUE =
  'An equals sign and a value are expected here, behind a key; write a key with dots or blanks in quotes.';
const NO_SEPARATOR = 'A line end, a comma or a closing brace is expected here, behind the value of a key.';

/** A bare name as a key is a text, even if it is the name of a value such as `true` (spec, "Collection Values"). */
function asKey(key: Expression): Expression {
  const { start, end } = key;
  if (key.kind === 'variable') return { kind: 'text', start, end, value: key.name };
  if (key.kind === 'literal' && typeof key.value !== 'number') return { kind: 'text', start, end, value: key.text };
  return key;
}

/** `for k, v in of : key => value... if condition` and the bracket behind it; the next token is the word `for`. */
function readFor(scan: Scan, start: number, lines: boolean, shape: For['shape'], expression: ReadExpression): For {
  next(scan);
  const { key, item, value: of } = readIteration(scan, expression);
  let { height } = scan;
  const part = (): Expression => {
    next(scan);
    const read = expression(scan);
    height = Math.max(height, scan.height);
    return read;
  };
  if (!is(scan, COLON)) fail(scan, 'A colon and a value are expected here, behind "for … in …".');
  let value = part();
  let keyed: Expression | null = null;
  if (is(scan, ARROW)) {
    if (shape === 'tuple') fail(scan, 'A "for" in brackets has no key; write it in braces to make an object.');
    keyed = value;
    value = part();
  } else if (shape === 'object') fail(scan, 'A "for" in braces wants "key => value" here.');
  const grouped = is(scan, ELLIPSIS);
  if (grouped && shape === 'tuple') fail(scan, 'Values are grouped ("...") only where they have keys.');
  if (grouped) next(scan);
  const condition = isKeyword(scan, 'if') ? part() : null;
  const closer = shape === 'tuple' ? CLOSE_BRACKET : CLOSE_BRACE;
  if (!is(scan, closer)) fail(scan, 'The end of the "for" is expected here.');
  return {
    kind: 'for',
    start,
    end: close(scan, lines, height),
    shape,
    key,
    item,
    of,
    keyed,
    value,
    grouped,
    condition,
  };
}
