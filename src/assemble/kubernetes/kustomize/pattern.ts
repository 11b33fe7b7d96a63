/** The regular expressions by which kustomizations select objects, fields and images. */

import { findMatch, type Work } from '../../regexp/match.ts';
import { compilePattern } from '../../regexp/program.ts';

/** Whether a text matches, as a whole or in part as the pattern was compiled; false where the work is used up. */
export type Pattern = (text: string, work: Work) => boolean;

/** The pattern over whole texts (`whole`) or any part of one; undefined where it is none that is understood. */
export function patternOf(source: string, whole: boolean): Pattern | undefined {
  if (!/[\\^$.|?*+()[\]{}]/.test(source)) return whole ? (text) => text === source : (text) => text.includes(source);
  const program = compilePattern(source, whole);
  return 'failure' in program ? undefined : (text, work) => findMatch(program, text, 0, work) !== undefined;
}
