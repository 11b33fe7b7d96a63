import type { Comment } from '../source/comment.ts';
import type { Notice } from '../source/notice.ts';
import type { SourceFile } from '../source/source-file.ts';
import type { Origin } from '../source/span.ts';
import { type FileNotices, fileNotices, tell } from './file-notices.ts';

/** One variable of a `.env` file, before interpolation. */
export interface DotenvEntry {
  readonly name: string;
  /**
   * The value: as written where there are no quotes or single ones, its escapes resolved in double ones (`\$` stays,
   * since it is interpolation that reads it). Null where the name stands alone: the value comes from outside.
   */
  readonly text: string | null;
  /** Single quotes mean: not interpolated. */
  readonly quote: 'none' | 'single' | 'double';
  readonly keyOrigin: Origin;
  /** The value with its quotes; the name's where the value is empty or absent. */
  readonly origin: Origin;
}

export interface Dotenv {
  readonly file: SourceFile;
  /** In the order of the file; where a name stands twice the last one counts, and later ones may refer to earlier. */
  readonly entries: readonly DotenvEntry[];
  readonly notices: readonly Notice[];
  comments(): readonly Comment[];
}

/**
 * A `.env` file as Compose reads it: comments, `export`, `NAME=value` and `NAME: value`, values in quotes over several
 * lines. Never throws; a line that is none of these is a notice, and the rest is read.
 */
export function parseDotenv(file: SourceFile): Dotenv {
  const scan: Scan = { file, text: file.text, entries: [], notices: fileNotices(), comments: [] };
  let offset = 0;
  while (offset < scan.text.length) {
    BLANKS.lastIndex = offset;
    offset += BLANKS.exec(scan.text)?.[0].length ?? 0;
    if (offset >= scan.text.length) break;
    offset = scan.text[offset] === '#' ? readComment(scan, offset) : readStatement(scan, offset);
  }
  return { file, entries: scan.entries, notices: scan.notices.list, comments: () => comments(scan) };
}

interface Scan {
  readonly file: SourceFile;
  readonly text: string;
  readonly entries: DotenvEntry[];
  readonly notices: FileNotices;
  /** Spans of the comments, each from its `#` on. */
  readonly comments: Origin[];
}

const BLANKS = /\s*/y;
const NAME = /(?:export[^\S\n]+)?([\p{L}\p{N}_.[\]-]+)[^\S\n]*([=:]?)([^\S\n]*)/uy;

/** Reads one statement and answers where the next may begin. */
function readStatement(scan: Scan, start: number): number {
  NAME.lastIndex = start;
  const match = NAME.exec(scan.text);
  const next = start + (match?.[0].length ?? 0);
  const lineEnd = endOfLine(scan.text, start);
  const [, name = '', separator, blanks = ''] = match ?? [];
  if (!match || (separator === '' && next < lineEnd && scan.text[next] !== '#')) {
    tell(scan.notices, 'syntax-error', INVALID, span(scan, start, lineEnd));
    return lineEnd;
  }
  const nameStart = scan.text.indexOf(name, start + (match[0].startsWith(name) ? 0 : 'export'.length));
  const keyOrigin = span(scan, nameStart, nameStart + name.length);
  if (separator === '') {
    scan.entries.push({ name, text: null, quote: 'none', keyOrigin, origin: keyOrigin });
    return next;
  }
  const first = scan.text[next];
  if (first === '"' || first === "'") return readQuoted(scan, next, first, name, keyOrigin);
  return readPlain(scan, next, blanks !== '', name, keyOrigin);
}

const INVALID = 'This is no line of an environment file; write NAME=value. The line is ignored.';
const UNTERMINATED = 'This quote has no end; the value is ignored.';

/** A value without quotes ends with its line, or at a `#` behind a blank. */
function readPlain(scan: Scan, start: number, afterBlank: boolean, name: string, keyOrigin: Origin): number {
  const lineEnd = endOfLine(scan.text, start);
  const line = scan.text.slice(start, lineEnd);
  const hash = afterBlank && line.startsWith('#') ? 0 : line.search(/\s#/);
  const text = (hash === -1 ? line : line.slice(0, hash)).trimEnd();
  const origin = text === '' ? keyOrigin : span(scan, start, start + text.length);
  scan.entries.push({ name, text, quote: 'none', keyOrigin, origin });
  return hash === -1 ? lineEnd : start + line.indexOf('#', hash);
}

function readQuoted(scan: Scan, start: number, quote: string, name: string, keyOrigin: Origin): number {
  const end = closingQuote(scan.text, start, quote);
  if (end === -1) {
    const lineEnd = endOfLine(scan.text, start);
    tell(scan.notices, 'syntax-error', UNTERMINATED, span(scan, start, lineEnd));
    return lineEnd;
  }
  const raw = scan.text.slice(start + 1, end);
  const origin = span(scan, start, end + 1);
  if (quote === '"') scan.entries.push({ name, text: resolveEscapes(raw), quote: 'double', keyOrigin, origin });
  else scan.entries.push({ name, text: raw, quote: 'single', keyOrigin, origin });
  return end + 1;
}

/** The offset of the quote that ends the value begun at `start`, or -1: a backslash before a quote keeps it open. */
function closingQuote(text: string, start: number, quote: string): number {
  let end = text.indexOf(quote, start + 1);
  while (end !== -1 && text[end - 1] === '\\') end = text.indexOf(quote, end + 1);
  return end;
}

function resolveEscapes(raw: string): string {
  return raw.replace(/\\([\s\S])/g, (written, escaped: string) => {
    if (escaped === 'n') return '\n';
    if (escaped === 'r') return '\r';
    return escaped === '$' ? written : escaped;
  });
}

function readComment(scan: Scan, start: number): number {
  const end = endOfLine(scan.text, start);
  scan.comments.push(span(scan, start, end));
  return end;
}

/** A comment behind a value covers that entry, one on a line of its own the next entry. */
function comments(scan: Scan): readonly Comment[] {
  let next = 0;
  return scan.comments.map((origin) => {
    const text = scan.text.slice(origin.start, origin.end).replace(/^#+/, '').trim();
    while (next < scan.entries.length && (scan.entries[next] as DotenvEntry).keyOrigin.start < origin.start) next++;
    const before = scan.entries[next - 1];
    const sameLine = before && endOfLine(scan.text, before.origin.end) > origin.start;
    const entry = sameLine ? before : scan.entries[next];
    const covers = entry ? span(scan, entry.keyOrigin.start, entry.origin.end) : origin;
    return { text, origin, covers };
  });
}

/** Behind the last character of a line that is not of its end. */
function endOfLine(text: string, offset: number): number {
  const feed = text.indexOf('\n', offset);
  return feed === -1 ? text.length : feed;
}

function span(scan: Scan, start: number, end: number): Origin {
  return { file: scan.file.path, start, end };
}
