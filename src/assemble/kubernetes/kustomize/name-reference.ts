/** Names that changed on the way, in the fields of those who refer to them. */
import { append, type Multimap } from '../../../source/multimap.ts';
import { at, entriesOf, entryOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Configuration } from './configuration.ts';
import { changeFields, type FieldSpec } from './field-path.ts';
import type { Layer } from './layer.ts';
import {
  CLUSTER,
  currentId,
  type Gvk,
  idsOf,
  isSelected,
  nameOf,
  type ObjectId,
  originalId,
  type Resource,
} from './resource.ts';
import { reworded, stringOf, withField, withItems } from './value-edit.ts';

/** One who may refer to others, with what is asked of these. */
interface Referrer {
  readonly resource: Resource;
  readonly id: ObjectId;
  /** Namespaces besides its own whose accounts it names. */
  readonly beyond: ReadonlySet<string>;
}

/** The objects with every reference to another one under the name that this one has now. */
export function withReferences(
  layer: Layer,
  resources: readonly Resource[],
  { references }: Configuration,
): readonly Resource[] {
  const byName: Multimap<string, Resource> = new Map();
  for (const resource of resources) {
    for (const { name } of resource.former) {
      if (byName.get(name)?.at(-1) !== resource) append(byName, name, resource);
    }
  }
  if (byName.size === 0) return resources;
  return resources.map((resource) => {
    const first = originalId(resource);
    let { root } = resource;
    layer.allowance.steps -= references.length;
    for (const { target, fields } of references) {
      const specs = fields.filter((spec) => isSelected(first, spec));
      if (specs.length === 0 || layer.allowance.steps <= 0) continue;
      const referrer = { resource, id: currentId(root), beyond: namespacesBeyond(root) };
      for (const spec of specs) root = withReference(layer, root, referrer, target, spec, byName);
    }
    return root === resource.root ? resource : { ...resource, root };
  });
}

function withReference(
  layer: Layer,
  root: Mapping,
  referrer: Referrer,
  target: Partial<Gvk>,
  spec: FieldSpec,
  byName: ReadonlyMap<string, readonly Resource[]>,
): Mapping {
  const role = spec.path.at(-2) === 'roleRef' ? roleOf(root) : undefined;
  const find = (name: string, namespace: string | undefined) => {
    const candidates = byName.get(name) ?? [];
    layer.allowance.steps -= candidates.length;
    return referredBy(referrer, target, role, candidates, name, namespace);
  };
  const set = (value: Value): Value => {
    if (value.kind === 'list') return withItems(value, value.items.map(set));
    return value.kind === 'mapping' ? withNamed(value, find) : withName(value, find);
  };
  return changeFields(root, [{ path: spec.path }], { kind: null, set, origin: root.origin });
}

type Find = (name: string, namespace: string | undefined) => Resource | undefined;

function withName(value: Value, find: Find): Value {
  const name = textOf(value);
  const found = name === undefined ? undefined : find(name, undefined);
  if (value.kind !== 'scalar' || !found || nameOf(found.root) === name) return value;
  return reworded(value, nameOf(found.root));
}

/** A reference by name and namespace, such as a subject of a binding. */
function withNamed(value: Mapping, find: Find): Value {
  const entry = entryOf(value, 'name');
  const name = textOf(entry?.value);
  if (!entry || name === undefined) return value;
  const found = find(name, textOf(at(value, 'namespace')));
  if (!found) return value;
  const namespace = at(found.root, 'metadata', 'namespace');
  const renamed = withField(
    value,
    'name',
    withName(entry.value, () => found),
    entry.keyOrigin,
  );
  const text = textOf(namespace);
  if (!text || !namespace) return renamed;
  return text === textOf(at(renamed, 'namespace'))
    ? renamed
    : withField(renamed, 'namespace', stringOf(text, namespace.origin), namespace.origin);
}

/** The one object that is meant; undefined where there is none, or more than one under different names. */
function referredBy(
  { resource, id, beyond }: Referrer,
  target: Partial<Gvk>,
  role: Partial<Gvk> | undefined,
  candidates: readonly Resource[],
  name: string,
  namespace: string | undefined,
): Resource | undefined {
  const selected = (kind: Partial<Gvk>) => (candidate: Resource) =>
    formerIds(candidate).some((former) => isSelected(former, kind));
  const near = (candidate: Resource) => {
    const other = currentId(candidate.root);
    if (id.namespace === CLUSTER || other.namespace === CLUSTER || other.namespace === id.namespace) return true;
    return other.kind === 'ServiceAccount' && beyond.has(other.namespace);
  };
  let found = candidates.filter((candidate) => formerIds(candidate).some((former) => former.name === name));
  found = inNamespace(found, namespace);
  found = found
    .filter(selected(target))
    .filter(selected(role ?? {}))
    .filter(near);
  if (found.length > 1) found = found.filter((candidate) => sameAffixes(candidate, resource, true));
  if (found.length > 1) found = found.filter((candidate) => sameAffixes(candidate, resource, false));
  const names = new Set(found.map(({ root }) => nameOf(root)));
  return names.size === 1 ? found[0] : undefined;
}

function inNamespace(candidates: readonly Resource[], namespace: string | undefined): Resource[] {
  if (namespace === undefined) return [...candidates];
  const first = candidates.filter((candidate) => originalId(candidate).namespace === namespace);
  if (first.length > 0) return first;
  return candidates.filter((candidate) => currentId(candidate.root).namespace === namespace);
}

function formerIds(resource: Resource): readonly ObjectId[] {
  return idsOf(resource).slice(0, -1);
}

/** Whether both came through the same kustomizations, as far as the shorter list goes; `loose` lets an empty one pass. */
function sameAffixes(one: Resource, other: Resource, loose: boolean): boolean {
  return sameEnd(one.prefixes, other.prefixes, loose) && sameEnd(one.suffixes, other.suffixes, loose);
}

function sameEnd(one: readonly string[], other: readonly string[], loose: boolean): boolean {
  const least = Math.min(one.length, other.length);
  if (least === 0) return loose || one.length === other.length;
  return one.slice(-least).join(' ') === other.slice(-least).join(' ');
}

function roleOf(root: Mapping): Partial<Gvk> | undefined {
  const role = at(root, 'roleRef');
  const [group, kind] = [textOf(at(role, 'apiGroup')), textOf(at(role, 'kind'))];
  return group === undefined || kind === undefined ? undefined : { group, kind };
}

function namespacesBeyond(root: Mapping): ReadonlySet<string> {
  if (textOf(at(root, 'kind')) !== 'RoleBinding') return new Set();
  const accounts = itemsOf(at(root, 'subjects')).filter((item) => textOf(at(item, 'kind')) === 'ServiceAccount');
  return new Set(
    accounts
      .flatMap((item) => [...entriesOf(item)].filter(({ key }) => key === 'namespace'))
      .map(({ value }) => textOf(value) ?? ''),
  );
}
