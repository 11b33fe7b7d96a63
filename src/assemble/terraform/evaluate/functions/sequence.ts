/** Functions that make collections of collections (the same pages as collection.ts). Items keep their places. */

import { convertTo, toKind, unified } from '../convert.ts';
import {
  type Datum,
  isSequence,
  isStructure,
  nothing,
  number,
  type SequenceDatum,
  sequence,
  structure,
  text,
  type UnknownDatum,
} from '../datum.ts';
import { derived } from '../derive.ts';
import { comparePoints, distinctItems, keyOf, sortedMap } from '../order.ts';
import { ANY, listOf, mapOf, STRING, typeKey, typeOf } from '../types.ts';
import { unknownsIn } from '../weigh.ts';
import {
  type Call,
  COUNT,
  type Func,
  integer,
  moving,
  own,
  type Param,
  paid,
  refuse,
  str,
  VALUE,
  WHATEVER,
  whole,
} from './call.ts';
import { sequenceItems } from './collection.ts';
import { itemsOf, together, unknownCollection } from './partial.ts';

/** Terraform goes on only where an unknown list turns out to be that long: so many items are there, whatever they are. */
function cutUnknown(list: UnknownDatum, length: number, call: Call): Datum {
  if (!(length >= 0 && length <= MOST_CUT)) return derived(list);
  const item = list.item ?? derived(list);
  return sequence('list', new Array<Datum>(length).fill(item), call.origin);
}

/** More items of an unknown list are unknown in number too. */
const MOST_CUT = 1000;

const LIST: Param = { type: listOf(ANY) };
const STRINGS: Param = { type: listOf(STRING) };

/** By name. */
export const SEQUENCES: Readonly<Record<string, Func>> = {
  chunklist: moving([LIST, COUNT], ([list, size], call) => {
    const items = sequenceItems(list as Datum, call);
    const count = integer(size, call);
    if (count < 0) return refuse(call, 'needs a size that is not negative', size?.origin);
    if (count === 0) return sequence('list', items.length === 0 ? [] : [list as Datum], call.origin);
    const chunks: Datum[] = [];
    for (let at = 0; at < items.length; at += count)
      chunks.push(sequence('list', items.slice(at, at + count), list?.origin ?? call.origin));
    return sequence('list', chunks, call.origin);
  }),
  compact: own([{ ...STRINGS, open: true }], ([list], call) => {
    const items = itemsOf(list as Datum);
    if (!items) return refuse(call, 'needs a list', list?.origin);
    const kept = items.known.filter((item) => item.kind !== 'null' && !(item.kind === 'string' && item.value === ''));
    const [first] = kept.filter((item) => item.kind === 'unknown');
    const why = items.why ?? first;
    const known = kept.filter((item) => item.kind !== 'unknown');
    const others = [...items.others, ...kept.filter((item) => item.kind === 'unknown')];
    return marked(list, why ? unknownCollection({ known, why, others }, why) : sequence('list', kept, call.origin));
  }),
  concat: own([VALUE], concatenated, { rest: VALUE }),
  distinct: own([LIST], ([list], call) => {
    const items = itemsOf(list as Datum);
    if (!items) return refuse(call, 'needs a list', list?.origin);
    const [first] = unknownsIn(list as Datum);
    if (!first || items.known.length < 2) {
      if (items.why) return list as Datum;
      return marked(list, sequence('list', distinctItems(items.known), call.origin));
    }
    return marked(list, unknownCollection(settled(items.known, items.others), first));
  }),
  flatten: own([VALUE], flattened),
  list: moving([], (args, call) => toKind(sequence('tuple', args, call.origin), 'list', call.context.budget), {
    rest: WHATEVER,
  }),
  map: moving(
    [],
    (args, call) => {
      if (args.length % 2 === 1) return refuse(call, 'needs a value for each key');
      const entries = new Map<string, Datum>();
      for (let at = 0; at < args.length; at += 2) entries.set(keyText(args[at] as Datum, call), args[at + 1] as Datum);
      return toKind(structure('object', entries, call.origin), 'map', call.context.budget);
    },
    { rest: VALUE },
  ),
  matchkeys: whole([LIST, LIST, LIST], ([values, keys, wanted], call) => {
    const [found, names] = [sequenceItems(values as Datum, call), sequenceItems(keys as Datum, call)];
    if (found.length !== names.length) return refuse(call, 'needs as many keys as values');
    const both = unified([keys as Datum, wanted as Datum]);
    if (!both) return refuse(call, 'needs keys and a search set of one type');
    const set = new Set(sequenceItems(both[1] as Datum, call).map(keyOf));
    const kept = sequenceItems(both[0] as Datum, call).flatMap((key, at) =>
      set.has(keyOf(key)) ? [found[at] as Datum] : [],
    );
    return sequence('list', kept, call.origin);
  }),
  merge: own([], merged, { rest: { ...VALUE, nullable: true } }),
  range: whole([COUNT], ranged, { rest: COUNT }),
  reverse: own([VALUE], ([list], call) => {
    if (list?.kind === 'unknown') return list;
    const items = sequenceItems(list as Datum, call);
    return marked(list, sequence(list?.kind === 'tuple' ? 'tuple' : 'list', items.toReversed(), call.origin));
  }),
  slice: moving([{ ...VALUE, open: true }, COUNT, COUNT], ([list, from, to], call) => {
    if (list?.kind === 'unknown') return cutUnknown(list, integer(to, call) - integer(from, call), call);
    const items = sequenceItems(list as Datum, call);
    if (list?.kind === 'set') return refuse(call, 'cannot cut a set, whose items have no order', list.origin);
    const [start, end] = [integer(from, call), integer(to, call)];
    if (start < 0 || end > items.length || start > end)
      return refuse(call, `cannot cut ${start} to ${end} out of ${items.length} items`);
    return sequence(list?.kind === 'tuple' ? 'tuple' : 'list', items.slice(start, end), call.origin);
  }),
  sort: own([{ ...STRINGS, open: true }], ([list], call) => {
    const items = itemsOf(list as Datum);
    if (!items) return refuse(call, 'needs a list of strings', list?.origin);
    const missing = items.known.find(({ kind }) => kind === 'null');
    if (missing) return refuse(call, 'cannot sort null', missing.origin);
    const [first] = unknownsIn(list as Datum);
    if (first)
      return items.why ? (list as Datum) : marked(list, unknownCollection(settled(items.known, items.others), first));
    return marked(
      list,
      sequence(
        'list',
        items.known.toSorted((one, other) => comparePoints(str(one), str(other))),
        call.origin,
      ),
    );
  }),
  transpose: whole([{ type: mapOf(listOf(STRING)) }], transposed),
  zipmap: moving([STRINGS, VALUE], zipped),
};

/** The result has the mark of what it is made from. */
function marked(of: Datum | undefined, made: Datum): Datum {
  return of?.sensitive && !made.sensitive ? { ...made, sensitive: true } : made;
}

/** The items that are known and those that are not, apart. */
function settled(known: readonly Datum[], others: readonly Datum[]) {
  const open = known.filter((item) => unknownsIn(item).length > 0);
  return { known: known.filter((item) => unknownsIn(item).length === 0), why: undefined, others: [...others, ...open] };
}

function concatenated(args: readonly Datum[], call: Call): Datum {
  const sensitive = args.find((arg) => arg.sensitive);
  const parts = args.map(
    (arg) => (arg.kind === 'set' ? undefined : itemsOf(arg)) ?? refuse(call, 'needs lists', arg.origin),
  );
  const all = together(parts);
  if (all.why) return marked(sensitive, unknownCollection(all, all.why));
  paid(all.known.length, call);
  if (!args.every(({ kind }) => kind === 'list')) return marked(sensitive, sequence('tuple', all.known, call.origin));
  const same = unified(args);
  if (!same) return marked(sensitive, sequence('tuple', all.known, call.origin));
  const items = same.flatMap((list) => (list as SequenceDatum).items);
  return marked(sensitive, sequence('list', items, call.origin));
}

function flattened([list]: readonly Datum[], call: Call): Datum {
  if (list?.kind === 'unknown') return list;
  const known: Datum[] = [];
  const others: Datum[] = [];
  let sensitive = false;
  const walk = (datum: Datum) => {
    if (datum.sensitive && datum.kind !== 'unknown') sensitive = true;
    for (const item of sequenceItems(datum, call)) {
      if (isSequence(item)) walk(item);
      else if (item.kind === 'unknown' && item.reason !== 'sensitive') {
        // It may be a list itself.
        known.push(...(item.some ?? []));
        others.push(item.item ?? item);
      } else known.push(item);
    }
  };
  walk(list as Datum);
  const [first] = others;
  const why = first && (unknownsIn(first)[0] ?? unknownsIn(list as Datum)[0]);
  const items = why ? unknownCollection({ known, why, others }, why) : sequence('tuple', known, call.origin);
  return sensitive ? { ...items, sensitive: true } : items;
}

function keyText(key: Datum, call: Call): string {
  const converted = convertTo(key, 'string');
  return converted.kind === 'string' ? converted.value : refuse(call, 'needs keys that are known', key.origin);
}

/** Later arguments win. An object, unless all are maps of one type; whatever is unknown, its entries may be anything. */
function merged(args: readonly Datum[], call: Call): Datum {
  const given = args.filter(({ kind }) => kind !== 'null');
  const sensitive = given.find((arg) => arg.sensitive);
  const unknowns = given.filter((arg) => arg.kind === 'unknown');
  const [first] = unknowns;
  if (first?.kind === 'unknown') return marked(sensitive, derived(first, given));
  const entries = new Map<string, Datum>();
  const keys = new Map<string, Datum['origin']>();
  const resource = given.find((arg) => isStructure(arg) && arg.resource !== undefined);
  const [why] = resource ? unknownsIn(resource) : [];
  if (why) return marked(sensitive, derived(why, given));
  for (const arg of given) {
    if (!isStructure(arg)) return refuse(call, 'needs maps or objects', arg.origin);
    paid(arg.entries.size, call);
    for (const [key, value] of arg.entries) {
      entries.set(key, value);
      const written = arg.keys?.get(key);
      if (written) keys.set(key, written);
    }
  }
  const [only] = args;
  if (args.length === 1 && only?.kind === 'null') return nothing(call.origin);
  const kind = areMapsOfOneType(given) ? 'map' : 'object';
  return marked(sensitive, { ...structure(kind, sortedMap(entries), call.origin), keys });
}

function areMapsOfOneType(args: readonly Datum[]): boolean {
  if (args.length === 0 || args.some(({ kind }) => kind !== 'map')) return false;
  const types = new Set(args.map(typeOf).flatMap((type) => (type.kind === 'map' ? typeKey(type.item) : [])));
  types.delete(typeKey(ANY));
  return types.size < 2;
}

function ranged(args: readonly Datum[], call: Call): Datum {
  if (args.length > 3) return refuse(call, 'takes at most three numbers');
  const numbers = args.map((arg) => (arg as { value: number }).value);
  const [start, end] = numbers.length === 1 ? [0, numbers[0] as number] : (numbers as [number, number]);
  const step = numbers[2] ?? (end < start ? -1 : 1);
  if (step === 0) return refuse(call, 'needs a step that is not zero');
  if ((end > start && step < 0) || (end < start && step > 0))
    return refuse(call, 'needs a step that leads from its start to its end');
  const count = Math.max(0, Math.ceil((end - start) / step));
  if (count > 1024) return refuse(call, 'gives more than 1024 numbers, which Terraform refuses');
  paid(count, call);
  const items = Array.from({ length: count }, (_, index) => number(start + index * step, call.origin));
  return sequence('list', items, call.origin);
}

function transposed([map]: readonly Datum[], call: Call): Datum {
  const found = new Map<string, string[]>();
  for (const [key, list] of isStructure(map as Datum) ? (map as { entries: ReadonlyMap<string, Datum> }).entries : []) {
    for (const item of sequenceItems(list, call)) {
      if (item.kind !== 'string') return refuse(call, 'is given null', item.origin);
      const keys = found.get(item.value);
      if (keys) keys.push(key);
      else found.set(item.value, [key]);
    }
  }
  const entries = [...found].map(([key, names]): [string, Datum] => {
    const items = names.toSorted(comparePoints).map((name) => text(name, call.origin));
    return [key, sequence('list', items, call.origin)];
  });
  return structure('map', sortedMap(new Map(entries)), call.origin);
}

function zipped([keys, values]: readonly Datum[], call: Call): Datum {
  const names = sequenceItems(keys as Datum, call);
  const items = sequenceItems(values as Datum, call);
  if (names.length !== items.length) return refuse(call, `has ${names.length} keys for ${items.length} values`);
  const [first] = unknownsIn(keys as Datum);
  if (first) return derived(first, [...names, ...items]);
  const entries = new Map<string, Datum>();
  for (const [at, name] of names.entries()) {
    if (name.kind !== 'string') return refuse(call, 'is given null as a key', name.origin);
    entries.set(name.value, items[at] as Datum);
  }
  const origins = new Map(names.map((name) => [str(name), name.origin]));
  const kind = values?.kind === 'tuple' ? 'object' : 'map';
  return { ...structure(kind, sortedMap(entries), call.origin), keys: origins };
}
