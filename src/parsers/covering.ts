/** Which stretch of a file a comment covers: what begins on its line, or on the next line of code, or what is around it. */
import { isBlank, isBreak } from './yaml/gap.ts';

/** Something that a comment can cover: an entry, an item, a block; or the root of a document. */
export interface Block {
  readonly start: number;
  readonly end: number;
  readonly root: boolean;
}

/** A comment, and whether nothing stands before it on its line. */
export interface CommentPlace {
  readonly start: number;
  readonly end: number;
  readonly ownLine: boolean;
}

/** By where they begin, the outer before the inner. */
export function inOrder(blocks: readonly Block[]): readonly Block[] {
  return [...blocks].sort((a, b) => a.start - b.start || b.end - a.end || Number(b.root) - Number(a.root));
}

/** The outermost of the blocks in order that begins from `from` on and before `to`; a root only where `roots` says so. */
export function firstBlock(blocks: readonly Block[], from: number, to: number, roots: boolean): Block | undefined {
  let low = 0;
  let high = blocks.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((blocks[middle] as Block).start < from) low = middle + 1;
    else high = middle;
  }
  while (!roots && blocks[low]?.root) low++;
  const block = blocks[low];
  return block && block.start < to ? block : undefined;
}

/** For each comment, in order, the innermost block that it stands in, or that ends before it on its line; no root. */
export function surroundings(
  text: string,
  found: readonly CommentPlace[],
  blocks: readonly Block[],
): readonly (Block | undefined)[] {
  const open: Block[] = [];
  let next = 0;
  return found.map((comment) => {
    const at = comment.ownLine ? comment.start : codeStart(text, comment.start);
    for (; next < blocks.length && (blocks[next] as Block).start <= at; next++) open.push(blocks[next] as Block);
    while (open.length > 0 && (open.at(-1) as Block).end <= at) open.pop();
    const innermost = open.at(-1);
    return innermost?.root ? undefined : innermost;
  });
}

/** The first character of the line of `offset` that is no blank. */
function codeStart(text: string, offset: number): number {
  let start = lineStart(text, offset);
  while (start < offset && isBlank(text.charCodeAt(start))) start++;
  return start;
}

/** Where the line of `offset` begins. */
export function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text.charCodeAt(start - 1))) start--;
  return start;
}
