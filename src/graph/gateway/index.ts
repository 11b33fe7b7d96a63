/** Gateways: what their doors claim about container ports, and which listeners stand behind each door. */
import type { Origin } from '../../source/span.ts';
import type { DeclaredPort, PortRange, Protocol } from '../fragment.ts';
import { type Claim, gatewayClaim } from '../listener/claim.ts';
import type { ClaimedContainer } from '../listener/index.ts';
import type { LinkedDoor, LinkedGateway, Route, RunningContainer, RunningWorkload } from '../running.ts';
import type { Door, Gateway, Listener } from '../vocabulary.ts';
import type { Elsewhere } from './elsewhere.ts';
import type { FollowedDoor, FollowedGateway } from './forward.ts';
import { portOwners } from './port-owner.ts';

/** What speaks against a container listening on a port that only a gateway names; null where nothing does. */
export type Doubts = (container: RunningContainer, protocol: Protocol, ports: PortRange) => string | null;

/**
 * The claims of containers, with what gateways add. A door of the workload itself (a published port, a host port) declares
 * the container port in any case; another one only where nothing else knows the port: the first container has it then.
 */
export function claimsOfDoors(
  gateways: readonly FollowedGateway[],
  own: readonly ClaimedContainer[],
  doubts: Doubts,
): readonly ClaimedContainer[] {
  const known = portOwners(
    own.flatMap(({ workload, container, claims }) =>
      claims.map(({ ports, protocol }) => ({ network: workload.network, protocol, ports, owner: container })),
    ),
  );
  const added = new Map<RunningContainer, Claim[]>();
  const add = (container: RunningContainer, claim: Claim) => {
    const claims = added.get(container);
    if (claims) claims.push(claim);
    else added.set(container, [claim]);
  };
  for (const { door, destinations } of gateways.flatMap(({ doors }) => doors)) {
    const declares = door.target.kind === 'workload';
    for (const { workload, protocol, ports, origin } of destinations) {
      const { found, missing } = known(workload.network, protocol, ports);
      const first = workload.containers.find(({ fact }) => fact.role === 'main') ?? workload.containers[0];
      const name = first?.ports.find((port) => sameSpan(port.origin, door.origin))?.name;
      if (declares) {
        for (const each of found) add(each.owner, gatewayClaim(each.ports, protocol, door.origin, { name }));
      }
      if (!first) continue;
      for (const rest of missing) {
        const line = declares ? door.origin : origin;
        add(first, gatewayClaim(rest, protocol, line, { name, doubt: doubts(first, protocol, rest) }));
      }
    }
  }
  return own.map((each) => ({ ...each, claims: [...each.claims, ...(added.get(each.container) ?? [])] }));
}

/** Answers whether a declaration of a container port stands on the line of a door: both are one statement. */
export function statedByDoors(gateways: readonly FollowedGateway[]): (port: DeclaredPort) => boolean {
  const lines = new Set(gateways.flatMap(({ doors }) => doors.map(({ door }) => spanKey(door.origin))));
  return ({ origin }) => lines.has(spanKey(origin));
}

function sameSpan(a: Origin, b: Origin): boolean {
  return a.start === b.start && a.end === b.end && a.file === b.file;
}

function spanKey({ file, start, end }: Origin): string {
  return `${file}:${start}:${end}`;
}

/** Joins the doors with the listeners behind them, and makes the gateways of the graph. */
export function linkGateways(
  gateways: readonly FollowedGateway[],
  listeners: readonly Listener[],
  workloads: readonly RunningWorkload[],
  elsewhere: Elsewhere,
): readonly LinkedGateway[] {
  const networkOf = new Map(workloads.map(({ workload, network }) => [workload, network]));
  const behind = portOwners(
    listeners.map((listener) => ({
      network: networkOf.get(listener.workload) ?? '',
      protocol: listener.protocol,
      ports: listener.ports,
      owner: listener,
    })),
  );
  return gateways.map(({ gateway: placed, doors: followed }) => {
    const doors = followed.map(({ door, destinations }): LinkedDoor => {
      const routes = destinations.flatMap(({ workload, protocol, ports, outside, hops }) =>
        behind(workload.network, protocol, ports).found.map(
          ({ owner, ports: reached }): Route => ({ listener: owner, ports: shifted(outside, ports, reached), hops }),
        ),
      );
      return { fact: door, routes };
    });
    const { fact, id, unit } = placed;
    const gateway: Gateway = {
      id,
      kind: fact.kind,
      name: fact.name,
      namespace: fact.namespace,
      unit: unit.id,
      technology: unit.technology,
      targets: [...new Set(doors.flatMap(({ routes }) => routes.map(({ listener }) => listener)))],
      doors: doors.map((door, i) => described(door, followed[i], elsewhere)),
      origins: [fact.origin],
    };
    return { fact, gateway, doors };
  });
}

/** The part of the door's side that leads to `part` of the container's side, where both run side by side. */
function shifted(outside: PortRange | null, inside: PortRange, part: PortRange): PortRange | null {
  if (outside === null || outside.to - outside.from !== inside.to - inside.from) return outside;
  const shift = outside.from - inside.from;
  return { from: part.from + shift, to: part.to + shift };
}

/**
 * What is not here but in another environment is meant, as far as anybody can tell. A door that leads to one of another
 * gateway has done its part: where that one leads nowhere, it is told there.
 */
function described({ fact, routes }: LinkedDoor, followed: FollowedDoor | undefined, elsewhere: Elsewhere): Door {
  const { protocol, ports, implicit, target } = fact;
  const missing = followed?.missing === true;
  const away = target.kind === 'outside' || followed?.handed === true || (missing && elsewhere(target));
  const answer = routes.length > 0 ? 'listeners' : away ? 'outside' : 'nothing';
  // Where a selector picks nothing, it is the selector that is wrong, not the port.
  const origin = missing && target.kind === 'selector' ? target.selector.origin : target.origin;
  return { protocol, ports, implicit, target: answer, origin };
}
