/** The kustomizations of a tree, and what each names. */
import { posix } from 'node:path';
import { type Notice, notice } from '../../../source/notice.ts';
import type { Result } from '../../../source/result.ts';
import { fileOrigin, type Origin } from '../../../source/span.ts';
import { at, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Files } from '../../files.ts';
import { KUSTOMIZATION_NAMES } from './file-names.ts';
import { isRemote, resolvePath } from './reference.ts';

/** A kustomization file. */
export interface Kustomization {
  readonly path: string;
  readonly folder: string;
  readonly root: Mapping;
  /** Where it says that it is a component, applied by the kustomizations that name it and never by itself; else null. */
  readonly component: Origin | null;
}

/** All kustomizations of a tree. */
export interface Kustomizations {
  /** Sorted by path. */
  readonly all: readonly Kustomization[];
  /** The kustomization of a folder. */
  in(folder: string): Kustomization | undefined;
  isFolder(path: string): boolean;
}

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

/** The kustomizations among `paths`: files of that name that hold a mapping. */
export function kustomizationsIn(paths: readonly string[], files: Files): Result<Kustomizations> {
  const notices: Notice[] = [];
  const byFolder = new Map<string, Kustomization>();
  const named = paths.filter((path) => KUSTOMIZATION_NAMES.includes(posix.basename(path)));
  for (const name of KUSTOMIZATION_NAMES) {
    for (const path of named.filter((each) => posix.basename(each) === name)) {
      const kustomization = readKustomization(path, files);
      if (!kustomization) continue;
      const other = byFolder.get(kustomization.folder);
      const message = `This folder has a ${name} besides its ${other && posix.basename(other.path)}: kustomize refuses both, and this is left out.`;
      if (other) notices.push(notice('merge-conflict', message, fileOrigin(path)));
      else byFolder.set(kustomization.folder, kustomization);
    }
  }
  const folders = named.length > 0 ? foldersOf(paths) : new Set<string>();
  const all = named.flatMap((path) => {
    const kustomization = byFolder.get(posix.dirname(path));
    return kustomization?.path === path ? [kustomization] : [];
  });
  return { value: { all, in: (folder) => byFolder.get(folder), isFolder: (path) => folders.has(path) }, notices };
}

function readKustomization(path: string, files: Files): Kustomization | undefined {
  const root = files.parsed(path)?.documents.find((document) => document.root?.kind === 'mapping')?.root;
  if (root?.kind !== 'mapping') return undefined;
  const kind = at(root, 'kind');
  const component = kind && textOf(kind) === 'Component' ? kind.origin : null;
  return { path, folder: posix.dirname(path), root, component };
}

/** Every folder that holds a file, at whatever depth. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set(['.']);
  for (const path of paths) {
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  }
  return folders;
}

/** The paths of the tree that the kustomization names in one of its lists. */
export function pathsIn(
  { root, folder }: Kustomization,
  field: 'resources' | 'bases' | 'components',
): readonly string[] {
  return itemsOf(entryOf(root, field)?.value).flatMap((item) => {
    const reference = textOf(item);
    const path = reference === undefined || isRemote(reference) ? undefined : resolvePath(folder, reference);
    return path === undefined ? [] : [path];
  });
}

/** Every file that the kustomization may read, itself among them: nobody deploys these by themselves. */
export function claimsOf(kustomization: Kustomization): readonly string[] {
  const { path, root, folder } = kustomization;
  const found = [path, ...pathsIn(kustomization, 'resources'), ...pathsIn(kustomization, 'bases')];
  const open: Value[] = NAMING.flatMap((field) => entryOf(root, field)?.value ?? []);
  for (let value = open.pop(); value; value = open.pop()) {
    if (value.kind === 'list') open.push(...value.items);
    else if (value.kind === 'mapping') for (const entry of value.entries.values()) open.push(entry.value);
    else if (value.kind === 'scalar' && typeof value.value === 'string' && value.text.length < 1000) {
      // `files: [name.yaml=path.yaml]` names the key before the path.
      const named = resolvePath(folder, value.text.slice(value.text.indexOf('=') + 1));
      if (named !== undefined && named !== '.') found.push(named);
    }
  }
  return found;
}
