/** Needs that the structure of the code shows: what adapters state, probes, and the routes of proxies (E4, E7–E9). */
import type { Origin } from '../../source/span.ts';
import type { LinkedGateway, RunningWorkload, Select, StatedNeed } from '../running.ts';
import type { Listener, Need, Workload } from '../vocabulary.ts';
import { CROWD, type Evidence, type Found } from './evidence.ts';
import type { Listening } from './listening.ts';
import type { Finder } from './names.ts';

/** A need whose structure does not say the port: evidence that says it wins, and without any it is the main listener. */
export interface Guess extends Omit<Evidence, 'to'> {
  readonly to: RunningWorkload;
  /** Null where the target has no main listener. */
  readonly listener: Listener | null;
}

/** A container is asked what it is told that it will be asked (E8); a proxy forwards what its routes say (E7). */
const CERTAIN = 1;
/** The service of the catalogue that scrapes what asks for it (E9). */
const SCRAPER = 'Prometheus';

/** What adapters state: evidence where they say the port, a guess where they do not. */
export function statedNeeds(
  stated: readonly StatedNeed[],
  scrapers: readonly Workload[],
  listening: Listening,
  find: Finder,
  select: Select,
): Found<Evidence | Guess> {
  const evidence: (Evidence | Guess)[] = [];
  const crowds: Origin[] = [];
  for (const need of stated) {
    const { fact, from, to } = need;
    const unnamed: readonly Need['from'][] = fact.kind === 'scrape' && scrapers.length > 0 ? scrapers : ['platform'];
    const clients = from ? [from.workload] : unnamed;
    const targets = to ? [to] : targetsOf(need, find, select);
    if (targets.length * clients.length > CROWD) crowds.push(fact.origin);
    else
      for (const target of targets)
        for (const client of clients)
          if (client !== target.workload) evidence.push(...stateOne(fact, client, target, listening));
  }
  return { evidence, crowds };
}

function stateOne(
  { kind, weight, port, protocol, origin }: StatedNeed['fact'],
  from: Need['from'],
  to: RunningWorkload,
  listening: Listening,
): readonly (Evidence | Guess)[] {
  const common = { from, kind, weight, transport: 'unknown', origins: [origin] } as const;
  const listeners = listening.of(to);
  if (port === null) {
    const listener = kind === 'scrape' ? scraped(listeners, listening) : listening.main(listeners);
    return [{ ...common, to, listener }];
  }
  return listeners
    .filter((listener) => listener.protocol === protocol && isAt(listener, port))
    .map((listener) => ({ ...common, to: listener }));
}

/** What a scraper gets that is told no port: the metrics, where a listener is there for them. */
function scraped(listeners: readonly Listener[], listening: Listening): Listener | null {
  const metrics = listeners.filter(({ roles }) => roles[0]?.role === 'metrics');
  return listening.main(metrics.length > 0 ? metrics : listeners);
}

function targetsOf({ fact: { to }, from }: StatedNeed, find: Finder, select: Select): readonly RunningWorkload[] {
  if (to.kind === 'selector') return select(to.selector);
  if (to.kind === 'workload' || from === null) return [];
  return find(from, to.name).flatMap((holder) => (holder.kind === 'workload' ? [holder.workload] : []));
}

/** The workloads that come by and scrape, where they are in the environment. */
export function scrapersAmong(listeners: readonly Listener[]): readonly Workload[] {
  return [...new Set(listeners.filter(({ service }) => service === SCRAPER).map(({ workload }) => workload))];
}

/** Who runs the containers asks them how they are. */
export function probeEvidence(workloads: readonly RunningWorkload[], listening: Listening): readonly Evidence[] {
  return workloads.flatMap((workload) =>
    workload.containers.flatMap(({ fact, checks }) =>
      checks.flatMap(({ kind, port, tls, origin }): readonly Evidence[] => {
        if (kind === 'command' || port === undefined) return [];
        const there = listening.of(workload).filter((listener) => listener.protocol === 'tcp' && isAt(listener, port));
        const own = there.filter(({ workload: of, container }) => of === workload.workload && container === fact.name);
        const transport = tls ? 'tls' : kind === 'http' ? 'plaintext' : 'unknown';
        return (own.length > 0 ? own : there).map((to) => ({
          from: 'platform',
          to,
          kind: 'probe',
          weight: CERTAIN,
          transport,
          origins: [origin],
        }));
      }),
    ),
  );
}

/** Whoever reaches a proxy is forwarded to what its routes lead to, and the workloads that are the proxy call it. */
export function routeEvidence(gateways: readonly LinkedGateway[], select: Select): readonly Evidence[] {
  return gateways.flatMap(({ doors }) =>
    doors.flatMap(({ fact, routes, front }) => {
      const { place, by } = fact;
      if (routes.length === 0 || (place.kind !== 'proxy' && !by && !front) || place.kind === 'nowhere') return [];
      const inside = place.kind === 'segment' || ('internal' in place && place.internal === true);
      const proxies = by
        ? select(by)
            .slice(0, CROWD)
            .map(({ workload }) => workload)
        : front
          ? [front.workload]
          : [];
      const clients: readonly Need['from'][] = [inside ? 'platform' : 'internet', ...proxies];
      return routes.flatMap(({ listener }) =>
        clients.map(
          (from): Evidence => ({
            from,
            to: listener,
            kind: 'route',
            weight: CERTAIN,
            transport: 'unknown',
            origins: [fact.origin],
          }),
        ),
      );
    }),
  );
}

/** A port by number, or by the name that the code gives it. */
function isAt({ ports, name, valid }: Listener, port: number | string): boolean {
  return valid && (typeof port === 'string' ? name === port : ports.from <= port && port <= ports.to);
}
