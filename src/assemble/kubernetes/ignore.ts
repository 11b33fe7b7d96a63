/** The annotations that accept a finding on an object, for those who cannot or will not write comments. */
import type { Comment } from '../../source/comment.ts';
import { at, entriesOf, textOf } from '../../source/value.ts';
import type { KubernetesUnit } from '../unit.ts';

const OWN = 'portolan.dev/ignore';
/** How another tool's annotations begin; the check stands behind it. */
const PEER = 'ignore-check.kube-linter.io/';

/**
 * The suppressions that `portolan.dev/ignore: "rule-id -- reason"` annotations make, as the comments that would say the
 * same, and another tool's as they stand. Each line of a value is one; it covers the whole object that it stands on.
 */
export function ignoreComments(unit: KubernetesUnit): readonly Comment[] {
  return unit.objects.flatMap((object) =>
    [...entriesOf(at(object, 'metadata', 'annotations'))]
      .filter(({ key }) => key === OWN || key.startsWith(PEER))
      .flatMap(({ key, value }) =>
        (textOf(value) ?? '')
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '')
          .map((line) => ({
            text: key === OWN ? `portolan:ignore ${line}` : `${key}: ${line}`,
            origin: value.origin,
            covers: object.origin,
          })),
      ),
  );
}
