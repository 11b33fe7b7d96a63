/** The syntax tree of a Go template, by the grammar of text/template. */
import { lex, SyntaxFault, type Token, type TokenKind } from './lex.ts';
import { numberOf, unquote } from './literal.ts';
import type { Action, Branch, Command, Node, Operand, Pipe } from './node.ts';

/** Told of each `define` and `block`, in the order of the text. */
export type Define = (name: string, body: readonly Node[]) => void;

/** Nesting of blocks and parentheses; nobody writes a tenth of it. */
const DEEPEST = 60;

/** Parses a template; its definitions are told as they are met. Throws SyntaxFault. */
export function parseTemplate(text: string, define: Define): readonly Node[] {
  const reader: Reader = { tokens: lex(text), next: 0, depth: 0, loops: 0, define };
  const { nodes, stop } = parseNodes(reader);
  if (stop !== null) throw new SyntaxFault(`an "${stop.text}" has nothing that it belongs to`, stop.start);
  return nodes;
}

interface Reader {
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
  loops: number;
  readonly define: Define;
}

/** The word `end` or `else` that ended a list of nodes; null at the end of the template. */
type Stop = Token | null;

function peek(reader: Reader): Token {
  return reader.tokens[Math.min(reader.next, reader.tokens.length - 1)] as Token;
}

function take(reader: Reader): Token {
  const token = peek(reader);
  reader.next++;
  return token;
}

function skipSpace(reader: Reader): Token {
  while (peek(reader).kind === 'space') reader.next++;
  return peek(reader);
}

function expect(reader: Reader, kind: TokenKind, what: string): Token {
  const token = skipSpace(reader);
  if (token.kind !== kind) throw unexpected(token, what);
  return take(reader);
}

function unexpected(token: Token, where: string): SyntaxFault {
  const what = token.kind === 'end of the template' ? 'the template ends' : `"${token.text.slice(0, 40)}" stands`;
  return new SyntaxFault(`${what} in ${where}`, token.start);
}

function parseNodes(reader: Reader): { readonly nodes: readonly Node[]; readonly stop: Stop } {
  if (++reader.depth > DEEPEST) throw new SyntaxFault('its blocks are nested too deeply', peek(reader).start);
  const nodes: Node[] = [];
  for (;;) {
    const token = take(reader);
    if (token.kind === 'end of the template') break;
    if (token.kind === 'text') {
      nodes.push({ kind: 'copy', start: token.start, end: token.end });
      continue;
    }
    const word = skipSpace(reader);
    if (word.kind === 'word' && (word.text === 'end' || word.text === 'else')) {
      take(reader);
      reader.depth--;
      return { nodes, stop: word };
    }
    const node = parseAction(reader, token);
    if (node) nodes.push(node);
  }
  reader.depth--;
  return { nodes, stop: null };
}

/** What follows an opening delimiter; undefined for a definition. */
function parseAction(reader: Reader, open: Token): Node | undefined {
  const word = peek(reader);
  switch (word.kind === 'word' ? word.text : '') {
    case 'if':
    case 'with':
    case 'range':
      return parseBranch(reader, open);
    case 'define':
    case 'block':
      return parseDefinition(reader, open);
    case 'template':
      return parseCall(reader, open);
    case 'break':
    case 'continue':
      return parseJump(reader, open);
    default: {
      const pipe = parsePipe(reader, 'close', 'an action');
      return { kind: 'action', pipe, start: open.start, end: pipe.end } satisfies Action;
    }
  }
}

function parseBranch(reader: Reader, open: Token): Branch {
  const kind = take(reader).text as Branch['kind'];
  const pipe = parsePipe(reader, 'close', kind);
  if (kind === 'range') reader.loops++;
  const { nodes: body, stop } = parseNodes(reader);
  if (kind === 'range') reader.loops--;
  const otherwise = stop?.text === 'else' ? parseElse(reader, kind, stop) : [];
  if (stop === null) throw new SyntaxFault(`this "${kind}" has no end`, open.start);
  if (stop.text === 'end') expect(reader, 'close', '"end"');
  return { kind, pipe, body, otherwise, start: open.start, end: pipe.end };
}

/** What stands behind `else`, up to and with the `end`. `else if` is a branch of its own that shares the `end`. */
function parseElse(reader: Reader, kind: Branch['kind'], word: Token): readonly Node[] {
  const next = skipSpace(reader);
  if (next.kind === 'word' && next.text === kind && kind !== 'range') {
    if (++reader.depth > DEEPEST) throw new SyntaxFault('its blocks are nested too deeply', next.start);
    const branch = parseBranch(reader, word);
    reader.depth--;
    return [branch];
  }
  expect(reader, 'close', '"else"');
  const { nodes, stop } = parseNodes(reader);
  if (stop?.text !== 'end') throw new SyntaxFault('this "else" has no end', word.start);
  expect(reader, 'close', '"end"');
  return nodes;
}

function parseDefinition(reader: Reader, open: Token): Node | undefined {
  const word = take(reader);
  const name = parseName(reader, word.text);
  const pipe = word.text === 'block' ? parsePipe(reader, 'close', 'block') : null;
  const end = pipe?.end ?? expect(reader, 'close', 'define').end;
  const loops = reader.loops;
  reader.loops = 0;
  const { nodes, stop } = parseNodes(reader);
  reader.loops = loops;
  if (stop?.text !== 'end') throw new SyntaxFault(`this "${word.text}" has no end`, open.start);
  expect(reader, 'close', '"end"');
  reader.define(name, nodes);
  return pipe ? { kind: 'template', name, pipe, start: open.start, end } : undefined;
}

function parseCall(reader: Reader, open: Token): Node {
  take(reader);
  const name = parseName(reader, 'template');
  if (skipSpace(reader).kind === 'close') {
    return { kind: 'template', name, pipe: null, start: open.start, end: take(reader).end };
  }
  const pipe = parsePipe(reader, 'close', 'template');
  return { kind: 'template', name, pipe, start: open.start, end: pipe.end };
}

function parseName(reader: Reader, what: string): string {
  const token = skipSpace(reader);
  const name = token.kind === 'string' || token.kind === 'raw' ? unquote(take(reader).text) : undefined;
  if (name === undefined) throw unexpected(token, `"${what}" where a name in quotes is wanted`);
  return name;
}

function parseJump(reader: Reader, open: Token): Node {
  const { text } = take(reader);
  const { end } = expect(reader, 'close', `"${text}"`);
  if (reader.loops === 0) throw new SyntaxFault(`a "${text}" stands in no range`, open.start);
  return { kind: text as 'break' | 'continue', start: open.start, end };
}

/** A pipeline up to and with the token that ends it, whose end is its own. */
function parsePipe(reader: Reader, until: 'close' | 'right', where: string): Pipe {
  if (++reader.depth > DEEPEST) throw new SyntaxFault('its parentheses are nested too deeply', peek(reader).start);
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
