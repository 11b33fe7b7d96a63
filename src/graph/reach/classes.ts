/**
 * Classes of workloads that nothing tells apart (reachability.md §4.2): neither where they stand nor what guards say of
 * them. Replicas do not count, nor do names, nor labels that no guard asks for.
 */
import { counted, countedAll } from '../../source/counted.ts';
import { append } from '../../source/multimap.ts';
import type { WorkloadClass } from '../exposure-graph.ts';
import type { Workload } from '../vocabulary.ts';
import type { GuardedClass, Relation } from './relation.ts';

/** A workload as the segments show it. */
export interface Standing {
  readonly workload: Workload;
  /** The open segments that it sits in, sorted. */
  readonly segments: readonly string[];
  /** Workloads with the same one have one network namespace. */
  readonly network: string;
  /** It has no network. */
  readonly isolated: boolean;
  /** It calls nobody. */
  readonly silent: boolean;
  /** Why nobody can be sure that it calls anything, or that anything gets to it. */
  readonly because: readonly string[];
  /** Those of its networks that the code only names, by platform; left out where it makes them all. */
  readonly families?: readonly string[];
  /** What links between networks ask about; left out where none ends at a segment of it. */
  readonly crossing?: Crossing;
}

/** The segments of a workload at which links end, and its addresses in them. */
export interface Crossing {
  /** `part`: it is a part of another of its segments. */
  readonly ends: readonly { readonly segment: string; readonly part: boolean }[];
  /** In CIDR notation; none where nobody knows them. */
  readonly ranges: readonly string[];
}

/** A class, and what its members have in common. */
export interface StandingClass {
  readonly class: WorkloadClass;
  /** Its place among the classes. */
  readonly index: number;
  /** The first member's: but for its network, everybody's. */
  readonly standing: Standing;
  /** The network namespace that all members have together with others; null where each has its own. */
  readonly network: string | null;
  /** What it is to guards; null where there are none. */
  readonly guarded: GuardedClass | null;
  /** Equal for classes that the same others meet. */
  readonly place: string;
}

/** The classes of an environment. */
export interface StandingClasses {
  readonly all: readonly StandingClass[];
  readonly of: ReadonlyMap<Workload, StandingClass>;
  readonly byId: ReadonlyMap<string, StandingClass>;
  /** The classes of each class of the relation. */
  readonly guarded: ReadonlyMap<GuardedClass, readonly StandingClass[]>;
}

/**
 * The classes of `standings` in the order of their first members.
 *
 * @param relation what guards admit; null where there are none
 * @param id names a class by its number
 */
export function classesOf(
  standings: readonly Standing[],
  relation: Relation | null,
  id: (index: number) => string,
): StandingClasses {
  const shared = new Map<string, number>();
  for (const { network } of standings) shared.set(network, (shared.get(network) ?? 0) + 1);
  const byKey = new Map<string, { readonly members: Workload[]; readonly known: StandingClass }>();
  const of = new Map<Workload, StandingClass>();
  for (const standing of standings) {
    const network = (shared.get(standing.network) ?? 0) > 1 ? standing.network : null;
    const guarded = relation?.classOf(standing.workload) ?? null;
    const place = placeOf(standing);
    const where = `${place} ${network === null ? '' : counted(network)}`;
    const silent = `${standing.isolated} ${standing.silent}`;
    const key = `${where} ${silent} ${countedAll(standing.because)} ${guarded?.index}`;
    let entry = byKey.get(key);
    if (!entry) {
      const members: Workload[] = [];
      const index = byKey.size;
      entry = { members, known: { class: { id: id(index), members }, index, standing, network, guarded, place } };
      byKey.set(key, entry);
    }
    entry.members.push(standing.workload);
    of.set(standing.workload, entry.known);
  }
  const all = [...byKey.values()].map(({ known }) => known);
  const guarded = new Map<GuardedClass, StandingClass[]>();
  for (const each of all) if (each.guarded) append(guarded, each.guarded, each);
  return { all, of, byId: new Map(all.map((each) => [each.class.id, each])), guarded };
}

function placeOf({ segments, families = [], crossing }: Standing): string {
  const own = `${countedAll(segments)} ${countedAll(families)}`;
  if (!crossing) return own;
  return `${own} ${countedAll(crossing.ends.map(({ segment }) => segment))} ${countedAll(crossing.ranges)}`;
}
