/** Which units land together: by what they refer to, and never where they contradict each other. */
import { append } from '../../source/multimap.ts';
import { onceEach } from '../../source/once.ts';
import { byText, compareText } from '../../source/order.ts';
import type { DeclaredEnvironment } from '../assumptions.ts';
import type { Fragment } from '../fragment.ts';
import { isOf, ownersOf } from './declared.ts';
import { type Offer, offerOf, type Want, wantsOf } from './reference.ts';

/** More units than this that answer to one name answer to none: the name is everybody's. */
const MOST_CANDIDATES = 16;
/** How many places units that contradict nobody may take, for each unit that there is. */
const MOST_PLACES = 8;

/**
 * The units of each environment, main unit first. A unit joins those that it refers to; units that define one object
 * differently, and variants of one root, are kept apart; a unit that contradicts nobody is in every environment that it
 * refers into. What a unit may refer to, if it is deployed so, stands beside it in its own environment alone. Units of one
 * environment that is declared refer to each other, and those of two contradict each other. The order of `fragments` does
 * not matter.
 */
export function partition(
  fragments: readonly Fragment[],
  declared: readonly DeclaredEnvironment[] = [],
): readonly (readonly Fragment[])[] {
  const units = [...fragments].sort(byText(({ unit }) => unit.id));
  if (units.length < 2) return units.map((unit) => [unit]);
  const { edges, tentative } = references(units, declared);
  const owners = ownersOf(units, declared);
  const environments = components(units, edges).flatMap((component) => split(component, edges, owners));
  return tentative.size === 0 ? environments : withTentative(environments, tentative, owners);
}

/**
 * The environments, each followed by that of what its units may refer to: of several the first that contradicts none of
 * them. That one stays as it is by itself.
 */
function withTentative(
  environments: readonly (readonly Fragment[])[],
  tentative: Edges,
  owners: Owners,
): readonly (readonly Fragment[])[] {
  const holding = new Map<Fragment, (readonly Fragment[])[]>();
  for (const environment of environments) for (const unit of environment) append(holding, unit, environment);
  let places = MOST_PLACES * holding.size;
  return environments.map((environment) => {
    const own = new Set(environment);
    const meant = environment.flatMap((unit) => [...(tentative.get(unit) ?? [])]).filter((unit) => !own.has(unit));
    for (const other of new Set(meant.flatMap((unit) => holding.get(unit) ?? []))) {
      const guests = other.filter((unit) => !own.has(unit));
      places -= guests.length;
      if (places < 0) return environment;
      const together = [...environment, ...guests];
      if (contradicting(together, owners).size === 0) return together;
    }
    return environment;
  });
}

type Edges = ReadonlyMap<Fragment, ReadonlySet<Fragment>>;
type Owners = ReturnType<typeof ownersOf>;

/**
 * Who refers to whom, both ways, and whom each may refer to. Of several that answer to a name the nearest in the tree are
 * meant.
 */
function references(
  units: readonly Fragment[],
  declared: readonly DeclaredEnvironment[],
): { readonly edges: Edges; readonly tentative: Edges } {
  const offers = new Map<string, Fragment[]>();
  const offered = new Map(units.map((unit) => [unit, offerOf(unit)]));
  for (const [unit, { keys }] of offered) {
    const folders = foldersOf(unit);
    for (const key of keys) for (const folder of folders) append(offers, `${folder} ${key}`, unit);
  }
  const meant = (unit: Fragment, { key, accepts, one }: Want, folders: readonly string[]): readonly Fragment[] => {
    for (const folder of folders) {
      const all = offers.get(`${folder} ${key}`) ?? [];
      if (all.length > MOST_CANDIDATES) return one ? all.slice(0, 2).filter((other) => other !== unit) : [];
      const near = all.filter((other) => other !== unit && accepts(offered.get(other) as Offer));
      if (near.length > 0) return near;
    }
    return [];
  };
  const edges = new Map<Fragment, Set<Fragment>>(units.map((unit) => [unit, new Set()]));
  const tentative = new Map<Fragment, Set<Fragment>>();
  for (const unit of units) {
    const folders = foldersOf(unit);
    for (const want of wantsOf(unit, offered.get(unit) as Offer)) {
      for (const other of meant(unit, want, folders)) {
        if (want.tentative) {
          tentative.set(unit, (tentative.get(unit) ?? new Set()).add(other));
          continue;
        }
        edges.get(unit)?.add(other);
        edges.get(other)?.add(unit);
      }
    }
  }
  for (const environment of declared) {
    const [first, ...others] = units.filter((unit) => isOf(unit, environment));
    for (const other of others) {
      edges.get(first as Fragment)?.add(other);
      edges.get(other)?.add(first as Fragment);
    }
  }
  return { edges, tentative };
}

/** The folders that a unit lies in, innermost first; deeper than that nothing is told apart. */
function foldersOf({ unit }: Fragment): readonly string[] {
  const parts = unit.root === '.' ? [] : unit.root.split('/').slice(0, 16);
  return Array.from({ length: parts.length + 1 }, (_, i) => parts.slice(0, parts.length - i).join('/'));
}

function components(units: readonly Fragment[], edges: Edges): readonly (readonly Fragment[])[] {
  const seen = new Set<Fragment>();
  return units.flatMap((unit) => (seen.has(unit) ? [] : [reach([unit], edges, seen, () => true)]));
}

/** Everything that is reached from `start` over `edges` through units that `passes` lets in, sorted. */
function reach(
  start: readonly Fragment[],
  edges: Edges,
  seen: Set<Fragment>,
  passes: (unit: Fragment) => boolean,
): readonly Fragment[] {
  const found = [...start];
  for (const unit of start) seen.add(unit);
  for (let i = 0; i < found.length; i++) {
    for (const next of edges.get(found[i] as Fragment) ?? []) {
      if (seen.has(next) || !passes(next)) continue;
      seen.add(next);
      found.push(next);
    }
  }
  return found.sort(byText(({ unit }) => unit.id));
}

/** Takes a component apart into environments in which nobody contradicts anybody. */
function split(component: readonly Fragment[], edges: Edges, owners: Owners): readonly (readonly Fragment[])[] {
  const rivals = contradicting(component, owners);
  if (rivals.size === 0) return [component];
  let places = MOST_PLACES * component.length;
  const placed = new Set<Fragment>();
  // What lies in the folders of an environment that is declared stands beside each of its cores.
  const settled = onceEach((home: DeclaredEnvironment) =>
    component.filter((unit) => !rivals.has(unit) && isOf(unit, home)),
  );
  const environments = cores(component, rivals, edges, owners).map((core) => {
    if (places <= 0) return core;
    const own = new Set(core);
    const home = core.map((unit) => owners.get(unit)).find((owner) => owner !== undefined);
    const start = [...core, ...(home ? settled(home) : [])];
    const guests = reach(start, edges, new Set(), (unit) => !rivals.has(unit)).filter((unit) => !own.has(unit));
    places -= guests.length;
    for (const unit of guests) placed.add(unit);
    return [...core, ...guests];
  });
  const left = component.filter((unit) => !rivals.has(unit) && !placed.has(unit));
  return [...environments, ...left.map((unit) => [unit])];
}

/** The units that define an object differently from another one of them. */
function contradicting(component: readonly Fragment[], owners: Owners): ReadonlySet<Fragment> {
  const digests = new Map<string, Set<string>>();
  for (const unit of component) {
    for (const [key, digest] of identity(unit, owners)) {
      const known = digests.get(key);
      if (known) known.add(digest);
      else digests.set(key, new Set([digest]));
    }
  }
  const disputed = (key: string) => (digests.get(key)?.size ?? 0) > 1;
  return new Set(component.filter((unit) => identity(unit, owners).some(([key]) => disputed(key))));
}

/** Groups of rivals that refer to each other and agree: each is the core of an environment. */
function cores(
  component: readonly Fragment[],
  rivals: ReadonlySet<Fragment>,
  edges: Edges,
  owners: Owners,
): readonly (readonly Fragment[])[] {
  interface Group {
    readonly units: Fragment[];
    readonly digests: Map<string, string>;
  }
  const groupOf = new Map<Fragment, Group>();
  for (const unit of component) {
    if (rivals.has(unit)) groupOf.set(unit, { units: [unit], digests: new Map(identity(unit, owners)) });
  }
  // Neighbours in the tree find each other before somebody from afar takes one of them.
  const pairs = [...groupOf.keys()].flatMap((unit) =>
    [...(edges.get(unit) ?? [])]
      .filter((other) => rivals.has(other) && compareText(unit.unit.id, other.unit.id) < 0)
      .map((other) => ({ unit, other, shared: sharedFolders(unit, other) })),
  );
  for (const { unit, other } of pairs.sort((a, b) => b.shared - a.shared)) {
    const [a, b] = [groupOf.get(unit), groupOf.get(other)];
    if (!a || !b || a === b) continue;
    const [large, small] = a.units.length >= b.units.length ? [a, b] : [b, a];
    if ([...small.digests].some(([key, digest]) => (large.digests.get(key) ?? digest) !== digest)) continue;
    for (const [key, digest] of small.digests) large.digests.set(key, digest);
    for (const moved of small.units) groupOf.set(moved, large);
    large.units.push(...small.units);
  }
  return [...new Set(groupOf.values())].map(({ units }) => units.sort(byText(({ unit }) => unit.id)));
}

/** How many folders two units lie in together, the root of the tree among them. */
function sharedFolders(a: Fragment, b: Fragment): number {
  const theirs = new Set(foldersOf(b));
  return foldersOf(a).filter((folder) => theirs.has(folder)).length;
}

/** What a unit says that another one could contradict: its objects, being this variant of its root, and whose it is. */
function identity(fragment: Fragment, owners: Owners): readonly (readonly [string, string])[] {
  const { unit, definitions } = fragment;
  const owner = owners.get(fragment);
  return [
    ...(owner ? [['environment', owner.name] as const] : []),
    [`root ${unit.technology} ${unit.root}`, unit.id],
    ...definitions.map(({ key, digest }) => [`${unit.technology} ${key}`, digest] as const),
  ];
}
