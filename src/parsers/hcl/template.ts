import { identifierEnd, isBlank, leadingSpace, trimSpaceEnd } from './characters.ts';
import { markerEnd, markersIn, mayEnd } from './marker.ts';
import { assemble, flush, isText } from './pieces.ts';
import { fail, lineEnd, next, type Scan, tolerate } from './scan.ts';
import { type Piece, type ReadExpression, readSequence } from './sequence.ts';
import type { Template, Text } from './syntax.ts';

const QUOTE = 34;
const DOLLAR = 36;
const PERCENT = 37;
const BACKSLASH = 92;
const OPEN_BRACE = 123;

/** Reads the string in quotes that the next token begins, and goes on to the token behind it. */
export function readQuoted(scan: Scan, expression: ReadExpression): Text | Template {
  const { text, start } = scan;
  for (let at = start + 1; ; at++) {
    const code = text.charCodeAt(at);
    if (code === QUOTE) {
      scan.end = at + 1;
      next(scan);
      scan.height = 1;
      return { kind: 'text', start, end: at + 1, value: text.slice(start + 1, at) };
    }
    // Whatever needs a second look: escapes, sequences, letters that may be composed, a line end, the end of the text.
    if (code === BACKSLASH || code === DOLLAR || code === PERCENT || code < 32 || !(code < 128)) break;
  }
  const pieces: Piece[] = [];
  scan.height = 0;
  const end = readPieces(scan, start + 1, 'quoted', pieces, expression);
  if (text.charCodeAt(end) !== QUOTE) fail(scan, UNTERMINATED, start, end);
  scan.end = end + 1;
  const template = assemble(scan, pieces, start, end + 1);
  next(scan);
  return template;
}

const UNTERMINATED =
  'This string has no closing quote on its line. Close it, or write <<EOT and EOT around a text of several lines.';

/** Reads the heredoc that the next token begins (`<<`), and goes on to the token behind its marker. */
export function readHeredoc(scan: Scan, expression: ReadExpression): Text | Template {
  const { text, start } = scan;
  const flushed = text.charCodeAt(start + 2) === 45;
  const name = flushed ? start + 3 : start + 2;
  const nameEnd = identifierEnd(text, name);
  let begin = nameEnd;
  while (isBlank(text.charCodeAt(begin))) begin++;
  if (nameEnd === name || !isLineEnd(text, begin)) fail(scan, NO_MARKER, start, Math.max(begin, scan.end));
  if (begin > nameEnd) tolerate(scan, 'Blanks behind the marker of a heredoc are an error in HCL.', nameEnd, begin);
  const marker = text.slice(name, nameEnd);
  if (!mayEnd(scan, marker, begin)) fail(scan, noEnd(marker), start, nameEnd);
  const pieces: Piece[] = [];
  scan.height = 0;
  let at = lineEnd(text, begin) + 1;
  for (;;) {
    const end = markerEnd(text, at, marker);
    if (end !== -1) {
      scan.end = end;
      break;
    }
    if (at >= text.length) {
      scan.markers ??= markersIn(text);
      fail(scan, noEnd(marker), start, nameEnd);
    }
    at = readPieces(scan, at, 'heredoc', pieces, expression);
  }
  if (scan.end >= text.length)
    tolerate(scan, 'HCL wants a line end behind the last line of a heredoc.', start, nameEnd);
  if (flushed) flush(pieces);
  const template = { ...assemble(scan, pieces, start, scan.end), heredoc: true } as const;
  next(scan);
  return template;
}

const NO_MARKER = 'The marker of a heredoc, such as EOT, and the end of the line are expected behind <<.';

function noEnd(marker: string): string {
  const shown = marker.slice(0, 60);
  return `This heredoc has no end: write ${shown} on a line of its own behind it.`;
}

function isLineEnd(text: string, offset: number): boolean {
  const code = text.charCodeAt(offset);
  return code === 10 || (code === 13 && text.charCodeAt(offset + 1) === 10);
}

/**
 * The template that a whole text is, from where the scan stands. `unclosed` is never told: a text without quotes ends
 * where it ends.
 */
export function readBare(scan: Scan, expression: ReadExpression): Text | Template {
  const { start, text } = scan;
  const pieces: Piece[] = [];
  scan.height = 0;
  for (let at = start; at < text.length; ) at = readPieces(scan, at, 'bare', pieces, expression);
  return assemble(scan, pieces, start, text.length);
}

/**
 * Reads texts and sequences from `start` on: of a string up to its quote (or what ends it wrongly), of a heredoc or a
 * whole text up to the end of the line on which no sequence is open. White space beside `~` is gone already.
 */
function readPieces(
  scan: Scan,
  start: number,
  kind: 'quoted' | 'heredoc' | 'bare',
  pieces: Piece[],
  expression: ReadExpression,
): number {
  const { text } = scan;
  let from = start;
  let trim = false;
  for (;;) {
    const run = readText(scan, from, kind === 'quoted');
    scan.budget -= run.end - from;
    if (scan.budget <= 0) fail(scan, 'This is read too often.', from, run.end);
    if (run.end > from) {
      const value = trim ? run.value.slice(leadingSpace(run.value)) : run.value;
      pieces.push({ kind: 'text', start: from, end: run.end, value });
    }
    if (!run.sequence) return run.end;
    const { piece, trimBefore, trimAfter } = readSequence(scan, run.end, expression);
    const before = pieces.at(-1);
    if (trimBefore && isText(before)) {
      pieces[pieces.length - 1] = { ...before, value: trimSpaceEnd(before.value) };
    }
    pieces.push(piece);
    trim = trimAfter;
    from = scan.end;
    if (from >= text.length) return from;
  }
}

/** A stretch of text and what it means; `sequence` says that `${` or `%{` ends it. */
interface Run {
  readonly end: number;
  readonly value: string;
  readonly sequence: boolean;
}

/** Reads text up to a sequence, and no further than the quote (`quoted`) or the end of the line, which counts. */
function readText(scan: Scan, start: number, quoted: boolean): Run {
  const { text } = scan;
  let value = '';
  let from = start;
  let at = start;
  const run = (end: number, sequence: boolean): Run => ({ end, value: value + text.slice(from, end), sequence });
  for (; at < text.length; at++) {
    const code = text.charCodeAt(at);
    if (code === DOLLAR || code === PERCENT) {
      const second = text.charCodeAt(at + 1);
      if (second === OPEN_BRACE) return run(at, true);
      if (second !== code || text.charCodeAt(at + 2) !== OPEN_BRACE) continue;
      value += text.slice(from, at + 1);
      from = at + 2;
      at += 2;
    } else if (code === 10 || (code === 13 && quoted)) {
      return run(quoted ? at : at + 1, false);
    } else if (quoted && code === QUOTE) {
      return run(at, false);
    } else if (quoted && code === BACKSLASH) {
      const { length, decoded } = readEscape(scan, at);
      value += text.slice(from, at) + decoded;
      from = at + length;
      at = from - 1;
    }
  }
  return run(text.length, false);
}

/** What the backslash at `at` and the characters behind it stand for, and how many they are. */
function readEscape(scan: Scan, at: number): { readonly length: number; readonly decoded: string } {
  const { text } = scan;
  const letter = text[at + 1] ?? '';
  const decoded = ESCAPES[letter];
  if (decoded !== undefined) return { length: 2, decoded };
  const digits = letter === 'u' ? 4 : letter === 'U' ? 8 : 0;
  const written = text.slice(at + 2, at + 2 + digits);
  const point = digits > 0 && /^[0-9A-Fa-f]+$/.test(written) && written.length === digits ? Number(`0x${written}`) : -1;
  if (point >= 0 && point <= 0x10ffff && (point < 0xd800 || point > 0xdfff)) {
    return { length: 2 + digits, decoded: String.fromCodePoint(point) };
  }
  if (letter === '\n' || letter === '\r' || letter === '') return { length: 1, decoded: '' };
  const message = 'This is no escape sequence of HCL; write \\\\ for a backslash.';
  tolerate(scan, message, at, at + 2);
  return { length: 1, decoded: '' };
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\' };
