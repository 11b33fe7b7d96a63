/** Labels, and the plain selectors of Services that ask for them (R32). */
import type { Requirement } from '../../graph/fragment.ts';
import { entriesOf, textOf, type Value } from '../../source/value.ts';

/** The labels of a mapping; a null is the empty text, as the API server reads it. */
export function labelsOf(value: Value | undefined): ReadonlyMap<string, string> {
  const labels = new Map<string, string>();
  for (const entry of entriesOf(value)) {
    if (entry.value.kind === 'scalar') labels.set(entry.key, textOf(entry.value) ?? '');
  }
  return labels;
}

/**
 * The requirements of a plain map of labels, such as a Service's selector. A value that is
 * another object's which the code does not show is one that nothing shown has: whom it means is somewhere else.
 */
export function equalities(value: Value | undefined): readonly Requirement[] {
  if (value?.kind !== 'mapping') return [];
  return [...value.entries.values()].flatMap(({ key, value: label }): readonly Requirement[] => {
    if (label.kind === 'unknown' && label.refers && label.refers.length > 0)
      return [{ key, operator: 'in', values: [] }];
    return label.kind === 'scalar' ? [{ key, operator: 'in', values: [textOf(label) ?? ''] }] : [];
  });
}
