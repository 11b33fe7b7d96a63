/** The facts of the units of one environment under ids that are unique in the document; each object once. */
import type { Technology, UnitIdentity } from '../../source/unit.ts';
import type { ConfigFact, Fragment, LinkFact, PermitFact, ProxyFact, SiteFact } from '../fragment.ts';
import type { PlacedGateway } from '../gateway/forward.ts';
import type { PlacedGuard } from '../reach/guard.ts';
import type { Labelled } from '../reach/relation.ts';
import type { RunningWorkload, StatedNeed } from '../running.ts';
import type { Segment } from '../vocabulary.ts';
import type { PlacedWorkload } from '../workload/run.ts';
import { namespacesOf } from './namespaces.ts';

/** Everything that the units of an environment say, under names that hold in all of the graph. */
export interface PlacedUnits {
  readonly id: string;
  /** By key, in the order of their ids. */
  readonly segments: ReadonlyMap<string, Segment>;
  /** Segments that others may be in whom the code does not show. */
  readonly shared: ReadonlySet<string>;
  /** The labels of namespaces, by name. */
  readonly namespaces: ReadonlyMap<string, Labelled>;
  readonly workloads: readonly PlacedWorkload[];
  readonly gateways: readonly PlacedGateway[];
  readonly guards: readonly PlacedGuard[];
  readonly configs: readonly ConfigFact[];
  readonly proxies: readonly ProxyFact[];
  readonly permits: readonly PermitFact[];
  readonly links: readonly LinkFact[];
  readonly sites: readonly SiteFact[];
  /** Makes ids unique: the second of a name gets `~2`. */
  readonly unique: (id: string) => string;
  readonly stated: (workloads: readonly RunningWorkload[]) => readonly StatedNeed[];
}

/**
 * Technologies in which an object has one name wherever it is written: the same name in a second unit is the same object
 * again, since units that define it differently are never together.
 */
const ONE_NAMESPACE: ReadonlySet<Technology> = new Set<Technology>(['kubernetes']);

/** Puts the units of an environment together under its id. */
export function place(units: readonly Fragment[], id: string): PlacedUnits {
  const unique = uniqueNames();
  const segments = new Map<string, Segment>();
  const shared = new Set<string>();
  for (const fact of units.flatMap((unit) => unit.segments)) {
    const { key, name, kind, open, internal, outer, external, ranges, unseen, isDefault, traits, origin } = fact;
    // Of a cluster the code shows what it deploys, never all that runs there.
    if (external || kind === 'cluster') shared.add(key);
    if (segments.has(key)) continue;
    const more = {
      ...(ranges && { ranges }),
      ...(unseen && { unseen }),
      ...(isDefault && { isDefault }),
      ...(traits && { traits }),
    };
    const segment = { name, kind, open, internal, outer: outer ?? false, ...more, origin };
    segments.set(key, { id: unique(`${id}::${key}`), ...segment });
  }
  const placed = <F extends { readonly id: string }>(factsOf: (unit: Fragment) => readonly F[]) => {
    const seen = new Set<string>();
    const found: { readonly id: string; readonly fact: F; readonly unit: UnitIdentity }[] = [];
    for (const fragment of units) {
      const { unit } = fragment;
      const oneNamespace = ONE_NAMESPACE.has(unit.technology);
      for (const fact of factsOf(fragment)) {
        if (oneNamespace) {
          const once = `${unit.technology} ${fact.id}`;
          if (seen.has(once)) continue;
          seen.add(once);
        }
        found.push({ id: unique(`${id}::${fact.id}`), fact, unit });
      }
    }
    return found;
  };
  return {
    id,
    segments,
    shared,
    namespaces: namespacesOf(units.flatMap((unit) => unit.segments)),
    workloads: placed((unit) => unit.workloads),
    gateways: placed((unit) => unit.gateways),
    guards: placed((unit) => unit.guards),
    configs: units.flatMap((unit) => unit.configs),
    proxies: units.flatMap((unit) => unit.proxies ?? []),
    permits: units.flatMap((unit) => unit.permits ?? []),
    links: units.flatMap((unit) => unit.links ?? []),
    sites: units.flatMap((unit) => unit.sites ?? []),
    unique,
    stated: (workloads) => statedNeeds(units, workloads),
  };
}

function statedNeeds(units: readonly Fragment[], workloads: readonly RunningWorkload[]): readonly StatedNeed[] {
  const byFact = new Map(workloads.map((workload) => [`${workload.workload.unit} ${workload.fact.id}`, workload]));
  return units.flatMap(({ unit, needs }) =>
    needs.flatMap((fact) => {
      const named = (workload: string) => byFact.get(`${unit.id} ${workload}`) ?? null;
      const from = fact.from.kind === 'workload' ? named(fact.from.workload) : null;
      const to = fact.to.kind === 'workload' ? named(fact.to.workload) : null;
      const lost = (fact.from.kind === 'workload' && !from) || (fact.to.kind === 'workload' && !to);
      return lost ? [] : [{ fact, from, to }];
    }),
  );
}

/** Makes names unique: the second of one gets `~2`. */
export function uniqueNames(): (name: string) => string {
  const taken = new Map<string, number>();
  return (name) => {
    const count = (taken.get(name) ?? 0) + 1;
    taken.set(name, count);
    return count === 1 ? name : `${name}~${count}`;
  };
}
