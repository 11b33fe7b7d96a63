/** Which workloads a selector picks (R1, R7, R8, R32): by namespace, through an index of labels. */
import { append } from '../../source/multimap.ts';
import type { Requirement, Selector, WorkloadFact } from '../fragment.ts';
import { labelsIn, meets, meetsAll } from '../reach/labels.ts';
import type { Labelled } from '../reach/relation.ts';

/**
 * An index over `workloads`; what it answers is in their order. Of namespaces it picks those that surely have the labels.
 *
 * @param namespaces what is known of their labels, by name
 */
export function selectFrom<W extends { readonly fact: Pick<WorkloadFact, 'namespace' | 'labels'> }>(
  workloads: readonly W[],
  namespaces: ReadonlyMap<string, Labelled>,
): (selector: Selector) => readonly W[] {
  const byNamespace = new Map<string | null, W[]>();
  const byLabel = new Map<string, W[]>();
  for (const workload of workloads) {
    const { namespace, labels } = workload.fact;
    append(byNamespace, namespace, workload);
    for (const [key, value] of labels) {
      append(byLabel, labelKey(namespace, key, value), workload);
      append(byLabel, anywhereKey(key, value), workload);
    }
  }
  const narrowed = (
    all: readonly W[],
    requirements: readonly Requirement[],
    keyOf: (key: string, value: string) => string,
  ): readonly W[] => {
    let candidates = all;
    for (const { key, operator, values } of requirements) {
      if (operator !== 'in' || values.length !== 1) continue;
      const posting = byLabel.get(keyOf(key, values[0] as string)) ?? [];
      if (posting.length < candidates.length) candidates = posting;
    }
    return candidates.filter(({ fact }) => requirements.every((requirement) => meets(fact.labels, requirement)));
  };
  const meant = namespacesFrom([...byNamespace.keys()], namespaces);
  return ({ namespace, namespaces: labelled, requirements }) => {
    if (!labelled) {
      const all = byNamespace.get(namespace) ?? [];
      return narrowed(all, requirements, (key, value) => labelKey(namespace, key, value));
    }
    const within = meant(labelled);
    if (within.size === 0) return [];
    return narrowed(workloads, requirements, anywhereKey).filter(({ fact }) => within.has(fact.namespace));
  };
}

/** Of `names` the namespaces that surely meet requirements; asked once for each list of them. */
function namespacesFrom(names: readonly (string | null)[], known: ReadonlyMap<string, Labelled>) {
  const answers = new Map<string, ReadonlySet<string | null>>();
  return (requirements: readonly Requirement[]): ReadonlySet<string | null> => {
    const key = JSON.stringify(requirements);
    const answer = answers.get(key) ?? new Set(names.filter((name) => isMeant(name, known, requirements)));
    answers.set(key, answer);
    return answer;
  };
}

/** Whether a namespace surely meets requirements on its labels. */
export function isMeant(
  name: string | null,
  known: ReadonlyMap<string, Labelled>,
  requirements: readonly Requirement[],
): boolean {
  return name !== null && meetsAll(labelsIn(known, name), requirements).must;
}

function labelKey(namespace: string | null, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}

function anywhereKey(key: string, value: string): string {
  return JSON.stringify([key, value]);
}
