import type { Environment, ReachRow, WorkloadClass } from '../graph/exposure-graph.ts';
import type { Exposure, Gateway, Listener, Need, Verdict, Workload } from '../graph/vocabulary.ts';
import { append } from '../source/multimap.ts';
import type { ClassProfile, Facts } from './subjects/table.ts';

/** How likely it must be that a client connects before it counts as one (reachability.md §5.3). */
const LIKELY = 0.5;

/** The facts of one environment; each index is made when it is first asked for, in one pass. */
export function factsOf(environment: Environment): Facts {
  const exposures = once(() => grouped(environment.exposures, ({ listener }) => listener));
  const entries = once(() => grouped(environment.exposures, ({ entry }) => entry));
  const listeners = once(() => grouped(environment.listeners, ({ workload }) => workload));
  const needs = once(() => grouped(environment.needs, ({ to }) => ('external' in to ? null : to)));
  const members = once(() => membersOf(environment.workloads));
  const rows = once(() => new Map(environment.reachability.rows.map((row) => [row.to, row])));
  const classes = once(() => {
    const found = new Map<Workload, WorkloadClass>();
    for (const group of environment.reachability.classes) for (const one of group.members) found.set(one, group);
    return found;
  });
  const verdicts = new Map<ReachRow, Map<string, Verdict>>();
  const clients = new Map<Listener, ReadonlySet<Workload>>();
  const profiles = new Map<WorkloadClass, ClassProfile>();
  return {
    environment,
    exposuresOf: (listener) => exposures().get(listener) ?? [],
    exposuresThrough: (gateway) => entries().get(gateway) ?? [],
    listenersOf: (workload) => listeners().get(workload) ?? [],
    needsOf: (listener) => needs().get(listener) ?? [],
    clientsOf(listener) {
      const known = clients.get(listener) ?? clientsAmong(needs().get(listener) ?? []);
      clients.set(listener, known);
      return known;
    },
    rowOf: (listener) => rows().get(listener),
    reaches(from, to) {
      const row = rows().get(to);
      const group = classes().get(from);
      if (!row || !group) return undefined;
      const known = verdicts.get(row) ?? new Map(row.from.map(({ class: { id }, verdict }) => [id, verdict]));
      verdicts.set(row, known);
      return known.get(group.id);
    },
    classOf: (workload) => classes().get(workload),
    profileOf(group) {
      const known = profiles.get(group) ?? profileOf(group);
      profiles.set(group, known);
      return known;
    },
    membersOf: (segment) => members().get(segment) ?? [],
  };
}

function clientsAmong(needs: readonly Need[]): ReadonlySet<Workload> {
  const clients = new Set<Workload>();
  for (const { from, stated, weight } of needs) {
    if (typeof from !== 'string' && !stated && weight >= LIKELY) clients.add(from);
  }
  return clients;
}

function profileOf({ members }: WorkloadClass): ClassProfile {
  return {
    names: members.map(({ name }) => name).sort(),
    namespaces: [...new Set(members.map(({ namespace }) => namespace))].sort(),
  };
}

function membersOf(workloads: readonly Workload[]): ReadonlyMap<string, readonly Workload[]> {
  const members = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const { id } of workload.segments) append(members, id, workload);
  }
  return members;
}

function grouped<T extends Exposure | Listener | Need, K extends Listener | Workload | Gateway>(
  items: readonly T[],
  key: (item: T) => K | null,
): ReadonlyMap<K, readonly T[]> {
  const groups = new Map<K, T[]>();
  for (const item of items) {
    const group = key(item);
    if (group) append(groups, group, item);
  }
  return groups;
}

function once<T>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
