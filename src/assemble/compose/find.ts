import { at, entriesOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import type { Files } from '../files.ts';
import { type ComposeName, composeName, folderOf } from './file-name.ts';
import { isRemote, resolvePath } from './paths.ts';

/** A file that may be a part of a compose project. */
export interface ComposeFile extends ComposeName {
  readonly path: string;
}

/** The compose files of one folder, sorted by path. */
export interface ComposeFolder {
  readonly folder: string;
  readonly files: readonly ComposeFile[];
}

/** Compose files by folder, sorted; and the files that one of them includes or extends. */
export interface ComposeFiles {
  readonly folders: readonly ComposeFolder[];
  readonly parts: ReadonlySet<string>;
}

/** Finds compose files by their names, and by their shape where the name says nothing. */
export function findComposeFiles(files: Files): ComposeFiles {
  const folders = new Map<string, ComposeFile[]>();
  const parts = new Set<string>();
  for (const path of files.paths) {
    const name = composeName(path);
    if (!name) continue;
    if (name.role === 'other' && !mayBeCompose(files, path)) continue;
    const roots = files.parsed(path)?.documents.flatMap(({ root }) => root ?? []) ?? [];
    if (name.role === 'other' ? !roots.some(hasComposeShape) : roots.some(isManifest)) continue;
    const folder = folderOf(path);
    const inFolder = folders.get(folder) ?? [];
    inFolder.push({ ...name, path });
    folders.set(folder, inFolder);
    for (const root of roots) for (const part of partsOf(root, folder)) parts.add(part);
  }
  return { folders: [...folders].map(([folder, found]) => ({ folder, files: found })), parts };
}

/** A look at the text, which is cheaper than parsing every YAML file of a tree. */
function mayBeCompose(files: Files, path: string): boolean {
  const reading = files.read(path);
  return reading.kind === 'text' && /^["']?services["']?[ \t]*:/m.test(reading.text);
}

const TOP_LEVEL: ReadonlySet<string> = new Set([
  'version',
  'name',
  'services',
  'networks',
  'volumes',
  'configs',
  'secrets',
  'include',
  'models',
]);

/** Only keys of the Compose specification, and services that each say what they run. */
function hasComposeShape(root: Value): boolean {
  for (const { key } of entriesOf(root)) if (!TOP_LEVEL.has(key) && !key.startsWith('x-')) return false;
  const services = at(root, 'services');
  if (services?.kind !== 'mapping' || services.entries.size === 0) return false;
  for (const { value } of services.entries.values()) if (!saysWhatItRuns(value)) return false;
  return true;
}

/** A service that has an image, a build, or another service's. */
function saysWhatItRuns(service: Value): boolean {
  return ['image', 'build', 'extends'].some((key) => at(service, key));
}

/** Something else that has the name of a compose file, such as a Kubernetes or CloudFormation `app-compose.yml`. */
function isManifest(root: Value): boolean {
  return root.kind === 'mapping' && ['apiVersion', 'kind', 'Resources', 'jobs'].some((key) => root.entries.has(key));
}

/** The files of this tree that a compose file includes or extends. */
function partsOf(root: Value, folder: string): readonly string[] {
  const include = at(root, 'include');
  const included = (include?.kind === 'list' ? itemsOf(include) : include ? [include] : []).flatMap((item) => {
    const path = item.kind === 'mapping' ? at(item, 'path') : item;
    return path?.kind === 'list' ? itemsOf(path) : path ? [path] : [];
  });
  const extended = [...entriesOf(at(root, 'services'))].flatMap(({ value }) => at(value, 'extends', 'file') ?? []);
  return [...included, ...extended].flatMap((value) => {
    const path = textOf(value);
    return path === undefined || isRemote(path) ? [] : [resolvePath(folder, path)];
  });
}
