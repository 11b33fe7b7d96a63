/** Entries of the catalogue, which are read one by one: a run asks for few of them. */
import type { Entries } from './catalogue.ts';

/** The entry at a place, the same object each time; undefined where there is none. */
export function entryAt<T extends object>(entries: Entries<T>, at: number | undefined): T | undefined {
  if (at === undefined || entries[at] === undefined) return undefined;
  const read = READ.get(entries) ?? new Map<number, object>();
  READ.set(entries, read);
  if (!read.has(at)) read.set(at, JSON.parse(entries[at]));
  return read.get(at) as T;
}

/** What was read of entries before. */
const READ = new WeakMap<Entries<object>, Map<number, object>>();

/** All entries, in their order. */
export function everyEntry<T extends object>(entries: Entries<T>): readonly T[] {
  return entries.map((_, at) => entryAt(entries, at) as T);
}

/** The text of entries. */
export function entriesOf<T extends object>(entries: readonly T[]): Entries<T> {
  return entries.map((entry) => JSON.stringify(entry));
}

/** What a record has of its own under a key, which may be any text. */
export function own<V>(record: Readonly<Record<string, V>>, key: string): V | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
