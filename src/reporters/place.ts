import type { Lines } from '../policy/finding.ts';
import type { Origin, Span } from '../source/span.ts';

/** An origin as people and files of reports tell it: lines and columns from one, the end exclusive. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** Where `origin` stands; the first character of a file whose lines are not known. */
export function place(origin: Span, lines: Lines): Place {
  const index = lines(origin.file);
  if (!index) return { file: origin.file, line: 1, column: 1, endLine: 1, endColumn: 1 };
  const start = index.position(origin.start);
  const end = index.position(Math.max(origin.start, origin.end));
  return { file: origin.file, line: start.line, column: start.column, endLine: end.line, endColumn: end.column };
}

/**
 * Where `origin` stands, on one line: a longer stretch ends with its first line. Code scanning shows an alert in a pull
 * request only when every line of its region changed, so a region is the line that grants and never the block around it.
 */
export function oneLine(origin: Span, lines: Lines): Place {
  const whole = place(origin, lines);
  if (whole.endLine === whole.line && whole.endColumn > whole.column) return whole;
  const text = lines(origin.file)?.line(whole.line) ?? '';
  const end = whole.endLine === whole.line ? whole.column : text.trimEnd().length + 1;
  return { ...whole, endLine: whole.line, endColumn: Math.max(end, whole.column) };
}

/** `docker-compose.yml:22:9`, as terminals and editors make it a link. */
export function address(origin: Span, lines: Lines): string {
  const { file, line, column } = place(origin, lines);
  return `${file}:${line}:${column}`;
}

/** The origin and everything behind it, nearest first. */
export function wayOf(origin: Origin): readonly Origin[] {
  const way: Origin[] = [];
  for (let current: Origin | undefined = origin; current; current = current.via) way.push(current);
  return way;
}
