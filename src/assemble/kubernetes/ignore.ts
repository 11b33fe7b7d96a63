/** The annotation that accepts a finding on an object, for those who cannot or will not write comments. */
import type { Comment } from '../../source/comment.ts';
import { at, textOf } from '../../source/value.ts';
import type { KubernetesUnit } from '../unit.ts';

/**
 * The suppressions that `portolan.dev/ignore: "rule-id -- reason"` annotations make, as the comments that would say the
 * same. Each line of the value is one; it covers the whole object that the annotation stands on.
 */
export function ignoreComments(unit: KubernetesUnit): readonly Comment[] {
  return unit.objects.flatMap((object) => {
    const value = at(object, 'metadata', 'annotations', 'portolan.dev/ignore');
    return (textOf(value) ?? '')
      .split('\n')
      .map((line) => line.trim())
      .filter((line) => line !== '')
      .map((line) => ({
        text: `portolan:ignore ${line}`,
        origin: value?.origin ?? object.origin,
        covers: object.origin,
      }));
  });
}
