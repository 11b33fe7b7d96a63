/** What requirements make of labels (R7, R8): those of workloads, which are known, and those of namespaces (R19). */
import type { Requirement } from '../fragment.ts';
import type { Bounds, Labelled } from './relation.ts';

/** The labels of a namespace; it may have any where the code says nothing of it. */
export function labelsIn(namespaces: ReadonlyMap<string, Labelled>, name: string): Labelled {
  return namespaces.get(name) ?? UNKNOWN;
}

const UNKNOWN: Labelled = { labels: new Map(), open: true };

/** Whether labels meet one requirement; `not-in` and `absent` hold where the key is not there. */
export function meets(labels: ReadonlyMap<string, string>, { key, operator, values }: Requirement): boolean {
  const value = labels.get(key);
  switch (operator) {
    case 'in':
      return value !== undefined && values.includes(value);
    case 'not-in':
      return value === undefined || !values.includes(value);
    case 'exists':
      return value !== undefined;
    case 'absent':
      return value === undefined;
  }
}

/**
 * Whether something meets all requirements. A label that may be there beside the known ones decides nothing, neither by
 * being there nor by being absent.
 */
export function meetsAll({ labels, open }: Labelled, requirements: readonly Requirement[]): Bounds<boolean> {
  const isHidden = ({ key }: Requirement) => open && !labels.has(key);
  const may = requirements.every((each) => isHidden(each) || meets(labels, each));
  return { must: may && !requirements.some(isHidden), may };
}
