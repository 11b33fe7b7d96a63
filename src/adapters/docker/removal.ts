import type { Instruction, SourceWord } from '../../parsers/dockerfile/index.ts';
import type { Edit } from '../../source/edit.ts';
import type { Origin } from '../../source/span.ts';

/**
 * The change of `text` that takes one word away from an instruction: with the blanks before it, or with the whole line
 * where it is the only word. Undefined where the instruction goes over several lines or shares its line.
 */
export function wordRemoval(
  text: string,
  { origin }: Instruction,
  words: readonly SourceWord[],
  index: number,
): Edit | undefined {
  const edit = (start: number, end: number): Edit => ({
    origin: { ...origin, start, end },
    was: text.slice(start, end),
    becomes: '',
  });
  if (/[\r\n]/.test(text.slice(origin.start, origin.end))) return undefined;
  const places = words.map((word): Origin => word.origin);
  const [before, own, after] = [places[index - 1], places[index], places[index + 1]];
  if (!own) return undefined;
  if (before) return edit(before.end, own.end);
  if (after) return edit(own.start, after.start);
  const lineStart = Math.max(text.lastIndexOf('\n', origin.start - 1), text.lastIndexOf('\r', origin.start - 1)) + 1;
  const rest = /[ \t]*(?:\r\n?|\n|$)/y;
  rest.lastIndex = origin.end;
  const end = rest.exec(text)?.[0].length;
  if (end === undefined || text.slice(lineStart, origin.start).trim() !== '') return undefined;
  return edit(lineStart, origin.end + end);
}
