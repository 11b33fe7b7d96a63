/** The tokens of a Go template (text/template of Go's standard library). */
import { Fault } from '../fault.ts';
import type { Place } from './node.ts';

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

const BLANK = /[ \t\r\n]/;
const BLANKS = /[ \t\r\n]+/y;
/** Every token inside an action but blanks; the first alternative that fits is the token. */
const TOKEN =
  /(?<declare>:=)|(?<assign>=)|(?<pipe>\|)|(?<comma>,)|(?<left>\()|(?<right>\))|(?<string>"(?:[^"\\\n]|\\[^\n])*")|(?<raw>`[^`]*`)|(?<character>'(?:[^'\\\n]|\\[^\n])*')|(?<variable>\$[\p{L}\p{Nd}_]*)|(?<number>[-+]?(?:0[xX][\da-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:\d[\d_]*(?:\.[\d_]*)?|\.\d[\d_]*)(?:[eE][-+]?[\d_]+)?))|(?<field>\.[\p{L}_][\p{L}\p{Nd}_]*)|(?<dot>\.)|(?<word>[\p{L}_][\p{L}\p{Nd}_]*)/uy;
/** What has to follow a name, so that `.a-b` is a mistake and not a subtraction. */
const TERMINATOR = /[ \t\r\n.,|:()]|\}\}|$/y;
const NAMES: ReadonlySet<string> = new Set(['field', 'dot', 'variable', 'word', 'number']);

/** The tokens of `text`, the last of them its end. Throws SyntaxFault. */
export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  let offset = 0;
  for (;;) {
    const open = text.indexOf('{{', offset);
    const until = open === -1 ? text.length : open;
    const trims = open !== -1 && text[open + 2] === '-' && BLANK.test(text[open + 3] ?? '');
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
  TOKEN.lastIndex = start;
  const match = TOKEN.exec(text);
  const kind = match && Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined)?.[0];
  if (!match || !kind) throw new SyntaxFault(`"${text.slice(start, start + 1)}" cannot stand in an action`, start);
  const end = start + match[0].length;
  if (NAMES.has(kind)) {
    TERMINATOR.lastIndex = end;
    if (!TERMINATOR.test(text))
      throw new SyntaxFault(`"${text.slice(end, end + 1)}" cannot follow "${match[0].slice(0, 40)}"`, end);
  }
  return { kind: kind as TokenKind, text: match[0], start, end };
}

/** Where the text goes on behind the closing delimiter at `offset`; undefined where none stands there. */
function closing(text: string, offset: number): number | undefined {
  if (text.startsWith('}}', offset)) return offset + 2;
  if (!BLANK.test(text[offset] ?? '') || !text.startsWith('-}}', offset + 1)) return undefined;
  BLANKS.lastIndex = offset + 4;
  return BLANKS.test(text) ? BLANKS.lastIndex : offset + 4;
}

function trimmedEnd(text: string, start: number, end: number): number {
  let trimmed = end;
  while (trimmed > start && BLANK.test(text[trimmed - 1] as string)) trimmed--;
  return trimmed;
}
