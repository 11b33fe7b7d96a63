/** An object while it is being built: what it is called, and what it was called before. */
import { at, type Mapping, textOf } from '../../../source/value.ts';
import { reworded, stringOf, withField } from './value-edit.ts';

/** What kind of object something is; a part that is empty says nothing. */
export interface Gvk {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** What an object is called in a cluster; the namespace is always filled. */
export interface ObjectId extends Gvk {
  readonly name: string;
  readonly namespace: string;
}

/** A name that an object had on the way; references are found by it. */
export interface FormerId {
  readonly kind: string;
  readonly name: string;
  readonly namespace: string;
}

/** An object, with what the build has to remember of it. Never changed: a step makes another one. */
export interface Resource {
  readonly root: Mapping;
  /** Oldest first. */
  readonly former: readonly FormerId[];
  /** The prefixes and suffixes that its name got, innermost first: they tell apart who belongs to whom. */
  readonly prefixes: readonly string[];
  readonly suffixes: readonly string[];
  /** Its name ends with a hash of its content once everything else is done. */
  readonly hashed: boolean;
  /** The variables that are read from it. */
  readonly variables: readonly string[];
}

/** The object that a file says. */
export function resourceOf(root: Mapping): Resource {
  return { root, former: [], prefixes: [], suffixes: [], hashed: false, variables: [] };
}

/** Namespace of what is in none. */
export const CLUSTER = '_cluster_';

/** By apiVersion, or by group for its v1 and v1beta1: the kinds that kustomize knows to be in no namespace. Of newer ones it believes the contrary. */
const CLUSTER_KINDS: ReadonlyMap<string, readonly string[]> = new Map(
  Object.entries({
    v1: ['ComponentStatus', 'Namespace', 'Node', 'NodeProxyOptions', 'PersistentVolume'],
    'admissionregistration.k8s.io': ['MutatingWebhookConfiguration', 'ValidatingWebhookConfiguration'],
    'apiextensions.k8s.io': ['CustomResourceDefinition'],
    'apiregistration.k8s.io': ['APIService'],
    'certificates.k8s.io': ['CertificateSigningRequest'],
    'flowcontrol.apiserver.k8s.io/v1beta1': ['FlowSchema', 'PriorityLevelConfiguration'],
    'networking.k8s.io': ['IngressClass'],
    'node.k8s.io': ['RuntimeClass'],
    'policy/v1beta1': ['PodSecurityPolicy'],
    'rbac.authorization.k8s.io': ['ClusterRole', 'ClusterRoleBinding'],
    'scheduling.k8s.io': ['PriorityClass'],
    'storage.k8s.io': ['CSIDriver', 'CSINode', 'StorageClass', 'VolumeAttachment'],
  }),
);

/** Whether objects of that kind stand in no namespace, as far as kustomize knows. */
export function isClusterScoped({ group, version, kind }: Gvk): boolean {
  const whole = group === '' ? version : `${group}/${version}`;
  if (CLUSTER_KINDS.get(whole)?.includes(kind)) return true;
  const stable = version === 'v1' || version === 'v1beta1';
  return stable && group !== '' && (CLUSTER_KINDS.get(group)?.includes(kind) ?? false);
}

/** The kind of object in `root`, as it says itself. */
export function gvkOf(root: Mapping): Gvk {
  return { ...apiVersionParts(textOf(at(root, 'apiVersion')) ?? ''), kind: textOf(at(root, 'kind')) ?? '' };
}

/** `apps/v1` taken apart. */
export function apiVersionParts(text: string): { readonly group: string; readonly version: string } {
  const slash = text.indexOf('/');
  return slash === -1 ? { group: '', version: text } : { group: text.slice(0, slash), version: text.slice(slash + 1) };
}

/** The name of the object, empty where it has none. */
export function nameOf(root: Mapping): string {
  return textOf(at(root, 'metadata', 'name')) ?? '';
}

/** The namespace that an object of the kind lands in that names `namespace`. */
export function effectiveNamespace(gvk: Gvk, namespace: string): string {
  if (isClusterScoped(gvk)) return CLUSTER;
  return namespace === '' ? 'default' : namespace;
}

const known = new WeakMap<Mapping, ObjectId>();

/** What the object is called now; every step asks, so that it is read once. */
export function currentId(root: Mapping): ObjectId {
  const before = known.get(root);
  if (before) return before;
  const gvk = gvkOf(root);
  const namespace = effectiveNamespace(gvk, textOf(at(root, 'metadata', 'namespace')) ?? '');
  const { group, version, kind } = gvk;
  const id = { group, version, kind, name: nameOf(root), namespace };
  known.set(root, id);
  return id;
}

/** Everything that the object was ever called, oldest first, its present name last. Versions are those of now. */
export function idsOf({ root, former }: Resource): readonly ObjectId[] {
  const current = currentId(root);
  const { group, version } = current;
  return [...former.map(({ kind, name, namespace }) => ({ group, version, kind, name, namespace })), current];
}

/** What the object was called first. */
export function originalId(resource: Resource): ObjectId {
  const current = currentId(resource.root);
  const [first] = resource.former;
  return first ? { ...current, ...first } : current;
}

/** Equal for ids that mean the same object. */
export function idKey({ group, version, kind, namespace, name }: ObjectId): string {
  return `${group} ${version} ${kind} ${namespace} ${name}`;
}

/** The object remembering what it is called now, before a step gives it another name. */
export function remembered(resource: Resource): Resource {
  const { kind, name, namespace } = currentId(resource.root);
  return { ...resource, former: [...resource.former, { kind, name, namespace }] };
}

/** Whether the kind of object is one that the selector names; what it leaves empty is not asked. */
export function isSelected(gvk: Gvk, selector: Partial<Gvk>): boolean {
  return (
    (!selector.group || selector.group === gvk.group) &&
    (!selector.version || selector.version === gvk.version) &&
    (!selector.kind || selector.kind === gvk.kind)
  );
}

/** The object under another name, which stays where the name is written. */
export function renamed(resource: Resource, name: string): Resource {
  const metadata = at(resource.root, 'metadata');
  const old = at(metadata, 'name');
  if (metadata?.kind !== 'mapping') return resource;
  const value = old?.kind === 'scalar' ? reworded(old, name) : stringOf(name, metadata.origin);
  const root = withField(
    resource.root,
    'metadata',
    withField(metadata, 'name', value, metadata.origin),
    metadata.origin,
  );
  return { ...resource, root };
}
