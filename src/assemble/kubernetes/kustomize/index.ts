/** Kustomizations as units: each is what `kubectl apply -k` deploys from its folder. */
import { type Notice, notice } from '../../../source/notice.ts';
import type { Result } from '../../../source/result.ts';
import { fileOrigin } from '../../../source/span.ts';
import type { Mapping } from '../../../source/value.ts';
import type { Files } from '../../files.ts';
import type { KubernetesUnit } from '../../unit.ts';
import { deployedObject } from '../manifest.ts';
import { bears } from '../object.ts';
import { type BuildRun, type Built, build } from './build.ts';
import { type Roles, rolesIn } from './deployable.ts';
import { claimsOf, type Kustomization, kustomizationsIn } from './kustomization.ts';
import { type Variant, variantsOf } from './variants.ts';

/** The kustomizations of a tree, built. */
export interface KustomizeUnits {
  readonly units: readonly KubernetesUnit[];
  /** Files that belong to a kustomization: nobody deploys them by themselves. */
  readonly claimed: ReadonlySet<string>;
  /** Folders with a kustomization, and whether it is a component. */
  readonly folders: ReadonlyMap<string, { readonly isComponent: boolean }>;
}

/** What all builds of a tree may take together: no real tree comes near. */
const STEPS = 50_000_000;
const NODES = 2_000_000;
/**
 * How much text the objects of a tree's units may be written in, in UTF-16 code units: a base counts for each that builds
 * on it. Definitions of custom kinds, which are most of the text of real trees, are no objects of a unit.
 */
const MOST_TEXT = 32 * 1024 * 1024;

/** Builds the kustomizations among `paths`. */
export function kustomizeUnits(paths: readonly string[], files: Files): Result<KustomizeUnits> {
  const { value: kustomizations, notices: said } = kustomizationsIn(paths, files);
  const run: BuildRun = {
    files,
    kustomizations,
    allowance: { steps: STEPS, nodes: NODES },
    notices: [...said],
    done: new Map(),
  };
  const roles = rolesIn(kustomizations);
  const builds = new Map(roles.tops.map((top) => [top, build(run, top)] as const));
  const variants = variantsOf(run, roles, (top) => builds.get(top) as Built);
  if (run.allowance.steps <= 0) run.notices.push(...exhausted(roles));
  const take = textAllowance(run);
  const units = [...builds].flatMap(([top, built]) => [
    ...take(top, unitOf(top, null, built)),
    ...(variants.get(top) ?? []).flatMap((variant) => take(top, unitOf(top, variant.name, variant.built))),
  ]);
  run.notices.push(...variantNotes(variants), ...componentNote(kustomizations.all, roles, variants));
  const value = {
    units,
    claimed: new Set(kustomizations.all.flatMap(claimsOf)),
    folders: new Map(kustomizations.all.map(({ folder, component }) => [folder, { isComponent: component !== null }])),
  };
  return { value, notices: distinct(run.notices) };
}

function unitOf(top: Kustomization, variant: string | null, { resources, files }: Built): KubernetesUnit | undefined {
  const objects = resources.flatMap(({ root }) => deployedObject(root) ?? []);
  if (!objects.some(bears)) return undefined;
  return {
    id: `kubernetes:${top.folder}${variant === null ? '' : `#${variant}`}`,
    technology: 'kubernetes',
    root: top.folder,
    variant,
    files,
    objects: objects.map((object): Mapping => object.root),
  };
}

/** Lets units through until the text that they are made of is used up; the first that is not let through is told. */
function textAllowance(run: BuildRun): (top: Kustomization, unit: KubernetesUnit | undefined) => KubernetesUnit[] {
  let left = MOST_TEXT;
  return (top, unit) => {
    if (!unit || left <= 0) return [];
    for (const { origin } of unit.objects) left -= origin.end - origin.start;
    if (left > 0) return [unit];
    const message =
      'The kustomizations of this tree are made of more text than any real ones: this and those behind it are left out.';
    run.notices.push(notice('expansion-limit', message, fileOrigin(top.path)));
    return [];
  };
}

function exhausted({ tops }: Roles): Notice[] {
  const last = tops.at(-1);
  const message =
    'The kustomizations of this tree take more work than any real ones: not all of them are built to the end.';
  return last ? [notice('expansion-limit', message, fileOrigin(last.path))] : [];
}

function variantNotes(variants: ReadonlyMap<Kustomization, readonly Variant[]>): Notice[] {
  return [...variants].map(([top, list]) => {
    const names = list.map(({ extra }) => extra.component.folder).join(', ');
    const [subject, each] = list.length === 1 ? ['A component', 'It'] : ['Components', 'Each'];
    const message = `${subject} that this kustomization could apply and does not: ${names}. ${each} is evaluated as an alternative of it.`;
    return notice('ambiguous-reference', message, list[0]?.extra.origin ?? fileOrigin(top.path));
  });
}

/** One note for all components that nobody applies, at the first of them. */
function componentNote(
  all: readonly Kustomization[],
  { used }: Roles,
  variants: ReadonlyMap<Kustomization, readonly Variant[]>,
): Notice[] {
  const shown = new Set([...variants.values()].flat().map(({ extra }) => extra.component));
  const origins = all.flatMap((one) => (used.has(one) || shown.has(one) ? [] : (one.component ?? [])));
  const [first] = origins;
  if (!first) return [];
  const subject = origins.length === 1 ? 'This component is' : `This component and ${origins.length - 1} more are`;
  return [notice('not-built', `${subject} left out: only a kustomization that names it applies a component.`, first)];
}

/** What is built for several is said of each of them. */
function distinct(notices: readonly Notice[]): readonly Notice[] {
  const keyed = notices.map((each) => {
    const { file, start, end } = each.origin;
    return [[each.code, file, start, end, each.message].join(' '), each] as const;
  });
  return [...new Map(keyed).values()];
}
