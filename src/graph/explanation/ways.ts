/** The ways from one end to the other, hop by hop, as far as guards do not close them. */
import { compareText } from '../../source/order.ts';
import type { Environment } from '../exposure-graph.ts';
import { covers, intersect, isEmpty, PRIVATE } from '../sets/address-set.ts';
import {
  type Door,
  type Exposure,
  type Gateway,
  type Hop,
  type Listener,
  OUTSIDE,
  type Workload,
} from '../vocabulary.ts';
import type { AnswerWay, AskedSide } from './view.ts';

type Addresses = Extract<AskedSide, { kind: 'addresses' }>;

/** The ways that addresses take to a listener: its exposures, those that are certain first; each path once. */
export function waysFromOutside(environment: Environment, from: Addresses, listener: Listener): readonly AnswerWay[] {
  const ways = environment.exposures
    .filter((exposure) => exposure.listener === listener && takes(exposure, from))
    .map((exposure) => wayOf(exposure, from))
    .sort((a, b) => compareText(b.verdict, a.verdict));
  const byPath = new Map<string, AnswerWay>();
  for (const way of ways) {
    const key = JSON.stringify(way.path.map(({ kind, name, origin }) => [kind, name, origin.file, origin.start]));
    if (!byPath.has(key)) byPath.set(key, way);
  }
  return [...byPath.values()];
}

function wayOf({ verdict, because, path, addresses }: Exposure, from: Addresses): AnswerWay {
  if (from.text === INTERNET || covers(addresses, from.addresses)) return { verdict, because, path };
  return { verdict: 'possible', because: [...because, `only some of ${from.text} get in`], path };
}

/** What people ask for who mean everybody. */
export const INTERNET = 'internet';

function takes({ scope, addresses }: Exposure, from: Addresses): boolean {
  if (from.text === INTERNET) return scope === 'internet';
  return OUTSIDE.has(scope) && !isEmpty(intersect(addresses, from.addresses));
}

/** A doorway of a gateway from outside to a listener, whether or not guards let anybody through. */
export interface Doorway {
  readonly gateway: Gateway;
  readonly door: Door;
}

/** The doors outside of the listener's own segments that lead to it. */
export function doorwaysTo({ gateways }: Environment, listener: Listener): readonly Doorway[] {
  return gateways.flatMap((gateway) =>
    gateway.doors
      .filter(({ place, listeners }) => place !== 'segment' && place !== 'nowhere' && listeners.includes(listener))
      .map((door) => ({ gateway, door })),
  );
}

/** Addresses that no gateway brings in get there only where the networks are joined, which no code here shows. */
export function mayBeRouted({ segments }: Workload, from: Addresses): boolean {
  return (
    from.text !== INTERNET &&
    segments.some(({ kind, outer }) => outer || kind === 'cluster') &&
    covers(PRIVATE, from.addresses)
  );
}

/**
 * From workload to workload: through the segment that both sit in, or over links to the other one's, by a gateway inside it
 * where there is one.
 */
export function wayAmong(
  environment: Environment,
  from: Workload,
  to: Workload,
  listener: Listener | null,
  links: readonly Hop[],
): readonly Hop[] {
  const inside = environment.gateways.find(({ doors }) =>
    doors.some(({ place, listeners }) => place === 'segment' && listener !== null && listeners.includes(listener)),
  );
  return [
    hopOf(from),
    ...links,
    ...(inside ? [{ kind: inside.kind, name: inside.name, origin: inside.origins[0] ?? hopOf(to).origin }] : []),
    ...arrival(to, listener),
  ];
}

/** The last hop. */
export function arrival(to: Workload, listener: Listener | null): readonly Hop[] {
  if (!listener) return [hopOf(to)];
  const { protocol, ports, origins } = listener;
  const port = ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
  return [{ kind: 'listener', name: `${to.name}:${port}/${protocol}`, origin: origins[0] ?? hopOf(to).origin }];
}

export function hopOf({ kind, name, origins, containers }: Workload): Hop {
  return { kind, name, origin: origins[0] ?? (containers[0] as Workload['containers'][number]).origin };
}
