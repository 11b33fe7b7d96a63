import type { Datum } from './datum.ts';

/** A map over these keys whose values are worked out when they are asked for; `worth` is asked each time. */
export function lazyMap(keys: ReadonlySet<string>, worth: (key: string) => Datum): ReadonlyMap<string, Datum> {
  const entries = () => [...keys].map((key): [string, Datum] => [key, worth(key)]).values();
  return {
    size: keys.size,
    has: (key) => keys.has(key),
    get: (key) => (keys.has(key) ? worth(key) : undefined),
    keys: () => keys.values(),
    values: () => [...keys].map(worth).values(),
    entries,
    [Symbol.iterator]: entries,
    forEach(visit) {
      for (const key of keys) visit(worth(key), key, this);
    },
  };
}
