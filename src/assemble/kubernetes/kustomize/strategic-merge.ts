/** Strategic merge patches as kustomize applies them: by field, and by item where a list has a merge key. */
import { type Notice, notice } from '../../../source/notice.ts';
import type { Entry, List, Mapping, Value } from '../../../source/value.ts';
import { entryOf, textOf } from '../../../source/value.ts';
import type { Work } from '../../regexp/match.ts';
import { mergeItems, unionOf } from './keyed-list.ts';
import type { MergeKeys } from './merge-keys.ts';
import { isNull, withItems, withoutField } from './value-edit.ts';

/** What a merge knows of the object that it changes, and what it has to say. */
export interface Merging {
  readonly keys: MergeKeys;
  readonly notices: Notice[];
  readonly work: Work;
}

type Directive = 'merge' | 'replace' | 'delete';

const DIRECTIVE = '$patch';

/**
 * The object with the patch over it; undefined where the patch deletes it. A value of the patch keeps the origin that it
 * has in the patch, and so do the keys that it brings; what the patch leaves alone keeps its own. Null in a patch
 * removes a field; `$patch: replace`, `delete` and `merge` stand in mappings, and in lists as an item of their own.
 */
export function strategicMerge(target: Mapping, patch: Mapping, merging: Merging): Mapping | undefined {
  const merged = merge(target, patch, '', merging);
  return merged?.kind === 'mapping' ? merged : undefined;
}

/** `undefined` is what is not there, on either side; as the answer, what is there no more. */
function merge(target: Value | undefined, patch: Value | undefined, path: string, merging: Merging): Value | undefined {
  merging.work.steps--;
  if (merging.work.steps <= 0) return target;
  const [ours, theirs] = [there(target), there(patch)];
  if (!ours && !theirs) return patch === undefined && isWrittenNull(target) ? target : undefined;
  if (ours && patch !== undefined && !theirs) return undefined;
  if (ours && theirs && !alike(ours, theirs)) {
    const message = 'This patch has another kind of value here than the object that it changes: the patch stands.';
    merging.notices.push(notice('merge-conflict', message, theirs.origin));
    return merge(undefined, theirs, path, merging);
  }
  const kind = (ours ?? theirs)?.kind;
  if (kind === 'mapping') return mergeMappings(ours, theirs, path, merging);
  if (kind === 'list') return mergeLists(ours, theirs, path, merging);
  return theirs ?? ours;
}

function mergeMappings(
  target: Value | undefined,
  patch: Value | undefined,
  path: string,
  merging: Merging,
): Mapping | undefined {
  const change = patch?.kind === 'mapping' ? patch : undefined;
  const directive = change ? directiveOf(change, merging) : 'merge';
  if (directive === 'delete') return undefined;
  const bare = change && withoutField(change, DIRECTIVE);
  const ours = target?.kind === 'mapping' && target !== patch ? target : undefined;
  const base = directive === 'merge' ? ours : undefined;
  const shell = base ?? bare;
  if (!shell) return undefined;
  const entries = new Map<string, Entry>();
  let same = true;
  const keep = (key: string, own: Entry | undefined, brought: Entry | undefined) => {
    // What is added as a whole is merged with itself, so that what it says of its own parts holds.
    const known = base ? own : brought;
    const value = merge(known?.value, brought?.value, path === '' ? key : `${path}/${key}`, merging);
    same &&= value === known?.value;
    if (value) entries.set(key, entryFor(key, value, known, brought));
  };
  for (const [key, entry] of base?.entries ?? []) keep(key, entry, bare?.entries.get(key));
  for (const [key, entry] of bare?.entries ?? []) if (!base?.entries.has(key)) keep(key, undefined, entry);
  return same ? shell : { ...shell, entries };
}

/** The key is the one whose file says the value: that of the object where the patch only changes something below. */
function entryFor(key: string, value: Value, ours: Entry | undefined, theirs: Entry | undefined): Entry {
  const inner = value.kind !== 'scalar' && value.origin === ours?.value.origin;
  const keyOrigin = (inner ? ours : (theirs ?? ours))?.keyOrigin ?? value.origin;
  return { key, keyOrigin, value };
}

function mergeLists(
  target: Value | undefined,
  patch: Value | undefined,
  path: string,
  merging: Merging,
): List | undefined {
  const [ours, theirs] = [target, patch].map((value) => (value?.kind === 'list' ? value : undefined));
  const keys = merging.keys(path);
  if (!keys) return theirs ?? ours;
  if (!ours && !theirs) return undefined;
  const { directive, list } = ours && theirs ? listDirective(theirs, merging) : { directive: 'merge', list: theirs };
  if (directive === 'delete') return undefined;
  const base = (directive === 'merge' && ours !== theirs ? ours : undefined) ?? (list as List);
  const brought = list?.items ?? [];
  if (keys.length === 0) return withItems(base, unionOf(brought, base.items));
  const items = mergeItems(base.items, brought, keys, {
    merge: (one, other) => merge(one, other, path, merging),
    notices: merging.notices,
    origin: base.origin,
  });
  return withItems(base, items);
}

function directiveOf(patch: Mapping, merging: Merging): Directive {
  const entry = entryOf(patch, DIRECTIVE);
  if (!entry) return 'merge';
  const text = textOf(entry.value);
  if (text === 'merge' || text === 'replace' || text === 'delete') return text;
  const message = '$patch is merge, replace or delete: this is none of them and is left out.';
  merging.notices.push(notice('invalid-value', message, entry.value.origin));
  return 'merge';
}

/** What an item that holds nothing but `$patch` says of its list, and the list without it. */
function listDirective(list: List, merging: Merging): { readonly directive: Directive; readonly list: List } {
  const item = list.items.find((each) => entryOf(each, DIRECTIVE) !== undefined);
  if (item?.kind !== 'mapping' || item.entries.size > 1) return { directive: 'merge', list };
  const rest = list.items.filter((each) => each !== item);
  return { directive: directiveOf(item, merging), list: { ...list, items: rest } };
}

/** The value where there is one that says something. */
function there(value: Value | undefined): Value | undefined {
  return isNull(value) ? undefined : value;
}

/** `key: null` of an object outlives a patch that does not mention it; `key:` does not. */
function isWrittenNull(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.text !== '';
}

function alike(one: Value, other: Value): boolean {
  const [a, b] = [one, other].map(({ kind }) => (kind === 'mapping' || kind === 'list' ? kind : 'scalar'));
  return a === b || one.kind === 'unknown' || other.kind === 'unknown';
}
