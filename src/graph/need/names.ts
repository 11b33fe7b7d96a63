/** Who is found under a name: a client asks in the segments that it sits in (E3, E4). */
import { append } from '../../source/multimap.ts';
import type { NameFact } from '../fragment.ts';
import type { LinkedGateway, RunningWorkload } from '../running.ts';
import { CROWD } from './evidence.ts';

/** What a name leads to. */
export type Holder =
  | { readonly kind: 'workload'; readonly workload: RunningWorkload }
  | { readonly kind: 'gateway'; readonly gateway: LinkedGateway };

/**
 * Answers whom `client` finds under `host`, which is in lower case; nobody where the name is not known here. Of a crowd
 * that shares the name one more than makes a crowd is told.
 */
export type Finder = (client: RunningWorkload, host: string) => readonly Holder[];

interface Binding {
  readonly holder: Holder;
  readonly subdomains: boolean;
  /** The id of the one workload, inside the unit, that knows it. */
  readonly only: { readonly unit: string; readonly workload: string } | null;
}

/**
 * A finder over the names of workloads and gateways of one environment. A name that nobody around the client has may be
 * one workload's of its unit that shares no segment with it: then that one is meant, and out of reach (a broken need).
 */
export function finderOf(workloads: readonly RunningWorkload[], gateways: readonly LinkedGateway[]): Finder {
  const names = new Map<string, Map<string, Binding[]>>();
  const bind = (facts: readonly NameFact[], unit: string, holder: Holder) => {
    for (const { name, within, subdomains, only } of facts) {
      const segment = names.get(within) ?? new Map<string, Binding[]>();
      names.set(within, segment);
      const binding = {
        holder,
        subdomains: subdomains === true,
        only: only === undefined ? null : { unit, workload: only },
      };
      append(segment, name, binding);
    }
  };
  const byUnit = new Map<string, Set<Holder>>();
  const inUnit = (unit: string, name: string) => JSON.stringify([unit, name]);
  for (const workload of workloads) {
    const { unit } = workload.workload;
    const holder = { kind: 'workload', workload } as const;
    bind(workload.fact.names, unit, holder);
    for (const { name, only } of workload.fact.names) {
      const key = inUnit(unit, name);
      if (only === undefined) byUnit.set(key, (byUnit.get(key) ?? new Set()).add(holder));
    }
  }
  for (const gateway of gateways) bind(gateway.fact.names, gateway.gateway.unit, { kind: 'gateway', gateway });

  return (client, host) => {
    const found = new Set<Holder>();
    for (const segment of client.segments) {
      const known = names.get(segment);
      if (!known) continue;
      for (const { holder, only } of bindingsOf(known, host)) {
        if (found.size > CROWD) break;
        if (knows(client, only)) found.add(holder);
      }
    }
    return found.size > 0 ? [...found] : apart(client, byUnit.get(inUnit(client.workload.unit, host)));
  };
}

/** The one holder of a name in a unit, if the client is in no segment with it. */
function apart(client: RunningWorkload, holders: ReadonlySet<Holder> = new Set()): readonly Holder[] {
  const [holder] = holders;
  if (holder?.kind !== 'workload' || holders.size > 1) return [];
  const around = new Set(client.segments);
  return [...holder.workload.segments].some((segment) => around.has(segment)) ? [] : [holder];
}

function knows(client: RunningWorkload, only: Binding['only']): boolean {
  return only === null || (only.unit === client.workload.unit && only.workload === client.fact.id);
}

/** The bindings of the name, or of the longest name that it lies below, if names below that count. */
function bindingsOf(known: ReadonlyMap<string, readonly Binding[]>, host: string): readonly Binding[] {
  const exact = known.get(host);
  if (exact) return exact;
  for (let dot = host.indexOf('.'); dot >= 0; dot = host.indexOf('.', dot + 1)) {
    const above = known.get(host.slice(dot + 1))?.filter(({ subdomains }) => subdomains) ?? [];
    if (above.length > 0) return above;
  }
  return [];
}
