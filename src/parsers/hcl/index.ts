import type { Comment } from '../../source/comment.ts';
import type { Notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { SourceFile } from '../../source/source-file.ts';
import { readFile } from './body.ts';
import { commentsOf } from './comments.ts';
import { readExpression } from './expression.ts';
import { moved } from './moved.ts';
import { END, FAILURE, fail, is, next, type Scan, startScan } from './scan.ts';
import type { Body, Expression, Template, Text } from './syntax.ts';
import { readBare } from './template.ts';

/** A file of HCL, native or JSON, as far as it could be read. */
export interface HclFile {
  readonly file: SourceFile;
  readonly body: Body;
  readonly notices: readonly Notice[];
  /** The comments of the file; scanned for only when asked, since few runs want them. */
  comments(): readonly Comment[];
}

/** A text that is HCL by itself. */
export interface Fragment {
  /** The file that it is, or stands in. */
  readonly path: string;
  readonly text: string;
  /** Where a character of the text stands in that file; absent where the text is the whole of it. */
  readonly place?: (offset: number) => number;
}

/**
 * A file in HCL's native syntax, with the place of every node. Never throws: an argument or a block that cannot be read
 * is a notice with its place, an argument keeps an `invalid` value, and the rest of the file is there.
 */
export function parseHcl(file: SourceFile): HclFile {
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

/** A text that is a template as a whole, such as that of `templatefile`. Null where it cannot be read; notices say why. */
export function parseTemplate(fragment: Fragment): Result<Text | Template | null> {
  return parseFragment(fragment, (scan) => readBare(scan, readExpression));
}

/** A text that is one expression, such as a type in a JSON file. Null where it cannot be read; notices say why. */
export function parseExpression(fragment: Fragment): Result<Expression | null> {
  return parseFragment(fragment, (scan) => {
    scan.lines = false;
    next(scan);
    const expression = readExpression(scan);
    if (!is(scan, END)) fail(scan, 'The expression has ended, and something follows it.');
    return expression;
  });
}

function parseFragment<T extends Expression>(fragment: Fragment, read: (scan: Scan) => T): Result<T | null> {
  const scan = startScan(fragment.path, fragment.text);
  let value: T | null = null;
  try {
    value = read(scan);
  } catch (error) {
    if (error !== FAILURE) throw error;
  }
  const result = { value, notices: scan.notices.list };
  const { place } = fragment;
  return place ? moved(result, place) : result;
}
