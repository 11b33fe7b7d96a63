import type { NoticeCode } from '../../source/notice.ts';
import { type FileNotices, fileNotices, tell } from '../file-notices.ts';
import { beginsIdentifier, identifierEnd, isDigit } from './characters.ts';

/**
 * Where reading a text of HCL stands: one token of look-ahead, scanned when it is asked for, so that quotes, heredocs and
 * the sequences in them need no modes. `kind` is the code of a character that is a token by itself, or one of the below.
 */
export interface Scan {
  readonly file: string;
  readonly text: string;
  readonly notices: FileNotices;
  /** The token that comes next. */
  kind: number;
  start: number;
  end: number;
  /** Where the token before it ended. */
  last: number;
  /** Whether line ends are tokens: in bodies and objects they are, in brackets and sequences they are not. */
  lines: boolean;
  /** How many expressions and blocks are open. */
  depth: number;
  /** How many expressions stand within each other below the one that was read last. */
  height: number;
  /** What may still be read, in tokens and in characters of text: recovering reads some twice, hostile texts often. */
  budget: number;
  /** From here on no comment ends. */
  unclosedComment: number;
  /** The last line on which each marker of heredocs may stand; found out once a heredoc has no end. */
  markers: ReadonlyMap<string, number> | null;
  /** Whether a body ends where an item stands as far left as its header: for files in which a brace is missing. */
  readonly dedent: boolean;
  /** Whether the text ended inside a block. */
  unclosed: boolean;
  /** Start and end of each comment, where they are asked for. */
  readonly comments: number[] | null;
}

export const END = 0;
export const IDENTIFIER = 1;
export const NUMBER = 2;
/** A character that no token begins with. */
export const BAD = 3;
export const NEWLINE = 10;
export const QUOTE = 34;
export const EQUAL = 256;
export const NOT_EQUAL = 257;
export const AT_LEAST = 258;
export const AT_MOST = 259;
export const AND = 260;
export const OR = 261;
export const ARROW = 262;
export const ELLIPSIS = 263;
export const COLONS = 264;
/** `~}`. */
export const TRIM_CLOSE = 265;
/** `<<`, which only a heredoc begins with. */
export const HEREDOC = 266;

/** How deep blocks and expressions may be nested, and the trees of expressions be high. */
export const MAX_DEPTH = 250;

/** Thrown where an item cannot be read, and caught where the next one is looked for; its notice has been told. */
export const FAILURE = new Error('an item of HCL could not be read');

/** The beginning of reading a text; `next` gets the first token. */
export function startScan(
  file: string,
  text: string,
  options: { readonly dedent?: boolean; readonly comments?: number[] } = {},
): Scan {
  const begin = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  return {
    file,
    text,
    notices: fileNotices(),
    kind: END,
    start: begin,
    end: begin,
    last: begin,
    lines: true,
    depth: 0,
    height: 0,
    budget: text.length * 4 + 1000,
    unclosedComment: Number.POSITIVE_INFINITY,
    markers: null,
    dedent: options.dedent ?? false,
    unclosed: false,
    comments: options.comments ?? null,
  };
}

/** Tells what is wrong at `start`, and gives up the item around it. */
export function fail(scan: Scan, message: string, start = scan.start, end = Math.max(start, scan.end)): never {
  giveUp(scan, 'syntax-error', message, start, end);
}

function giveUp(scan: Scan, code: NoticeCode, message: string, start: number, end: number): never {
  // Some two thousand errors use up the budget of a file, whatever its length.
  scan.budget -= 1 + (scan.text.length >> 9);
  if (scan.budget > 0) tell(scan.notices, code, message, { file: scan.file, start, end });
  else tellExhausted(scan, start);
  throw FAILURE;
}

/** Tells once that nothing more is read. */
function tellExhausted(scan: Scan, at: number): void {
  if (scan.budget === Number.NEGATIVE_INFINITY) return;
  scan.budget = Number.NEGATIVE_INFINITY;
  tell(scan.notices, 'syntax-error', EXHAUSTED, { file: scan.file, start: at, end: at });
}

const EXHAUSTED = 'This file has so many errors of syntax that it is not analysed from here on.';

/** Tells that something is read although HCL does not allow it. */
export function tolerate(scan: Scan, message: string, start = scan.start, end = scan.end): void {
  tell(scan.notices, 'lenient-syntax', message, { file: scan.file, start, end });
}

/** One deeper: everything that is nested in the text goes through here. */
export function descend(scan: Scan): void {
  if (++scan.depth > MAX_DEPTH) failDepth(scan);
}

/** Tells that the text is nested too deep at the next token. */
export function failDepth(scan: Scan): never {
  giveUp(scan, 'depth-limit', TOO_DEEP, scan.start, scan.start);
}

const TOO_DEEP = 'This is nested deeper than any real configuration; it is not analysed.';

/** Whether the next token is of this kind. */
export function is(scan: Scan, kind: number): boolean {
  return scan.kind === kind;
}

/** Goes on to the next token. */
export function next(scan: Scan): undefined {
  const { text } = scan;
  scan.last = scan.end;
  let at = scan.end;
  for (;;) {
    const code = text.charCodeAt(at);
    if (code === 32 || code === 9) at++;
    else if (code === 10 || (code === 13 && text.charCodeAt(at + 1) === 10)) {
      const end = code === 10 ? at + 1 : at + 2;
      if (scan.lines) return set(scan, NEWLINE, at, end);
      at = end;
    } else if (code === 35 || (code === 47 && text.charCodeAt(at + 1) === 47)) {
      at = addComment(scan, at, lineEnd(text, at));
    } else if (code === 47 && text.charCodeAt(at + 1) === 42) {
      const end = blockCommentEnd(scan, at);
      if (end === -1) return set(scan, BAD, at, at + 2);
      at = addComment(scan, at, end);
    } else return token(scan, text, code, at);
  }
}

/** Behind the comment that begins at `start`; -1 where it has no end. */
function blockCommentEnd(scan: Scan, start: number): number {
  const end = start < scan.unclosedComment ? scan.text.indexOf('*/', start + 2) : -1;
  if (end !== -1) return end + 2;
  scan.unclosedComment = Math.min(scan.unclosedComment, start);
  return -1;
}

/** The line feed that ends the line of `offset`, or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  return end === -1 ? text.length : end;
}

function addComment({ comments }: Scan, start: number, end: number): number {
  if (comments && start >= (comments.at(-1) ?? 0)) comments.push(start, end);
  return end;
}

function set(scan: Scan, kind: number, start: number, end: number): undefined {
  scan.kind = kind;
  scan.start = start;
  scan.end = end;
}

function token(scan: Scan, text: string, code: number, at: number): undefined {
  if (--scan.budget <= 0) {
    tellExhausted(scan, at);
    return set(scan, END, at, at);
  }
  if ((code >= 97 && code <= 122) || beginsIdentifier(text, at)) {
    return set(scan, IDENTIFIER, at, identifierEnd(text, at));
  }
  if (isDigit(code)) return set(scan, NUMBER, at, numberEnd(text, at));
  const kind = pairAt(text, code, at);
  if (kind !== 0) return set(scan, kind, at, kind === ELLIPSIS ? at + 3 : at + 2);
  if (SINGLE[code] === 1) return set(scan, code, at, at + 1);
  if (at >= text.length) return set(scan, END, text.length, text.length);
  return set(scan, BAD, at, at + 1);
}

/** Characters that are tokens by themselves. */
const SINGLE = new Uint8Array(128);
for (const character of '"{}[]().,*/%+-=<>!?:') SINGLE[character.charCodeAt(0)] = 1;

/** The token of two or three characters that stands at `at`; 0 where none does. */
function pairAt(text: string, code: number, at: number): number {
  const second = text.charCodeAt(at + 1);
  switch (code) {
    case 61:
      return second === 61 ? EQUAL : second === 62 ? ARROW : 0;
    case 33:
      return second === 61 ? NOT_EQUAL : 0;
    case 60:
      return second === 61 ? AT_MOST : second === 60 ? HEREDOC : 0;
    case 62:
      return second === 61 ? AT_LEAST : 0;
    case 38:
      return second === 38 ? AND : 0;
    case 124:
      return second === 124 ? OR : 0;
    case 58:
      return second === 58 ? COLONS : 0;
    case 46:
      return second === 46 && text.charCodeAt(at + 2) === 46 ? ELLIPSIS : 0;
    case 126:
      return second === 125 ? TRIM_CLOSE : 0;
    default:
      return 0;
  }
}

/** Numbers are scanned wide (`1.2.3` is one, and no number), as HCL does, and never end with a dot. */
function numberEnd(text: string, start: number): number {
  let end = start + 1;
  let at = end;
  for (;;) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) end = ++at;
    else if (code === 46) at++;
    else if (code === 101 || code === 69) {
      const sign = text.charCodeAt(at + 1);
      const digit = sign === 43 || sign === 45 ? at + 2 : at + 1;
      if (!isDigit(text.charCodeAt(digit))) return end;
      end = at = digit + 1;
    } else return end;
  }
}
