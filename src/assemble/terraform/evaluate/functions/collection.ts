/**
 * Functions of collections (website/docs/language/functions: "Collection Functions"; zclconf/go-cty
 * function/stdlib/collection.go; hashicorp/terraform internal/lang/funcs/collection.go). Items keep their places. Where
 * part of a collection is unknown, what does not depend on it is known.
 */

import { convert, unified } from '../convert.ts';
import { bool, type Datum, isSequence, isStructure, nothing, number, sequence, text, withMark } from '../datum.ts';
import { derived } from '../derive.ts';
import { equal, sortedEntries } from '../order.ts';
import { ANY, kindName, type Type, typeOf } from '../types.ts';
import { holdsSensitive, unknownsIn } from '../weigh.ts';
import { type Call, type Func, moving, own, refuse, str, TEXT, VALUE, WHATEVER, whole } from './call.ts';
import { countClusters } from './cluster.ts';
import { itemsOf } from './partial.ts';

/** By name: those that ask something of a collection, or choose from it. */
export const CHOICES: Readonly<Record<string, Func>> = {
  length: moving([VALUE], ([value], call) => lengthOf(value as Datum, call)),
  alltrue: own([{ ...VALUE, open: true }], ([list], call) => everyFlag(list as Datum, false, call)),
  anytrue: own([{ ...VALUE, open: true }], ([list], call) => everyFlag(list as Datum, true, call)),
  coalesce: own([], coalesced, { rest: WHATEVER }),
  coalescelist: own([], firstList, { rest: WHATEVER }),
  contains: own([VALUE, VALUE], ([list, value], call) => containing(list as Datum, value as Datum, call)),
  element: own([VALUE, VALUE], ([list, index], call) => elementAt(list as Datum, index as Datum, call)),
  index: whole([VALUE, VALUE], ([list, value], call) => {
    const items = sequenceItems(list as Datum, call);
    const at = items.findIndex((item) => equal(item, value as Datum) === true);
    return at === -1 ? refuse(call, 'does not find the item') : number(at, call.origin);
  }),
  lookup: own([VALUE, TEXT, WHATEVER], lookedUp, { optional: 1 }),
  one: own([VALUE], ([list], call) => {
    if (list?.kind === 'unknown') return list.item ?? derived(list);
    const items = isSequence(list as Datum) ? sequenceItems(list as Datum, call) : [];
    const [item] = items;
    if (!isSequence(list as Datum) || items.length > 1)
      return refuse(call, 'needs a list, set or tuple of no item or one', list?.origin);
    return withMark(item ?? nothing(list?.origin ?? call.origin), list?.sensitive);
  }),
  keys: moving([VALUE], ([map], call) => {
    if (!map || !isStructure(map)) return refuse(call, 'needs a map or an object', map?.origin);
    const items = sortedEntries(map.entries).map(([key, value]) => text(key, map.keys?.get(key) ?? value.origin));
    return sequence(map.kind === 'map' ? 'list' : 'tuple', items, call.origin);
  }),
  values: own([VALUE], ([map], call) => {
    if (map?.kind === 'unknown') return map;
    if (!map || !isStructure(map)) return refuse(call, 'needs a map or an object', map?.origin);
    const items = sortedEntries(map.entries).map(([, value]) => value);
    return withMark(sequence(map.kind === 'map' ? 'list' : 'tuple', items, call.origin), map.sensitive);
  }),
};

/** The items of a sequence; the call ends with anything else. */
export function sequenceItems(datum: Datum, call: Call): readonly Datum[] {
  return isSequence(datum) ? datum.items : refuse(call, `needs a list, not a ${kindName(datum)}`, datum.origin);
}

function lengthOf(value: Datum, call: Call): Datum {
  if (value.kind === 'string') return number(countClusters(value.value), call.origin);
  if (isStructure(value)) return number(value.entries.size, call.origin);
  if (!isSequence(value)) return refuse(call, 'needs a string or a collection', value.origin);
  // Two items of a set, of which one is unknown, may turn out to be one.
  const [first] = value.kind === 'set' && value.items.length > 1 ? unknownsIn(value) : [];
  return first ? derived(first, [value]) : number(value.items.length, call.origin);
}

/** Whether one item has the `decisive` value, for which no other counts. */
function everyFlag(list: Datum, decisive: boolean, call: Call): Datum {
  const items = itemsOf(list);
  if (!items) return refuse(call, 'needs a list of truth values', list.origin);
  const sensitive = list.sensitive || items.known.some((item) => item.sensitive);
  const mark = sensitive ? ({ sensitive: true } as const) : {};
  let why = items.why;
  for (const item of items.known) {
    const flag = asFlag(item, call);
    if (flag === undefined && item.kind === 'unknown') why ??= item;
    if (flag === decisive) return { ...bool(decisive, call.origin), ...mark };
  }
  return { ...(why ? derived(why, [list]) : bool(!decisive, call.origin)), ...mark };
}

/** Null is not true. */
function asFlag(item: Datum, call: Call): boolean | undefined {
  if (item.kind === 'unknown') return undefined;
  if (item.kind === 'null') return false;
  if (item.kind === 'bool') return item.value;
  if (item.kind === 'string' && /^(true|false|0|1)$/.test(item.value))
    return item.value === 'true' || item.value === '1';
  return refuse(call, 'needs a list of truth values', item.origin);
}

/** The first that is neither null nor an empty string; it keeps its place. */
function coalesced(args: readonly Datum[], call: Call): Datum {
  const same = unified(args);
  if (!same) return refuse(call, 'needs arguments of one type');
  const strings = same.some(({ kind }) => kind === 'string');
  for (const arg of same) {
    if (arg.kind === 'null' || (strings && arg.kind === 'string' && arg.value === '')) continue;
    if (arg.kind !== 'unknown') return arg;
    return derived(arg, same);
  }
  return refuse(call, 'has no argument that is neither null nor empty');
}

function firstList(args: readonly Datum[], call: Call): Datum {
  for (const arg of args) {
    if (arg.kind === 'null') continue;
    if (arg.kind === 'unknown') return arg.some && arg.some.length > 0 ? arg : derived(arg, args);
    if (sequenceItems(arg, call).length > 0) return arg;
  }
  return refuse(call, 'has no argument with an item in it');
}

function containing(list: Datum, value: Datum, call: Call): Datum {
  const items = itemsOf(list);
  if (!items) return refuse(call, 'needs a list, a tuple or a set', list.origin);
  const mark = holdsSensitive(list) || holdsSensitive(value) ? ({ sensitive: true } as const) : {};
  let why = items.why;
  for (const item of items.known) {
    const same = equal(item, value);
    if (same) return { ...bool(true, call.origin), ...mark };
    if (same === undefined) why ??= unknownsIn(item)[0] ?? unknownsIn(value)[0];
  }
  return { ...(why ? derived(why, [list, value]) : bool(false, call.origin)), ...mark };
}

function elementAt(list: Datum, index: Datum, call: Call): Datum {
  if (list.kind === 'unknown') return list.item ?? derived(list, [list, index]);
  if (index.kind === 'unknown') return derived(index, [list, index]);
  if (!isSequence(list) || list.kind === 'set') return refuse(call, 'needs a list or a tuple', list.origin);
  const at = index.kind === 'number' ? index.value : Number(index.kind === 'string' ? index.value : Number.NaN);
  if (!Number.isSafeInteger(at)) return refuse(call, 'needs a whole number as the index', index.origin);
  const { length } = list.items;
  if (length === 0) return refuse(call, 'needs a list with an item in it', list.origin);
  const item = list.items[((at % length) + length) % length] as Datum;
  return withMark(item, list.sensitive || index.sensitive);
}

/** What stands under a key, or the default; both keep their places. */
function lookedUp(args: readonly Datum[], call: Call): Datum {
  const [map, key, otherwise] = args as readonly [Datum, Datum, Datum | undefined];
  const mark = map.sensitive || key.sensitive ? ({ sensitive: true } as const) : {};
  if (map.kind === 'unknown') return { ...(map.item && !otherwise ? map.item : derived(map, args)), ...mark };
  if (!isStructure(map)) return refuse(call, 'needs a map', map.origin);
  if (key.kind === 'unknown') return { ...derived(key, args), ...mark };
  const fallback = otherwise && map.kind === 'map' ? convert(otherwise, itemType(map), call.context.budget) : otherwise;
  const found = map.entries.get(str(key)) ?? map.rest?.(str(key)) ?? fallback;
  return found ? { ...found, ...mark } : refuse(call, 'does not find the key, and has no default');
}

function itemType(map: Datum): Type {
  const type = typeOf(map);
  return type.kind === 'map' ? type.item : ANY;
}
