/** What a manifest says it is: the identity of one Kubernetes object, read from its head. */
import type { Origin } from '../../source/span.ts';
import { at, entryOf, type Mapping, textOf, type Value } from '../../source/value.ts';
import { podTemplateOf } from './pod-template.ts';

/** An object with what every kind has, read once. */
export interface KubernetesObject {
  readonly root: Mapping;
  /** As written: `Deployment`. */
  readonly kind: string;
  /** Empty for the core group. */
  readonly group: string;
  /** `metadata.name`; `metadata.generateName` without its dash for an object that the API server names. */
  readonly name: string;
  /** The API server makes the rest of its name up, so that two of them are never the same object. */
  readonly generated: boolean;
  /** Always filled: what says nothing lands in `default` (R20). */
  readonly namespace: string;
  /** The name, or the line of the kind where it has none. */
  readonly origin: Origin;
}

/** The groups whose kinds need no group to tell them apart: `Ingress` of `extensions` is that of `networking.k8s.io`. */
const OWN_GROUP = /^(apps|batch|extensions|policy|autoscaling|[a-z0-9.-]+\.k8s\.io)?$/;

/** Kinds that say who reaches what, besides those that have a pod template; by group where others use the name too. */
const BEARING: ReadonlySet<string> = new Set([
  'Service',
  'ConfigMap',
  'Secret',
  'networking.k8s.io/Ingress',
  'extensions/Ingress',
  'networking.k8s.io/NetworkPolicy',
  'extensions/NetworkPolicy',
  'policy.networking.k8s.io/AdminNetworkPolicy',
  'policy.networking.k8s.io/BaselineAdminNetworkPolicy',
  'policy.networking.k8s.io/ClusterNetworkPolicy',
  'gateway.networking.k8s.io/Gateway',
  'gateway.networking.k8s.io/HTTPRoute',
  'gateway.networking.k8s.io/GRPCRoute',
  'gateway.networking.k8s.io/TLSRoute',
  'gateway.networking.k8s.io/TCPRoute',
  'gateway.networking.k8s.io/UDPRoute',
  'gateway.networking.k8s.io/ReferenceGrant',
  'route.openshift.io/Route',
  'networking.istio.io/Gateway',
  'networking.istio.io/VirtualService',
]);

/** The identity of the object in `root`; undefined where a kind or an apiVersion is missing. */
export function objectOf(root: Mapping): KubernetesObject | undefined {
  const kindEntry = entryOf(root, 'kind');
  const kind = textOf(kindEntry?.value);
  const version = textOf(at(root, 'apiVersion'));
  if (!kindEntry || !kind || !version) return undefined;
  const metadata = at(root, 'metadata');
  const generated = textOf(at(metadata, 'name')) === undefined && textOf(at(metadata, 'generateName')) !== undefined;
  const name = at(metadata, generated ? 'generateName' : 'name');
  return {
    root,
    kind,
    group: version.includes('/') ? version.slice(0, version.indexOf('/')) : '',
    name: (textOf(name) ?? '').replace(generated ? /-$/ : '', ''),
    generated,
    namespace: textOf(at(metadata, 'namespace')) || 'default',
    origin: textOf(name) ? (name as Value).origin : kindEntry.value.origin,
  };
}

/** `Ingress` of the core group, `networking.k8s.io/Ingress` of a named one. */
export function groupedKind(object: KubernetesObject): string {
  return object.group === '' ? object.kind : `${object.group}/${object.kind}`;
}

/**
 * What the object is called in a cluster: `deployment/shop/web`, `service.serving.knative.dev/shop/web`. Versions of the
 * API are not part of it, and neither are the built-in groups, since `extensions/Deployment` is `apps/Deployment`.
 */
export function keyOf(object: KubernetesObject): string {
  const group = OWN_GROUP.test(object.group) ? '' : `.${object.group}`;
  return `${object.kind.toLowerCase()}${group}/${object.namespace}/${object.name}`;
}

/** Whether the object says something about who reaches what: what else a folder holds makes no unit by itself. */
export function bears(object: KubernetesObject): boolean {
  return BEARING.has(groupedKind(object)) || podTemplateOf(object.root) !== undefined;
}
