/** Where workloads sit: a namespace, and the cluster around it, whose pods reach each other unless a policy says no. */
import { bears, type KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { Membership, NameFact, SegmentFact } from '../../graph/fragment.ts';
import type { Origin } from '../../source/span.ts';
import { at } from '../../source/value.ts';
import { labelsOf } from './selector.ts';

/** The key of the one segment that everything in a cluster is in. */
export const CLUSTER = 'cluster';

function namespaceSegment(namespace: string): string {
  return `namespace:${namespace}`;
}

/** The line that puts the object into its namespace: `metadata.namespace`, or its name where it says nothing (R20). */
function namespaceOrigin(object: KubernetesObject): Origin {
  return at(object.root, 'metadata', 'namespace')?.origin ?? object.origin;
}

/** Every pod is in its namespace and in its cluster. */
export function memberships(object: KubernetesObject): readonly Membership[] {
  const origin = namespaceOrigin(object);
  return [
    { segment: namespaceSegment(object.namespace), origin },
    { segment: CLUSTER, origin },
  ];
}

/** The names that the cluster's DNS has for a service: short ones in its namespace, longer ones everywhere (E3). */
export function serviceNames(name: string, namespace: string, subdomains: boolean): readonly NameFact[] {
  const service = name.toLowerCase();
  const below = subdomains ? { subdomains } : {};
  const long = [`${service}.${namespace}`, `${service}.${namespace}.svc`, `${service}.${namespace}.svc.cluster.local`];
  return [
    { name: service, within: namespaceSegment(namespace), ...below },
    ...long.map((full) => ({ name: full, within: CLUSTER, ...below })),
  ];
}

/** The label that every namespace has from the API server itself: its name (R19). */
const NAME_LABEL = 'kubernetes.io/metadata.name';

/**
 * The segments of a unit: its cluster, and every namespace that its objects are in or that it defines. A namespace stands
 * where it is defined, else where the first object names it; only where it is defined are all its labels there.
 */
export function segmentsOf(objects: readonly KubernetesObject[]): readonly SegmentFact[] {
  const [first] = objects;
  if (!first) return [];
  const namespaces = new Map<string, SegmentFact>();
  for (const object of objects) {
    if (object.kind !== 'Namespace' || object.group !== '' || object.name === '') continue;
    const labels = new Map([...labelsOf(at(object.root, 'metadata', 'labels')), [NAME_LABEL, object.name]]);
    namespaces.set(object.name, { ...namespaceFact(object.name, object.origin), labels });
  }
  for (const object of objects) {
    const { kind, namespace } = object;
    if (kind === 'Namespace' || namespaces.has(namespace) || !standsIn(object)) continue;
    const labels = new Map([[NAME_LABEL, namespace]]);
    namespaces.set(namespace, { ...namespaceFact(namespace, namespaceOrigin(object)), labels, labelsOpen: true });
  }
  return [
    { key: CLUSTER, name: CLUSTER, kind: 'cluster', open: true, internal: false, origin: first.origin },
    ...namespaces.values(),
  ];
}

/** Whether the object is in a namespace and has to do with who reaches what: roles and classes open no room of theirs. */
function standsIn(object: KubernetesObject): boolean {
  return bears(object) && object.group !== 'policy.networking.k8s.io';
}

function namespaceFact(name: string, origin: Origin): SegmentFact {
  const segment = {
    key: namespaceSegment(name),
    name,
    kind: 'namespace',
    open: false,
    internal: false,
    origin,
  } as const;
  return name === 'default' ? { ...segment, isDefault: true } : segment;
}
