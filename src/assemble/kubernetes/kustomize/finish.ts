/** The last of a build: what stays at home, what comes out otherwise than it was written, and what there is twice. */
import { at, entriesOf, entryOf, textOf } from '../../../source/value.ts';
import { type Layer, tell } from './layer.ts';
import { currentId, idKey, type Resource } from './resource.ts';
import { isNull, mappingOf, reworded, withEntry, withoutField } from './value-edit.ts';

/** The objects as they are deployed. */
export function finished(layer: Layer, resources: readonly Resource[]): readonly Resource[] {
  return once(layer, resources.filter(isDeployed).map(tidied));
}

/** The objects, each once: two may have got one name, or one namespace, on the way. */
function once(layer: Layer, resources: readonly Resource[]): readonly Resource[] {
  const known = new Set<string>();
  return resources.filter(({ root }) => {
    const id = currentId(root);
    const key = idKey(id);
    if (id.name === '' || !known.has(key)) return known.add(key);
    const message = `Two objects are ${id.kind} ${id.name} in the end: kustomize refuses them, and this is left out.`;
    tell(layer, 'merge-conflict', message, at(root, 'metadata', 'name')?.origin ?? root.origin);
    return false;
  });
}

/** The annotations of an object come out as texts, and none as no annotations: kustomize had its own among them. */
function tidied(resource: Resource): Resource {
  const metadata = entryOf(resource.root, 'metadata');
  const annotations = entryOf(metadata?.value, 'annotations');
  if (metadata?.value.kind !== 'mapping' || !annotations) return resource;
  const { value } = annotations;
  if (value.kind !== 'mapping' && !isNull(value)) return resource;
  const pairs = [...entriesOf(value)].map((pair) =>
    pair.value.kind === 'scalar' && typeof pair.value.value !== 'string'
      ? { ...pair, value: reworded(pair.value, pair.value.text) }
      : pair,
  );
  const tidy =
    pairs.length === 0
      ? withoutField(metadata.value, 'annotations')
      : withEntry(metadata.value, { ...annotations, value: mappingOf(value.origin, pairs) });
  return { ...resource, root: withEntry(resource.root, { ...metadata, value: tidy }) };
}

/** Objects that only other programs read stay at home. */
function isDeployed({ root }: Resource): boolean {
  const local = textOf(at(root, 'metadata', 'annotations', 'config.kubernetes.io/local-config'));
  return local === undefined || local === 'false';
}
