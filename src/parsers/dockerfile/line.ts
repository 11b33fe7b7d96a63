import type { LineIndex } from '../../source/line-index.ts';
import type { Placing } from '../../source/scalar-origin.ts';
import type { Line } from './syntax.ts';

/** A stretch of the joined text, and the offset in the file at which it stands. */
interface Piece {
  readonly at: number;
  readonly source: number;
  readonly text: string;
}

/** One instruction with its continued lines joined. */
export interface JoinedLine {
  readonly line: Line;
  /** The offset in the file behind its last line; what the instruction spans beyond it are here-documents. */
  readonly end: number;
}

/** The text of a file with what is needed to join its lines. */
export interface LineSource {
  /** Where a stretch of the text stands. */
  readonly place: Placing;
  readonly text: string;
  readonly lines: LineIndex;
  readonly escape: string;
}

/**
 * Joins the lines of the instruction that stands from `start` up to `end`, as the builder does: an escape character at
 * the end of a line (blanks may follow it) takes the line break away, and between continued lines comments and empty
 * lines count for nothing.
 */
export function joinLines(source: LineSource, start: number, end: number): JoinedLine {
  const pieces: Piece[] = [];
  let at = 0;
  let number = source.lines.position(start).line;
  let lineEnd = start;
  for (let continued = true; continued && number <= source.lines.lines; number++) {
    const lineStart = Math.max(start, source.lines.start(number));
    if (lineStart >= end && lineStart > start) break;
    const full = source.lines.line(number);
    const raw = full.slice(lineStart - source.lines.start(number), end - source.lines.start(number));
    if (pieces.length > 0 && /^[ \t]*(#|$)/.test(raw)) continue;
    const kept = withoutEscape(raw, source.escape);
    continued = kept !== raw;
    lineEnd = lineStart + raw.length;
    pieces.push({ at, source: lineStart, text: kept });
    at += kept.length;
  }
  return { line: lineOf(source.place, pieces, 0), end: lineEnd };
}

/** `raw` without the escape character that ends it and the blanks around that; `raw` itself where it does not go on. */
function withoutEscape(raw: string, escapeCharacter: string): string {
  let last = raw.length;
  while (last > 0 && (raw[last - 1] === ' ' || raw[last - 1] === '\t')) last--;
  return last > 0 && raw[last - 1] === escapeCharacter ? raw.slice(0, last - 1) : raw;
}

function lineOf(place: Placing, pieces: readonly Piece[], skip: number): Line {
  const text = pieces
    .map((piece) => piece.text)
    .join('')
    .slice(skip);
  return {
    text,
    origin: (start = 0, end = text.length) => {
      const from = sourceOffset(pieces, skip + start);
      return place(from, end > start ? sourceOffset(pieces, skip + end - 1) + 1 : from);
    },
    from: (start) => lineOf(place, pieces, skip + start),
  };
}

function sourceOffset(pieces: readonly Piece[], offset: number): number {
  let low = 0;
  let high = pieces.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((pieces[middle] as Piece).at <= offset) low = middle;
    else high = middle - 1;
  }
  const piece = pieces[low];
  return piece === undefined ? 0 : piece.source + Math.min(offset - piece.at, piece.text.length);
}
