/** Components that are at hand and that no deployment applies: each is an alternative of the kustomization it is for. */
import { posix } from 'node:path';
import type { Notice } from '../../../source/notice.ts';
import { fileOrigin } from '../../../source/span.ts';
import type { Mapping, Value } from '../../../source/value.ts';
import type { Files } from '../../files.ts';
import { digestOf } from '../digest.ts';
import { deployedObject } from '../manifest.ts';
import { bears, keyOf } from '../object.ts';
import { podTemplateOf } from '../pod-template.ts';
import { type BuildRun, type Built, build, type Extra } from './build.ts';
import type { Roles } from './deployable.ts';
import { type Kustomization, type Kustomizations, pathsIn } from './kustomization.ts';
import { resolvePath } from './reference.ts';

/** A kustomization with one more component than it names. */
export interface Variant {
  readonly name: string;
  readonly extra: Extra;
  readonly built: Built;
}

/** What a kustomization could be with a component that it does not apply. */
interface Offer {
  readonly top: Kustomization;
  readonly extra: Extra;
  /** The kustomization itself says so, in a line that is commented out. */
  readonly written: boolean;
}

/** Each variant is a whole deployment; nobody looks at more of them. */
const MOST_OF_ONE = 8;
const MOST_OF_ALL = 16;

/**
 * The variants of the deployments of a tree: with each component that is commented out in one, and with each that no
 * kustomization names at all, for the deployment in the nearest folder above it. A variant that does not fit (a patch in
 * it finds nothing), or in which nobody new is there and nothing is more open, is none.
 */
export function variantsOf(
  run: BuildRun,
  { tops }: Roles,
  builtOf: (top: Kustomization) => Built,
): ReadonlyMap<Kustomization, readonly Variant[]> {
  const found = new Map<Kustomization, Variant[]>();
  let left = MOST_OF_ALL;
  for (const { top, extra, written } of offersIn(run.kustomizations, tops, run.files)) {
    const variants = found.get(top) ?? [];
    if (left === 0 || variants.length >= MOST_OF_ONE) continue;
    const notices: Notice[] = [];
    const built = build({ ...run, notices }, top, extra);
    const fits = written || !notices.some(({ code }) => code === 'reference-missing');
    if (!fits || !opens(builtOf(top), built)) continue;
    run.notices.push(...notices);
    const short = posix.basename(extra.component.folder);
    const name = variants.some((other) => other.name === short) ? extra.component.folder : short;
    found.set(top, [...variants, { name, extra, built }]);
    left--;
  }
  return found;
}

function offersIn(kustomizations: Kustomizations, tops: readonly Kustomization[], files: Files): readonly Offer[] {
  const components = kustomizations.all.filter(({ component }) => component !== null);
  if (components.length === 0) return [];
  const written = tops.flatMap((top) => commentedOut(top, kustomizations, files));
  const known = new Set([
    ...written.map(({ extra }) => extra.component.folder),
    ...kustomizations.all.flatMap((one) => pathsIn(one, 'components')),
  ]);
  const byFolder = new Map(tops.map((top) => [top.folder, top]));
  const unnamed = components.flatMap((component): Offer[] => {
    const top = known.has(component.folder) ? undefined : nearest(component.folder, byFolder);
    const origin = component.component ?? fileOrigin(component.path);
    return top ? [{ top, extra: { component, origin }, written: false }] : [];
  });
  return [...written, ...unnamed];
}

/** The components in lines of the form `# - ../components/name`. */
function commentedOut(top: Kustomization, kustomizations: Kustomizations, files: Files): readonly Offer[] {
  const applied = new Set(pathsIn(top, 'components'));
  const offers = new Map<string, Offer>();
  for (const { text, origin } of files.parsed(top.path)?.comments() ?? []) {
    const reference = /^-\s+["']?([^\s"'#]{1,500})["']?$/.exec(text)?.[1];
    const path = reference === undefined ? undefined : resolvePath(top.folder, reference);
    const component = path === undefined || applied.has(path) ? undefined : kustomizations.in(path);
    if (component?.component) offers.set(component.path, { top, extra: { component, origin }, written: true });
  }
  return [...offers.values()];
}

function nearest(path: string, byFolder: ReadonlyMap<string, Kustomization>): Kustomization | undefined {
  let folder = path;
  while (folder !== '.') {
    folder = posix.dirname(folder);
    const top = byFolder.get(folder);
    if (top) return top;
  }
  return undefined;
}

/** Of what these say of a container nobody is let in. */
const CLOSED_FIELDS = new Set([
  'image',
  'env',
  'envFrom',
  'resources',
  'replicas',
  'annotations',
  'imagePullPolicy',
  'livenessProbe',
  'readinessProbe',
  'startupProbe',
]);

/**
 * Whether the variant shows something that the deployment does not: somebody new, somebody who is configured otherwise
 * than by an image, its environment, a probe or a number, or a rule that is gone. What only takes workloads away shows nothing.
 */
function opens(deployment: Built, variant: Built): boolean {
  const before = new Map(objectsIn(deployment));
  const after = new Map(objectsIn(variant));
  for (const [key, root] of after) {
    const known = before.get(key);
    if (known === root) continue;
    if (!known || digestOf(openPart(known)) !== digestOf(openPart(root))) return true;
  }
  return [...before].some(([key, root]) => !after.has(key) && !podTemplateOf(root) && /^networkpolicy/.test(key));
}

function objectsIn({ resources }: Built): readonly (readonly [string, Mapping])[] {
  return resources.flatMap(({ root }) => {
    const object = deployedObject(root);
    return object && bears(object) ? [[keyOf(object), root] as const] : [];
  });
}

function openPart(root: Mapping): Mapping {
  return withoutClosed(root) as Mapping;
}

function withoutClosed(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map(withoutClosed) };
  if (value.kind !== 'mapping') return value;
  const entries = [...value.entries].filter(([key]) => !CLOSED_FIELDS.has(key));
  return {
    ...value,
    entries: new Map(entries.map(([key, entry]) => [key, { ...entry, value: withoutClosed(entry.value) }])),
  };
}
