/** What Terraform deploys to a cluster: the units that the resources of the Kubernetes providers make. */
import { posix } from 'node:path';
import { append, type Multimap } from '../../../source/multimap.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { byText } from '../../../source/order.ts';
import type { Result } from '../../../source/result.ts';
import { at, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Files } from '../../files.ts';
import { deployedObject, manifestRoots } from '../../kubernetes/manifest.ts';
import { bears } from '../../kubernetes/object.ts';
import type { KubernetesUnit } from '../../unit.ts';
import type { Resource, TerraformUnit } from '../unit.ts';
import { isNameless, manifestOf } from './manifest.ts';
import { kindOf } from './names.ts';
import { objectsIn } from './yaml-body.ts';

/**
 * The Kubernetes units beside `units`: one for each provider configuration, since each may be of another cluster. What
 * has an unknown `count` or `for_each` is taken to be there, with a note. Charts are left to Helm, each with a note.
 */
export function kubernetesUnitsOf(files: Files, units: readonly TerraformUnit[]): Result<readonly KubernetesUnit[]> {
  const notices: Notice[] = [];
  const value = units.flatMap((unit) => clustersOf(unit, files, notices));
  return { value: value.sort(byText(({ id }) => id)), notices };
}

function clustersOf(unit: TerraformUnit, files: Files, notices: Notice[]): readonly KubernetesUnit[] {
  const clusters: Multimap<string, Mapping> = new Map();
  for (const resource of unit.resources) {
    if (resource.mode !== 'managed') continue;
    const objects = objectsOf(resource, unit.root, files, notices);
    if (objects.length > 0 && resource.uncertain) {
      const message = `It is not known how many of ${resource.address} there are (${resource.uncertain.because}): one is taken to be there.`;
      notices.push(notice('not-evaluated', message, resource.uncertain.origin));
    }
    // `kubernetes.west` and `kubectl.west` are two ways to one cluster.
    const [, ...alias] = resource.provider.split('.');
    for (const object of objects) append(clusters, alias.join('.'), object);
  }
  return [...clusters].flatMap(([alias, objects]) => {
    if (!objects.some((root) => isBearing(root))) return [];
    const variant = [unit.variant, 'terraform', alias].filter(Boolean).join('.');
    const { root, files: paths } = unit;
    return [{ id: `kubernetes:${root}#${variant}`, technology: 'kubernetes', root, variant, files: paths, objects }];
  });
}

function isBearing(root: Mapping): boolean {
  const object = deployedObject(root);
  return object !== undefined && bears(object);
}

function objectsOf(resource: Resource, root: string, files: Files, notices: Notice[]): readonly Mapping[] {
  if (resource.type === 'helm_release') notices.push(chartNotice(resource, root, files));
  if (resource.type === 'kubernetes_manifest') return roots(at(resource.body, 'manifest'), resource, notices);
  if (resource.type === 'kubectl_manifest') return textObjects(resource, files, notices);
  const kind = kindOf(resource.type);
  if (!kind) return [];
  if (isNameless(resource)) {
    const message = `The name of the ${kind.kind} that ${resource.address} makes is not known: it is called by that address here.`;
    notices.push(notice('variable-unset', message, resource.origin));
  }
  return [manifestOf(resource, kind)];
}

function roots(value: Value | undefined, resource: Resource, notices: Notice[]): readonly Mapping[] {
  if (value?.kind === 'mapping') {
    const { value: found, notices: said } = manifestRoots({ documents: [{ root: value, span: value.origin }] });
    notices.push(...said);
    return found;
  }
  notices.push(unreadNotice(resource, value));
  return [];
}

function textObjects(resource: Resource, files: Files, notices: Notice[]): readonly Mapping[] {
  const body = at(resource.body, 'yaml_body');
  if (body?.kind !== 'scalar' || textOf(body) === undefined) {
    if (body?.kind === 'unknown' && body.encodes) return roots(body.encodes, resource, notices);
    notices.push(unreadNotice(resource, body));
    return [];
  }
  if (body.encodes) return roots(body.encodes, resource, notices);
  const reading = files.read(body.origin.file);
  const { value, notices: said } = objectsIn(body, reading.kind === 'text' ? reading.text : undefined);
  notices.push(...said);
  return value;
}

function unreadNotice({ address, origin }: Resource, value: Value | undefined): Notice {
  const because = value?.kind === 'unknown' ? `: ${value.because}` : '';
  return notice('not-evaluated', `What ${address} deploys is not known${because}.`, value?.origin ?? origin);
}

/** Which chart is installed, as far as that is known; one of the tree is read by itself, wherever it is installed. */
function chartNotice({ address, body, origin }: Resource, root: string, files: Files): Notice {
  const [chart, repository] = ['chart', 'repository'].map((key) => textOf(at(body, key)));
  const folder = posix.join(root, chart ?? '');
  if (chart && files.paths.includes(posix.join(folder, 'Chart.yaml'))) {
    const message = `${address} installs the chart ${folder}, which is read with its own values, and not with those that are given to it here.`;
    return notice('not-built', message, at(body, 'chart')?.origin ?? origin);
  }
  const from = repository ? ` from ${repository}` : '';
  const values =
    itemsOf(at(body, 'set')).length + itemsOf(at(body, 'values')).length > 0 ? ' with values of its own' : '';
  const message = `${address} installs the chart ${chart ?? 'that is not known'}${from}${values}: what it deploys is not seen here.`;
  return notice('not-built', message, at(body, 'chart')?.origin ?? origin);
}
