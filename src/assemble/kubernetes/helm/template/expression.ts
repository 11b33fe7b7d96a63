/** Pipelines of Go templates: commands, operands and literals. */
import { SyntaxFault, type Token } from './lex.ts';
import { numberOf, unquote } from './literal.ts';
import type { Command, Operand, Pipe } from './node.ts';
import { descend, expect, peek, type Reader, skipSpace, take, unexpected } from './reader.ts';

/** A pipeline up to and with the token that ends it, whose end is its own. */
export function parsePipe(reader: Reader, until: 'close' | 'right', where: string): Pipe {
  descend(reader, 'parentheses');
  const { start } = skipSpace(reader);
  const { variables, assign } = parseVariables(reader, where);
  const commands: Command[] = [];
  do {
    commands.push(parseCommand(reader, where, commands.length > 0));
  } while (skipPipe(reader));
  const { end } = expect(reader, until, where);
  reader.depth--;
  return { kind: 'pipe', variables, assign, commands, start, end };
}

function skipPipe(reader: Reader): boolean {
  if (skipSpace(reader).kind !== 'pipe') return false;
  take(reader);
  return true;
}

/** `$x :=`, `$x =`, `$i, $x :=` at the beginning of a pipeline. */
function parseVariables(reader: Reader, where: string): Pick<Pipe, 'variables' | 'assign'> {
  const begin = reader.next;
  const variables: string[] = [];
  while (skipSpace(reader).kind === 'variable') {
    variables.push(take(reader).text);
    const { kind } = skipSpace(reader);
    if (kind === 'declare' || kind === 'assign') {
      take(reader);
      return { variables, assign: kind === 'assign' };
    }
    if (kind !== 'comma' || where !== 'range' || variables.length === 2) break;
    take(reader);
  }
  reader.next = begin;
  return { variables: [], assign: false };
}

function parseCommand(reader: Reader, where: string, piped: boolean): Command {
  const begin = skipSpace(reader);
  const operands: Operand[] = [];
  for (let operand = parseOperand(reader); operand; operand = parseOperand(reader)) {
    operands.push(operand);
    if (peek(reader).kind !== 'space') break;
    skipSpace(reader);
  }
  const [first, ...rest] = operands;
  if (!first) throw unexpected(begin, `${where} where a value is wanted`);
  if (piped && ['bool', 'dot', 'nil', 'number', 'string'].includes(first.kind)) {
    throw new SyntaxFault('a value is piped into something that is no function', first.start);
  }
  return { first, rest, start: first.start, end: (rest.at(-1) ?? first).end };
}

/** A term with the fields that follow it; undefined where none stands here. */
function parseOperand(reader: Reader): Operand | undefined {
  const of = parseTerm(reader);
  if (!of) return undefined;
  const names = of.kind === 'fields' && of.of === null ? [...of.names] : [];
  const before = names.length;
  let { end } = of;
  while (peek(reader).kind === 'field') {
    const token = take(reader);
    names.push(token.text.slice(1));
    end = token.end;
  }
  if (names.length === before) return of;
  if (['bool', 'dot', 'nil', 'number', 'string'].includes(of.kind)) {
    throw new SyntaxFault('only what has a name or stands in parentheses has fields', of.start);
  }
  return { kind: 'fields', of: of.kind === 'fields' && of.of === null ? null : of, names, start: of.start, end };
}

function parseTerm(reader: Reader): Operand | undefined {
  const token = peek(reader);
  const { start, end, text } = token;
  if (token.kind === 'left') {
    take(reader);
    return { ...parsePipe(reader, 'right', 'parentheses'), start };
  }
  const operand = simpleTerm(token, text, { start, end });
  if (operand) take(reader);
  return operand;
}

function simpleTerm(token: Token, text: string, place: { start: number; end: number }): Operand | undefined {
  switch (token.kind) {
    case 'dot':
      return { kind: 'dot', ...place };
    case 'field':
      return { kind: 'fields', of: null, names: [text.slice(1)], ...place };
    case 'variable':
      return { kind: 'variable', name: text, ...place };
    case 'word':
      if (text === 'nil') return { kind: 'nil', ...place };
      if (text === 'true' || text === 'false') return { kind: 'bool', value: text === 'true', ...place };
      return { kind: 'function', name: text, ...place };
    case 'string':
    case 'raw':
    case 'character':
    case 'number':
      return literal(token, place);
    default:
      return undefined;
  }
}

function literal(token: Token, place: { start: number; end: number }): Operand {
  if (token.kind === 'number') {
    const number = numberOf(token.text);
    if (!number) throw new SyntaxFault('a number in it is too large', token.start);
    return { kind: 'number', ...number, ...place };
  }
  const value = unquote(token.text);
  if (value === undefined) throw new SyntaxFault('a string in it holds an escape that is none', token.start);
  if (token.kind !== 'character') return { kind: 'string', value, ...place };
  return { kind: 'number', value: value.codePointAt(0) ?? 0, float: false, ...place };
}
