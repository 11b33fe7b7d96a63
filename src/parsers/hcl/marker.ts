import { identifierEnd, isSpace } from './characters.ts';
import { lineEnd, type Scan } from './scan.ts';

const NEWLINE = 10;
const DASH = 45;

/** The end of the marker, where it stands alone on the line that begins at `start`; -1 where it does not. */
export function markerEnd(text: string, start: number, marker: string): number {
  const at = behindSpace(text, start);
  if (!text.startsWith(marker, at)) return -1;
  const end = at + marker.length;
  return behindSpace(text, end) === lineEnd(text, end) ? end : -1;
}

/** Every name that stands alone on a line, and the last of its lines. */
export function markersIn(text: string): ReadonlyMap<string, number> {
  const markers = new Map<string, number>();
  for (let line = 0; line < text.length; line = lineEnd(text, line) + 1) {
    const at = behindSpace(text, line);
    const end = identifierEnd(text, at);
    if (end > at && behindSpace(text, end) === lineEnd(text, end)) markers.set(text.slice(at, end), line);
  }
  return markers;
}

/** Whether the heredoc that begins before `from` may have an end, as far as that is known. */
export function mayEnd({ markers }: Scan, marker: string, from: number): boolean {
  return markers === null || (markers.get(marker) ?? -1) >= from;
}

/** The beginning of the line behind that of `offset`, or behind the heredoc that begins at the end of that line. */
export function behindLine(scan: Scan, offset: number): number {
  const { text } = scan;
  const end = lineEnd(text, offset);
  const marker = markerAt(text, offset, end);
  if (marker === undefined || !mayEnd(scan, marker, end)) return end + 1;
  for (let line = end + 1; line < text.length; line = lineEnd(text, line) + 1) {
    if (markerEnd(text, line, marker) !== -1) return lineEnd(text, line) + 1;
  }
  scan.markers ??= markersIn(text);
  return end + 1;
}

/** The marker of the heredoc that begins at the end of a line. */
function markerAt(text: string, start: number, end: number): string | undefined {
  const opener = text.slice(start, end).lastIndexOf('<<');
  if (opener === -1) return undefined;
  const name = start + opener + (text.charCodeAt(start + opener + 2) === DASH ? 3 : 2);
  const nameEnd = identifierEnd(text, name);
  return nameEnd > name && behindSpace(text, nameEnd) >= end ? text.slice(name, nameEnd) : undefined;
}

/** Behind the white space at `offset`, on its line. */
function behindSpace(text: string, offset: number): number {
  let at = offset;
  while (text.charCodeAt(at) !== NEWLINE && isSpace(text.charCodeAt(at))) at++;
  return at;
}
