/** Environments that somebody has named: which units are theirs, and what they are called. */
import type { DeclaredEnvironment, Stage } from '../assumptions.ts';
import type { Fragment } from '../fragment.ts';
import { stageOf } from './stage.ts';

/** The environment that each unit is of and of no other: the one of the innermost folder. */
export function ownersOf(
  units: readonly Fragment[],
  declared: readonly DeclaredEnvironment[],
): ReadonlyMap<Fragment, DeclaredEnvironment> {
  const innermost = [...declared].sort((a, b) => depthOf(b.root) - depthOf(a.root));
  const owners = new Map<Fragment, DeclaredEnvironment>();
  for (const unit of declared.length === 0 ? [] : units) {
    const owner = innermost.find(({ root }) => liesIn(unit, root));
    if (owner) owners.set(unit, owner);
  }
  return owners;
}

function depthOf(folder: string): number {
  return folder === '.' ? 0 : folder.split('/').length;
}

/** Whether a unit belongs to an environment: it lies in its folder, or in one that it stands on. */
export function isOf(unit: Fragment, { root, links }: DeclaredEnvironment): boolean {
  return [root, ...links].some((folder) => liesIn(unit, folder));
}

/** Whether a unit lies in a folder. */
export function liesIn({ unit }: Fragment, folder: string): boolean {
  return folder === '.' || unit.root === folder || unit.root.startsWith(`${folder}/`);
}

/** What the environment of `units` is called and for, where one of them is of a declared one. */
export function declaredName(
  units: readonly Fragment[],
  owners: ReadonlyMap<Fragment, DeclaredEnvironment>,
): { readonly id: string; readonly stage: Stage } | null {
  const own = units.filter((unit) => owners.has(unit));
  const owner = own[0] && owners.get(own[0]);
  if (!owner) return null;
  const variant = own.find(({ unit }) => unit.variant !== null)?.unit.variant ?? null;
  const { name, stage } = owner;
  return { id: variant === null ? name : `${name}#${variant}`, stage: stage ?? stageOf({ root: name, variant }) };
}
