/** The syntax tree of a Go template, by the grammar of text/template. */
import { parsePipe } from './expression.ts';
import { lex, SyntaxFault, type Token } from './lex.ts';
import { unquote } from './literal.ts';
import type { Action, Branch, Node } from './node.ts';
import { type Define, descend, expect, peek, type Reader, skipSpace, take, unexpected } from './reader.ts';

/** Parses a template; its definitions are told as they are met. Throws SyntaxFault. */
export function parseTemplate(text: string, define: Define): readonly Node[] {
  const reader: Reader = { tokens: lex(text), next: 0, depth: 0, loops: 0, define };
  const { nodes, stop } = parseNodes(reader);
  if (stop !== null) throw new SyntaxFault(`an "${stop.text}" has nothing that it belongs to`, stop.start);
  return nodes;
}

/** The word `end` or `else` that ended a list of nodes; null at the end of the template. */
type Stop = Token | null;

function parseNodes(reader: Reader): { readonly nodes: readonly Node[]; readonly stop: Stop } {
  descend(reader, 'blocks');
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
    descend(reader, 'blocks');
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
