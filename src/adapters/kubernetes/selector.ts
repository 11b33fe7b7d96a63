/** Labels, and the selectors that ask for them (R8). */
import type { Requirement } from '../../graph/fragment.ts';
import { at, entriesOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { textsOf } from './field.ts';

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

const OPERATORS: ReadonlyMap<string, Requirement['operator']> = new Map([
  ['In', 'in'],
  ['NotIn', 'not-in'],
  ['Exists', 'exists'],
  ['DoesNotExist', 'absent'],
]);

/**
 * The requirements of a LabelSelector, all of them together; none for `{}`, for null and for `matchLabels:` with nothing,
 * which select everything (R8). An operator that no API server takes selects nothing rather than everything.
 */
export function requirementsOf(selector: Value | undefined): readonly Requirement[] {
  const expressions = itemsOf(at(selector, 'matchExpressions')).map((expression): Requirement => {
    const operator = OPERATORS.get(textOf(at(expression, 'operator')) ?? '');
    const key = textOf(at(expression, 'key')) ?? '';
    if (operator === undefined) return { key, operator: 'in', values: [] };
    return { key, operator, values: textsOf(at(expression, 'values')).map(({ text }) => text) };
  });
  return [...equalities(at(selector, 'matchLabels')), ...expressions];
}
