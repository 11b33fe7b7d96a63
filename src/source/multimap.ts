/** A map that keeps several values under one key, in the order in which they came. */
export type Multimap<K, V> = Map<K, V[]>;

/** Adds a value to those under `key`. */
export function append<K, V>(map: Multimap<K, V>, key: K, value: V): void {
  const values = map.get(key);
  if (values) values.push(value);
  else map.set(key, [value]);
}
