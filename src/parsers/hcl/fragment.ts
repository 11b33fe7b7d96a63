import type { Result } from '../../source/result.ts';
import { readExpression } from './expression.ts';
import { moved } from './moved.ts';
import { END, FAILURE, fail, is, next, type Scan, startScan } from './scan.ts';
import type { Expression, Template, Text } from './syntax.ts';
import { readBare } from './template.ts';

/** A text that is HCL by itself. */
export interface Fragment {
  /** The file that it is, or stands in. */
  readonly path: string;
  readonly text: string;
  /** Where a character of the text stands in that file; absent where the text is the whole of it. */
  readonly place?: (offset: number) => number;
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
