/** Where gateways lead: each door is followed, through other gateways, to container ports of workloads (R32, R33, R40). */
import { notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { UnitIdentity } from '../../source/unit.ts';
import type { DeclaredPort, DoorFact, GatewayFact, PortRange, Protocol, Selector, Target } from '../fragment.ts';
import type { RunningWorkload, Select } from '../running.ts';
import type { Hop } from '../vocabulary.ts';

/** A gateway fact and the unit that it stands in. */
export interface PlacedGateway {
  readonly id: string;
  readonly fact: GatewayFact;
  readonly unit: UnitIdentity;
  /** What callers pass before they come to a door of it: the gateway that it stands behind, the proxy that serves it. */
  readonly before?: ReadonlyMap<DoorFact, readonly Hop[]>;
}

/** A container port that a door leads to. */
export interface Destination {
  readonly workload: RunningWorkload;
  readonly protocol: Protocol;
  /** The container side. */
  readonly ports: PortRange;
  /** The door's side, as long as `ports` or one for all of them; null where the host or cluster picks one. */
  readonly outside: PortRange | null;
  readonly hops: readonly Hop[];
  /** The line that says the container port. */
  readonly origin: Target['origin'];
}

/** A door, and what came of following it. */
export interface FollowedDoor {
  readonly door: DoorFact;
  readonly destinations: readonly Destination[];
  /** What it refers to is not here at all, whatever its ports. */
  readonly missing: boolean;
  /** Another gateway takes what comes through it, and answers for where that leads. */
  readonly handed: boolean;
  /** It leads, itself or through others, to workloads with these labels, and none is here. */
  readonly unseen: Selector | null;
}

/** A gateway, and the container ports that each of its doors leads to. */
export interface FollowedGateway {
  readonly gateway: PlacedGateway;
  readonly doors: readonly FollowedDoor[];
}

/** Chains of gateways longer than this are circles. */
const DEPTH = 6;
/** More ways than this in one environment are not followed: thousands of services that all pick thousands of workloads. */
const MOST_DESTINATIONS = 200_000;
/** More ranges of ports than this into one network namespace are nobody's honest work. */
const MOST_RANGES = 64;

/** Follows every door of every gateway. */
export function followAll(
  gateways: readonly PlacedGateway[],
  workloads: readonly RunningWorkload[],
  select: Select,
): Result<readonly FollowedGateway[]> {
  const follow = follower(gateways, workloads, select);
  const ranges = new Map<string, number>();
  const left: DoorFact[] = [];
  let count = 0;
  const fits = ({ ports, workload }: Destination): boolean => {
    if (++count > MOST_DESTINATIONS) return false;
    if (ports.from === ports.to) return true;
    const known = (ranges.get(workload.network) ?? 0) + 1;
    ranges.set(workload.network, known);
    return known <= MOST_RANGES;
  };
  const value = gateways.map((gateway) => ({
    gateway,
    doors: gateway.fact.doors.map((door): FollowedDoor => {
      const followed =
        count > MOST_DESTINATIONS
          ? { door, destinations: [], missing: true, handed: false, unseen: null }
          : follow(gateway, door);
      const destinations = followed.destinations.filter(fits);
      if (count > MOST_DESTINATIONS || destinations.length < followed.destinations.length) left.push(door);
      return { ...followed, destinations };
    }),
  }));
  const [first] = left;
  if (!first) return { value, notices: [] };
  const message = `${left.length} doors lead to too many ports to follow them all: the first of them is here`;
  return { value, notices: [notice('expansion-limit', message, first.origin)] };
}

function follower(
  gateways: readonly PlacedGateway[],
  workloads: readonly RunningWorkload[],
  select: Select,
): (gateway: PlacedGateway, door: DoorFact) => FollowedDoor {
  const byName = gatewaysByName(gateways);
  /** The gateway that a target refers to; undefined where it is not here, or where the target is no gateway. */
  const next = (target: Target): PlacedGateway | undefined =>
    target.kind === 'gateway' ? byName.get(gatewayKey(target.gateway, target.namespace, target.name)) : undefined;
  /** The doors at which callers come to that gateway. */
  const nextDoors = (target: Target): readonly DoorFact[] => {
    const gateway = next(target);
    return gateway && target.kind === 'gateway' ? doorsFor(gateway.fact, target) : [];
  };
  const byFact = new Map(workloads.map((workload) => [`${workload.workload.unit} ${workload.fact.id}`, workload]));

  const follow = (gateway: PlacedGateway, door: DoorFact, hops: readonly Hop[]): readonly Destination[] => {
    const way = [...hops, { kind: stepKind(gateway.fact, door), name: gateway.fact.name, origin: door.origin }];
    const { target } = door;
    switch (target.kind) {
      case 'outside':
      case 'routes':
        return [];
      case 'workload': {
        const workload = byFact.get(`${gateway.unit.id} ${target.workload}`);
        return workload ? [arrive(workload, door, target.ports, way)] : [];
      }
      case 'selector':
        return select(target.selector).flatMap((workload) =>
          portsNamed(workload, target.port, door.protocol).map((ports) => arrive(workload, door, ports, way)),
        );
      case 'gateway': {
        const behind = next(target);
        if (!behind || way.length >= DEPTH) return [];
        return nextDoors(target).flatMap((inner) =>
          follow(behind, inner, way).map((reached) => ({ ...reached, outside: door.ports })),
        );
      }
    }
  };
  const missing = (target: Target) =>
    (target.kind === 'selector' && select(target.selector).length === 0) ||
    (target.kind === 'gateway' && next(target) === undefined);
  const unseen = (target: Target, depth: number): Selector | null => {
    if (target.kind === 'selector') return select(target.selector).length === 0 ? target.selector : null;
    if (depth >= DEPTH) return null;
    for (const inner of nextDoors(target)) {
      const selector = unseen(inner.target, depth + 1);
      if (selector) return selector;
    }
    return null;
  };
  return (gateway, door) => {
    const destinations = follow(gateway, door, gateway.before?.get(door) ?? []);
    const nowhere = destinations.length === 0 && missing(door.target);
    return {
      door,
      destinations,
      missing: nowhere,
      handed: nextDoors(door.target).length > 0,
      unseen: destinations.length === 0 ? unseen(door.target, 0) : null,
    };
  };
}

/** Doors of a service by where they stand: one service may have several, and who looks at a path asks which it was. */
const SERVICE_DOORS: Partial<Record<DoorFact['place']['kind'], string>> = {
  nodes: 'node-port',
  balancer: 'load-balancer',
  address: 'external-ip',
};

/** What a step of a path is called. */
export function stepKind({ kind }: GatewayFact, { place }: DoorFact): string {
  return (kind === 'service' && SERVICE_DOORS[place.kind]) || kind;
}

function arrive(workload: RunningWorkload, door: DoorFact, ports: PortRange, hops: readonly Hop[]): Destination {
  return { workload, protocol: door.protocol, ports, outside: door.ports, hops, origin: door.target.origin };
}

type GatewayTarget = Extract<Target, { readonly kind: 'gateway' }>;

/** The doors of a gateway that somebody means who refers to it by port; those inside a segment where it has any. */
function doorsFor(gateway: GatewayFact, { port, loose }: GatewayTarget): readonly DoorFact[] {
  const inside = gateway.doors.filter(({ place }) => place.kind === 'segment');
  const doors = inside.length > 0 ? inside : gateway.doors.filter(({ implicit }) => !implicit);
  if (port === null) return doors.length === 1 || loose ? doors : [];
  const meant = doors.filter(
    ({ name, ports, target }) =>
      (typeof port === 'string' ? name === port : ports !== null && ports.from <= port && port <= ports.to) ||
      (loose === true && target.kind === 'selector' && target.port === port),
  );
  // A port that is written twice is one port.
  return loose ? meant : meant.filter((door, i) => meant.findIndex(({ protocol }) => protocol === door.protocol) === i);
}

/** A port by number, or by the name that the workload's containers give it, under the same protocol. */
function portsNamed(workload: RunningWorkload, port: number | string, protocol: Protocol): readonly PortRange[] {
  if (typeof port === 'number') return [{ from: port, to: port }];
  for (const { fact, ports } of workload.containers) {
    if (fact.role === 'init') continue;
    const declared = ports.find((each: DeclaredPort) => each.name === port && each.protocol === protocol);
    if (declared) return [declared.ports];
  }
  return [];
}

/** The gateways of one environment by `gatewayKey`; of several of one name the first. */
export function gatewaysByName(gateways: readonly PlacedGateway[]): ReadonlyMap<string, PlacedGateway> {
  const byName = new Map<string, PlacedGateway>();
  for (const gateway of gateways) {
    const { kind, namespace, name } = gateway.fact;
    const key = gatewayKey(kind, namespace, name);
    if (!byName.has(key)) byName.set(key, gateway);
  }
  return byName;
}

/** What gateways of one environment are found by; a name of null stands for all of the kind in the namespace. */
export function gatewayKey(kind: string, namespace: string | null, name: string | null): string {
  return JSON.stringify([kind, namespace, name]);
}
