/**
 * Proxies that run here (R40): callers come to their own gateways (a Service, a port of the machine), and pass them on to
 * the routes that they serve. Without one in the code the proxy stands where its class says.
 */
import { append } from '../../source/multimap.ts';
import type { DoorFact, GatewayFact, Selector, Target } from '../fragment.ts';
import { meets } from '../reach/labels.ts';
import { selectorKey } from '../reach/selector-key.ts';
import type { RunningWorkload } from '../running.ts';
import { cidrsOf, intersect, parseAddressList } from '../sets/address-set.ts';
import type { PlacedGateway } from './forward.ts';
import type { StandInput, StandingDoor } from './standing-door.ts';

/** A door that leads to a proxy. */
interface Entrance {
  readonly gateway: GatewayFact;
  readonly door: DoorFact;
}

/** How callers get to the workloads of a proxy. */
interface Ways {
  readonly inside: readonly Entrance[];
  readonly outside: readonly Entrance[];
  /** One of them has its host's network: callers come to the machines. */
  readonly onHost: RunningWorkload | undefined;
}

/** Answers where a door stands that a proxy serves: at each way to that proxy, where it runs here. */
export function proxyEntrances(input: StandInput): (standing: StandingDoor) => readonly StandingDoor[] {
  const byClass = new Map<string | null, Selector>();
  for (const { classes, by } of input.proxies) for (const one of classes) if (!byClass.has(one)) byClass.set(one, by);
  const waysTo = waysBySelector(input);
  return (standing) => {
    const { door } = standing;
    if (door.place.kind !== 'proxy' || door.target.kind === 'routes') return [standing];
    const by = door.by ?? byClass.get(door.place.class);
    if (!by) return [standing];
    const served: StandingDoor = { ...standing, door: { ...door, by } };
    const { inside, outside, onHost } = waysTo(by);
    if (onHost) return [onMachines(served, onHost)];
    const meant = outside.filter((way) => leadsTo(way.door, door, inside));
    if (meant.length > 0) return meant.map((way) => through(served, way));
    const [way] = outside;
    const [only] = inside;
    if (!way) return [only ? within(served, only) : served];
    // Ports that go by neither number nor name say nothing; where others do, this one is not served.
    const telling = outside.some(({ door: outer }) => HABITS.some((habit) => leadsTo(outer, habit, inside)));
    return [telling ? shut(served, way) : served];
  };
}

/** The ways to the workloads that a selector picks, found once for each selector. */
function waysBySelector({ gateways, select }: StandInput): (by: Selector) => Ways {
  const known = new Map<string, Ways>();
  const byNamespace = new Map<string | null, PlacedGateway[]>();
  for (const gateway of gateways) {
    if (gateway.fact.kind === 'service' || gateway.fact.kind === 'host-port') {
      append(byNamespace, gateway.fact.namespace, gateway);
    }
  }
  return (by) => {
    const key = selectorKey(by);
    const found = known.get(key);
    if (found) return found;
    const members = select(by);
    const namespaces = [...new Set(members.map(({ fact }) => fact.namespace))];
    const near = namespaces.flatMap((namespace) => byNamespace.get(namespace) ?? []);
    const all = near.flatMap(({ fact, unit }) =>
      fact.doors
        .filter(({ target }) => members.some((member) => isLed(member, target, unit.id)))
        .map((door): Entrance => ({ gateway: fact, door })),
    );
    const ways: Ways = {
      inside: all.filter(({ door }) => door.place.kind === 'segment'),
      outside: all.filter(({ door }) => door.place.kind !== 'segment'),
      onHost: members.find(({ fact }) => fact.hostNetwork !== null),
    };
    known.set(key, ways);
    return ways;
  };
}

/** Whether a target of a gateway in the unit is the workload itself, or picks it. */
function isLed({ fact, workload }: RunningWorkload, target: Target, unit: string): boolean {
  if (target.kind === 'workload') return workload.unit === unit && target.workload === fact.id;
  if (target.kind !== 'selector' || target.selector.namespace !== fact.namespace) return false;
  return target.selector.requirements.every((each) => meets(fact.labels, each));
}

/** Names that ports of proxies have by habit. */
const PLAIN = /^(http|web|http2|h2c|plain)(-|$)/i;
const SECURE = /^(https|websecure|tls|ssl)(-|$)/i;

type Served = Pick<DoorFact, 'protocol' | 'ports' | 'tls'>;

/** The ports at which proxies serve routes by habit. */
const HABITS: readonly Served[] = [
  { protocol: 'tcp', ports: { from: 80, to: 80 }, tls: false },
  { protocol: 'tcp', ports: { from: 443, to: 443 }, tls: true },
];

/**
 * Whether callers of an outer door come to the port at which a route is served: the outer door has that number or a name
 * of that kind, or it leads to the same port as a door inside that has.
 */
function leadsTo(outer: DoorFact, route: Served, inside: readonly Entrance[]): boolean {
  if (outer.protocol !== route.protocol) return false;
  if (isFor(outer, route)) return true;
  return inside.some(({ door }) => sameTarget(door, outer) && isFor(door, route));
}

function isFor({ name, ports }: DoorFact, route: Served): boolean {
  const wanted = route.ports;
  if (wanted !== null && ports !== null && ports.from <= wanted.from && wanted.to <= ports.to) return true;
  return name !== undefined && (route.tls === true ? SECURE : PLAIN).test(name);
}

function sameTarget(a: DoorFact, b: DoorFact): boolean {
  return a.target.kind === 'selector' && b.target.kind === 'selector' && a.target.port === b.target.port;
}

/** The route as callers find it who come by an outer door. */
function through({ door, hops, at }: StandingDoor, { gateway, door: outer }: Entrance): StandingDoor {
  const { place, ports } = outer;
  const sources = commonSources(outer.sources, door.sources);
  const standing: DoorFact = {
    ...door,
    place,
    ports,
    implicit: door.implicit || outer.implicit,
    ...(outer.tls ? { tls: true } : {}),
    ...(sources ? { sources } : {}),
    ...(outer.unknown && !door.unknown ? { unknown: outer.unknown } : {}),
  };
  return { door: standing, hops: [{ kind: 'proxy', name: gateway.name, origin: outer.origin }, ...hops], at };
}

/** A proxy that is called inside its segment alone: so is what it serves. */
function within({ door, hops, at }: StandingDoor, { gateway, door: inner }: Entrance): StandingDoor {
  const hop = { kind: 'proxy', name: gateway.name, origin: inner.origin };
  return { door: { ...door, place: inner.place }, hops: [hop, ...hops], at };
}

/** A proxy that is not called at the port of the route. */
function shut({ door, at }: StandingDoor, { gateway }: Entrance): StandingDoor {
  const because = `${gateway.name}, by which its proxy is called, has no port for it`;
  return { door: { ...door, place: { kind: 'nowhere', because, origin: door.origin } }, hops: [], at };
}

/** A proxy with the network of its host answers at the ports of the machines. */
function onMachines({ door, hops, at }: StandingDoor, { fact }: RunningWorkload): StandingDoor {
  const hop = { kind: 'proxy', name: fact.name, origin: fact.hostNetwork ?? fact.origin };
  return { door: { ...door, place: { kind: 'nodes' } }, hops: [hop, ...hops], at };
}

/** Who is let in by both. */
function commonSources(outer: DoorFact['sources'], own: DoorFact['sources']): DoorFact['sources'] {
  if (!outer || !own) return outer ?? own;
  const [first, second] = [parseAddressList(outer.cidrs), parseAddressList(own.cidrs)];
  // What is no address is told by whoever reads the list.
  if (first.bad.length > 0 || second.bad.length > 0) return first.bad.length > 0 ? outer : own;
  return { cidrs: cidrsOf(intersect(first.set, second.set)), origin: own.origin };
}
