import type { Comment } from '../../source/comment.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { type CommentPlace, type Block as Covered, firstBlock, inOrder, lineStart, surroundings } from '../covering.ts';
import { isSpace } from './characters.ts';
import { lineEnd } from './scan.ts';
import type { Attribute, Block, Body, Expression } from './syntax.ts';

/**
 * The comments of a file, in order, and what each covers. One behind code covers the outermost argument, block or item
 * that begins on its line; one on a line of its own what begins on the next line of code. Where nothing begins there it
 * covers the argument, block or item around it, or only itself. `spans` are starts and ends by turns.
 */
export function commentsOf({ path: file, text }: SourceFile, body: Body, spans: readonly number[]): readonly Comment[] {
  const found = placesOf(text, spans);
  const written: Covered[] = [];
  for (const item of body.items) outline(item, written);
  const blocks = inOrder(written);
  const tops = inOrder(body.items.map(({ start, end }) => ({ start, end, root: false })));
  const around = surroundings(text, found, blocks);
  const top = surroundings(text, found, tops);
  const next = nextCode(text, found);
  return found.map((comment, index) => {
    const from = comment.ownLine ? (next[index] as number) : lineStart(text, comment.start);
    const to = comment.ownLine ? lineEnd(text, from) : comment.start;
    const { start, end } = firstBlock(blocks, from, to, false) ?? around[index] ?? comment;
    const within = top[index];
    return {
      text: contentOf(text.slice(comment.start, comment.end)),
      origin: { file, start: comment.start, end: comment.end },
      covers: { file, start, end },
      ...(within && { within: { file, start: within.start, end: within.end } }),
    };
  });
}

function placesOf(text: string, spans: readonly number[]): readonly CommentPlace[] {
  const places: CommentPlace[] = [];
  for (let index = 0; index < spans.length; index += 2) {
    const start = spans[index] as number;
    let end = spans[index + 1] as number;
    while (isSpace(text.charCodeAt(end - 1))) end--;
    places.push({ start, end, ownLine: text.slice(lineStart(text, start), start).trim() === '' });
  }
  return places;
}

/** Without its marks. */
function contentOf(comment: string): string {
  if (comment.startsWith('/*')) return comment.slice(2, -2).trim();
  return comment.replace(/^(?:#+|\/\/+)/, '').trim();
}

/** For each comment the offset of the first thing behind it that is no comment; stacked comments share it. */
function nextCode(text: string, found: readonly CommentPlace[]): readonly number[] {
  const next: number[] = [];
  for (let index = found.length - 1; index >= 0; index--) {
    let offset = (found[index] as CommentPlace).end;
    while (isSpace(text.charCodeAt(offset))) offset++;
    next[index] = found[index + 1]?.start === offset ? (next[index + 1] as number) : offset;
  }
  return next;
}

/** Adds an argument or a block, and what in it begins where a comment may stand. */
function outline(item: Attribute | Block, blocks: Covered[]): void {
  blocks.push({ start: item.start, end: item.end, root: false });
  if (item.kind === 'attribute') outlineValue(item.value, blocks);
  else for (const inner of item.body.items) outline(inner, blocks);
}

function outlineValue(value: Expression, blocks: Covered[]): void {
  if (value.kind === 'tuple') {
    for (const item of value.items) {
      blocks.push({ start: item.start, end: item.end, root: false });
      outlineValue(item, blocks);
    }
  } else if (value.kind === 'object') {
    for (const entry of value.items) {
      blocks.push({ start: entry.key.start, end: entry.value.end, root: false });
      outlineValue(entry.value, blocks);
    }
  } else if (value.kind === 'parentheses') outlineValue(value.inner, blocks);
  else if (value.kind === 'call') for (const argument of value.args) outlineValue(argument, blocks);
}
