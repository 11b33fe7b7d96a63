/** JSON patches (RFC 6902) over values: each operation by its path, all of them or none. */
import type { Origin } from '../../../source/span.ts';
import { type Entry, entryOf, itemsOf, type List, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Work } from '../../regexp/match.ts';
import { plainJson } from './plain-json.ts';

/** One operation, as a patch says it. */
export interface Operation {
  readonly op: string;
  readonly path: readonly string[];
  /** Of `move` and `copy`: where the value comes from. */
  readonly from: readonly string[];
  readonly value: Entry | undefined;
  readonly origin: Origin;
}

/** What came of a patch: the value, or why none of it was applied. */
export type Patched = { readonly value: Value } | { readonly failure: string; readonly origin: Origin };

/** The operations in `patch`; undefined where it is no JSON patch. */
export function operationsOf(patch: Value | null | undefined): readonly Operation[] | undefined {
  if (patch?.kind !== 'list') return undefined;
  const operations = itemsOf(patch).map((item) => {
    const op = textOf(entryOf(item, 'op')?.value);
    const path = textOf(entryOf(item, 'path')?.value);
    if (op === undefined || path === undefined) return undefined;
    const from = textOf(entryOf(item, 'from')?.value) ?? '';
    return { op, path: pointerOf(path), from: pointerOf(from), value: entryOf(item, 'value'), origin: item.origin };
  });
  return operations.includes(undefined) ? undefined : (operations as readonly Operation[]);
}

/** A JSON pointer (RFC 6901) taken apart. */
function pointerOf(text: string): readonly string[] {
  return text
    .split('/')
    .slice(text.startsWith('/') ? 1 : 0)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** `root` after every operation; a value that an operation brings keeps its origin in the patch. */
export function applyOperations(root: Value, operations: readonly Operation[], work: Work): Patched {
  let value = root;
  for (const operation of operations) {
    const done = applyOne(value, operation, work);
    if (typeof done === 'string') return { failure: done, origin: operation.origin };
    value = done;
  }
  return { value };
}

/** A phrase that stands after "because" where the operation cannot be done. */
function applyOne(root: Value, { op, path, from, value, origin }: Operation, work: Work): Value | string {
  if (work.steps <= 0) return 'the patches of this tree take more work than any real ones';
  const entry = value ?? nullEntry(origin);
  switch (op) {
    case 'add':
      return changed(root, path, 0, work, { kind: 'add', entry });
    case 'replace':
      return changed(root, path, 0, work, { kind: 'replace', entry });
    case 'remove':
      return changed(root, path, 0, work, { kind: 'remove' });
    case 'test': {
      const found = valueAt(root, path);
      const same = plainJson(found) === plainJson(entry.value);
      return same ? root : 'a test in it fails';
    }
    case 'copy':
    case 'move': {
      const found = valueAt(root, from);
      if (!found) return `there is nothing at /${from.join('/')}`;
      const rest = op === 'copy' ? root : changed(root, from, 0, work, { kind: 'remove' });
      if (typeof rest === 'string') return rest;
      return changed(rest, path, 0, work, { kind: 'add', entry: { key: 'value', keyOrigin: origin, value: found } });
    }
    default:
      return `${op} is no operation of a JSON patch`;
  }
}

type Change = { readonly kind: 'add' | 'replace'; readonly entry: Entry } | { readonly kind: 'remove' };

function changed(value: Value, path: readonly string[], depth: number, work: Work, change: Change): Value | string {
  const part = path[depth];
  if (part === undefined) return change.kind === 'remove' ? 'it removes the whole object' : change.entry.value;
  if (value.kind === 'mapping') return changedField(value, part, path, depth, work, change);
  if (value.kind === 'list') return changedItem(value, part, path, depth, work, change);
  return missing(path, depth);
}

function changedField(
  mapping: Mapping,
  key: string,
  path: readonly string[],
  depth: number,
  work: Work,
  change: Change,
): Value | string {
  const known = mapping.entries.get(key);
  const last = depth === path.length - 1;
  // The library that kustomize uses lets a field be replaced that is not there.
  if (!known && !(last && change.kind !== 'remove')) return missing(path, depth);
  work.steps -= mapping.entries.size;
  const entries = new Map(mapping.entries);
  if (last && change.kind === 'remove') entries.delete(key);
  else if (last && change.kind !== 'remove') entries.set(key, { ...change.entry, key });
  else {
    const inner = changed((known as Entry).value, path, depth + 1, work, change);
    if (typeof inner === 'string') return inner;
    entries.set(key, { ...(known as Entry), value: inner });
  }
  return { ...mapping, entries };
}

function changedItem(
  list: List,
  part: string,
  path: readonly string[],
  depth: number,
  work: Work,
  change: Change,
): Value | string {
  const last = depth === path.length - 1;
  const adding = last && change.kind === 'add';
  const index = indexOf(part, list.items.length, adding);
  if (index === undefined) return missing(path, depth);
  work.steps -= list.items.length;
  const items = [...list.items];
  if (adding) items.splice(index, 0, change.entry.value);
  else if (last && change.kind === 'remove') items.splice(index, 1);
  else if (last && change.kind === 'replace') items[index] = change.entry.value;
  else {
    const inner = changed(items[index] as Value, path, depth + 1, work, change);
    if (typeof inner === 'string') return inner;
    items[index] = inner;
  }
  return { ...list, items };
}

/** The place that a part of a path means; `-` is behind the last, and below zero is counted from the end. */
function indexOf(part: string, length: number, adding: boolean): number | undefined {
  if (part === '-') return adding ? length : undefined;
  if (!/^-?\d{1,9}$/.test(part)) return undefined;
  const most = adding ? length : length - 1;
  const index = Number(part) < 0 ? Number(part) + length + (adding ? 1 : 0) : Number(part);
  return index >= 0 && index <= most ? index : undefined;
}

function valueAt(root: Value, path: readonly string[]): Value | undefined {
  let value: Value | undefined = root;
  for (const part of path) {
    if (value?.kind === 'mapping') value = value.entries.get(part)?.value;
    else if (value?.kind === 'list') value = value.items[indexOf(part, value.items.length, false) ?? -1];
    else return undefined;
  }
  return value;
}

function missing(path: readonly string[], depth: number): string {
  return `there is no /${path.slice(0, depth + 1).join('/')} in it`;
}

function nullEntry(origin: Origin): Entry {
  return {
    key: 'value',
    keyOrigin: origin,
    value: { kind: 'scalar', value: null, text: 'null', quoted: false, origin },
  };
}
