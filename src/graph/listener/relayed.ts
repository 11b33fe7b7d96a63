/** What listens at a door for what stands behind it is for what these are for: a load balancer is asked for its targets. */
import type { FollowedGateway } from '../gateway/forward.ts';
import { portOwners } from '../gateway/port-owner.ts';
import type { RunningWorkload } from '../running.ts';
import type { Listener, RankedRole } from '../vocabulary.ts';

/** Answers what listens at ports of a workload. */
export function listenersByPort(listeners: readonly Listener[], workloads: readonly RunningWorkload[]) {
  return portOwners(() => {
    const networkOf = new Map(workloads.map(({ workload, network }) => [workload, network]));
    return listeners.map((owner) => ({
      network: networkOf.get(owner.workload) ?? '',
      protocol: owner.protocol,
      ports: owner.ports,
      owner,
    }));
  });
}

/** The workloads of an environment by unit and fact, as the facts of a unit name each other. */
export function workloadsByFact(workloads: readonly RunningWorkload[]): ReadonlyMap<string, RunningWorkload> {
  return new Map(workloads.map((workload) => [`${workload.workload.unit} ${workload.fact.id}`, workload]));
}

/**
 * The listeners, those that stand in front of others with the roles of these in place of what their number says. Where
 * nothing but a number speaks for what stands behind, they stay as they are.
 */
export function withRelayedRoles(
  gateways: readonly FollowedGateway[],
  listeners: readonly Listener[],
  workloads: readonly RunningWorkload[],
): readonly Listener[] {
  if (!gateways.some(({ gateway }) => gateway.fact.doors.some(({ front }) => front !== undefined))) return listeners;
  const at = listenersByPort(listeners, workloads);
  const byFact = workloadsByFact(workloads);
  const behind = new Map<Listener, Set<Listener>>();
  for (const { gateway, doors } of gateways) {
    for (const { door, destinations } of doors) {
      const front = door.front === undefined ? undefined : byFact.get(`${gateway.unit.id} ${door.front}`);
      if (!front || !door.ports) continue;
      const reached = destinations.flatMap(({ workload, protocol, ports }) =>
        at(workload.network, protocol, ports).found.map(({ owner }) => owner),
      );
      for (const { owner } of at(front.network, door.protocol, door.ports).found) {
        const known = behind.get(owner) ?? new Set();
        behind.set(owner, known);
        for (const one of reached) if (one !== owner) known.add(one);
      }
    }
  }
  return listeners.map((listener) => forWhat(listener, [...(behind.get(listener) ?? [])]));
}

function forWhat(listener: Listener, behind: readonly Listener[]): Listener {
  const telling = behind.filter(({ roles: [best] }) => best && best.role !== 'unknown' && best.confidence !== 'low');
  const [first] = telling;
  if (!first) return listener;
  const roles = new Map<RankedRole['role'], RankedRole>();
  for (const ranked of telling.flatMap((each) => each.roles))
    if (!roles.has(ranked.role)) roles.set(ranked.role, ranked);
  return {
    ...listener,
    roles: [...roles.values()],
    service: telling.every(({ service }) => service === first.service) ? first.service : null,
    sensitive: telling.some(({ sensitive }) => sensitive),
  };
}
