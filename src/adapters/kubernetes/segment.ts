/** Where workloads sit: a namespace, and the cluster around it, whose pods reach each other unless a policy says no. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { Membership, NameFact, SegmentFact } from '../../graph/fragment.ts';
import type { Origin } from '../../source/span.ts';
import { at } from '../../source/value.ts';

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

/**
 * The segments of a unit: its cluster, and every namespace that its objects are in or that it defines. A namespace stands
 * where it is defined, else where the first object names it.
 */
export function segmentsOf(objects: readonly KubernetesObject[]): readonly SegmentFact[] {
  const origins = new Map<string, Origin>();
  for (const object of objects) {
    if (object.kind === 'Namespace' && object.group === '' && object.name !== '')
      origins.set(object.name, object.origin);
  }
  for (const object of objects) {
    if (object.kind !== 'Namespace' && !origins.has(object.namespace)) {
      origins.set(object.namespace, namespaceOrigin(object));
    }
  }
  const [first] = objects;
  if (!first) return [];
  return [
    { key: CLUSTER, name: CLUSTER, kind: 'cluster', open: true, internal: false, origin: first.origin },
    ...[...origins].map(
      ([name, origin]): SegmentFact => ({
        key: namespaceSegment(name),
        name,
        kind: 'namespace',
        open: false,
        internal: false,
        origin,
      }),
    ),
  ];
}
