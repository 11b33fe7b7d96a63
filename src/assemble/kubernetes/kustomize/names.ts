/** `namePrefix` and `nameSuffix`, and the hash behind the names of generated objects. */
import { withVia } from '../../../source/span.ts';
import type { Value } from '../../../source/value.ts';
import type { Configuration } from './configuration.ts';
import { changeFields } from './field-path.ts';
import { contentHash } from './hash.ts';
import { type Layer, tell, textField } from './layer.ts';
import { isSelected, nameOf, originalId, type Resource, remembered, renamed } from './resource.ts';
import { reworded } from './value-edit.ts';

/** No name in a cluster is longer. */
const LONGEST_NAME = 253;

/** Kinds whose names mean something outside of the kustomization. */
const KEEPING = [
  { kind: 'CustomResourceDefinition' },
  { kind: 'APIService', group: 'apiregistration.k8s.io' },
  { kind: 'Namespace' },
];

/** The objects under names with the prefix and the suffix; each stays where its name is written. */
export function withAffixes(
  layer: Layer,
  resources: readonly Resource[],
  configuration: Configuration,
): readonly Resource[] {
  const prefixed = withAffix(layer, resources, 'namePrefix', configuration);
  return withAffix(layer, prefixed, 'nameSuffix', configuration);
}

function withAffix(
  layer: Layer,
  resources: readonly Resource[],
  which: 'namePrefix' | 'nameSuffix',
  { fields }: Configuration,
): readonly Resource[] {
  const field = textField(layer, which);
  if (!field) return resources;
  if (field.text.length > LONGEST_NAME) {
    tell(
      layer,
      'invalid-value',
      `No name is longer than ${LONGEST_NAME} characters: this one is left out.`,
      field.origin,
    );
    return resources;
  }
  layer.allowance.steps -= resources.length;
  const affixed = (name: string) => (which === 'namePrefix' ? field.text + name : name + field.text);
  const set = (value: Value): Value => {
    if (value.kind !== 'scalar') return value;
    return { ...reworded(value, affixed(value.text)), origin: withVia(value.origin, field.origin) };
  };
  return resources.map((resource) => {
    const id = originalId(resource);
    if (KEEPING.some((kind) => isSelected(id, kind))) return resource;
    const specs = fields[which].filter((spec) => isSelected(id, spec));
    if (specs.length === 0) return resource;
    const list = which === 'namePrefix' ? 'prefixes' : 'suffixes';
    const before = { ...remembered(resource), [list]: [...resource[list], field.text] };
    return { ...before, root: changeFields(resource.root, specs, { kind: null, set, origin: field.origin }) };
  });
}

/** The objects with the hash of their content behind the names of those that were generated. */
export function withHashes(resources: readonly Resource[]): readonly Resource[] {
  return resources.map((resource) => {
    const hash = resource.hashed ? contentHash(resource.root) : undefined;
    return hash === undefined ? resource : renamed(remembered(resource), `${nameOf(resource.root)}-${hash}`);
  });
}
