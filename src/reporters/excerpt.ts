import type { Lines } from '../policy/finding.ts';
import type { Span } from '../source/span.ts';
import { oneLine } from './place.ts';
import { withoutSecrets } from './secret.ts';
import { printable, type Style } from './style.ts';

/** How much of a long line is shown. */
const WIDTH = 96;
/** How much of it stands before what is marked. */
const LEAD = 32;
/** How far before and behind what is shown may lie what makes it a secret. */
const REACH = 4096;

/**
 * The line of `origin` with a mark under what is meant, ready to be printed, and without what looks like a secret; none
 * where the file's text is not known.
 *
 *     14 │       - "5432:5432"
 *        │         ^^^^^^^^^^^
 */
export function excerpt(origin: Span, lines: Lines, style: Style): readonly string[] {
  const { line, column, endColumn } = oneLine(origin, lines);
  const text = lines(origin.file)?.line(line);
  if (text === undefined || text.trim() === '') return [];
  const from = column > WIDTH - LEAD ? column - LEAD : 1;
  const near = Math.max(0, from - 1 - REACH);
  const hidden = withoutSecrets(text.slice(near, from - 1 + WIDTH + REACH), lineBefore(origin, line, lines));
  const shown = printable(hidden.slice(from - 1 - near, from - 1 - near + WIDTH)).trimEnd();
  const start = Math.min(column - from, shown.length);
  const length = Math.max(1, Math.min(endColumn - column, shown.length - start));
  const number = String(line);
  const gutter = (label: string) => style('dim', `${label.padStart(number.length)} │ `);
  return [
    gutter(number) + (from > 1 ? `…${shown.slice(1)}` : shown),
    gutter('') + ' '.repeat(start) + style('red', '^'.repeat(length)),
  ];
}

function lineBefore({ file }: Span, line: number, lines: Lines): string {
  return (
    lines(file)
      ?.line(line - 1)
      .slice(0, REACH) ?? ''
  );
}
