/** Who owns which ports of which network namespace: single ports by their number, ranges one by one. */
import { append } from '../../source/multimap.ts';
import { once, onceEach } from '../../source/once.ts';
import type { PortRange, Protocol } from '../fragment.ts';
import { portRanges, portSets } from '../sets/port-set.ts';

/** Ports that somebody has in a network namespace. */
export interface OwnedPorts<T> {
  readonly network: string;
  readonly protocol: Protocol;
  readonly ports: PortRange;
  readonly owner: T;
}

/** Whose the ports of a range are. */
export interface Ownership<T> {
  /** The owners of parts of what was asked for, each with its part; an owner has one entry a part. */
  readonly found: readonly { readonly owner: T; readonly ports: PortRange }[];
  /** What nobody owns. */
  readonly missing: readonly PortRange[];
}

/**
 * Answers who owns the ports of a range. Asking for one port costs no more than the ranges of its network; where nobody
 * asks, as where there are no gateways, nothing is done.
 */
export function portOwners<T>(
  owned: () => readonly OwnedPorts<T>[],
): (network: string, protocol: Protocol, ports: PortRange) => Ownership<T> {
  const sets = portSets();
  const byNetwork = once(() => {
    const found = new Map<string, OwnedPorts<T>[]>();
    for (const each of owned()) append(found, `${each.protocol} ${each.network}`, each);
    return found;
  });
  const indexOf = onceEach((network: string) => indexed(byNetwork().get(network) ?? []));
  return (network, protocol, ports) => {
    const { all, ranges, singles } = indexOf(`${protocol} ${network}`);
    const candidates = ports.from === ports.to ? [...(singles.get(ports.from) ?? []), ...ranges] : all;
    const parts = new Map<string, Map<T, PortRange>>();
    let left = sets.of(protocol, ports);
    for (const { owner, ports: own } of candidates) {
      const part = { from: Math.max(own.from, ports.from), to: Math.min(own.to, ports.to) };
      if (part.from > part.to) continue;
      left = sets.subtract(left, sets.of(protocol, part));
      const place = `${part.from}-${part.to}`;
      const owners = parts.get(place);
      if (owners) owners.set(owner, part);
      else parts.set(place, new Map([[owner, part]]));
    }
    const found = [...parts.values()].flatMap((owners) => [...owners].map(([owner, part]) => ({ owner, ports: part })));
    return { found, missing: found.length === 0 ? [ports] : portRanges(left).map((rest) => rest.ports) };
  };
}

/** The ports of one network and protocol, single ones by their number. */
function indexed<T>(all: readonly OwnedPorts<T>[]) {
  const ranges: OwnedPorts<T>[] = [];
  const singles = new Map<number, OwnedPorts<T>[]>();
  for (const each of all) {
    if (each.ports.from === each.ports.to) append(singles, each.ports.from, each);
    else ranges.push(each);
  }
  return { all, ranges, singles };
}
