/** Attributes and items of values: `value.name`, `value[key]`, and what stands for them where the value is unknown. */
import type { Origin } from '../../../source/span.ts';
import { MODEL } from '../models.ts';
import { convertTo } from './convert.ts';
import { type Datum, isSequence, isStructure, type SequenceDatum, type UnknownDatum, withMark } from './datum.ts';
import { derived, united } from './derive.ts';
import { Fault } from './fault.ts';
import { kindName } from './types.ts';

/** `datum.name`; `at` is the whole of it. */
export function attributeOf(datum: Datum, name: string, at: Origin): Datum {
  return withMark(attributeWithin(datum, name, at), datum.sensitive);
}

function attributeWithin(datum: Datum, name: string, at: Origin): Datum {
  if (datum.kind === 'unknown') return unknownAttribute(datum, name);
  if (isStructure(datum)) {
    const found = datum.entries.get(name);
    // What another resource is like is edited there, what is made of it here: a rule for the range of a network is no rule
    // of the network's.
    if (found) return datum.resource === undefined || isModel(at) ? found : { ...found, origin: at };
    if (datum.rest) return { ...datum.rest(name), origin: at };
    throw new Fault(`${datum.kind === 'map' ? 'this map' : 'this object'} has no "${shortened(name)}"`, at);
  }
  // A block that may stand only once is no list for its provider, which the code does not show.
  if (isSequence(datum) && datum.rest) {
    const [only] = datum.items;
    return only && datum.items.length === 1 ? attributeOf(only, name, at) : datum.rest();
  }
  throw new Fault(`a ${kindName(datum)} has no attributes, so no "${shortened(name)}"`, at);
}

function shortened(name: string): string {
  return name.length > 60 ? `${name.slice(0, 60)}…` : name;
}

/** What refers to the whole of a resource refers to its attribute then. */
function unknownAttribute(datum: UnknownDatum, name: string): UnknownDatum {
  const refers = datum.refers.map((each) => (each.attribute === '' ? { ...each, attribute: name } : each));
  return { ...derived(datum), refers };
}

/** `datum[key]`; `at` is the whole of it. */
export function itemOf(datum: Datum, key: Datum, at: Origin): Datum {
  const found = ofTable(itemWithin(datum, key, at), datum, key);
  return withMark(withMark(found, key.sensitive), datum.sensitive);
}

/** What a table of a model says stands where its key is written: the rule "http-80-tcp" is what opens port 80. */
function ofTable(found: Datum, { origin: table }: Datum, { origin: key }: Datum): Datum {
  if (!isModel(found.origin)) return found;
  const origin = isModel(key) ? table : key;
  return isModel(origin) ? found : { ...found, origin };
}

function isModel({ file }: Origin): boolean {
  return file.startsWith(MODEL);
}

function itemWithin(datum: Datum, key: Datum, at: Origin): Datum {
  if (datum.kind === 'unknown') return datum.item ?? derived(datum, [datum, key]);
  if (key.kind === 'unknown') return someItem(datum, key, at);
  if (key.kind === 'null') throw new Fault('the key of an index is null', at);
  if (isStructure(datum)) return attributeWithin(datum, (convertTo(key, 'string') as { value: string }).value, at);
  if (!isSequence(datum)) throw new Fault(`a ${kindName(datum)} has no items`, at);
  if (datum.kind === 'set') throw new Fault('the items of a set have no index; make a list of it with tolist', at);
  const { value } = convertTo(key, 'number') as { value: number };
  const item = datum.items[value];
  if (item) return item;
  if (datum.rest && Number.isInteger(value) && value >= 0) return datum.rest();
  throw new Fault(`there is no item ${value} in a ${datum.kind} of ${datum.items.length}`, at);
}

/** The item under a key that is unknown: whatever all items agree on. */
function someItem(datum: Datum, key: UnknownDatum, at: Origin): Datum {
  if (isSequence(datum) && datum.items.length > 0) return united(datum.items, key);
  if (isStructure(datum) && !datum.lazy && datum.entries.size > 0) {
    return united([...datum.entries.values()], key);
  }
  if (isSequence(datum) || isStructure(datum)) return derived(key);
  throw new Fault(`a ${kindName(datum)} has no items`, at);
}

/** The items of a splat: of what is no sequence, it alone; of null, none. */
export function splatItems(datum: Datum): readonly Datum[] | UnknownDatum {
  if (datum.kind === 'unknown') return datum;
  if (datum.kind === 'null') return [];
  return isSequence(datum) ? marked(datum) : [datum];
}

function marked(sequence: SequenceDatum): readonly Datum[] {
  return sequence.sensitive ? sequence.items.map((item) => withMark(item, sequence.sensitive)) : sequence.items;
}
