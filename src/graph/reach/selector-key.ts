import { counted } from '../../source/counted.ts';
import type { Requirement, Selector } from '../fragment.ts';

/** A text that is the same for selectors that ask for the same, and for no others: each word in it stands behind its length. */
export function selectorKey({ namespace, namespaces, requirements }: Selector): string {
  const where =
    namespaces === undefined ? (namespace === null ? '-' : counted(namespace)) : `*${requirementsText(namespaces)}`;
  return `${where}/${requirementsText(requirements)}`;
}

function requirementsText(requirements: readonly Requirement[]): string {
  let text = '';
  for (const { key, operator, values } of requirements) {
    text += `${operator}${values.length}:${counted(key)}`;
    for (const value of values) text += counted(value);
  }
  return text;
}
