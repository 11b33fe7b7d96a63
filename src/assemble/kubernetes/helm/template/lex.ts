/** The tokens of a Go template (text/template of Go's standard library). */
import { Fault } from '../fault.ts';
import type { Place } from './node.ts';

/** What a token is; most are called as error messages call them. */
export type TokenKind =
  | 'text'
  | 'open'
  | 'close'
  | 'space'
  | 'pipe'
  | 'comma'
  | 'declare'
  | 'assign'
  | 'left'
  | 'right'
  | 'dot'
  | 'field'
  | 'variable'
  | 'word'
  | 'number'
  | 'character'
  | 'string'
  | 'raw'
  | 'end of the template';

/** A token with its place in the text. */
export interface Token extends Place {
  readonly kind: TokenKind;
  /** As written; of text, without what trim markers take away. */
  readonly text: string;
}

/** A fault with its offset, which the parser turns into a place. */
export class SyntaxFault extends Fault {
  readonly offset: number;

  constructor(reason: string, offset: number) {
    super(reason);
    this.offset = offset;
  }
}

const BLANKS = /[ \t\r\n]+/y;
/** A letter, digit or underscore of any script, as far as it is no ASCII. */
const FOREIGN = /[\p{L}\p{Nd}]/u;
const NUMBER =
  /[-+]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?[\d_]+)?)/y;
const SINGLE: Readonly<Record<string, TokenKind>> = {
  '=': 'assign',
  '|': 'pipe',
  ',': 'comma',
  '(': 'left',
  ')': 'right',
};

/** The tokens of `text`, the last of them its end. Throws SyntaxFault. */
export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    const open = text.indexOf('{{', offset);
    const until = open === -1 ? text.length : open;
    const trims = open !== -1 && text[open + 2] === '-' && isBlank(text[open + 3]);
    const end = trims ? trimmedEnd(text, offset, until) : until;
    if (end > offset) tokens.push({ kind: 'text', text: '', start: offset, end });
    if (open === -1) break;
    const start = open + (trims ? 4 : 2);
    offset = text.startsWith('/*', start) ? comment(text, open, start) : action(text, open, start, tokens);
  }
  tokens.push({ kind: 'end of the template', text: '', start: text.length, end: text.length });
  return tokens;
}

/** Where the text goes on behind a comment. */
function comment(text: string, open: number, start: number): number {
  const end = text.indexOf('*/', start + 2);
  if (end === -1) throw new SyntaxFault('a comment is not closed', open);
  const close = closing(text, end + 2);
  if (close === undefined) throw new SyntaxFault('a comment must end where its action does', end);
  return close;
}

/** Reads an action's tokens from `start` on; answers where the text goes on behind it. */
function action(text: string, open: number, start: number, tokens: Token[]): number {
  tokens.push({ kind: 'open', text: '{{', start: open, end: open + 2 });
  let offset = start;
  let depth = 0;
  for (;;) {
    BLANKS.lastIndex = offset;
    const blanks = BLANKS.test(text) ? BLANKS.lastIndex : offset;
    const close = closing(text, blanks > offset && text[blanks] === '-' ? blanks - 1 : blanks);
    if (close !== undefined) {
      if (depth > 0) throw new SyntaxFault('a parenthesis is not closed', blanks);
      tokens.push({ kind: 'close', text: '}}', start: blanks, end: text.indexOf('}}', blanks) + 2 });
      return close;
    }
    if (blanks > offset) tokens.push({ kind: 'space', text: ' ', start: offset, end: blanks });
    if (blanks >= text.length) throw new SyntaxFault('an action is not closed', open);
    const token = next(text, blanks);
    if (token.kind === 'left') depth++;
    if (token.kind === 'right' && --depth < 0)
      throw new SyntaxFault('a parenthesis is closed that was not opened', blanks);
    tokens.push(token);
    offset = token.end;
  }
}

function next(text: string, start: number): Token {
  const letter = text[start] as string;
  const single = SINGLE[letter];
  if (single) return token(text, single, start, start + 1);
  if (letter === ':' && text[start + 1] === '=') return token(text, 'declare', start, start + 2);
  if (letter === '"' || letter === "'" || letter === '`') return quoted(text, start, letter);
  if (letter === '$') return named(text, 'variable', start, wordEnd(text, start + 1));
  if (letter === '.' && !isDigit(text[start + 1])) {
    const end = wordEnd(text, start + 1);
    return named(text, end === start + 1 ? 'dot' : 'field', start, end);
  }
  if (isDigit(letter) || letter === '-' || letter === '+' || letter === '.') {
    NUMBER.lastIndex = start;
    if (NUMBER.test(text)) return named(text, 'number', start, NUMBER.lastIndex);
  }
  const end = wordEnd(text, start);
  if (end === start) throw new SyntaxFault(`"${letter}" cannot stand in an action`, start);
  return named(text, 'word', start, end);
}

function token(text: string, kind: TokenKind, start: number, end: number): Token {
  return { kind, text: text.slice(start, end), start, end };
}

/** A token that ends where something else than a name follows, so that `.a-b` is a mistake and not a subtraction. */
function named(text: string, kind: TokenKind, start: number, end: number): Token {
  const behind = text[end];
  if (behind !== undefined && !isBlank(behind) && !'.,|:()'.includes(behind) && !text.startsWith('}}', end)) {
    throw new SyntaxFault(`"${behind}" cannot follow "${text.slice(start, Math.min(end, start + 40))}"`, end);
  }
  return token(text, kind, start, end);
}

function quoted(text: string, start: number, mark: '"' | "'" | '`'): Token {
  for (let at = start + 1; at < text.length; at++) {
    const letter = text[at];
    if (letter === mark)
      return token(text, mark === '"' ? 'string' : mark === "'" ? 'character' : 'raw', start, at + 1);
    if (mark === '`') continue;
    if (letter === '\\') at++;
    if (text[at] === '\n') break;
  }
  throw new SyntaxFault('a string is not closed', start);
}

function wordEnd(text: string, start: number): number {
  let end = start;
  while (end < text.length && isWord(text.charCodeAt(end), text, end)) end++;
  return end;
}

function isWord(code: number, text: string, at: number): boolean {
  if (code < 0x80)
    return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95;
  return FOREIGN.test(text[at] as string);
}

function isDigit(letter: string | undefined): boolean {
  return letter !== undefined && letter >= '0' && letter <= '9';
}

function isBlank(letter: string | undefined): boolean {
  return letter === ' ' || letter === '\n' || letter === '\t' || letter === '\r';
}

/** Where the text goes on behind the closing delimiter at `offset`; undefined where none stands there. */
function closing(text: string, offset: number): number | undefined {
  if (text.startsWith('}}', offset)) return offset + 2;
  if (!isBlank(text[offset]) || !text.startsWith('-}}', offset + 1)) return undefined;
  BLANKS.lastIndex = offset + 4;
  return BLANKS.test(text) ? BLANKS.lastIndex : offset + 4;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && isBlank(text[trimmed - 1])) trimmed--;
  return trimmed;
}
