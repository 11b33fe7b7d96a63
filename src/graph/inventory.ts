/** The inventory: every listener once an environment, how far it can be reached, and who needs it. */
import { append } from '../source/multimap.ts';
import { compareText } from '../source/order.ts';
import type { Environment, WorkloadClass } from './exposure-graph.ts';
import { type Exposure, type Listener, SCOPES, type Scope, type Workload } from './vocabulary.ts';

/** The view that `ports` reports. */
export interface Inventory {
  readonly environments: readonly { readonly id: string; readonly entries: readonly InventoryEntry[] }[];
}

/** A listener, with what becomes of it. */
export interface InventoryEntry {
  readonly listener: Listener;
  /** The certain exposures with the widest scope; empty where there are none. Those that nobody wrote come last. */
  readonly widest: readonly Exposure[];
  /** The scope of an exposure that is only possible, where it is wider than what is certain. */
  readonly possible: Exposure | null;
  /** Workloads that surely reach it, itself left out: how many; and the names of those that need it, sorted. */
  readonly neighbours: number;
  readonly neededBy: readonly string[];
}

/** The inventory of environments; entries are sorted by workload, then by port. */
export function inventoryOf(environments: readonly Environment[]): Inventory {
  return {
    environments: environments.map((environment) => ({ id: environment.id, entries: entriesOf(environment) })),
  };
}

function entriesOf(environment: Environment): readonly InventoryEntry[] {
  const exposures = groupedBy(environment.exposures, ({ listener }) => listener);
  // What a grant states shows that nobody uses anything (S1).
  const needs = groupedBy(environment.needs, ({ to, stated }) => ('external' in to || stated ? null : to));
  const neighbours = neighbourCounts(environment);
  return environment.listeners
    .map((listener) => {
      const all = exposures.get(listener) ?? [];
      const widest = widestOf(all.filter(({ verdict }) => verdict === 'reachable'));
      const [possible] = widestOf(all.filter(({ verdict }) => verdict === 'possible'));
      const clients = (needs.get(listener) ?? []).map(({ from }) => (typeof from === 'string' ? from : from.name));
      return {
        listener,
        widest,
        possible: possible && isWider(possible.scope, widest[0]?.scope) ? possible : null,
        neighbours: neighbours.get(listener) ?? 0,
        neededBy: [...new Set(clients)].sort(),
      };
    })
    .sort((a, b) => compareListeners(a.listener, b.listener));
}

function widestOf(exposures: readonly Exposure[]): readonly Exposure[] {
  const scope = SCOPES.find((each) => exposures.some((exposure) => exposure.scope === each));
  return exposures
    .filter((exposure) => exposure.scope === scope)
    .sort((a, b) => Number(a.implicit) - Number(b.implicit));
}

function isWider(scope: Scope, than: Scope | undefined): boolean {
  return than === undefined || SCOPES.indexOf(scope) < SCOPES.indexOf(than);
}

function neighbourCounts({ reachability }: Environment): ReadonlyMap<Listener, number> {
  const ownClass = new Map<Workload, WorkloadClass>();
  for (const one of reachability.classes) for (const member of one.members) ownClass.set(member, one);
  const counts = new Map<Listener, number>();
  for (const { to, from } of reachability.rows) {
    const own = ownClass.get(to.workload);
    let count = 0;
    for (const { classes, verdict } of from) {
      if (verdict === 'reachable') count += classes.workloads - (own && classes.has(own) ? 1 : 0);
    }
    counts.set(to, count);
  }
  return counts;
}

function groupedBy<T>(items: readonly T[], keyOf: (item: T) => Listener | null): ReadonlyMap<Listener, readonly T[]> {
  const groups = new Map<Listener, T[]>();
  for (const item of items) {
    const key = keyOf(item);
    if (key === null) continue;
    append(groups, key, item);
  }
  return groups;
}

function compareListeners(a: Listener, b: Listener): number {
  const byName = compareText(a.workload.name, b.workload.name);
  return byName || a.ports.from - b.ports.from || compareText(a.protocol, b.protocol) || compareText(a.id, b.id);
}
