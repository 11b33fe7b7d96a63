/** The patches of a kustomization, each applied to the objects that it is for. */
import type { Origin } from '../../../source/span.ts';
import { at, booleanOf, entryOf, type Mapping, type Value } from '../../../source/value.ts';
import { applyOperations, type Operation, operationsOf } from './json-patch.ts';
import { type Layer, listOf, tell } from './layer.ts';
import { mergeKeysOf } from './merge-keys.ts';
import { asTexts, contentOf, forgets, type Permissions, withAnnotations, withHeadOf } from './patch-head.ts';
import { type PatchSource, patchSource, strategicSource } from './patch-source.ts';
import { type Pool, placesOf, poolOf, replace, resourcesOf } from './pool.ts';
import { currentId, gvkOf, type Resource, remembered, resourceOf } from './resource.ts';
import { selectionOf } from './selector.ts';
import { strategicMerge } from './strategic-merge.ts';

const CONTENT_ONLY: Permissions = { name: false, kind: false };

/** The objects after `patchesStrategicMerge`, then `patches`. */
export function patched(layer: Layer, resources: readonly Resource[]): readonly Resource[] {
  const strategic = listOf(layer, 'patchesStrategicMerge');
  const patches = listOf(layer, 'patches');
  if (strategic.length + patches.length === 0) return resources;
  const pool = poolOf(resources);
  for (const item of strategic) mergeEach(layer, pool, strategicSource(layer, item), CONTENT_ONLY, asTexts);
  for (const item of patches) applyItem(layer, pool, item);
  return resourcesOf(pool);
}

/** The objects after `patchesJson6902`, which stands behind everything else that changes them. */
export function jsonPatched(layer: Layer, resources: readonly Resource[]): readonly Resource[] {
  const items = listOf(layer, 'patchesJson6902');
  if (items.length === 0) return resources;
  const pool = poolOf(resources);
  for (const item of items) {
    const source = patchSource(layer, item);
    const operations = operationsOf(source.documents[0]);
    if (operations) operateOnEach(layer, pool, selectedBy(layer, pool, item), operations, false);
    else tellUnreadable(layer, source);
  }
  return resourcesOf(pool);
}

function applyItem(layer: Layer, pool: Pool, item: Value): void {
  const source = patchSource(layer, item);
  const operations = operationsOf(source.documents[0]);
  const hasTarget = entryOf(item, 'target') !== undefined;
  if (operations && hasTarget) {
    operateOnEach(layer, pool, selectedBy(layer, pool, item), operations, true);
    return;
  }
  const options = at(item, 'options');
  const permissions = {
    name: booleanOf(at(options, 'allowNameChange')) === true,
    kind: booleanOf(at(options, 'allowKindChange')) === true,
  };
  const [only, ...more] = source.documents;
  if (operations || source.documents.length === 0) tellUnreadable(layer, source);
  else if (!hasTarget) mergeEach(layer, pool, source, permissions);
  else if (only?.kind !== 'mapping' || more.length > 0) tellUnreadable(layer, source);
  else for (const index of selectedBy(layer, pool, item)) mergeInto(layer, pool, index, asTexts(only), permissions);
}

function tellUnreadable(layer: Layer, { documents, origin }: PatchSource): void {
  const message =
    documents.length > 1
      ? 'A patch with a target is one document: this has several, and none of them is applied.'
      : 'This is neither a strategic merge patch (an object) nor a JSON patch (a list of operations) with a target: it is not applied.';
  if (documents.length > 0 || layer.files.read(origin.file).kind === 'text')
    tell(layer, 'invalid-value', message, origin);
}

/** The places of the objects that the `target` of an item selects; those of everything where it says nothing. */
function selectedBy(layer: Layer, pool: Pool, item: Value): readonly number[] {
  const target = entryOf(item, 'target');
  if (!target) return [];
  const selects = selectionOf(target.value);
  if (typeof selects !== 'function') {
    tell(layer, 'invalid-value', `This patch is not applied, because ${selects.failure}.`, target.keyOrigin);
    return [];
  }
  const places = [...pool.items.keys()].filter((index) => {
    const resource = pool.items[index];
    return resource !== undefined && selects(resource, layer.allowance);
  });
  if (places.length === 0) {
    tell(layer, 'no-effect', 'This patch changes nothing: no object here is one of its target.', target.keyOrigin);
  }
  return places;
}

/** Merges each document into the one object that it names. */
function mergeEach(
  layer: Layer,
  pool: Pool,
  source: PatchSource,
  permissions: Permissions,
  read: (patch: Mapping) => Mapping = (patch) => patch,
): void {
  for (const document of source.documents) {
    if (document.kind !== 'mapping') {
      tellUnreadable(layer, source);
      continue;
    }
    const { name, kind } = currentId(document);
    const [index, ...others] = placesOf(pool, currentId(document));
    if (index !== undefined && others.length === 0) {
      mergeInto(layer, pool, index, read(document), permissions);
      continue;
    }
    const message =
      index === undefined
        ? `No ${kind} ${name} is here that this patch could change (kind, apiVersion and namespace count): kustomize refuses it.`
        : `More than one ${kind} ${name} is here: kustomize refuses a patch for both.`;
    tell(layer, 'reference-missing', message, document.origin);
  }
}

function mergeInto(layer: Layer, pool: Pool, index: number, patch: Mapping, permissions: Permissions): void {
  const resource = pool.items[index];
  if (!resource || layer.allowance.steps <= 0) return;
  const { root } = resource;
  const known = forgets(patch) ? { ...resourceOf(root), variables: resource.variables } : resource;
  const before = permissions.name || permissions.kind ? remembered(known) : known;
  const keys = mergeKeysOf(gvkOf(root));
  const merged = strategicMerge(root, contentOf(patch, permissions), {
    keys,
    notices: layer.notices,
    work: layer.allowance,
  });
  if (!merged || merged.entries.size === 0) replace(pool, index, undefined);
  else replace(pool, index, { ...before, root: withHeadOf(merged, root) });
}

function operateOnEach(
  layer: Layer,
  pool: Pool,
  places: readonly number[],
  operations: readonly Operation[],
  remember: boolean,
): void {
  let told: Origin | undefined;
  for (const index of places) {
    const resource = pool.items[index];
    if (!resource) continue;
    const known = remember || resource.former.length > 0 || resource.hashed;
    const root = known ? withAnnotations(resource.root) : resource.root;
    const result = applyOperations(root, operations, layer.allowance);
    if ('value' in result && result.value.kind === 'mapping') {
      replace(pool, index, { ...(remember ? remembered(resource) : resource), root: result.value });
      continue;
    }
    const [failure, origin] =
      'failure' in result ? [result.failure, result.origin] : ['it leaves no object', operations[0]?.origin];
    if (!origin || told === origin) continue;
    told = origin;
    const { kind, name } = currentId(resource.root);
    const message = `This patch is not applied to ${kind} ${name}, because ${failure}: kustomize refuses it.`;
    tell(layer, 'reference-missing', message, origin);
  }
}
