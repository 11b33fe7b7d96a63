import type { Origin } from '../../source/span.ts';
import type { Entry, List, Mapping, Scalar, Value } from '../../source/value.ts';

/** A string at a place. */
export function text(value: string, origin: Origin): Scalar {
  return { kind: 'scalar', value, text: value, quoted: true, origin };
}

/** What an empty YAML value is. */
export function nothing(origin: Origin): Scalar {
  return { kind: 'scalar', value: null, text: '', quoted: false, origin };
}

/** Whether a value is written as nothing: an empty value, `null`, `~`. */
export function isNull(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}

/** A mapping of entries in their order; of two with one key the last stays, at the place of the first. */
export function mapping(entries: Iterable<Entry>, origin: Origin, tag?: string): Mapping {
  const byKey = new Map<string, Entry>();
  for (const entry of entries) byKey.set(entry.key, entry);
  return { kind: 'mapping', entries: byKey, origin, ...(tag === undefined ? {} : { tag }) };
}

/** A list at a place. */
export function list(items: readonly Value[], origin: Origin, tag?: string): List {
  return { kind: 'list', items, origin, ...(tag === undefined ? {} : { tag }) };
}

/** `value` with each entry's value mapped. */
export function mapEntries(value: Mapping, change: (entry: Entry) => Value): Mapping {
  const entries = new Map<string, Entry>();
  for (const entry of value.entries.values()) entries.set(entry.key, { ...entry, value: change(entry) });
  return { ...value, entries };
}

/** `value` with some entries put in or in the place of others. */
export function withEntries(value: Mapping, ...entries: readonly Entry[]): Mapping {
  const byKey = new Map(value.entries);
  for (const entry of entries) byKey.set(entry.key, entry);
  return { ...value, entries: byKey };
}

/** `value` less some keys. */
export function without(value: Mapping, ...keys: readonly string[]): Mapping {
  const byKey = new Map(value.entries);
  for (const key of keys) byKey.delete(key);
  return { ...value, entries: byKey };
}
