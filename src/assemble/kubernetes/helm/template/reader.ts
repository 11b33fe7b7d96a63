/** How the parser goes over the tokens of a template. */
import { SyntaxFault, type Token, type TokenKind } from './lex.ts';
import type { Node } from './node.ts';

/** Told of each `define` and `block`, in the order of the text. */
export type Define = (name: string, body: readonly Node[]) => void;

/** Where the parser stands. */
export interface Reader {
  readonly tokens: readonly Token[];
  next: number;
  depth: number;
  loops: number;
  readonly define: Define;
}

/** Nesting of blocks and parentheses; nobody writes a tenth of it. */
const DEEPEST = 60;

/** Counts one level of nesting; `what` is nested there. */
export function descend(reader: Reader, what: string): void {
  if (++reader.depth > DEEPEST) throw new SyntaxFault(`its ${what} are nested too deeply`, peek(reader).start);
}

/** The next token, which stays. */
export function peek(reader: Reader): Token {
  return reader.tokens[Math.min(reader.next, reader.tokens.length - 1)] as Token;
}

/** The next token, which is done with. */
export function take(reader: Reader): Token {
  const token = peek(reader);
  reader.next++;
  return token;
}

/** The next token that is no blank, which stays. */
export function skipSpace(reader: Reader): Token {
  while (peek(reader).kind === 'space') reader.next++;
  return peek(reader);
}

/** Takes a token of that kind; `what` is what it is wanted in. */
export function expect(reader: Reader, kind: TokenKind, what: string): Token {
  const token = skipSpace(reader);
  if (token.kind !== kind) throw unexpected(token, what);
  return take(reader);
}

/** The fault of a token that cannot stand there. */
export function unexpected(token: Token, where: string): SyntaxFault {
  const what = token.kind === 'end of the template' ? 'the template ends' : `"${token.text.slice(0, 40)}" stands`;
  return new SyntaxFault(`${what} in ${where}`, token.start);
}
