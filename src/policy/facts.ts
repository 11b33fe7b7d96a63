import type { ClassGroup, Environment, WorkloadClass } from '../graph/exposure-graph.ts';
import type { Direction, GrantPort, PortRange } from '../graph/fragment.ts';
import {
  type Exposure,
  type Gateway,
  type Guard,
  type Listener,
  type Need,
  OUTSIDE,
  type UnseenWay,
  type Workload,
} from '../graph/vocabulary.ts';
import { append } from '../source/multimap.ts';
import { once, onceEach } from '../source/once.ts';
import { placeKey } from '../source/span.ts';
import { clientOf } from './client.ts';
import { guardFactsOf } from './guard-facts.ts';
import { type Service, serviceOf } from './service.ts';
import type { ClassProfile, Facts, LeadingDoor } from './subjects/table.ts';

/**
 * The facts of one environment; each index is made when it is first asked for, in one pass.
 *
 * @param nonSensitive ports that may be open
 */
export function factsOf(
  environment: Environment,
  services: readonly Service[] = [],
  nonSensitive: ReadonlySet<number> = new Set(),
): Facts {
  const exposures = once(() => grouped(environment.exposures, ({ listener }) => listener));
  const entries = once(() => grouped(environment.exposures, ({ entry }) => entry));
  const unseen = once(() => grouped(environment.unseen, ({ entry }) => entry));
  const doors = once(() => doorsOf(environment));
  const listeners = once(() => grouped(environment.listeners, ({ workload }) => workload));
  const needs = once(() => grouped(environment.needs, ({ to }) => ('external' in to ? null : to)));
  const members = once(() => bySegment(environment.workloads));
  const rows = once(() => new Map(environment.reachability.rows.map((row) => [row.to, row])));
  const classes = once(() => {
    const found = new Map<Workload, WorkloadClass>();
    for (const group of environment.reachability.classes) for (const one of group.members) found.set(one, group);
    return found;
  });
  const membersOf = (segment: string) => members().get(segment) ?? [];
  const opening = once(() => {
    const ways = environment.exposures.filter(({ scope }) => OUTSIDE.has(scope));
    return new Set(ways.flatMap(({ path }) => path.map(({ origin }) => placeKey(origin))));
  });
  const openedBy = onceEach(({ grants }: Guard) => {
    const shown = grants.filter(({ origin }) => opening().has(placeKey(origin)));
    return new Set(shown.map(({ direction, ports }) => sayingOf(direction, ports)));
  });
  return {
    environment,
    serviceOf: onceEach((workload: Workload) => serviceOf(workload, services)),
    mayBeOpen: (ports) => ports.length > 0 && ports.every((range) => holds(nonSensitive, range)),
    opens: ({ origin }) => opening().has(placeKey(origin)),
    opensBeside: (guard, { direction, ports }) => openedBy(guard).has(sayingOf(direction, ports)),
    exposuresOf: (listener) => exposures().get(listener) ?? [],
    exposuresThrough: (gateway) => entries().get(gateway) ?? [],
    unseenThrough: (gateway) => unseen().get(gateway) ?? [],
    doorsTo: (listener) => doors().get(listener) ?? [],
    listenersOf: (workload) => listeners().get(workload) ?? [],
    needsOf: (listener) => needs().get(listener) ?? [],
    clientsOf: onceEach((listener: Listener) => clientsAmong(needs().get(listener) ?? [])),
    rowOf: (listener) => rows().get(listener),
    reaches(from, to) {
      const one = classes().get(from);
      return (
        one &&
        rows()
          .get(to)
          ?.from.find((group) => group.classes.has(one))
      );
    },
    isIn(workload, group) {
      const one = classes().get(workload);
      return one !== undefined && group.has(one);
    },
    profileOf: onceEach(profileOf),
    membersOf,
    guards: guardFactsOf(environment, membersOf),
  };
}

/** Whether every port of a range is in a set. */
function holds(set: ReadonlySet<number>, { from, to }: PortRange): boolean {
  if (to - from >= set.size) return false;
  for (let port = from; port <= to; port++) if (!set.has(port)) return false;
  return true;
}

/** Which ports a rule of a guard speaks of, and in which direction, as text without places. */
function sayingOf(direction: Direction, ports: readonly GrantPort[]): string {
  return JSON.stringify([direction, ports.map(({ protocol, ports: range }) => [protocol, range])]);
}

function clientsAmong(needs: readonly Need[]): ReadonlySet<Workload> {
  const clients = new Set<Workload>();
  for (const need of needs) {
    const client = clientOf(need);
    if (client) clients.add(client);
  }
  return clients;
}

function profileOf(group: ClassGroup): ClassProfile {
  const names: string[] = [];
  const namespaces = new Set<string | null>();
  for (const { members } of group) {
    for (const { name, namespace, hostNetwork } of members) {
      if (hostNetwork !== null) continue;
      names.push(name);
      namespaces.add(namespace);
    }
  }
  return { names: names.sort(), namespaces: [...namespaces].sort() };
}

function bySegment(workloads: readonly Workload[]): ReadonlyMap<string, readonly Workload[]> {
  const members = new Map<string, Workload[]>();
  for (const workload of workloads) {
    for (const { id } of workload.segments) append(members, id, workload);
  }
  return members;
}

function doorsOf({ gateways }: Environment): ReadonlyMap<Listener, readonly LeadingDoor[]> {
  const found = new Map<Listener, LeadingDoor[]>();
  for (const gateway of gateways) {
    for (const door of gateway.doors) for (const listener of door.listeners) append(found, listener, { gateway, door });
  }
  return found;
}

function grouped<T extends Exposure | Listener | Need | UnseenWay, K extends Listener | Workload | Gateway>(
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
