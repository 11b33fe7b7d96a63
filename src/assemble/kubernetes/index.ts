/** Kubernetes manifests: the units that `kubectl apply` would deploy. */
import { posix } from 'node:path';
import { formatOf } from '../../parsers/index.ts';
import { append } from '../../source/multimap.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import type { Result } from '../../source/result.ts';
import { fileOrigin } from '../../source/span.ts';
import type { Files } from '../files.ts';
import type { KubernetesUnit } from '../unit.ts';
import { alternativesOf, objectsOf } from './alternatives.ts';
import { type Charts, NO_CHARTS } from './chart.ts';
import { type Kustomize, NO_KUSTOMIZE } from './kustomization.ts';
import type { KustomizeUnits } from './kustomize/index.ts';
import { type Manifest, manifestOf, mayBeManifest } from './manifest.ts';
import { bears } from './object.ts';

/** What one command is given: a folder or a file, and the manifests in it. */
interface Group {
  readonly root: string;
  readonly paths: readonly string[];
}

/**
 * The Kubernetes units of a tree. The manifests of a folder are one unit, whatever stands in the folders below it: what
 * belongs together over several folders shows in the names that they use, which is the graph's matter. A kustomization
 * is built instead; the files beside it that it does not name are deployed alone, if at all.
 * Files of one folder that define the same object differently are never added up: they make `#variant` units.
 */
export function assembleKubernetes(
  files: Files,
  charts: Charts = NO_CHARTS,
  kustomize: Kustomize = NO_KUSTOMIZE,
): Result<readonly KubernetesUnit[]> {
  const notices: Notice[] = [...charts.notices];
  const own = files.paths.filter((path) => !charts.holds(path));
  const kustomized = kustomize(own, files);
  notices.push(...kustomized.notices);
  const units: KubernetesUnit[] = [...charts.units, ...kustomized.value.units];
  for (const group of groupsOf(own, kustomized.value)) {
    const manifests = group.paths.flatMap((path) => readManifest(path, files, notices) ?? []);
    const deployments = alternativesOf(manifests);
    for (const { variant, manifests: chosen } of deployments ?? []) {
      units.push(...unitOf(group.root, variant, chosen, notices));
    }
    if (deployments) continue;
    const message = `This folder defines the same objects in many ways: each of its ${manifests.length} files is taken for an example of its own.`;
    notices.push(notice('ambiguous-reference', message, fileOrigin((manifests[0] as Manifest).path)));
    for (const manifest of manifests) units.push(...unitOf(manifest.path, null, [manifest], notices));
  }
  return { value: units.sort(byText(({ id }) => id)), notices };
}

function unitOf(
  root: string,
  variant: string | null,
  manifests: readonly Manifest[],
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
      files: manifests.map(({ path }) => path).sort(),
      objects: objects.value.map((object) => object.root),
    },
  ];
}

function groupsOf(paths: readonly string[], { claimed, folders }: KustomizeUnits): Group[] {
  const groups: Group[] = [];
  const byFolder = new Map<string, string[]>();
  for (const path of paths) {
    if (claimed.has(path) || !/\.(ya?ml|json)$/i.test(path) || formatOf(path) === 'hcl-json') continue;
    const folder = posix.dirname(path);
    const kustomization = folders.get(folder);
    if (!kustomization) append(byFolder, folder, path);
    else if (!kustomization.isComponent) groups.push({ root: path, paths: [path] });
  }
  for (const [root, list] of byFolder) groups.push({ root, paths: list });
  return groups;
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
