/** The patches of a kustomization, each applied to the objects that it is for. */
import type { Origin } from '../../../source/span.ts';
import { at, booleanOf, entriesOf, entryOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { applyOperations, type Operation, operationsOf } from './json-patch.ts';
import { type Layer, listOf, tell } from './layer.ts';
import { mergeKeysOf } from './merge-keys.ts';
import { type PatchSource, patchSource, strategicSource } from './patch-source.ts';
import { type Pool, placesOf, poolOf, replace, resourcesOf } from './pool.ts';
import { currentId, gvkOf, type Resource, remembered, resourceOf } from './resource.ts';
import { selectionOf } from './selector.ts';
import { strategicMerge } from './strategic-merge.ts';
import { isNull, mappingOf, stringOf, withEntry, withoutField } from './value-edit.ts';

/** What a patch may change of an object besides its content. */
interface Permissions {
  readonly name: boolean;
  readonly kind: boolean;
}

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

/**
 * A patch as kustomize reads one with a target: its labels and annotations are texts, so that null does not remove one
 * but reads `null`, and a patch that says nothing in them leaves them alone.
 */
function asTexts(patch: Mapping): Mapping {
  const metadata = entryOf(patch, 'metadata');
  if (metadata?.value.kind !== 'mapping') return patch;
  let value = metadata.value;
  for (const key of ['labels', 'annotations']) {
    const entry = entryOf(value, key);
    if (!entry) continue;
    const pairs = [...entriesOf(entry.value)].map((pair) =>
      pair.value.kind === 'scalar' ? { ...pair, value: stringOf(pair.value.text, pair.value.origin) } : pair,
    );
    value =
      pairs.length === 0
        ? withoutField(value, key)
        : withEntry(value, { ...entry, value: mappingOf(entry.value.origin, pairs) });
  }
  return withEntry(patch, { ...metadata, value });
}

/** kustomize keeps what an object was called in its annotations: a patch that replaces all of them makes it forget. */
function forgets(patch: Mapping): boolean {
  const metadata = entryOf(patch, 'metadata');
  const annotations = entryOf(metadata?.value, 'annotations');
  return [patch, metadata?.value, annotations?.value].some((value) => {
    const directive = textOf(entryOf(value, '$patch')?.value);
    return isNull(value) || directive === 'replace' || directive === 'delete';
  });
}

/** The patch without the head that only says what it is for. */
function contentOf(patch: Mapping, permissions: Permissions): Mapping {
  let content = withoutField(patch, 'apiVersion');
  if (!permissions.kind) content = withoutField(content, 'kind');
  const metadata = entryOf(content, 'metadata');
  if (metadata?.value.kind !== 'mapping') return content;
  let value = withoutField(metadata.value, 'namespace');
  if (!permissions.name) value = withoutField(value, 'name');
  if (value.entries.size === 0) return withoutField(content, 'metadata');
  return value === metadata.value ? content : withEntry(content, { ...metadata, value });
}

/** The object with the head that it had, where a patch has put itself in its place. */
function withHeadOf(merged: Mapping, root: Mapping): Mapping {
  let whole = merged;
  for (const key of ['apiVersion', 'kind', 'metadata']) {
    const entry = entryOf(root, key);
    if (entry && !whole.entries.has(key)) {
      const value = key === 'metadata' ? headOnly(entry.value) : entry.value;
      whole = withEntry(whole, { ...entry, value });
    }
  }
  const [metadata, known] = [entryOf(whole, 'metadata'), entryOf(root, 'metadata')?.value];
  if (metadata?.value.kind !== 'mapping') return whole;
  let value = metadata.value;
  for (const key of ['name', 'namespace']) {
    const entry = entryOf(known, key);
    if (entry && !value.entries.has(key)) value = withEntry(value, entry);
  }
  return value === metadata.value ? whole : withEntry(whole, { ...metadata, value });
}

function headOnly(metadata: Value): Value {
  if (metadata.kind !== 'mapping') return metadata;
  const kept = [...metadata.entries].filter(([key]) => key === 'name' || key === 'namespace');
  return { ...metadata, entries: new Map(kept) };
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
    const result = applyOperations(resource.root, operations, layer.allowance);
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
