/** What the doors of gateways say about the container ports behind them. */
import { append } from '../../source/multimap.ts';
import { type Origin, placeKey } from '../../source/span.ts';
import type { DeclaredPort, PortRange, Protocol } from '../fragment.ts';
import type { FollowedGateway } from '../gateway/forward.ts';
import { portOwners } from '../gateway/port-owner.ts';
import type { Target } from '../gateway-fact.ts';
import type { RunningContainer } from '../running.ts';
import { type Claim, gatewayClaim } from './claim.ts';
import type { ClaimedContainer } from './index.ts';

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
  const known = portOwners(() =>
    own.flatMap(({ workload, container, claims }) =>
      claims.map(({ ports, protocol }) => ({ network: workload.network, protocol, ports, owner: container })),
    ),
  );
  const added = new Map<RunningContainer, Claim[]>();
  for (const { door, destinations } of gateways.flatMap(({ doors }) => doors)) {
    const declares = door.target.kind === 'workload';
    // Where one workload behind the door has the port, the number is what it should be.
    const answered = destinations.some(
      ({ workload, protocol, ports }) => known(workload.network, protocol, ports).missing.length === 0,
    );
    for (const { workload, protocol, ports, origin } of destinations) {
      const { found, missing } = known(workload.network, protocol, ports);
      const first = workload.containers.find(({ fact }) => fact.role === 'main') ?? workload.containers[0];
      const name = first?.ports.find((port) => sameSpan(port.origin, door.origin))?.name;
      if (declares) {
        for (const each of found) append(added, each.owner, gatewayClaim(each.ports, protocol, door.origin, { name }));
      }
      if (!first) continue;
      for (const rest of missing) {
        const line = declares ? door.origin : origin;
        append(
          added,
          first,
          gatewayClaim(rest, protocol, line, {
            name,
            doubt: doubtOf(door.target) ?? doubts(first, protocol, rest),
            hearsay: !declares && !answered,
          }),
        );
      }
    }
  }
  return own.map((each) => {
    const more = added.get(each.container);
    return more ? { ...each, claims: [...each.claims, ...more] } : each;
  });
}

/** Answers whether a declaration of a container port stands on the line of a door: both are one statement. */
export function statedByDoors(gateways: readonly FollowedGateway[]): (port: DeclaredPort) => boolean {
  const lines = new Set(gateways.flatMap(({ doors }) => doors.map(({ door }) => placeKey(door.origin))));
  return ({ origin }) => lines.has(placeKey(origin));
}

function sameSpan(a: Origin, b: Origin): boolean {
  return a.start === b.start && a.end === b.end && a.file === b.file;
}

function doubtOf(target: Target): string | null {
  return (target.kind === 'selector' && target.doubt) || null;
}
