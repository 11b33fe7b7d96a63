import type { Comment } from '../../source/comment.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { type Block, firstBlock, inOrder, lineStart, surroundings } from '../covering.ts';
import { buildRoot } from './build.ts';
import { startBuild } from './build-state.ts';
import { isBlank, lineEnd } from './gap.ts';
import { readDocument } from './read.ts';
import { type Chunk, splitDocuments } from './split.ts';

/** A comment from its `#` on. */
interface Found extends Chunk {
  /** Nothing of the document's content stands before it on its line. */
  readonly ownLine: boolean;
  /** Its chunk holds nothing else, so that it belongs to the document behind the next `---`. */
  readonly header: boolean;
}

/**
 * The comments of a YAML file, in order, and what each covers. A comment behind code covers the outermost entry or item
 * that begins on its line; one on a line of its own what begins on the next line of code, which on the first line of a
 * document is the whole of it. Where nothing begins there it covers the entry or item around it, or only itself.
 * Documents that do not parse have none.
 */
export function scanComments(file: SourceFile): readonly Comment[] {
  const { text } = file;
  if (!text.includes('#')) return [];
  const written: Block[] = [];
  const found = splitDocuments(text).flatMap((chunk) => commentsOf(file, chunk, written));
  const blocks = inOrder(written);
  const around = surroundings(text, found, blocks);
  const next = nextCode(text, found);
  return found.map((comment, index) => {
    const covers = comment.ownLine
      ? firstBlock(blocks, next[index] as number, lineEnd(text, next[index] as number), true)
      : firstBlock(blocks, lineStart(text, comment.start), comment.start, false);
    const { start, end } = covers ?? around[index] ?? comment;
    return {
      text: text.slice(comment.start, comment.end).replace(/^#+/, '').trim(),
      origin: { file: file.path, start: comment.start, end: comment.end },
      covers: { file: file.path, start, end },
    };
  });
}

const HASH = 35;

/** The comments of one document, which are the `#` behind blanks outside its scalars; its blocks are added to `blocks`. */
function commentsOf(file: SourceFile, chunk: Chunk, blocks: Block[]): readonly Found[] {
  const source = file.text.slice(chunk.start, chunk.end);
  const reading = source.includes('#') ? readDocument(source) : undefined;
  if (reading?.kind !== 'events') return [];
  const scalars: Chunk[] = [];
  if (reading.events.length > 0) {
    const build = startBuild(file, {
      scalar: (start, end) => scalars.push({ start, end }),
      block: (start, end, root) => blocks.push({ start, end, root }),
    });
    buildRoot(build, source, chunk.start, reading.events, reading.lenientAt === null);
  }
  const found: Found[] = [];
  let offset = chunk.start;
  for (const scalar of [...scalars, { start: chunk.end, end: chunk.end }]) {
    for (; offset < scalar.start; offset++) {
      if (file.text.charCodeAt(offset) !== HASH || !isBlank(file.text.charCodeAt(offset - 1))) continue;
      const end = lineEnd(file.text, offset);
      const ownLine = /^(?:---)?[ \t]*$/.test(file.text.slice(lineStart(file.text, offset), offset));
      found.push({ start: offset, end, ownLine, header: reading.events.length === 0 });
      offset = end;
    }
    offset = Math.max(offset, scalar.end);
  }
  return found;
}

/** For each comment the offset of the first thing behind it that is no comment; stacked comments share it. */
function nextCode(text: string, found: readonly Found[]): readonly number[] {
  const next: number[] = [];
  for (let index = found.length - 1; index >= 0; index--) {
    const { end, header } = found[index] as Found;
    let offset = end;
    while (offset < text.length && (isBlank(text.charCodeAt(offset)) || (header && text.startsWith('---', offset)))) {
      offset += isBlank(text.charCodeAt(offset)) ? 1 : 3;
    }
    next[index] = found[index + 1]?.start === offset ? (next[index + 1] as number) : offset;
  }
  return next;
}
