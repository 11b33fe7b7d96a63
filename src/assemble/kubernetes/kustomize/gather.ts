/** The objects of a layer, as they are read. */
import type { Origin } from '../../../source/span.ts';
import { at } from '../../../source/value.ts';
import { manifestRoots } from '../manifest.ts';
import { type Layer, layerOrigin, readNamed, tell } from './layer.ts';
import { add, type Pool, placesOf } from './pool.ts';
import { currentId, nameOf, type Resource, resourceOf } from './resource.ts';
import { arriving } from './value-edit.ts';

/** Objects of one kustomization; a hostile one doubles them with every layer. */
const MOST_OBJECTS = 5_000;
/** What it takes to put one object among others, for every name that it had. */
const STEPS_OF_ONE = 20;

/** Adds the objects of a file that `resources` names. */
export function takeFile(layer: Layer, pool: Pool, reference: string, origin: Origin, isFolder: boolean): void {
  if (isFolder) {
    tell(layer, 'reference-missing', `${reference} is a folder without a kustomization.`, origin);
    return;
  }
  const named = readNamed(layer, reference, origin);
  const parsed = named && layer.files.parsed(named.path);
  if (!parsed) return;
  const { value, notices } = manifestRoots(parsed);
  layer.notices.push(...notices);
  for (const root of value) {
    put(layer, pool, resourceOf(origin.via ? arriving(root, origin.via, layer.allowance) : root));
  }
}

/** Adds an object, unless there is one of its name or there are too many. */
export function put(layer: Layer, pool: Pool, resource: Resource): void {
  const id = currentId(resource.root);
  layer.allowance.steps -= STEPS_OF_ONE * (resource.former.length + 1);
  if (pool.items.length >= MOST_OBJECTS) {
    const message = `This kustomization has more than ${MOST_OBJECTS} objects: the others are left out.`;
    if (pool.items.length === MOST_OBJECTS) tell(layer, 'expansion-limit', message, layerOrigin(layer));
    return;
  }
  const already = placesOf(pool, id).some((place) => {
    const other = pool.items[place];
    const now = other && currentId(other.root);
    return now?.name === id.name && now.namespace === id.namespace;
  });
  if (already && nameOf(resource.root) !== '') {
    const message = `${id.kind} ${id.name} is here already: kustomize refuses a second one, and this is left out.`;
    tell(layer, 'merge-conflict', message, at(resource.root, 'metadata', 'name')?.origin ?? resource.root.origin);
    return;
  }
  add(pool, resource);
}
