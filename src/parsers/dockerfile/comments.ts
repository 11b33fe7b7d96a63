import type { Comment } from '../../source/comment.ts';
import type { Span } from '../../source/span.ts';
import type { LineSource } from './line.ts';
import type { Instruction } from './syntax.ts';

/** An instruction with all that the builder reads for it, here-documents among it. */
export interface Extent {
  readonly instruction: Instruction;
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
    const inside = extent !== undefined && extent.instruction.origin.start < start;
    if (inside && start >= extent.instruction.origin.end) continue;
    const origin = { file: source.file, start: start + mark - 1, end: start + line.trimEnd().length };
    const covers = inside ? nextLine(source, number) : covered(origin, extent, stageEnds[next]);
    comments.push({ text: line.slice(mark).trim(), origin, covers });
  }
  return comments;
}

function covered(origin: Span, extent: Extent | undefined, stageEnd: number | undefined): Span {
  if (extent === undefined) return origin;
  const { file, start, end } = extent.instruction.origin;
  return { file, start, end: extent.instruction.keyword === 'FROM' ? (stageEnd ?? end) : end };
}

/** For each instruction, where the stage that it belongs to ends. */
function endsOfStages(end: number, extents: readonly Extent[]): readonly number[] {
  const ends: number[] = [];
  let stageEnd = end;
  for (let i = extents.length - 1; i >= 0; i--) {
    ends[i] = stageEnd;
    const { keyword, origin } = (extents[i] as Extent).instruction;
    if (keyword === 'FROM') stageEnd = origin.start;
  }
  return ends;
}

/** The next line that is neither empty nor a comment. */
function nextLine(source: LineSource, number: number): Span {
  let next = number + 1;
  while (next < source.lines.lines && /^[ \t]*(#|$)/.test(source.lines.line(next))) next++;
  const text = source.lines.line(next);
  const start = source.lines.start(next);
  return { file: source.file, start: start + (text.length - text.trimStart().length), end: start + text.length };
}
