/** `namespace` of a kustomization: everything that can be in a namespace is in this one. */
import type { Origin } from '../../../source/span.ts';
import { at, entryOf, itemsOf, type Mapping, type Scalar, textOf, type Value } from '../../../source/value.ts';
import type { Configuration } from './configuration.ts';
import { changeFields, type FieldSpec, pathOf } from './field-path.ts';
import { type Layer, textField } from './layer.ts';
import { gvkOf, isClusterScoped, type Resource, remembered } from './resource.ts';
import { stringOf, withField, withItems } from './value-edit.ts';

const OWN: FieldSpec = { path: pathOf('metadata/namespace'), create: true };
const BINDING = /^(Cluster)?RoleBinding$/;

/** The objects in the namespace that the kustomization gives them. */
export function inNamespace(
  layer: Layer,
  resources: readonly Resource[],
  { fields }: Configuration,
): readonly Resource[] {
  const field = textField(layer, 'namespace');
  if (!field) return resources;
  layer.allowance.steps -= resources.length;
  const { origin } = field;
  const value = stringOf(field.text, origin);
  const set = (known: Value): Value => (known.kind === 'scalar' ? value : known);
  const change = { kind: 'scalar', set, origin } as const;
  return resources.map((resource) => {
    let { root } = resource;
    const gvk = gvkOf(root);
    if (!isClusterScoped(gvk)) root = changeFields(root, [OWN], change);
    const core = textOf(at(root, 'apiVersion')) === 'v1';
    root = changeFields(root, specsFor(fields.namespace, core), change);
    if (BINDING.test(gvk.kind)) root = withSubjects(root, value, origin);
    return { ...remembered(resource), root };
  });
}

/** The name of a Namespace is its namespace, that of another kind with the same name is not. */
function specsFor(specs: readonly FieldSpec[], core: boolean): readonly FieldSpec[] {
  return specs.filter(({ path, kind }) => {
    const text = path.join('/');
    if (text === 'metadata/namespace' || (text === 'metadata/name' && !core)) return false;
    return !(text === 'subjects/namespace' && BINDING.test(kind ?? ''));
  });
}

/** Bindings name accounts of every namespace: only of the account `default` is it clear which one is meant. */
function withSubjects(root: Mapping, value: Scalar, origin: Origin): Mapping {
  const subjects = entryOf(root, 'subjects');
  if (subjects?.value.kind !== 'list') return root;
  const items = itemsOf(subjects.value).map((item) =>
    item.kind === 'mapping' && textOf(at(item, 'name')) === 'default'
      ? withField(item, 'namespace', value, origin)
      : item,
  );
  return withField(root, 'subjects', withItems(subjects.value, items), subjects.keyOrigin);
}
