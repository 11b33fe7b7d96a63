import { readObject, readTuple } from './collection.ts';
import * as token from './scan.ts';
import { descend, fail, failDepth, is, MAX_DEPTH, next, type Scan } from './scan.ts';
import type { BinaryOperator, Call, Expression, Literal } from './syntax.ts';
import { readHeredoc, readQuoted } from './template.ts';
import { readTraversals } from './traversal.ts';

const BANG = 33;
const OPEN_PARENTHESIS = 40;
const CLOSE_PARENTHESIS = 41;
const COMMA = 44;
const MINUS = 45;
const COLON = 58;
const QUESTION = 63;
const OPEN_BRACKET = 91;
const OPEN_BRACE = 123;

/** How tightly operators bind, the loosest first (spec, "Operations"). */
const LEVELS: readonly (readonly (readonly [kind: number, operator: BinaryOperator])[])[] = [
  [[token.OR, '||']],
  [[token.AND, '&&']],
  [
    [token.EQUAL, '=='],
    [token.NOT_EQUAL, '!='],
  ],
  [
    [60, '<'],
    [token.AT_MOST, '<='],
    [62, '>'],
    [token.AT_LEAST, '>='],
  ],
  [
    [43, '+'],
    [MINUS, '-'],
  ],
  [
    [42, '*'],
    [47, '/'],
    [37, '%'],
  ],
];

const LEVEL = new Uint8Array(512);
const OPERATORS = new Map<number, BinaryOperator>();
for (const [index, level] of LEVELS.entries()) {
  for (const [kind, operator] of level) {
    LEVEL[kind] = index + 1;
    OPERATORS.set(kind, operator);
  }
}

/** Reads the expression that the next token begins, and goes on to the token behind it. */
export function readExpression(scan: Scan): Expression {
  descend(scan);
  const condition = readBinary(scan, 1);
  scan.depth--;
  return is(scan, QUESTION) ? readConditional(scan, condition) : condition;
}

function readConditional(scan: Scan, condition: Expression): Expression {
  descend(scan);
  let { height } = scan;
  next(scan);
  const then = readExpression(scan);
  height = Math.max(height, scan.height);
  if (!is(scan, COLON)) fail(scan, 'A colon and what holds otherwise are expected here, behind "condition ? value".');
  next(scan);
  const otherwise = readExpression(scan);
  raise(scan, height);
  scan.depth--;
  return { kind: 'conditional', start: condition.start, end: otherwise.end, condition, then, otherwise };
}

/** The expression that was read last stands in another now, beside one of this height. */
export function raise(scan: Scan, height = 0): void {
  scan.height = Math.max(height, scan.height) + 1;
  if (scan.height > MAX_DEPTH) failDepth(scan);
}

function readBinary(scan: Scan, level: number): Expression {
  let left = readOperand(scan);
  for (;;) {
    const { kind, height } = scan;
    const found = LEVEL[kind] as number;
    if (found < level || found === 0) return left;
    next(scan);
    const right = readBinary(scan, found + 1);
    raise(scan, height);
    left = {
      kind: 'binary',
      start: left.start,
      end: right.end,
      operator: OPERATORS.get(kind) as BinaryOperator,
      left,
      right,
    };
  }
}

/** A term and the steps behind it; a sign binds tighter than any operator, and looser than a step. */
function readOperand(scan: Scan): Expression {
  const { kind, start } = scan;
  if (kind !== MINUS && kind !== BANG) return readTraversals(scan, readTerm(scan), readExpression);
  descend(scan);
  next(scan);
  const operand = readOperand(scan);
  raise(scan);
  scan.depth--;
  return { kind: 'unary', start, end: operand.end, operator: kind === MINUS ? '-' : '!', operand };
}

function readTerm(scan: Scan): Expression {
  switch (scan.kind) {
    case token.IDENTIFIER:
      return readName(scan);
    case token.QUOTE:
      return readQuoted(scan, readExpression);
    case token.NUMBER:
      return readNumber(scan);
    case OPEN_BRACKET:
      return readTuple(scan, readExpression);
    case OPEN_BRACE:
      return readObject(scan, readExpression);
    case token.HEREDOC:
      return readHeredoc(scan, readExpression);
    case OPEN_PARENTHESIS:
      return readParentheses(scan);
    default:
      return failTerm(scan);
  }
}

function failTerm(scan: Scan): never {
  if (is(scan, token.END)) fail(scan, 'The text ends here, where a value is expected.');
  if (is(scan, token.NEWLINE)) fail(scan, 'The line ends here, where a value is expected.', scan.start, scan.start);
  const written = scan.text.slice(scan.start, scan.end);
  return fail(scan, written === "'" ? SINGLE_QUOTES : `A value is expected here, and "${written}" begins none.`);
}

const SINGLE_QUOTES = 'HCL knows no single quotes; write the text in double ones.';

function readNumber(scan: Scan): Literal {
  const { start, end } = scan;
  const text = scan.text.slice(start, end);
  const value = Number(text);
  if (Number.isNaN(value)) fail(scan, `"${text.slice(0, 60)}" is no number; write it in quotes if it is a text.`);
  next(scan);
  scan.height = 1;
  return { kind: 'literal', start, end, value, text };
}

function readParentheses(scan: Scan): Expression {
  const { start, lines } = scan;
  scan.lines = false;
  next(scan);
  const inner = readExpression(scan);
  if (!is(scan, CLOSE_PARENTHESIS)) fail(scan, 'A closing parenthesis is expected here.');
  const { end } = scan;
  scan.lines = lines;
  next(scan);
  raise(scan);
  return { kind: 'parentheses', start, end, inner };
}

/** A variable, a word with a value, or a call. */
function readName(scan: Scan): Expression {
  const { start, end } = scan;
  const name = scan.text.slice(start, end);
  next(scan);
  if (is(scan, OPEN_PARENTHESIS)) return readCall(scan, name, start);
  if (is(scan, token.COLONS)) return readScopedCall(scan, name, start);
  scan.height = 1;
  if (name === 'true' || name === 'false') {
    return { kind: 'literal', start, end, value: name === 'true', text: name };
  }
  if (name === 'null') return { kind: 'literal', start, end, value: null, text: name };
  return { kind: 'variable', start, end, name };
}

/** `provider::aws::name( … )`; the first name has been read. */
function readScopedCall(scan: Scan, first: string, start: number): Expression {
  let name = first;
  while (is(scan, token.COLONS)) {
    next(scan);
    if (!is(scan, token.IDENTIFIER)) fail(scan, 'The name of a function is expected behind "::".');
    name += `::${scan.text.slice(scan.start, scan.end)}`;
    next(scan);
  }
  if (!is(scan, OPEN_PARENTHESIS)) fail(scan, 'An opening parenthesis is expected behind the name of a function.');
  return readCall(scan, name, start);
}

function readCall(scan: Scan, name: string, start: number): Call {
  const { lines } = scan;
  scan.lines = false;
  next(scan);
  const args: Expression[] = [];
  let height = 0;
  let expand = false;
  while (!is(scan, CLOSE_PARENTHESIS)) {
    args.push(readExpression(scan));
    height = Math.max(height, scan.height);
    if (is(scan, COMMA)) next(scan);
    else if (is(scan, token.ELLIPSIS)) {
      expand = true;
      next(scan);
      if (!is(scan, CLOSE_PARENTHESIS)) fail(scan, 'A closing parenthesis is expected behind "...".');
    } else if (!is(scan, CLOSE_PARENTHESIS)) {
      fail(scan, 'A comma or a closing parenthesis is expected here, behind an argument.');
    }
  }
  const { end } = scan;
  scan.lines = lines;
  next(scan);
  scan.height = height;
  raise(scan);
  return { kind: 'call', start, end, name, args, expand };
}
