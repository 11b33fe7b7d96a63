/** Classes of workloads that nothing tells apart (reachability.md §4.2): replicas, names and labels do not count. */
import type { WorkloadClass } from '../exposure-graph.ts';
import type { Workload } from '../vocabulary.ts';

/** A workload as reachability sees it. */
export interface Standing {
  readonly workload: Workload;
  /** The open segments that it sits in, sorted. */
  readonly segments: readonly string[];
  /** Workloads with the same one have one network namespace. */
  readonly network: string;
  /** It has no network. */
  readonly isolated: boolean;
  /** Why nobody can be sure that it calls anything. */
  readonly callsBecause: readonly string[];
  /** Why nobody can be sure that anything gets to it. */
  readonly reachedBecause: readonly string[];
}

/** A class, and what its members have in common. */
export interface StandingClass {
  readonly class: WorkloadClass;
  /** The first member's: but for its network, everybody's. */
  readonly standing: Standing;
  /** The network namespace that all members have together with others; null where each has its own. */
  readonly network: string | null;
}

/** The classes of `standings` in the order of their first members; `id` names a class by its number. */
export function classesOf(
  standings: readonly Standing[],
  id: (index: number) => string,
): { readonly classes: readonly StandingClass[]; readonly of: ReadonlyMap<Workload, StandingClass> } {
  const shared = new Map<string, number>();
  for (const { network } of standings) shared.set(network, (shared.get(network) ?? 0) + 1);
  const byKey = new Map<string, { members: Workload[]; made: StandingClass }>();
  const of = new Map<Workload, StandingClass>();
  for (const standing of standings) {
    const together = (shared.get(standing.network) ?? 0) > 1 ? standing.network : null;
    const key = JSON.stringify([
      standing.segments,
      together,
      standing.isolated,
      standing.callsBecause,
      standing.reachedBecause,
    ]);
    let entry = byKey.get(key);
    if (!entry) {
      const members: Workload[] = [];
      entry = { members, made: { class: { id: id(byKey.size), members }, standing, network: together } };
      byKey.set(key, entry);
    }
    entry.members.push(standing.workload);
    of.set(standing.workload, entry.made);
  }
  return { classes: [...byKey.values()].map(({ made }) => made), of };
}
