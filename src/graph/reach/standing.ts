/** Where workloads stand: their open segments, who else is there, and what makes reaching them uncertain. */
import { onceEach } from '../../source/once.ts';
import type { LinkFact } from '../link-fact.ts';
import type { RunningWorkload } from '../running.ts';
import type { Segment } from '../vocabulary.ts';
import type { Standing } from './classes.ts';
import { linkedSegments } from './crossing.ts';

/** An open segment that a workload sits in. */
export interface Neighbourhood {
  readonly key: string;
  readonly segment: Segment;
  /** Somebody else is in it. */
  readonly others: boolean;
  /** Others may be in it whom the code does not show. */
  readonly strangers: boolean;
}

/** Where workloads stand to each other in an environment. */
export interface Standings {
  readonly standings: readonly Standing[];
  /** The open segments of a workload in which anybody else is or may be. */
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
  links: readonly LinkFact[],
): Standings {
  const linked = linkedSegments(links);
  const members = new Map<string, number>();
  const networks = new Map<string, number>();
  for (const workload of workloads) {
    networks.set(workload.network, (networks.get(workload.network) ?? 0) + workload.containers.length);
    for (const key of workload.segments) members.set(key, (members.get(key) ?? 0) + 1);
  }
  const neighbours = onceEach((workload: RunningWorkload): readonly Neighbourhood[] =>
    workload.segments.flatMap((key) => {
      const segment = segments.get(key);
      const others = (members.get(key) ?? 0) > 1;
      const strangers = shared.has(key);
      return segment?.open && (others || strangers) ? [{ key, segment, others, strangers }] : [];
    }),
  );
  return {
    standings: workloads.map((workload) => ({
      workload: workload.workload,
      segments: workload.segments.filter((key) => segments.get(key)?.open).sort(),
      network: workload.network,
      isolated: workload.fact.isolated ?? false,
      silent: workload.fact.answersOnly ?? false,
      because: idle(workload),
      ...elsewhere(workload, segments, linked),
    })),
    neighbours,
    alone: ({ network }) => (networks.get(network) ?? 0) < 2,
    reservations: idle,
  };
}

/** What it takes to know who may call it from other networks. */
function elsewhere(
  { segments: keys, fact }: RunningWorkload,
  segments: ReadonlyMap<string, Segment>,
  linked: ReadonlySet<string>,
): Pick<Standing, 'families' | 'crossing'> {
  const families = keys.flatMap((key) => segments.get(key)?.unseen ?? []);
  const ends = keys.filter((key) => linked.has(key)).map((key) => ({ segment: key, open: segments.get(key)?.open }));
  return {
    ...(families.length > 0 ? { families: [...new Set(families)].sort() } : {}),
    ...(ends.length > 0
      ? { crossing: { ends: ends.map(({ segment, open }) => ({ segment, part: !open })), ranges: fact.ranges ?? [] } }
      : {}),
  };
}

const OPTIONAL: readonly string[] = ['it runs only where somebody asks for it'];
const STOPPED: readonly string[] = ['no replica of it runs as written'];
const NOTHING: readonly string[] = [];

function idle({ fact }: RunningWorkload): readonly string[] {
  if (fact.optional) return OPTIONAL;
  return fact.replicas === 0 ? STOPPED : NOTHING;
}
