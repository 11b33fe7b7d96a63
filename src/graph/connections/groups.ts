/** Groups: workloads of one class of guards that stand in the same places, with the same ways in from outside. */
import { append } from '../../source/multimap.ts';
import { onceEach } from '../../source/once.ts';
import type { Comers, Environment } from '../exposure-graph.ts';
import type { GatewayKind } from '../fragment.ts';
import type { GuardedClass, Relation } from '../reach/relation.ts';
import type { AddressSet } from '../sets/address-set.ts';
import type { PortSet, PortSets } from '../sets/port-set.ts';
import {
  type Exposure,
  type Listener,
  OUTSIDE,
  type Profile,
  type Segment,
  type Verdict,
  type Workload,
} from '../vocabulary.ts';
import { NO_REASONS, type Reasons } from './reasons.ts';
import type { Group } from './view.ts';

/** A group, and what its members have in common. */
export interface Grouped {
  readonly group: Group;
  readonly class: GuardedClass;
  /** The open segments that they sit in. */
  readonly place: Place;
  /** Why nobody can be sure that they run; none where they do. */
  readonly idle: Reasons;
  /** They have the network of their machine. */
  readonly onHost: boolean;
  /** Ways in from outside that lead through gateways, by listeners. */
  readonly ways: readonly Way[];
  /** The ports to which a proxy forwards what its routes say. */
  readonly proxied: readonly Pick<Listener, 'protocol' | 'ports'>[];
}

/** Where workloads sit. */
export interface Place {
  /** Equal for equal places. */
  readonly key: string;
  /** The ids of open segments. */
  readonly segments: readonly string[];
  /** Who else comes there over links between networks (R71, R74). */
  readonly comers: readonly Comers[];
  /** Addresses outside may send to the workload's own address, so that its guards alone have a say. */
  readonly routed: boolean;
  /** It gets out of its segments. */
  readonly open: boolean;
}

/** Addresses that get to a listener through a gateway. */
export interface Way {
  readonly ports: PortSet;
  readonly addresses: AddressSet;
  readonly verdict: Verdict;
  readonly because: readonly string[];
}

/** Whether gateways of a kind are served by a proxy, which then is the caller. */
const PROXIED: Readonly<Record<GatewayKind, boolean>> = {
  'published-port': false,
  'host-port': false,
  service: false,
  ingress: true,
  gateway: true,
  'mesh-gateway': true,
  route: true,
  relay: true,
  'load-balancer': true,
  endpoint: true,
  'private-link': true,
};

/** The groups of an environment, in the order of their first members. */
export function groupsOf(environment: Environment, relation: Relation, profile: Profile): readonly Grouped[] {
  const ways = waysIn(environment, relation, profile);
  const proxied = proxiedPorts(environment, profile);
  const made = new Map<string, { members: Workload[]; grouped: Grouped }>();
  let comersMet = 0;
  const comersKey = onceEach((comers: readonly Comers[]) => (comers.length === 0 ? 0 : ++comersMet));
  const comersTo = environment.reachability.comersTo;
  for (const workload of environment.workloads) {
    const guarded = relation.classOf(workload);
    const comers = comersTo(workload);
    const place = placeOf(workload, comers, comersKey(comers));
    const idle = profile === 'declared' ? NO_REASONS : idleBecause(workload);
    const onHost = profile === 'effective' && workload.hostNetwork !== null;
    const entries = ways.get(workload) ?? NOTHING;
    const ports = proxied.get(workload) ?? NOTHING;
    const key = JSON.stringify([guarded.index, place.key, idle.because, onHost, entries.key, ports.key]);
    const known = made.get(key);
    if (known) {
      known.members.push(workload);
      continue;
    }
    const members = [workload];
    const group = { id: `group-${made.size + 1}`, members };
    const grouped = { group, class: guarded, place, idle, onHost, ways: entries.of, proxied: ports.of };
    made.set(key, { members, grouped });
  }
  return [...made.values()].map(({ grouped }) => grouped);
}

const NOTHING = { key: '', of: [] } as const;

interface Keyed<T> {
  readonly key: string;
  readonly of: readonly T[];
}

function placeOf({ segments }: Workload, comers: readonly Comers[], comersKey: number): Place {
  const open = segments.filter((segment) => segment.open).map(({ id }) => id);
  const routed = segments.some(isRouted);
  const out = segments.some(({ internal }) => !internal);
  const key = JSON.stringify([open.sort(), comersKey, routed, out]);
  return { key, segments: open, comers, routed, open: out };
}

/** Networks of one machine hide behind its addresses; those of a cluster, and those of the machine itself, do not. */
function isRouted({ kind, outer }: Segment): boolean {
  return outer || kind === 'cluster' || kind === 'host';
}

/** Without names, so that what is idle alike stays one group. */
const OPTIONAL: Reasons = { because: ['one of them runs only where somebody asks for it'], rules: ['R89'] };
const NO_REPLICAS: Reasons = { because: ['no replica of one of them runs as written'], rules: ['D7'] };

function idleBecause({ optional, replicas }: Workload): Reasons {
  if (optional !== null) return OPTIONAL;
  return replicas === 0 ? NO_REPLICAS : NO_REASONS;
}

/** Whether they surely run. */
export function isRunning({ idle }: Grouped): boolean {
  return idle.rules.length === 0;
}

/**
 * The ways in through gateways, by workload: on paper those into networks that hide their members; else also those whose
 * callers come in under another address than their own, which guards see (R10).
 */
function waysIn({ exposures }: Environment, relation: Relation, profile: Profile): ReadonlyMap<Workload, Keyed<Way>> {
  const found = new Map<Workload, Exposure[]>();
  for (const exposure of exposures) {
    const { listener, scope, entry } = exposure;
    if (!OUTSIDE.has(scope) || (entry !== null && PROXIED[entry.kind])) continue;
    if (listener.workload.segments.some(isRouted) && (profile === 'declared' || entry === null)) continue;
    append(found, listener.workload, exposure);
  }
  return keyed(
    found,
    ({ listener, sources, verdict, because }) => [listener.protocol, listener.ports, sources, verdict, because],
    ({ listener, addresses, verdict, because }) => {
      const ports = portsOf(relation.sets, listener);
      if (profile === 'declared') return { ports, addresses, verdict: 'reachable', because: [] };
      return { ports, addresses, verdict, because };
    },
  );
}

/**
 * The ports that routes lead to, by workload: on paper those of the transport of routes that the workload declares (D10
 * of reachability.md §1.1).
 */
function proxiedPorts({ gateways }: Environment, profile: Profile) {
  const found = new Map<Workload, Listener[]>();
  for (const { kind, targets } of gateways) {
    if (!PROXIED[kind]) continue;
    for (const listener of targets) {
      const onPaper = listener.protocol === 'tcp' && listener.evidences.includes('declared');
      if (listener.valid && (profile === 'effective' || onPaper)) append(found, listener.workload, listener);
    }
  }
  return keyed(
    found,
    ({ protocol, ports }) => [protocol, ports],
    ({ protocol, ports }) => ({ protocol, ports }),
  );
}

/** The ports of a listener as a set of `sets`. */
function portsOf(sets: PortSets, { protocol, ports }: Listener): PortSet {
  return sets.of(protocol, ports);
}

/** What each workload has, sorted and each once, with a key that is equal where it is. */
function keyed<T, U>(
  found: ReadonlyMap<Workload, readonly T[]>,
  keyOf: (item: T) => unknown,
  made: (item: T) => U,
): ReadonlyMap<Workload, Keyed<U>> {
  const all = new Map<Workload, Keyed<U>>();
  for (const [workload, items] of found) {
    const once = new Map(items.map((item) => [JSON.stringify(keyOf(item)), item]));
    const keys = [...once.keys()].sort();
    all.set(workload, { key: keys.join('\n'), of: keys.map((key) => made(once.get(key) as T)) });
  }
  return all;
}
