/** Kubernetes manifests: the units that `kubectl apply` would deploy. */
import { posix } from 'node:path';
import { append } from '../../source/multimap.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import type { Result } from '../../source/result.ts';
import { fileOrigin } from '../../source/span.ts';
import type { Files } from '../files.ts';
import type { KubernetesUnit } from '../unit.ts';
import { alternativesOf, objectsOf } from './alternatives.ts';
import { type Charts, NO_CHARTS } from './chart.ts';
import { isKustomization, type Kustomization, noteOnComponents, readKustomization } from './kustomization.ts';
import { type Manifest, manifestOf, mayBeManifest } from './manifest.ts';
import { bears } from './object.ts';

/** What one command is given: a folder or a file, the manifests in it, and the files that say which those are. */
interface Group {
  readonly root: string;
  readonly paths: readonly string[];
  readonly guides: readonly string[];
}

/**
 * The Kubernetes units of a tree. The manifests of a folder are one unit, whatever stands in the folders below it: what
 * belongs together over several folders shows in the names that they use, which is the graph's matter. A kustomization
 * gathers the files that it names instead; the files beside it that it does not name are deployed alone, if at all.
 * Files of one folder that define the same object differently are never added up: they make `#variant` units.
 */
export function assembleKubernetes(files: Files, charts: Charts = NO_CHARTS): Result<readonly KubernetesUnit[]> {
  const notices: Notice[] = [...charts.notices];
  const own = files.paths.filter((path) => !charts.holds(path));
  const kustomizations = kustomizationsOf(own, files, notices);
  const read = manifestReader(files, notices);
  const units: KubernetesUnit[] = [...charts.units];
  for (const group of groupsOf(own, kustomizations)) {
    const manifests = group.paths.flatMap((path) => read(path) ?? []);
    const deployments = alternativesOf(manifests);
    for (const { variant, manifests: chosen } of deployments ?? []) {
      units.push(...unitOf(group.root, variant, chosen, group.guides, notices));
    }
    if (deployments) continue;
    const message = `This folder defines the same objects in many ways: each of its ${manifests.length} files is taken for an example of its own.`;
    notices.push(notice('ambiguous-reference', message, fileOrigin((manifests[0] as Manifest).path)));
    for (const manifest of manifests) units.push(...unitOf(manifest.path, null, [manifest], group.guides, notices));
  }
  return { value: units.sort(byText(({ id }) => id)), notices };
}

function unitOf(
  root: string,
  variant: string | null,
  manifests: readonly Manifest[],
  guides: readonly string[],
  notices: Notice[],
): KubernetesUnit[] {
  const objects = objectsOf(manifests);
  if (!objects.value.some(bears)) return [];
  notices.push(...objects.notices);
  return [
    {
      id: `kubernetes:${root}${variant === null ? '' : `#${variant}`}`,
      technology: 'kubernetes',
      root,
      variant,
      files: [...new Set([...manifests.map(({ path }) => path), ...guides])].sort(),
      objects: objects.value.map((object) => object.root),
    },
  ];
}

function kustomizationsOf(paths: readonly string[], files: Files, notices: Notice[]): Kustomization[] {
  const named = paths.filter(isKustomization);
  const folders = named.length > 0 ? foldersOf(paths) : new Set<string>();
  const kustomizations = named.flatMap((path) => {
    const { value, notices: said } = readKustomization(path, files, folders);
    notices.push(...said);
    return value ?? [];
  });
  notices.push(...noteOnComponents(kustomizations));
  return kustomizations;
}

/** Every folder that holds a file, at whatever depth. */
function foldersOf(paths: readonly string[]): Set<string> {
  const folders = new Set(['.']);
  for (const path of paths) {
    for (let folder = posix.dirname(path); !folders.has(folder); folder = posix.dirname(folder)) folders.add(folder);
  }
  return folders;
}

function groupsOf(paths: readonly string[], kustomizations: readonly Kustomization[]): Group[] {
  const groups: Group[] = [];
  const claimed = new Set<string>();
  const guided = new Map(kustomizations.map((kustomization) => [kustomization.folder, kustomization]));
  for (const { path, folder, component, manifests, others } of kustomizations) {
    for (const claim of [path, ...manifests, ...others]) claimed.add(claim);
    if (!component) groups.push({ root: folder, paths: [...new Set(manifests)].sort(), guides: [path] });
  }
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    if (claimed.has(path) || !/\.(ya?ml|json)$/i.test(path)) continue;
    const folder = posix.dirname(path);
    const guide = guided.get(folder);
    if (guide) {
      if (!guide.component) groups.push({ root: path, paths: [path], guides: [] });
      continue;
    }
    append(byFolder, folder, path);
  }
  for (const [root, list] of byFolder) groups.push({ root, paths: list, guides: [] });
  return groups;
}

/** A file that more units take than this is taken by no more: a line that names it is cheap, what it holds may not be. */
const MOST_UNITS = 32;

/** Reads a manifest once, however many units take it; undefined for a file that is none. */
function manifestReader(files: Files, notices: Notice[]): (path: string) => Manifest | undefined {
  const known = new Map<string, { readonly manifest: Manifest | undefined; taken: number }>();
  return (path) => {
    const one = known.get(path) ?? { manifest: readManifest(path, files, notices), taken: 0 };
    known.set(path, one);
    if (++one.taken <= MOST_UNITS) return one.manifest;
    if (one.taken === MOST_UNITS + 1) {
      const message = `More than ${MOST_UNITS} kustomizations name this file: the others are read without it.`;
      notices.push(notice('expansion-limit', message, fileOrigin(path)));
    }
    return undefined;
  };
}

function readManifest(path: string, files: Files, notices: Notice[]): Manifest | undefined {
  const reading = files.read(path);
  if (reading.kind !== 'text' || !mayBeManifest(path, reading.text)) return undefined;
  const parsed = files.parsed(path);
  if (!parsed) return undefined;
  const { value, notices: said } = manifestOf(parsed);
  notices.push(...said);
  return value.objects.length > 0 ? value : undefined;
}
