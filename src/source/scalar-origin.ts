import type { Origin } from './span.ts';
import type { Scalar } from './value.ts';

/** A stretch of a scalar's text that stands as it reads in the file. */
interface Segment {
  /** In the scalar's text. */
  readonly at: number;
  /** In the file. */
  readonly start: number;
  readonly length: number;
}

/** Tells where a part of a text (`from` to `to`, exclusive) is written. */
export type Placing = (from: number, to: number) => Origin;

/**
 * Where a part of a scalar's text (`from` to `to`, exclusive) is written: a line of a block scalar, a word of a command.
 * `text` is the whole of the file that the scalar stands in. The origin of the whole scalar where the file does not
 * hold its text piece by piece, as after an interpolation.
 */
export function originWithin(text: string, scalar: Scalar, from: number, to: number): Origin {
  return placingWithin(text, scalar)(from, to);
}

/** The same for many parts of one scalar, which is taken apart once. */
export function placingWithin(text: string, scalar: Scalar): Placing {
  const segments = segmentsOf(text, scalar);
  return (from, to) => {
    const first = lastBefore(segments, from + 1);
    const last = lastBefore(segments, Math.max(to, from + 1));
    if (!first || !last) return scalar.origin;
    const start = first.start + Math.min(from - first.at, first.length);
    const end = last.start + Math.min(to - last.at, last.length);
    return { ...scalar.origin, start, end: Math.max(start, end) };
  };
}

/** The last segment that begins before `offset`. */
function lastBefore(segments: readonly Segment[], offset: number): Segment | undefined {
  let low = 0;
  let high = segments.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((segments[middle] as Segment).at < offset) low = middle + 1;
    else high = middle;
  }
  return segments[low - 1];
}

/** The stretches in order; none where they do not make up the scalar's text. */
function segmentsOf(text: string, scalar: Scalar): readonly Segment[] {
  const { start, end } = scalar.origin;
  const raw = text.slice(start, end);
  const mark = raw[0];
  if (!scalar.quoted) return foldedSegments(scalar.text, raw, start);
  if (mark === "'" || mark === '"') {
    const inner = raw.slice(1, -1);
    return /[\n\r]/.test(inner)
      ? foldedSegments(scalar.text, inner, start + 1)
      : escapedSegments(scalar.text, inner, start + 1, mark);
  }
  return mark === '|' || mark === '>' ? blockSegments(scalar.text, raw, start) : [];
}

/** Of a plain or quoted scalar over one or more lines, whose blanks around line breaks are not part of the text. */
function foldedSegments(text: string, raw: string, start: number): readonly Segment[] {
  const lines = linesOf(raw);
  const pieces = lines.map(({ line, at }, index) => {
    const open = index === 0 ? line : line.trimStart();
    return { line: index === lines.length - 1 ? open : open.trimEnd(), at: start + at + line.length - open.length };
  });
  return align(text, pieces);
}

function blockSegments(text: string, raw: string, start: number): readonly Segment[] {
  const [, ...lines] = linesOf(raw);
  const written = leadingSpaces(lines.find(({ line }) => line.trim() !== '')?.line ?? '');
  const indent = Math.max(0, written - leadingSpaces(text.slice(leadingBreaks(text))));
  const pieces = lines.map(({ line, at }) => ({ line: line.slice(indent), at: start + at + indent }));
  return align(text, pieces);
}

/** Finds each line again in `text`, with a line break or a blank between one and the next. */
function align(text: string, lines: readonly { readonly line: string; readonly at: number }[]): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  for (const { line, at: start } of lines) {
    if (line === '') continue;
    while (text[at] === '\n') at++;
    if (text[at] === ' ' && !text.startsWith(line, at)) at++;
    if (!text.startsWith(line, at)) return [];
    segments.push({ at, start, length: line.length });
    at += line.length;
  }
  return /[^\n]/.test(text.slice(at)) ? [] : segments;
}

const ESCAPE = /''|\\(?:x..|u.{4}|U.{8}|.)/g;

/** Of a quoted scalar on one line: the stretches between its escapes, and each escape as a stretch of its own. */
function escapedSegments(text: string, inner: string, start: number, mark: string): readonly Segment[] {
  const segments: Segment[] = [];
  let at = 0;
  let raw = 0;
  const keep = (length: number, decoded: number, written: number) => {
    if (length > 0) segments.push({ at, start: start + raw, length });
    at += decoded;
    raw += written;
  };
  for (const { 0: written, index } of inner.matchAll(ESCAPE)) {
    if ((written === "''") !== (mark === "'")) continue;
    keep(index - raw, index - raw, index - raw);
    const astral = written[1] === 'U' && Number.parseInt(written.slice(2), 16) > 0xffff;
    keep(1, astral ? 2 : 1, written.length);
  }
  keep(inner.length - raw, inner.length - raw, inner.length - raw);
  return at === text.length ? segments : [];
}

function linesOf(raw: string): readonly { readonly line: string; readonly at: number }[] {
  const lines: { line: string; at: number }[] = [];
  let at = 0;
  for (const match of raw.matchAll(/\r\n?|\n/g)) {
    lines.push({ line: raw.slice(at, match.index), at });
    at = match.index + match[0].length;
  }
  lines.push({ line: raw.slice(at), at });
  return lines;
}

function leadingSpaces(line: string): number {
  let spaces = 0;
  while (line[spaces] === ' ') spaces++;
  return spaces;
}

function leadingBreaks(text: string): number {
  let breaks = 0;
  while (text[breaks] === '\n') breaks++;
  return breaks;
}
