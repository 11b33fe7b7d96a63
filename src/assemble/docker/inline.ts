/** A Dockerfile that stands inside another file, as the pieces of its text with the place of each. */
import type { Placing } from '../../source/scalar-origin.ts';
import type { Scalar } from '../../source/value.ts';

/** The text of the Dockerfile. */
export function inlineText(pieces: readonly Scalar[]): string {
  return pieces.map(({ text }) => text).join('');
}

/**
 * Tells where a stretch of that text is written. Inside a piece that is written otherwise than it reads (a variable that
 * was filled in, an escape) there is no nearer place than the whole of it.
 */
export function inlinePlacing(pieces: readonly Scalar[]): Placing {
  const starts: number[] = [];
  let length = 0;
  for (const { text } of pieces) {
    starts.push(length);
    length += text.length;
  }
  const pieceAt = (offset: number): number => {
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  const within = (index: number, offset: number, otherwise: 'start' | 'end'): number => {
    const { origin, text } = pieces[index] as Scalar;
    const length = origin.end - origin.start;
    const asWritten = length === text.replace(/\n$/, '').length || length === text.trimEnd().length;
    return asWritten ? Math.min(origin.start + offset - (starts[index] as number), origin.end) : origin[otherwise];
  };
  return (from, to) => {
    const first = pieceAt(from);
    const last = pieceAt(Math.max(from, to - 1));
    const { origin } = pieces[first] as Scalar;
    const start = within(first, from, 'start');
    return { ...origin, start, end: Math.max(start, within(last, Math.max(from, to), 'end')) };
  };
}
