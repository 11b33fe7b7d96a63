import { unknown } from '../../source/value.ts';
import type { DoorFact, Fragment, GatewayFact, Target } from '../fragment.ts';
import { gatewayKey } from './forward.ts';

/**
 * The fragments with targets at gateways whose namespace the code leaves to whoever deploys it. What asks for `web` in
 * `shop`, where nothing here is in `shop` and one `web` is in whatever namespace it is put into, means that one: whether
 * it is put there nobody can see (R20).
 */
export function withSettledTargets(fragments: readonly Fragment[]): readonly Fragment[] {
  const floating = new Map<string, string | null>();
  const inhabited = new Set<string | null>();
  const there = new Set<string>();
  for (const { gateways, workloads } of fragments) {
    for (const { kind, namespace, name, floating: floats } of gateways) {
      there.add(gatewayKey(kind, namespace, name));
      if (floats) floating.set(gatewayKey(kind, null, name), namespace);
    }
    for (const { namespace } of workloads) inhabited.add(namespace);
  }
  if (floating.size === 0) return fragments;
  /** Where the target is meant to be, if not where it says. */
  const settled = (target: Target): string | null | undefined => {
    if (target.kind !== 'gateway' || inhabited.has(target.namespace)) return undefined;
    if (there.has(gatewayKey(target.gateway, target.namespace, target.name))) return undefined;
    return floating.get(gatewayKey(target.gateway, null, target.name));
  };
  const settle = (door: DoorFact): DoorFact => {
    const { target } = door;
    const namespace = settled(target);
    if (namespace === undefined || target.kind !== 'gateway') return door;
    const { name, namespace: wanted, origin, crossing: _, ...rest } = target;
    const because = `whether ${name} is deployed to the namespace ${wanted} is not in the code`;
    return {
      ...door,
      target: { ...rest, name, namespace, tentative: true, origin },
      unknown: door.unknown ?? unknown(because, origin),
    };
  };
  const changed = (gateway: GatewayFact): GatewayFact =>
    gateway.doors.some(({ target }) => settled(target) !== undefined)
      ? { ...gateway, doors: gateway.doors.map(settle) }
      : gateway;
  return fragments.map((fragment) => {
    const gateways = fragment.gateways.map(changed);
    return gateways.some((gateway, i) => gateway !== fragment.gateways[i]) ? { ...fragment, gateways } : fragment;
  });
}
