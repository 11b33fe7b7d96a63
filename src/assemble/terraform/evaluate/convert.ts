/**
 * Values as values of another type (zclconf/go-cty convert/, hashicorp/hcl ext/typeexpr/defaults.go). What is converted
 * keeps its origin, and its parts theirs.
 */
import {
  bool,
  type Datum,
  isSequence,
  isStructure,
  nothing,
  number,
  type SequenceDatum,
  type StructureDatum,
  text,
  withMark,
} from './datum.ts';
import { type Budget, Fault } from './fault.ts';
import { numberText, parseNumber } from './number.ts';
import { makeSet, sortedEntries } from './order.ts';
import { ANY, type AttributeType, hasAny, kindName, type ObjectType, type Type, typeName, typeOf } from './types.ts';
import { unify } from './unify.ts';
import { holdsSensitive, weigh } from './weigh.ts';

/**
 * `datum` as a value of `type`, with the defaults of optional attributes filled in. A fault says what does not fit, at
 * the part that does not; null and unknown values fit every type.
 */
export function convert(datum: Datum, type: Type, budget: Budget): Datum {
  weigh(datum, budget);
  try {
    return converted(datum, type);
  } catch (error) {
    if (!(error instanceof Fault) || !holdsSensitive(datum)) throw error;
    throw new Fault(`a ${typeName(type)} is needed where something sensitive is given`, error.origin);
  }
}

/** The value as a string, a number or a truth value; a fault where it is none. */
export function convertTo<K extends 'string' | 'number' | 'bool'>(
  datum: Datum,
  kind: K,
): Extract<Datum, { kind: K | 'null' | 'unknown' }> {
  return converted(datum, { kind }) as Extract<Datum, { kind: K | 'null' | 'unknown' }>;
}

/** The values as values of the one type that fits all of them; undefined where none does. */
export function unified(data: readonly Datum[]): readonly Datum[] | undefined {
  const type = unify(data.map(typeOf));
  return type && data.map((datum) => converted(datum, type));
}

function converted(datum: Datum, type: Type): Datum {
  if (type.kind === 'any' || datum.kind === 'null' || datum.kind === 'unknown') return datum;
  return withMark(known(datum, type), datum.sensitive);
}

function known(datum: Datum, type: Type): Datum {
  switch (type.kind) {
    case 'string':
      if (datum.kind === 'number') return text(numberText(datum.value), datum.origin);
      if (datum.kind === 'bool') return text(String(datum.value), datum.origin);
      break;
    case 'number': {
      const value = datum.kind === 'string' ? parseNumber(datum.value) : undefined;
      if (value !== undefined) return number(value, datum.origin);
      break;
    }
    case 'bool':
      if (datum.kind === 'string' && /^(true|1)$/.test(datum.value)) return bool(true, datum.origin);
      if (datum.kind === 'string' && /^(false|0)$/.test(datum.value)) return bool(false, datum.origin);
      break;
    case 'list':
    case 'set':
      if (isSequence(datum)) return toCollection(datum, type);
      break;
    case 'map':
      if (isStructure(datum)) return toMap(datum, type.item);
      break;
    case 'tuple':
      if (datum.kind === 'tuple' && datum.items.length === type.items.length)
        return { ...datum, items: datum.items.map((item, index) => converted(item, type.items[index] as Type)) };
      break;
    case 'object':
      if (isStructure(datum)) return toObject(datum, type);
      break;
  }
  if (datum.kind === type.kind && datum.kind !== 'tuple') return datum;
  const shown = datum.kind === 'string' && !datum.sensitive ? ` ("${shortened(datum.value)}")` : '';
  throw new Fault(`a ${typeName(type)} is needed where a ${kindName(datum)}${shown} is given`, datum.origin);
}

function shortened(value: string): string {
  return value.length > 60 ? `${value.slice(0, 60)}…` : value;
}

function toCollection(datum: SequenceDatum, type: { readonly kind: 'list' | 'set'; readonly item: Type }): Datum {
  if (datum.kind === type.kind && type.item.kind === 'any') return datum;
  const items = ofOneType(datum, datum.items, type.item, type.kind);
  return type.kind === 'set' ? makeSet(items, datum.origin) : { kind: 'list', items, origin: datum.origin };
}

function toMap(datum: StructureDatum, item: Type): Datum {
  if (datum.resource !== undefined || (datum.kind === 'map' && item.kind === 'any')) return datum;
  const entries = sortedEntries(datum.entries);
  const values = ofOneType(
    datum,
    entries.map(([, value]) => value),
    item,
    'map',
  );
  return { ...datum, kind: 'map', entries: new Map(entries.map(([key], index) => [key, values[index] as Datum])) };
}

/** Items as items of a collection: what `any` leaves open is settled so that all are of one type. */
function ofOneType(of: Datum, items: readonly Datum[], type: Type, kind: string): readonly Datum[] {
  const found = items.map((item) => converted(item, type));
  if (!hasAny(type)) return found;
  const same = unified(found);
  if (!same) throw new Fault(`its items have no type in common, which those of a ${kind} have`, of.origin);
  return same;
}

function toObject(datum: StructureDatum, { attributes }: ObjectType): Datum {
  const entries = new Map<string, Datum>();
  for (const [name, attribute] of attributes) {
    const given = datum.entries.get(name) ?? datum.rest?.(name);
    entries.set(name, attributeOf(datum, name, given, attribute));
  }
  return { kind: 'object', entries, origin: datum.origin };
}

function attributeOf(of: Datum, name: string, given: Datum | undefined, { type, optional }: AttributeType): Datum {
  if (given && (given.kind !== 'null' || !optional?.otherwise)) return converted(given, type);
  if (!optional) throw new Fault(`the attribute "${name}" is missing`, of.origin);
  return optional.otherwise ? converted(optional.otherwise, type) : nothing(of.origin);
}

/** A value as the map, list or set that a call of `tomap`, `tolist` or `toset` makes of it. */
export function toKind(datum: Datum, kind: 'list' | 'set' | 'map', budget: Budget): Datum {
  return convert(datum, kind === 'map' ? { kind, item: ANY } : { kind, item: ANY }, budget);
}
