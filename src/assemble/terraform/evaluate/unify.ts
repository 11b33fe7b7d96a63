/** One type for values of several (zclconf/go-cty convert/unify.go): branches of a conditional, items of a list. */
import { ANY, type AttributeType, type ObjectType, type Type, typeKey } from './types.ts';

/** More different types than this have none in common. */
const MOST_TYPES = 200;

/** A type that values of all these types can be converted to; undefined where there is none. Any type is no demand. */
export function unify(types: readonly Type[]): Type | undefined {
  const distinct = [
    ...new Map(types.filter(({ kind }) => kind !== 'any').map((type) => [typeKey(type), type])).values(),
  ];
  const [first] = distinct;
  if (!first) return ANY;
  if (distinct.length === 1) return first;
  return alike(distinct) ?? preferred(distinct);
}

type Kind = Type['kind'];

/** The type made of those of the parts, where all are of one kind, or nearly; undefined where that leads nowhere. */
function alike(types: readonly Type[]): Type | undefined {
  const kinds = new Set<Kind>(types.map(({ kind }) => kind));
  const only = (...allowed: readonly Kind[]) => [...kinds].every((kind) => allowed.includes(kind));
  if (only('object')) return unifyObjects(types.filter(isObject));
  if (only('tuple')) return unifyTuples(types.filter(isTuple));
  if (only('map') || only('map', 'object')) return collection('map', types.flatMap(partTypes));
  if (only('list') || only('list', 'tuple')) return collection('list', types.flatMap(partTypes));
  return only('set') ? collection('set', types.flatMap(partTypes)) : undefined;
}

function isObject(type: Type): type is ObjectType {
  return type.kind === 'object';
}

function isTuple(type: Type): type is Extract<Type, { kind: 'tuple' }> {
  return type.kind === 'tuple';
}

function partTypes(type: Type): readonly Type[] {
  if ('item' in type) return [type.item];
  if (type.kind === 'tuple') return type.items;
  return type.kind === 'object' ? [...type.attributes.values()].map((attribute) => attribute.type) : [];
}

function collection(kind: 'list' | 'set' | 'map', items: readonly Type[]): Type | undefined {
  const item = unify(items);
  return item && (kind === 'map' ? { kind, item } : { kind, item });
}

/** Of objects with the same attributes an object, of others a map. */
function unifyObjects(types: readonly ObjectType[]): Type | undefined {
  const [first] = types as readonly [ObjectType];
  const same = types.every(
    ({ attributes }) =>
      attributes.size === first.attributes.size && [...attributes.keys()].every((name) => first.attributes.has(name)),
  );
  if (!same) return collection('map', types.flatMap(partTypes));
  const attributes = new Map<string, AttributeType>();
  for (const name of first.attributes.keys()) {
    const type = unify(types.map((each) => each.attributes.get(name)?.type ?? ANY));
    if (!type) return undefined;
    attributes.set(name, { type });
  }
  return { kind: 'object', attributes };
}

/** Of tuples of one length a tuple, of others a list. */
function unifyTuples(types: readonly Extract<Type, { kind: 'tuple' }>[]): Type | undefined {
  const [first] = types as readonly [Extract<Type, { kind: 'tuple' }>];
  if (types.some(({ items }) => items.length !== first.items.length))
    return collection('list', types.flatMap(partTypes));
  const items = first.items.map((_, index) => unify(types.map((each) => each.items[index] as Type)));
  return items.every((item) => item !== undefined) ? { kind: 'tuple', items } : undefined;
}

/** The first of the types, the most general first, that all others can be converted to. */
function preferred(types: readonly Type[]): Type | undefined {
  if (types.length > MOST_TYPES) return undefined;
  const ordered = types.toSorted((one, other) => generality(other) - generality(one));
  return ordered.find((wanted) => types.every((type) => type === wanted || canConvert(type, wanted)));
}

/** A string can stand for every primitive, a list for every sequence, a map for every structure. */
function generality({ kind }: Type): number {
  return { string: 3, list: 3, map: 3, tuple: 2, object: 2, set: 1, number: 1, bool: 1, any: 0 }[kind];
}

/** Whether values of the one type may be convertible to the other, as far as types tell. */
export function canConvert(from: Type, to: Type): boolean {
  if (from.kind === 'any' || to.kind === 'any' || from.kind === to.kind) return partsConvert(from, to);
  switch (to.kind) {
    case 'string':
      return from.kind === 'number' || from.kind === 'bool';
    case 'number':
    case 'bool':
      return from.kind === 'string';
    case 'list':
    case 'set':
      return ['list', 'set', 'tuple'].includes(from.kind) && partTypes(from).every((type) => canConvert(type, to.item));
    case 'map':
      return from.kind === 'object' && partTypes(from).every((type) => canConvert(type, to.item));
    case 'object':
      return from.kind === 'map' && [...to.attributes.values()].every(({ type }) => canConvert(from.item, type));
    default:
      return false;
  }
}

function partsConvert(from: Type, to: Type): boolean {
  if ('item' in from && 'item' in to) return canConvert(from.item, to.item);
  if (from.kind === 'tuple' && to.kind === 'tuple')
    return (
      from.items.length === to.items.length &&
      from.items.every((item, index) => canConvert(item, to.items[index] as Type))
    );
  if (from.kind !== 'object' || to.kind !== 'object') return true;
  return [...to.attributes].every(([name, { type, optional }]) => {
    const given = from.attributes.get(name);
    return given ? canConvert(given.type, type) : optional !== undefined;
  });
}
