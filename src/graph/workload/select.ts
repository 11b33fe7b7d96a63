/** Which workloads a selector picks (R1, R7, R8, R32): by namespace, through an index of labels. */
import { append, type Multimap } from '../../source/multimap.ts';
import { once, onceEach } from '../../source/once.ts';
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
  for (const workload of workloads) append(byNamespace, workload.fact.namespace, workload);
  const narrowedIn = onceEach((namespace: string | null) => narrowing(byNamespace.get(namespace) ?? []));
  const narrowed = once(() => narrowing(workloads));
  const meant = namespacesFrom([...byNamespace.keys()], namespaces);
  return ({ namespace, namespaces: labelled, requirements }) => {
    if (!labelled) return narrowedIn(namespace)(requirements);
    const within = meant(labelled);
    return within.size === 0 ? [] : narrowed()(requirements).filter(({ fact }) => within.has(fact.namespace));
  };
}

/** Answers which of `workloads` meet requirements; no more are looked at than have the rarest of the labels asked for. */
function narrowing<W extends { readonly fact: Pick<WorkloadFact, 'labels'> }>(
  workloads: readonly W[],
): (requirements: readonly Requirement[]) => readonly W[] {
  const byLabel = new Map<string, Multimap<string, W>>();
  for (const workload of workloads) {
    for (const [key, value] of workload.fact.labels) {
      let byValue = byLabel.get(key);
      if (!byValue) {
        byValue = new Map();
        byLabel.set(key, byValue);
      }
      append(byValue, value, workload);
    }
  }
  return (requirements) => {
    let candidates = workloads;
    for (const { key, operator, values } of requirements) {
      if (operator !== 'in' || values.length !== 1) continue;
      const having = byLabel.get(key)?.get(values[0] as string) ?? [];
      if (having.length < candidates.length) candidates = having;
    }
    return candidates.filter(({ fact }) => requirements.every((requirement) => meets(fact.labels, requirement)));
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
