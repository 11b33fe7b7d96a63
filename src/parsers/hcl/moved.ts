/** A copy of a tree in which every `start` and `end` is where `place` says; of a key of an object, say, inside a JSON text. */
export function moved<T>(tree: T, place: (offset: number) => number): T {
  if (Array.isArray(tree)) return tree.map((item) => moved(item, place)) as T;
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries = Object.entries(tree).map(([name, value]): [string, unknown] => [
    name,
    (name === 'start' || name === 'end') && typeof value === 'number' ? place(value) : moved(value, place),
  ]);
  return Object.fromEntries(entries) as T;
}
