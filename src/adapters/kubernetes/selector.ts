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

/** The requirements of a plain map of labels, such as a Service's selector. */
export function equalities(value: Value | undefined): readonly Requirement[] {
  return [...labelsOf(value)].map(([key, text]) => ({ key, operator: 'in', values: [text] }));
}
