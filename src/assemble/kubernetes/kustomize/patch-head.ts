/** The heads of patches and of what they change: apiVersion, kind and metadata are not merged like the rest. */
import { entriesOf, entryOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { isNull, mappingOf, stringOf, withEntry, withoutField } from './value-edit.ts';

/** What a patch may change of an object besides its content. */
export interface Permissions {
  readonly name: boolean;
  readonly kind: boolean;
}

/**
 * A patch as kustomize reads one with a target: its labels and annotations are texts, so that null does not remove one
 * but reads `null`, and a patch that says nothing in them leaves them alone.
 */
export function asTexts(patch: Mapping): Mapping {
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
export function forgets(patch: Mapping): boolean {
  const metadata = entryOf(patch, 'metadata');
  const annotations = entryOf(metadata?.value, 'annotations');
  return [patch, metadata?.value, annotations?.value].some((value) => {
    const directive = textOf(entryOf(value, '$patch')?.value);
    return isNull(value) || directive === 'replace' || directive === 'delete';
  });
}

/** The patch without the head that only says what it is for. */
export function contentOf(patch: Mapping, permissions: Permissions): Mapping {
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
export function withHeadOf(merged: Mapping, root: Mapping): Mapping {
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

/** An object that kustomize has made notes on has annotations: a patch may add one without asking whether there are any. */
export function withAnnotations(root: Mapping): Mapping {
  const metadata = entryOf(root, 'metadata');
  if (metadata?.value.kind !== 'mapping') return root;
  const annotations = entryOf(metadata.value, 'annotations');
  if (annotations && !isNull(annotations.value)) return root;
  const { keyOrigin } = metadata;
  const value = withEntry(metadata.value, { key: 'annotations', keyOrigin, value: mappingOf(keyOrigin) });
  return withEntry(root, { ...metadata, value });
}
