import type { Datum } from './datum.ts';

/** A map over these keys whose values are worked out when they are asked for; `valueOf` is asked each time. */
export function lazyMap(keys: readonly string[], valueOf: (key: string) => Datum): ReadonlyMap<string, Datum> {
  const known = new Set(keys);
  const entries = function* (): MapIterator<[string, Datum]> {
    for (const key of known) yield [key, valueOf(key)];
  };
  return {
    size: known.size,
    has: (key) => known.has(key),
    get: (key) => (known.has(key) ? valueOf(key) : undefined),
    keys: () => known.keys(),
    *values() {
      for (const key of known) yield valueOf(key);
    },
    entries,
    [Symbol.iterator]: entries,
    forEach(visit) {
      for (const key of known) visit(valueOf(key), key, this);
    },
  };
}
