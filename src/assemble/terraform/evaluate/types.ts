/** The types of Terraform's language (website/docs/language/expressions/type-constraints). */
import { type Datum, isSequence } from './datum.ts';

export type Type =
  | { readonly kind: 'any' | 'string' | 'number' | 'bool' }
  | { readonly kind: 'list' | 'set'; readonly item: Type }
  | { readonly kind: 'map'; readonly item: Type }
  | { readonly kind: 'tuple'; readonly items: readonly Type[] }
  | ObjectType;

/** `object({ … })`. */
export interface ObjectType {
  readonly kind: 'object';
  readonly attributes: ReadonlyMap<string, AttributeType>;
}

/** An attribute of an object type. */
export interface AttributeType {
  readonly type: Type;
  /** Of `optional(type, default)`: the attribute may be left out, and is the default or null then. */
  readonly optional?: { readonly otherwise: Datum | null };
}

/** Any type at all; in a collection, one type that all its items have. */
export const ANY: Type = { kind: 'any' };
export const STRING: Type = { kind: 'string' };
export const NUMBER: Type = { kind: 'number' };
export const BOOL: Type = { kind: 'bool' };

/** `list(item)`. */
export const listOf = (item: Type): Type => ({ kind: 'list', item });
/** `set(item)`. */
export const setOf = (item: Type): Type => ({ kind: 'set', item });
/** `map(item)`. */
export const mapOf = (item: Type): Type => ({ kind: 'map', item });

/** What error messages call a type. */
export function typeName(type: Type): string {
  switch (type.kind) {
    case 'any':
    case 'string':
    case 'number':
    case 'bool':
    case 'object':
    case 'tuple':
      return type.kind;
    default:
      return `${type.kind} of ${typeName(type.item)}`;
  }
}

/** What error messages call the type of a value. */
export function kindName(datum: Datum): string {
  return datum.kind === 'unknown' ? 'unknown value' : datum.kind;
}

/** Equal for equal types: optional attributes count as attributes. */
export function typeKey(type: Type): string {
  switch (type.kind) {
    case 'list':
    case 'set':
    case 'map':
      return `${type.kind}(${typeKey(type.item)})`;
    case 'tuple':
      return `[${type.items.map(typeKey).join()}]`;
    case 'object':
      return `{${[...type.attributes].map(([name, { type }]) => `${JSON.stringify(name)}:${typeKey(type)}`).join()}}`;
    default:
      return type.kind;
  }
}

/**
 * The type of a value. Unknown values, null, resources and the items of an empty collection have any type; an empty tuple or object
 * has its own.
 */
export function typeOf(datum: Datum): Type {
  switch (datum.kind) {
    case 'null':
    case 'unknown':
      return ANY;
    case 'string':
      return STRING;
    case 'number':
      return NUMBER;
    case 'bool':
      return BOOL;
    case 'tuple':
      return { kind: 'tuple', items: datum.items.map(typeOf) };
    case 'object': {
      if (datum.lazy) return ANY;
      const sorted = [...datum.entries].sort(([one], [other]) => (one < other ? -1 : 1));
      return { kind: 'object', attributes: new Map(sorted.map(([name, value]) => [name, { type: typeOf(value) }])) };
    }
    default: {
      const items = isSequence(datum) ? datum.items : [...datum.entries.values()];
      const item = mostDefinite(items);
      return datum.kind === 'map' ? mapOf(item) : { kind: datum.kind, item };
    }
  }
}

/** The items of a collection are of one type: the first that is not null or unknown tells it. */
function mostDefinite(items: readonly Datum[]): Type {
  let found: Type = ANY;
  for (const item of items) {
    found = merged(found, typeOf(item));
    if (!hasAny(found)) break;
  }
  return found;
}

/** Whether the type leaves something open: `any`, or a collection of it. */
export function hasAny(type: Type): boolean {
  switch (type.kind) {
    case 'any':
      return true;
    case 'list':
    case 'set':
    case 'map':
      return hasAny(type.item);
    case 'tuple':
      return type.items.some(hasAny);
    case 'object':
      return [...type.attributes.values()].some(({ type }) => hasAny(type));
    default:
      return false;
  }
}

/** One type of two that say the same, one of them perhaps less. */
function merged(one: Type, other: Type): Type {
  if (one.kind === 'any') return other;
  if (one.kind !== other.kind) return one;
  switch (one.kind) {
    case 'list':
    case 'set':
    case 'map':
      return 'item' in other ? { ...one, item: merged(one.item, other.item) } : one;
    case 'tuple':
      if (other.kind !== 'tuple' || other.items.length !== one.items.length) return one;
      return { kind: 'tuple', items: one.items.map((item, index) => merged(item, other.items[index] as Type)) };
    case 'object':
      if (other.kind !== 'object') return one;
      return {
        kind: 'object',
        attributes: new Map(
          [...one.attributes].map(([name, { type }]) => [
            name,
            { type: merged(type, other.attributes.get(name)?.type ?? type) },
          ]),
        ),
      };
    default:
      return one;
  }
}
