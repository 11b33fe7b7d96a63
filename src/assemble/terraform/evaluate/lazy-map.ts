import type { Datum } from './datum.ts';

/** A map over these keys whose values are worked out when they are asked for; `valueOf` is asked each time. */
export function lazyMap(keys: ReadonlySet<string>, valueOf: (key: string) => Datum): ReadonlyMap<string, Datum> {
  const entries = () => [...keys].map((key): [string, Datum] => [key, valueOf(key)]).values();
  return {
    size: keys.size,
    has: (key) => keys.has(key),
    get: (key) => (keys.has(key) ? valueOf(key) : undefined),
    keys: () => keys.values(),
    values: () => [...keys].map(valueOf).values(),
    entries,
    [Symbol.iterator]: entries,
    forEach(visit) {
      for (const key of keys) visit(valueOf(key), key, this);
    },
  };
}
