/** Where a place of a tree is instead: an offset, and which edge of a range it is. */
export type Place = (offset: number, edge: 'start' | 'end') => number;

/** A copy of a tree of syntax, or of notices about it, in which every `start` and `end` is where `place` says. */
export function moved<T>(tree: T, place: Place): T {
  if (Array.isArray(tree)) return tree.map((item) => moved(item, place)) as T;
  if (typeof tree !== 'object' || tree === null) return tree;
  const entries = Object.entries(tree).map(([name, value]): [string, unknown] => [
    name,
    (name === 'start' || name === 'end') && typeof value === 'number' ? place(value, name) : moved(value, place),
  ]);
  return Object.fromEntries(entries) as T;
}
