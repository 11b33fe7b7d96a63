import { fail, failDepth, IDENTIFIER, is, MAX_DEPTH, NUMBER, next, type Scan, tolerate } from './scan.ts';
import type { ReadExpression } from './sequence.ts';
import type { Expression, Item, Literal } from './syntax.ts';

const STAR = 42;
const DOT = 46;
const OPEN_BRACKET = 91;
const CLOSE_BRACKET = 93;

/** Reads the steps behind `from`: attributes, indices and splats (spec, "Index Operator" to "Splat Operators"). */
export function readTraversals(scan: Scan, from: Expression, expression: ReadExpression): Expression {
  let on = from;
  for (;;) {
    if (is(scan, DOT)) on = readDot(scan, on);
    else if (is(scan, OPEN_BRACKET)) on = readBracket(scan, on, expression);
    else return on;
  }
}

function readDot(scan: Scan, on: Expression): Expression {
  const dot = scan.start;
  next(scan);
  if (is(scan, IDENTIFIER) || is(scan, NUMBER)) return readStep(scan, on, on.start);
  if (!is(scan, STAR)) fail(scan, NO_NAME);
  const { end } = scan;
  next(scan);
  return readAttributeSplat(scan, on, { kind: 'item', start: dot, end });
}

const NO_NAME = 'The name of an attribute is expected here, behind a dot.';

/** `.name` or `.0`, whose dot has been read. */
function readStep(scan: Scan, on: Expression, from: number): Expression {
  const { start, end } = scan;
  const name = scan.text.slice(start, end);
  if (is(scan, IDENTIFIER)) {
    next(scan);
    deeper(scan);
    return { kind: 'attr', start: from, end, on, name, key: { start, end } };
  }
  return readNumbers(scan, on, from, name);
}

/** `.0`, and `.0.1`, which HCL takes for a number with a fraction and refuses. */
function readNumbers(scan: Scan, from: Expression, start: number, text: string): Expression {
  if (text.includes('.') && !/^[0-9]+(?:\.[0-9]+)*$/.test(text)) fail(scan, NO_NAME);
  if (text.includes('.')) tolerate(scan, 'Two indices behind dots are an error in HCL; write them in brackets.');
  let on = from;
  let at = scan.start;
  for (const digits of text.split('.')) {
    const end = at + digits.length;
    const key: Literal = { kind: 'literal', start: at, end, value: Number(digits), text: digits };
    on = { kind: 'index', start, end, on, key };
    deeper(scan);
    at = end + 1;
  }
  next(scan);
  return on;
}

/** `.*` and the attributes behind it, which are those of each item. */
function readAttributeSplat(scan: Scan, on: Expression, item: Item): Expression {
  const { height } = scan;
  scan.height = 1;
  let each: Expression = item;
  while (is(scan, DOT)) {
    next(scan);
    if (is(scan, STAR)) fail(scan, 'A splat of attributes (".*") cannot stand in another; write [*].');
    if (!is(scan, IDENTIFIER) && !is(scan, NUMBER)) fail(scan, NO_NAME);
    each = readStep(scan, each, item.start);
  }
  return splat(scan, on, each, false, height);
}

function splat(scan: Scan, on: Expression, each: Expression, full: boolean, height: number): Expression {
  scan.height = Math.max(scan.height, height);
  deeper(scan);
  return { kind: 'splat', start: on.start, end: each.end, on, each, full };
}

function readBracket(scan: Scan, on: Expression, expression: ReadExpression): Expression {
  const { start, lines, height } = scan;
  scan.lines = false;
  next(scan);
  const key = is(scan, STAR) ? null : expression(scan);
  if (key === null) next(scan);
  if (!is(scan, CLOSE_BRACKET)) fail(scan, 'A closing bracket is expected here, behind an index.');
  const { end } = scan;
  scan.lines = lines;
  next(scan);
  if (key) {
    scan.height = Math.max(scan.height, height);
    deeper(scan);
    return { kind: 'index', start: on.start, end, on, key };
  }
  scan.height = 1;
  const item: Item = { kind: 'item', start, end };
  if (++scan.depth > MAX_DEPTH) failDepth(scan);
  const each = readTraversals(scan, item, expression);
  scan.depth--;
  return splat(scan, on, each, true, height);
}

function deeper(scan: Scan): void {
  if (++scan.height > MAX_DEPTH) failDepth(scan);
}
