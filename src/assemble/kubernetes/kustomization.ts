/** What a kustomization names: the manifests it takes, the files that are no manifests, and what only a build could tell. */
import { posix } from 'node:path';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import type { Origin } from '../../source/span.ts';
import { at, type Entry, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../source/value.ts';
import type { Files } from '../files.ts';

/** What a kustomization takes of the tree. It is not built. */
export interface Kustomization {
  readonly path: string;
  readonly folder: string;
  /** Where it says that it is a component, applied by the kustomizations that name it and never by itself; else null. */
  readonly component: Origin | null;
  /** Manifest files of the tree that it takes as they are. */
  readonly manifests: readonly string[];
  /** Files that it reads for something else: patches, files of generators, settings. */
  readonly others: readonly string[];
}

const FILE = /^(kustomization\.ya?ml|Kustomization)$/;

/** Fields that change or add objects, so that what they name is not what is deployed. */
const BUILDING = [
  'bases',
  'components',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'images',
  'replicas',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'vars',
  'configMapGenerator',
  'secretGenerator',
  'generators',
  'transformers',
  'helmCharts',
  'helmChartInflationGenerator',
];

/** Fields whose values name files that are not manifests, at any depth: `patches[].path`, `configMapGenerator[].files`. */
const NAMING = [
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'configMapGenerator',
  'secretGenerator',
  'generators',
  'transformers',
  'validators',
  'configurations',
  'crds',
  'openapi',
  'helmCharts',
];

/** Whether kustomize would take the file for one: by its name alone. */
export function isKustomization(path: string): boolean {
  return FILE.test(posix.basename(path));
}

/**
 * The kustomization at `path`, with a note that names what it does to its manifests: it is read, not built (of
 * components, which only change what others deploy, `noteOnComponents` speaks). `folders`
 * are the folders of the tree. Undefined where the file holds no mapping.
 */
export function readKustomization(
  path: string,
  files: Files,
  folders: ReadonlySet<string>,
): Result<Kustomization | undefined> {
  const root = files.parsed(path)?.documents.find((document) => document.root?.kind === 'mapping')?.root;
  if (root?.kind !== 'mapping') return { value: undefined, notices: [] };
  const folder = posix.dirname(path);
  const kind = at(root, 'kind');
  const component = kind && textOf(kind) === 'Component' ? kind.origin : null;
  const notices: Notice[] = [];
  const manifests: string[] = [];
  const built: { name: string; origin: Origin }[] = [];
  for (const item of itemsOf(at(root, 'resources'))) {
    const reference = textOf(item);
    if (reference === undefined) continue;
    const target = isRemote(reference) ? undefined : resolvePath(folder, reference);
    if (target === undefined || folders.has(target)) built.push({ name: reference, origin: item.origin });
    else if (files.read(target).kind === 'text') manifests.push(target);
    else notices.push(notice('reference-missing', `${reference} is named here and is not there.`, item.origin));
  }
  for (const field of BUILDING) {
    const entry = entryOf(root, field);
    if (entry && !isEmpty(entry.value)) built.push({ name: field, origin: entry.keyOrigin });
  }
  if (component === null) notices.push(...noteOf(manifests.length, built));
  return { value: { path, folder, component, manifests, others: otherFiles(root, folder) }, notices };
}

function noteOf(manifests: number, built: readonly { readonly name: string; readonly origin: Origin }[]): Notice[] {
  const [first] = built;
  if (!first) return [];
  const names = built.map(({ name }) => name);
  const shown = names.length > 4 ? `${names.slice(0, 4).join(', ')} and ${names.length - 4} more` : names.join(', ');
  const rest = manifests > 0 ? '; the files that it names are read as they are' : '';
  return [
    notice(
      'not-built',
      `This kustomization is not built: ${shown} ${names.length > 1 ? 'are' : 'is'} left out${rest}.`,
      first.origin,
    ),
  ];
}

/** One note for all components of a tree, at the first of them. */
export function noteOnComponents(kustomizations: readonly Kustomization[]): Notice[] {
  const origins = kustomizations.flatMap(({ component }) => component ?? []);
  const [first] = origins;
  if (!first) return [];
  const subject = origins.length === 1 ? 'This component is' : `This component and ${origins.length - 1} more are`;
  return [notice('not-built', `${subject} left out: only a kustomization that names it applies a component.`, first)];
}

/** `reference` seen from `folder`, relative to the root of the tree; undefined where it leaves the tree. */
function resolvePath(folder: string, reference: string): string | undefined {
  const path = posix.join(folder, reference, '.');
  return path === '..' || path.startsWith('../') ? undefined : path;
}

/** References that kustomize clones or downloads. */
function isRemote(reference: string): boolean {
  return (
    reference.includes('://') ||
    reference.startsWith('git@') ||
    /^(www\.)?(github|gitlab|bitbucket)\.(com|org)[/:]/.test(reference)
  );
}

function isEmpty(value: Value): boolean {
  if (value.kind === 'scalar') return value.value === null || value.text === '';
  return value.kind === 'list' ? value.items.length === 0 : value.kind === 'mapping' && value.entries.size === 0;
}

/** Every one-line string below the naming fields, seen as a path: those that are none name no file of the tree. */
function otherFiles(root: Mapping, folder: string): string[] {
  const found: string[] = [];
  const open: Value[] = NAMING.map((field): Entry | undefined => entryOf(root, field)).flatMap(
    (entry) => entry?.value ?? [],
  );
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.kind === 'list') open.push(...value.items);
    else if (value.kind === 'mapping') for (const entry of value.entries.values()) open.push(entry.value);
    else if (value.kind === 'scalar' && typeof value.value === 'string' && value.text.length < 1000) {
      // `files: [name.yaml=path.yaml]` names the key before the path.
      const path = resolvePath(folder, value.text.slice(value.text.indexOf('=') + 1));
      if (path !== undefined && path !== '.') found.push(path);
    }
  }
  return found;
}
