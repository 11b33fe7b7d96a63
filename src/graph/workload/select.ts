/** Which workloads a selector picks (R1, R8, R32): by namespace, through an index of labels. */
import { append } from '../../source/multimap.ts';
import type { Requirement, Selector, WorkloadFact } from '../fragment.ts';

/** An index over `workloads`; what it answers is in their order. */
export function selectFrom<W extends { readonly fact: WorkloadFact }>(
  workloads: readonly W[],
): (selector: Selector) => readonly W[] {
  const byNamespace = new Map<string | null, W[]>();
  const byLabel = new Map<string, W[]>();
  for (const workload of workloads) {
    const { namespace, labels } = workload.fact;
    append(byNamespace, namespace, workload);
    for (const [key, value] of labels) append(byLabel, labelKey(namespace, key, value), workload);
  }
  return (selector) => {
    const { namespace, requirements } = selector;
    let candidates: readonly W[] = byNamespace.get(namespace) ?? [];
    for (const { key, operator, values } of requirements) {
      if (operator !== 'in' || values.length !== 1) continue;
      const posting = byLabel.get(labelKey(namespace, key, values[0] as string)) ?? [];
      if (posting.length < candidates.length) candidates = posting;
    }
    return candidates.filter(({ fact }) => requirements.every((requirement) => meets(fact.labels, requirement)));
  };
}

/** Whether labels meet one requirement; `not-in` and `absent` hold where the key is not there. */
function meets(labels: ReadonlyMap<string, string>, { key, operator, values }: Requirement): boolean {
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

function labelKey(namespace: string | null, key: string, value: string): string {
  return JSON.stringify([namespace, key, value]);
}
