/** One manifest file: its objects, with lists taken apart. */
import type { ParsedFile } from '../../parsers/document.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';
import { at, type Entry, entryOf, itemsOf, type Mapping, textOf } from '../../source/value.ts';
import { type KubernetesObject, objectOf } from './object.ts';

/** A file, and the objects that applying it would make. */
export interface Manifest {
  readonly path: string;
  readonly objects: readonly KubernetesObject[];
}

/** A list of lists of lists is nobody's manifest. */
const DEEPEST_LIST = 4;

/** Files of other tools that carry a kind and an apiVersion, and are applied to no cluster. */
const OTHER_TOOLS: ReadonlySet<string> = new Set([
  ...['skaffold', 'kind.x-k8s.io', 'kustomize.config.k8s.io', 'audit.k8s.io', 'client.authentication.k8s.io'],
  ...['kubeadm', 'kubelet', 'kubeproxy', 'kubescheduler', 'apiserver', 'controlplane'].flatMap((component) => [
    `${component}.k8s.io`,
    `${component}.config.k8s.io`,
    `${component}config.k8s.io`,
  ]),
  ...['eksctl.io', 'k3d.io', 'ctlptl.dev', 'backstage.io', 'krew.googlecontainertools.github.com'],
]);

/** Whether `text` may hold a manifest: cheap enough to ask of every YAML and JSON file, so that few are parsed for nothing. */
export function mayBeManifest(path: string, text: string): boolean {
  if (!text.includes('apiVersion') || !text.includes('kind')) return false;
  // API descriptions in JSON are large and full of both words, but as names of properties.
  return (
    !/\.json$/i.test(path) || (/"apiVersion"\s{0,20}:\s{0,20}"/.test(text) && /"kind"\s{0,20}:\s{0,20}"/.test(text))
  );
}

/** The objects of a parsed file. Definitions of custom kinds and files of other tools are no objects of a deployment. */
export function manifestOf(parsed: ParsedFile): Result<Manifest> {
  const { value, notices } = manifestRoots(parsed);
  return { value: { path: parsed.file.path, objects: value.flatMap((root) => deployedObject(root) ?? []) }, notices };
}

/** The object in `root`; undefined for definitions of custom kinds and files of other tools, which deploy nothing. */
export function deployedObject(root: Mapping): KubernetesObject | undefined {
  const object = objectOf(root);
  return object && !isElsewhere(object) ? object : undefined;
}

/** Everything with a kind in a parsed file, whatever it is, lists taken apart. */
export function manifestRoots(parsed: Pick<ParsedFile, 'documents'>): Result<readonly Mapping[]> {
  const roots: Mapping[] = [];
  const notices: Notice[] = [];
  for (const document of parsed.documents) {
    if (document.root?.kind === 'mapping') collect(document.root, 0, roots, notices);
  }
  return { value: roots, notices };
}

function collect(root: Mapping, depth: number, roots: Mapping[], notices: Notice[]): void {
  const object = objectOf(root);
  if (!object) {
    const headless = headlessNotice(root);
    if (headless) notices.push(headless);
    return;
  }
  const items = entryOf(root, 'items')?.value;
  if (isElsewhere(object) || !object.kind.endsWith('List') || items?.kind !== 'list') {
    roots.push(root);
    return;
  }
  if (depth >= DEEPEST_LIST) {
    notices.push(
      notice('depth-limit', 'Lists are nested too deeply here: the inner ones are left out.', object.origin),
    );
    return;
  }
  for (const item of itemsOf(items)) {
    if (item.kind === 'mapping') collect(withHead(item, root, object), depth + 1, roots, notices);
  }
}

/** An item of a list with the head that the list gives it: items of a `PodList` are Pods without saying so. */
function withHead(item: Mapping, list: Mapping, object: KubernetesObject): Mapping {
  const entries = new Map<string, Entry>();
  const version = entryOf(list, 'apiVersion');
  const kind = entryOf(list, 'kind');
  const singular = object.kind.slice(0, -'List'.length);
  if (version && !item.entries.has('apiVersion')) entries.set('apiVersion', version);
  if (kind && singular !== '' && !item.entries.has('kind')) {
    const value = {
      kind: 'scalar',
      value: singular,
      text: singular,
      quoted: false,
      origin: kind.value.origin,
    } as const;
    entries.set('kind', { ...kind, value });
  }
  if (entries.size === 0) return item;
  for (const [key, entry] of item.entries) entries.set(key, entry);
  return { ...item, entries };
}

function isElsewhere(object: KubernetesObject): boolean {
  if (object.kind === 'CustomResourceDefinition' || OTHER_TOOLS.has(object.group)) return true;
  return object.kind === 'Config' && object.group === '' && entryOf(object.root, 'clusters') !== undefined;
}

/** Said of what has the body of a manifest and half its head; anything else without a head is simply another file. */
function headlessNotice(root: Mapping): Notice | undefined {
  if (at(root, 'metadata')?.kind !== 'mapping') return undefined;
  const kind = textOf(at(root, 'kind'));
  const version = textOf(at(root, 'apiVersion'));
  if ((kind === undefined) === (version === undefined)) return undefined;
  const [there, missing] = kind === undefined ? ['apiVersion', 'kind'] : ['kind', 'apiVersion'];
  const origin = entryOf(root, there)?.keyOrigin ?? root.origin;
  return notice(
    'invalid-value',
    `A manifest needs ${missing === 'kind' ? 'a kind' : 'an apiVersion'}: this one has none and is left out.`,
    origin,
  );
}
