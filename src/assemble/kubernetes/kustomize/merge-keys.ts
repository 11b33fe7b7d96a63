/** Which lists a strategic merge takes item by item, and by which fields the items are the same. */
import type { Gvk } from './resource.ts';

/**
 * The fields that tell the items of the list at `path` (`spec/template/spec/containers`) apart; none for a list of
 * plain values that is taken as a set. Undefined for a list that a patch replaces as a whole.
 */
export type MergeKeys = (path: string) => readonly string[] | undefined;

const CONTAINER: readonly (readonly [string, readonly string[]])[] = [
  ['ports', ['containerPort', 'protocol']],
  ['env', ['name']],
  ['volumeMounts', ['mountPath']],
  ['volumeDevices', ['devicePath']],
];

/** In the spec of a pod, as Kubernetes' API descriptions have it. */
const POD_LISTS: ReadonlyMap<string, readonly string[]> = new Map<string, readonly string[]>([
  ...['containers', 'initContainers', 'ephemeralContainers'].flatMap((list): [string, readonly string[]][] => [
    [list, ['name']],
    ...CONTAINER.filter(([field]) => list !== 'ephemeralContainers' || field !== 'ports').map(
      ([field, keys]): [string, readonly string[]] => [`${list}/${field}`, keys],
    ),
  ]),
  ['volumes', ['name']],
  ['imagePullSecrets', ['name']],
  ['hostAliases', ['ip']],
  ['topologySpreadConstraints', ['topologyKey', 'whenUnsatisfiable']],
]);

/** By apiVersion and kind, where the spec of its pods stands. */
const POD_SPECS: ReadonlyMap<string, string> = new Map([
  ['v1 Pod', 'spec/'],
  ['v1 PodTemplate', 'template/spec/'],
  ['v1 ReplicationController', 'spec/template/spec/'],
  ...['Deployment', 'ReplicaSet', 'StatefulSet', 'DaemonSet'].map((kind): [string, string] => [
    `apps/v1 ${kind}`,
    'spec/template/spec/',
  ]),
  ['batch/v1 Job', 'spec/template/spec/'],
  ...['batch/v1', 'batch/v1beta1'].map((version): [string, string] => [
    `${version} CronJob`,
    'spec/jobTemplate/spec/template/spec/',
  ]),
]);

const OTHER_LISTS: ReadonlyMap<string, ReadonlyMap<string, readonly string[]>> = new Map([
  ['v1 Service', new Map([['spec/ports', ['port', 'protocol']]])],
  ['v1 ServiceAccount', new Map([['secrets', ['name']]])],
  ['v1 Node', new Map([['spec/podCIDRs', []]])],
  ...['v1', 'v1beta1'].flatMap((version) => [
    ...['ValidatingWebhookConfiguration', 'MutatingWebhookConfiguration'].map(
      (kind): [string, ReadonlyMap<string, readonly string[]>] => [
        `admissionregistration.k8s.io/${version} ${kind}`,
        new Map([['webhooks', ['name']]]),
      ],
    ),
    [`storage.k8s.io/${version} CSINode`, new Map([['spec/drivers', ['name']]])] as [
      string,
      ReadonlyMap<string, readonly string[]>,
    ],
  ]),
]);

/** The versions of the API whose objects kustomize has a description of; of others it replaces every list. */
const DESCRIBED = new Set([
  'v1',
  'apps/v1',
  'autoscaling/v1',
  'autoscaling/v2beta1',
  'autoscaling/v2beta2',
  'batch/v1',
  'batch/v1beta1',
  'certificates.k8s.io/v1',
  'coordination.k8s.io/v1',
  'discovery.k8s.io/v1',
  'discovery.k8s.io/v1beta1',
  'events.k8s.io/v1',
  'extensions/v1beta1',
  'networking.k8s.io/v1',
  'networking.k8s.io/v1beta1',
  'node.k8s.io/v1',
  'policy/v1',
  'policy/v1beta1',
  'rbac.authorization.k8s.io/v1',
  'rbac.authorization.k8s.io/v1beta1',
  'scheduling.k8s.io/v1',
  'storage.k8s.io/v1',
  'storage.k8s.io/v1beta1',
  'admissionregistration.k8s.io/v1',
  'apiextensions.k8s.io/v1',
  'apiregistration.k8s.io/v1',
]);

/** The merge keys of the lists in objects of the kind. */
export function mergeKeysOf({ group, version, kind }: Gvk): MergeKeys {
  const apiVersion = group === '' ? version : `${group}/${version}`;
  if (!DESCRIBED.has(apiVersion)) return () => undefined;
  const pods = POD_SPECS.get(`${apiVersion} ${kind}`);
  const others = OTHER_LISTS.get(`${apiVersion} ${kind}`);
  return (path) => {
    if (path === 'metadata/finalizers' || path.endsWith('/metadata/finalizers')) return [];
    if (path === 'metadata/ownerReferences' || path.endsWith('/metadata/ownerReferences')) return ['uid'];
    const inPod = pods !== undefined && path.startsWith(pods) ? POD_LISTS.get(path.slice(pods.length)) : undefined;
    return inPod ?? others?.get(path);
  };
}
