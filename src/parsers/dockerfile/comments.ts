import type { Comment } from '../../source/comment.ts';
import type { Span } from '../../source/span.ts';
import type { LineSource } from './line.ts';
import type { Instruction } from './syntax.ts';

/** An instruction with all that the builder reads for it, here-documents among it; offsets in the text. */
export interface Extent {
  readonly instruction: Instruction;
  readonly start: number;
  /** Behind its last line, before its here-documents. */
  readonly head: number;
  readonly end: number;
}

/**
 * The comments of a Dockerfile: lines that begin with `#`, but for the parser directives on the first `header` lines and
 * for the bodies of here-documents. A comment covers the instruction below it, above FROM the whole stage, and between
 * continued lines the next of them.
 */
export function commentsOf(source: LineSource, extents: readonly Extent[], header: number): readonly Comment[] {
  const comments: Comment[] = [];
  const stageEnds = endsOfStages(source.text.length, extents);
  let next = 0;
  for (let number = header + 1; number <= source.lines.lines; number++) {
    const start = source.lines.start(number);
    while (next < extents.length && (extents[next] as Extent).end <= start) next++;
    const line = source.lines.line(number);
    const mark = /^[ \t]*#/.exec(line)?.[0].length;
    if (mark === undefined) continue;
    const extent = extents[next];
    const inside = extent !== undefined && extent.start < start;
    if (inside && start >= extent.head) continue;
    const origin = source.place(start + mark - 1, start + line.trimEnd().length);
    const covers = inside ? nextLine(source, number) : (covered(source, extent, stageEnds[next]) ?? origin);
    comments.push({ text: line.slice(mark).trim(), origin, covers });
  }
  return comments;
}

function covered({ place }: LineSource, extent: Extent | undefined, stageEnd: number | undefined): Span | undefined {
  if (extent?.instruction.keyword !== 'FROM') return extent?.instruction.origin;
  return place(extent.start, stageEnd ?? extent.head);
}

/** For each instruction, where the stage that it belongs to ends. */
function endsOfStages(end: number, extents: readonly Extent[]): readonly number[] {
  const ends: number[] = [];
  let stageEnd = end;
  for (let i = extents.length - 1; i >= 0; i--) {
    ends[i] = stageEnd;
    const { instruction, start } = extents[i] as Extent;
    if (instruction.keyword === 'FROM') stageEnd = start;
  }
  return ends;
}

/** The next line that is neither empty nor a comment. */
function nextLine(source: LineSource, number: number): Span {
  let next = number + 1;
  while (next < source.lines.lines && /^[ \t]*(#|$)/.test(source.lines.line(next))) next++;
  const text = source.lines.line(next);
  const start = source.lines.start(next);
  return source.place(start + (text.length - text.trimStart().length), start + text.length);
}
