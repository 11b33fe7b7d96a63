/** Where workloads stand: their open segments, who else is there, and what makes reaching them uncertain. */
import type { GuardFact } from '../fragment.ts';
import type { RunningWorkload } from '../running.ts';
import type { Segment } from '../vocabulary.ts';
import type { Standing } from './classes.ts';
import type { Guarding } from './guard.ts';

/** An open segment that a workload sits in. */
export interface Neighbourhood {
  readonly key: string;
  readonly segment: Segment;
  /** Somebody else is or may be in it. */
  readonly others: boolean;
}

/** Where workloads stand to each other in an environment. */
export interface Standings {
  readonly standings: readonly Standing[];
  /** The open segments of a workload, and whether anybody else is or may be in them. */
  readonly neighbours: (workload: RunningWorkload) => readonly Neighbourhood[];
  /** Whether nothing else runs in its network namespace. */
  readonly alone: (workload: RunningWorkload) => boolean;
  /** Why nobody can be sure that a workload is reached. */
  readonly reservations: (workload: RunningWorkload) => readonly string[];
}

/** @param shared keys of segments that others may be in whom the code does not show */
export function standingsOf(
  workloads: readonly RunningWorkload[],
  segments: ReadonlyMap<string, Segment>,
  shared: ReadonlySet<string>,
  isolating: Guarding['isolating'],
): Standings {
  const members = new Map<string, number>();
  const networks = new Map<string, number>();
  for (const workload of workloads) {
    networks.set(workload.network, (networks.get(workload.network) ?? 0) + workload.containers.length);
    for (const key of workload.segments) members.set(key, (members.get(key) ?? 0) + 1);
  }
  const open = (workload: RunningWorkload): readonly Neighbourhood[] =>
    workload.segments.flatMap((key) => {
      const segment = segments.get(key);
      if (!segment?.open) return [];
      return [{ key, segment, others: shared.has(key) || (members.get(key) ?? 0) > 1 }];
    });
  const reservations = (workload: RunningWorkload) => [...idle(workload), ...behind(isolating.ingress.get(workload))];
  return {
    standings: workloads.map((workload) => ({
      workload: workload.workload,
      segments: open(workload)
        .map(({ key }) => key)
        .sort(),
      network: workload.network,
      isolated: workload.fact.isolated ?? false,
      callsBecause: [...idle(workload), ...behind(isolating.egress.get(workload))],
      reachedBecause: reservations(workload),
    })),
    neighbours: open,
    alone: ({ network }) => (networks.get(network) ?? 0) < 2,
    reservations,
  };
}

function idle({ fact }: RunningWorkload): readonly string[] {
  if (fact.optional) return ['it runs only where somebody asks for it'];
  return fact.replicas === 0 ? ['no replica of it runs as written'] : [];
}

function behind(guard: GuardFact | undefined): readonly string[] {
  return guard ? [`${guard.kind} "${guard.name}" is not evaluated yet`] : [];
}
