import type { DoorFact, PermitFact } from '../fragment.ts';
import { gatewayKey, type PlacedGateway } from './forward.ts';

/**
 * Answers the door, shut where it leads into another namespace that does not let it (R41). What is not here at all is not
 * judged: who has it may have the permit too.
 */
export function permission(
  permits: readonly PermitFact[],
  byName: ReadonlyMap<string, PlacedGateway>,
): (door: DoorFact) => DoorFact {
  const permitted = new Set(
    permits.map(({ from, to }) => keyOf(from.namespace, from.route, gatewayKey(to.gateway, to.namespace, to.name))),
  );
  return (door) => {
    const { target } = door;
    if (target.kind !== 'gateway' || !target.crossing) return door;
    const { gateway, namespace, name, crossing, origin } = target;
    const there = gatewayKey(gateway, namespace, name);
    const one = keyOf(crossing.namespace, crossing.route, there);
    const all = keyOf(crossing.namespace, crossing.route, gatewayKey(gateway, namespace, null));
    if (!byName.has(there) || permitted.has(one) || permitted.has(all)) return door;
    const because = `nothing in ${namespace} lets a ${crossing.route} of ${crossing.namespace} lead to ${name}`;
    return { ...door, place: { kind: 'nowhere', because, origin } };
  };
}

function keyOf(namespace: string, route: string, gateway: string): string {
  return JSON.stringify([namespace, route, gateway]);
}
