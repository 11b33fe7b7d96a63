/** What stops a connection beside guards: no network in common, a process that listens to itself alone, no way in. */
import type { Environment } from '../exposure-graph.ts';
import type { Unreached } from '../fragment.ts';
import { isLoopback } from '../listener/bind.ts';
import type { Listener, Workload } from '../vocabulary.ts';
import { missingLinks, openSegments } from './links.ts';
import type { Obstacle } from './view.ts';
import { doorwaysTo, hopOf } from './ways.ts';

/**
 * Between two workloads.
 *
 * @param meets whether their networks are one, or joined
 */
export function obstaclesAmong(
  environment: Environment,
  from: Workload,
  to: Workload,
  listener: Listener | null,
  meets: boolean,
): readonly Obstacle[] {
  if (listener && reaches(environment, from, listener)) return [];
  const apart = meets ? [] : missingLinks(environment, from, to);
  return [...(meets || apart.length > 0 ? apart : [strangers(from, to)]), ...loopback(to, listener, from !== to)];
}

function strangers(from: Workload, to: Workload): Obstacle {
  return {
    text: `they have no network in common: ${from.name} is in ${namesOf(from)}, ${to.name} in ${namesOf(to)}`,
    origin: hopOf(from).origin,
    change: `put ${from.name} into a network of ${to.name}`,
  };
}

/** What the rows say of a listener counts: they know who shares its loopback address. */
function reaches({ reachability }: Environment, from: Workload, listener: Listener): boolean {
  const own = reachability.classes.find(({ members }) => members.includes(from));
  const row = reachability.rows.find(({ to }) => to === listener);
  return own ? (row?.from.some(({ classes }) => classes.has(own)) ?? false) : false;
}

/**
 * Between addresses outside and a listener to which no way leads.
 *
 * @param denied guards deny it, which is told by itself
 */
export function obstaclesFromOutside(
  environment: Environment,
  from: string,
  to: Workload,
  listener: Listener | null,
  denied: boolean,
): readonly Obstacle[] {
  if (!listener) return [noWayIn(from, to)];
  const local = loopback(to, listener, true);
  if (local.length > 0) return local;
  const [doorway] = doorwaysTo(environment, listener);
  if (!doorway) {
    // At an address of the internet nothing but its guards keeps anybody away.
    return denied && (to.publicAddresses ?? []).length > 0 ? [] : [noWayIn(from, to)];
  }
  if (denied) return [];
  const { gateway, door } = doorway;
  const name = `${gateway.kind.replaceAll('-', ' ')} ${gateway.name}`;
  // After its own line come those that say how far it opens.
  const [, opening] = gateway.origins;
  return [
    {
      text: `${name} leads to it, from where ${from} does not get to`,
      origin: opening ?? door.origin,
      change: `open ${name} to ${from}`,
    },
  ];
}

function unreachedText(from: string, to: Workload, { because, origin }: Unreached): Obstacle {
  return {
    text: `nothing leads from ${from} to it: ${because}`,
    origin,
    change: `give ${to.name} a way in that stands outside`,
  };
}

function noWayIn(from: string, to: Workload): Obstacle {
  if (to.unreached) return unreachedText(from, to, to.unreached);
  return {
    text: `nothing leads from ${from} to it: no port of a host, load balancer or route`,
    origin: hopOf(to).origin,
    change: `give ${to.name} a way in that stands outside`,
  };
}

/** Between a workload and addresses outside. */
export function obstaclesToOutside(from: Workload): readonly Obstacle[] {
  if (from.segments.some(({ internal }) => !internal)) return [];
  const [segment] = from.segments;
  return [
    {
      text: segment ? `every network that it is in is internal: ${namesOf(from)}` : 'it is in no network',
      origin: segment?.origin ?? hopOf(from).origin,
      change: `put ${from.name} into a network that leads outside`,
    },
  ];
}

function loopback(to: Workload, listener: Listener | null, others: boolean): readonly Obstacle[] {
  if (!listener || !others || !isLoopback(listener.bind)) return [];
  const origin = listener.origins[0] ?? hopOf(to).origin;
  return [
    {
      text: `it listens on ${listener.bind} alone, where only its own machine or pod gets to`,
      origin,
      change: `listen on 0.0.0.0 instead of ${listener.bind}`,
    },
  ];
}

function namesOf(workload: Workload): string {
  const names = openSegments(workload).map(({ name }) => name);
  return names.length === 0 ? 'none that is open' : names.join(', ');
}
