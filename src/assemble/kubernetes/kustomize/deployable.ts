/** Which kustomizations are deployed by themselves, and which only take part in others. */
import { append, type Multimap } from '../../../source/multimap.ts';
import { type Kustomization, type Kustomizations, pathsIn } from './kustomization.ts';

/** How the kustomizations of a tree use each other. */
export interface Roles {
  /** Those that nobody builds on, sorted by path: each is one deployment. */
  readonly tops: readonly Kustomization[];
  /** Everything that a deployment is built from. */
  readonly used: ReadonlySet<Kustomization>;
}

/**
 * The roles of a tree's kustomizations. A base that an overlay builds on is not deployed by itself, and neither is a
 * component. Of kustomizations in a circle the first is deployed, so that none of them is lost.
 */
export function rolesIn(kustomizations: Kustomizations): Roles {
  const { all } = kustomizations;
  const below = new Map(all.map((one) => [one, namedBy(one, kustomizations)]));
  const users: Multimap<Kustomization, Kustomization> = new Map();
  for (const [user, named] of below) for (const each of named) append(users, each, user);
  const tops: Kustomization[] = [];
  const used = new Set<Kustomization>();
  const use = (top: Kustomization) => {
    if (used.has(top)) return;
    tops.push(top);
    const open = [top];
    for (let one = open.pop(); one; one = open.pop()) {
      if (used.has(one)) continue;
      used.add(one);
      open.push(...(below.get(one) ?? []));
    }
  };
  const deployable = all.filter(({ component }) => component === null);
  const usersOf = (one: Kustomization) => (users.get(one) ?? []).filter((user) => user !== one);
  for (const one of deployable) if (usersOf(one).length === 0) use(one);
  for (const one of deployable) if (usersOf(one).every(({ component }) => component !== null)) use(one);
  for (const one of deployable) use(one);
  return { tops: tops.sort((a, b) => all.indexOf(a) - all.indexOf(b)), used };
}

/** The kustomizations that one builds on or applies. */
function namedBy(one: Kustomization, kustomizations: Kustomizations): readonly Kustomization[] {
  const bases = [...pathsIn(one, 'resources'), ...pathsIn(one, 'bases')].map((path) => kustomizations.in(path));
  const components = pathsIn(one, 'components').map((path) => kustomizations.in(path));
  return [
    ...bases.filter((each) => each !== undefined && each.component === null),
    ...components.filter((each) => each !== undefined && each.component !== null),
  ] as readonly Kustomization[];
}
