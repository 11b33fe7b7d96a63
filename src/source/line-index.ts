/** A place for people: both numbers count from one, columns in UTF-16 code units. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

/** Line starts of one text; `\n`, `\r\n` and a lone `\r` end a line. */
export interface LineIndex {
  /** The position of an offset; offsets outside the text are clamped to it. */
  position(offset: number): Position;
  /** The text of a line (from one), without its end; empty where there is none. */
  line(number: number): string;
  /** The offset at which a line (from one) begins; the end of the text where there is none. */
  start(number: number): number;
  /** The text from `start` up to `end`, offsets, whatever lines it crosses. */
  slice(start: number, end: number): string;
  readonly lines: number;
}

export function lineIndex(text: string): LineIndex {
  const starts = [0];
  const ends: number[] = [];
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code !== 10 && code !== 13) continue;
    ends.push(i);
    if (code === 13 && text.charCodeAt(i + 1) === 10) i++;
    starts.push(i + 1);
  }
  ends.push(text.length);
  return {
    lines: starts.length,
    slice: (start, end) => text.slice(start, end),
    line: (number) => text.slice(starts[number - 1] ?? text.length, ends[number - 1] ?? text.length),
    start: (number) => starts[number - 1] ?? text.length,
    position(offset) {
      const clamped = Math.max(0, Math.min(offset, text.length));
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] as number) <= clamped) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: clamped - (starts[low] as number) + 1 };
    },
  };
}
