/** Values made and changed: every change answers a new value that shares what it left alone. */
import type { Origin } from '../../../source/span.ts';
import type { Entry, List, Mapping, Scalar, Value } from '../../../source/value.ts';

/** A string that `origin` says. */
export function stringOf(text: string, origin: Origin): Scalar {
  return { kind: 'scalar', value: text, text, quoted: true, origin };
}

/** `scalar` reading `text` instead, a string, edited where it was. */
export function reworded(scalar: Scalar, text: string): Scalar {
  const { tag: _, ...rest } = scalar;
  return { ...rest, value: text, text, quoted: true };
}

/** A mapping without entries, or with these. */
export function mappingOf(origin: Origin, entries: readonly Entry[] = []): Mapping {
  return { kind: 'mapping', entries: new Map(entries.map((entry) => [entry.key, entry])), origin };
}

/** The mapping with `value` under `key`; the key keeps its place where it has one already. */
export function withField(mapping: Mapping, key: string, value: Value, keyOrigin: Origin): Mapping {
  const known = mapping.entries.get(key);
  if (known?.value === value) return mapping;
  const entries = new Map(mapping.entries);
  entries.set(key, { key, keyOrigin: known?.keyOrigin ?? keyOrigin, value });
  return { ...mapping, entries };
}

/** The mapping with this entry, in place of the one under the same key. */
export function withEntry(mapping: Mapping, entry: Entry): Mapping {
  return { ...mapping, entries: new Map(mapping.entries).set(entry.key, entry) };
}

/** The mapping without `key`. */
export function withoutField(mapping: Mapping, key: string): Mapping {
  if (!mapping.entries.has(key)) return mapping;
  const entries = new Map(mapping.entries);
  entries.delete(key);
  return { ...mapping, entries };
}

/** The list with other items; itself where each is the one that it was. */
export function withItems(list: List, items: readonly Value[]): List {
  const same = items.length === list.items.length && items.every((item, index) => item === list.items[index]);
  return same ? list : { ...list, items };
}

/** Whether the value is there and says nothing: `key:`, `key: null`, `key: ~`. */
export function isNull(value: Value | undefined): boolean {
  return value?.kind === 'scalar' && value.value === null;
}

/** How many nodes a run may still move; counted down. */
export interface NodeAllowance {
  nodes: number;
}

/** Moves an origin to another place, or along a way. */
export type Move = (origin: Origin) => Origin;

/** Puts `via` behind the way that an origin already came; ways that are shared stay shared. */
export function arrivalOver(via: Origin): Move {
  const longer = new Map<Origin, Origin>();
  const wayBehind = (way: Origin | undefined): Origin => {
    if (!way) return via;
    const known = longer.get(way);
    if (known) return known;
    const made = { ...way, via: wayBehind(way.via) };
    longer.set(way, made);
    return made;
  };
  return (origin) => ({ ...origin, via: wayBehind(origin.via) });
}

/** The value as it arrives over `via`. */
export function arriving<V extends Value>(value: V, via: Origin, allowance: NodeAllowance): V {
  return moved(value, arrivalOver(via), allowance);
}

/**
 * The value with each origin moved. Where the allowance is used up, the value as it is, so that the copies of a large
 * base never outgrow memory.
 */
export function moved<V extends Value>(value: V, move: Move, allowance: NodeAllowance): V {
  if (allowance.nodes <= 0) return value;
  allowance.nodes--;
  const origin = move(value.origin);
  if (value.kind === 'list')
    return { ...value, origin, items: value.items.map((item) => moved(item, move, allowance)) };
  if (value.kind !== 'mapping') return { ...value, origin };
  const entries = new Map<string, Entry>();
  for (const entry of value.entries.values()) {
    entries.set(entry.key, {
      key: entry.key,
      keyOrigin: move(entry.keyOrigin),
      value: moved(entry.value, move, allowance),
    });
  }
  return { ...value, origin, entries };
}
