import type { Comment } from '../../source/comment.ts';
import type { Notice } from '../../source/notice.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { readFile } from './body.ts';
import { commentsOf } from './comments.ts';
import { readJson } from './json.ts';
import { type Scan, startScan } from './scan.ts';
import type { Body } from './syntax.ts';

export { parseExpression, parseTemplate } from './fragment.ts';

/** A file of HCL, native or JSON, as far as it could be read. */
export interface HclFile {
  readonly file: SourceFile;
  readonly body: Body;
  readonly notices: readonly Notice[];
  /** The comments of the file; scanned for only when asked, since few runs want them. */
  comments(): readonly Comment[];
}

/**
 * A file of HCL, in the syntax that its format says, with the place of every node. Never throws: an argument or a block
 * that cannot be read is a notice with its place, an argument keeps an `invalid` value, and the rest of the file is there.
 */
export function parseHcl(file: SourceFile): HclFile {
  if (file.format === 'hcl-json') return { file, ...readJson(file) };
  const { body, scan } = readWhole(file);
  return { file, body, notices: scan.notices.list, comments: () => scanComments(file, scan.dedent) };
}

/**
 * Where a brace is missing, everything behind it would be inside the open block. Then the file is read again, and blocks
 * end where something stands as far to the left as their header, if that leaves less that cannot be read.
 */
function readWhole(file: SourceFile): { readonly body: Body; readonly scan: Scan } {
  const scan = startScan(file.path, file.text);
  const body = readFile(scan);
  if (!scan.unclosed) return { body, scan };
  const again = startScan(file.path, file.text, { dedent: true });
  const other = readFile(again);
  return again.notices.list.length <= scan.notices.list.length ? { body: other, scan: again } : { body, scan };
}

function scanComments(file: SourceFile, dedent: boolean): readonly Comment[] {
  const comments: number[] = [];
  const body = readFile(startScan(file.path, file.text, { dedent, comments }));
  return commentsOf(file, body, comments);
}
