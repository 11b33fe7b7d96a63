/** Lists that a strategic merge takes item by item. */
import { type Notice, notice } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { entryOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { stringOf, withEntry, withField } from './value-edit.ts';

/** What merging two lists needs of the merge around it. */
export interface ItemMerging {
  /** One item with another over it; either may be absent, and undefined is what is no more. */
  readonly merge: (ours: Value | undefined, theirs: Value | undefined) => Value | undefined;
  readonly notices: Notice[];
  readonly origin: Origin;
}

/** Items of lists with two keys are compared in pairs; nobody has more ports than this. */
const MOST_PAIRED = 500;

/** The values of an item's keys; empty where it lacks one. */
type Tuple = readonly string[];

/** The plain values of both, each once: those of the patch first. */
export function unionOf(theirs: readonly Value[], ours: readonly Value[]): readonly Value[] {
  const seen = new Set<string>();
  return [...theirs, ...ours].filter((item) => {
    const text = item.kind === 'scalar' ? item.text : '';
    return !seen.has(text) && seen.add(text);
  });
}

/**
 * The items of both lists, those that have the same keys merged. What the patch adds stands first. A key that only one
 * side leaves out (the protocol of a port) is filled in, and then the item of the object stands: kustomize loses what
 * the patch says of it. Items that are the same within one list are one, the last of them.
 */
export function mergeItems(
  ours: readonly Value[],
  theirs: readonly Value[],
  keys: readonly string[],
  merging: ItemMerging,
): readonly Value[] {
  if (keys.length > 1 && ours.length + theirs.length > MOST_PAIRED) {
    const message = `These are more than ${MOST_PAIRED} items with ${keys.join(' and ')}: they are not merged.`;
    merging.notices.push(notice('expansion-limit', message, merging.origin));
    return theirs.length > 0 ? theirs : ours;
  }
  const known = distinct([...theirs, ...ours].map((item) => tupleOf(item, keys)));
  const tuples = keys.length > 1 ? distinct(completed(known)) : known;
  const active = keys.filter((_, index) => tuples.some((tuple) => tuple[index] !== ''));
  const [find, findTheirs] = [finder(ours, keys), finder(theirs, keys)];
  const results = new Map<string, Value>();
  const mergedOf = new Map<Value, Value | null>();
  for (const tuple of tuples) {
    const [one, other] = [find(tuple), findTheirs(tuple)];
    const merged = merging.merge(one, other);
    if (merged === undefined || (merged.kind === 'mapping' && merged.entries.size === 0)) {
      for (const item of ours) if (matches(item, tuple, keys)) mergedOf.set(item, null);
      continue;
    }
    const whole = withKeys(merged, tuple, keys, one, other);
    if (one) mergedOf.set(one, whole);
    results.set(JSON.stringify(tupleOf(whole, active)), whole);
  }
  for (const item of ours) {
    const whole = mergedOf.get(item) ?? item;
    if (mergedOf.get(item) !== null) putOwn(results, whole, active);
  }
  return [...results.values()];
}

/**
 * Puts an item of the object among the results: with one key in the place of what it was merged with, with several behind
 * all others. It stands for every item that its keys do not tell it apart from; without any key, for all before it.
 */
function putOwn(results: Map<string, Value>, item: Value, keys: readonly string[]): void {
  const own = tupleOf(item, keys).filter((text) => text !== '');
  if (keys.length > 1 || own.length === 0) {
    for (const [key, other] of results) {
      const theirs = tupleOf(other, keys);
      if (own.every((text, index) => text === theirs[index])) results.delete(key);
    }
  }
  results.set(JSON.stringify(tupleOf(item, keys)), item);
}

function tupleOf(item: Value, keys: readonly string[]): Tuple {
  return keys.map((key) => textOf(entryOf(item, key)?.value) ?? '');
}

function distinct(tuples: readonly Tuple[]): readonly Tuple[] {
  return [...new Map(tuples.map((tuple) => [JSON.stringify(tuple), tuple])).values()];
}

/** The tuples with what they lack filled in from others that differ from them in nothing else. */
function completed(tuples: readonly Tuple[]): readonly Tuple[] {
  const list = [...tuples];
  for (let i = 0; i < list.length; i++) {
    for (let j = 0; j < list.length; j++) {
      const [one, other] = [list[i] as Tuple, list[j] as Tuple];
      const shared = one.some((text, index) => text === other[index]);
      const clash = one.some((text, index) => text !== other[index] && text !== '' && other[index] !== '');
      if (!shared || clash) continue;
      list[i] = one.map((text, index) => text || (other[index] as string));
      list[j] = list[i] as Tuple;
    }
  }
  return list;
}

/** Whether the item has the values of the tuple, as far as it has any. */
function matches(item: Value, tuple: Tuple, keys: readonly string[]): boolean {
  const own = tupleOf(item, keys);
  return tuple.some((text) => text !== '') && tuple.every((text, index) => text === '' || text === own[index]);
}

/** Finds the first item of a tuple: at once where there is one key. */
function finder(items: readonly Value[], keys: readonly string[]): (tuple: Tuple) => Value | undefined {
  const exact = new Map<string, Value>();
  for (const item of items) {
    const key = JSON.stringify(tupleOf(item, keys));
    if (!exact.has(key)) exact.set(key, item);
  }
  if (keys.length === 1) return (tuple) => (tuple[0] === '' ? undefined : exact.get(JSON.stringify(tuple)));
  return (tuple) => items.find((item) => matches(item, tuple, keys));
}

/** The merged item with all of its keys; where both sides say one, as the object says it. */
function withKeys(
  merged: Value,
  tuple: Tuple,
  keys: readonly string[],
  ours: Value | undefined,
  theirs: Value | undefined,
): Value {
  if (merged.kind !== 'mapping') return merged;
  let whole: Mapping = merged;
  for (const [index, key] of keys.entries()) {
    const text = tuple[index] as string;
    const [own, brought] = [entryOf(ours, key), entryOf(theirs, key)];
    if (own && brought && textOf(own.value) === textOf(brought.value)) whole = withEntry(whole, own);
    else if (!whole.entries.has(key) && text !== '')
      whole = withField(whole, key, stringOf(text, whole.origin), whole.origin);
  }
  return whole;
}
