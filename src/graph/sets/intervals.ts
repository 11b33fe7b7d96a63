/** Sorted disjoint intervals over whole numbers, small or big: a flat list of first and last, both inside. */
export interface Line<T extends number | bigint> {
  readonly next: (place: T) => T;
  readonly previous: (place: T) => T;
}

/** The line of whole numbers, and that of numbers that only a bigint holds. */
export const NUMBERS: Line<number> = { next: (place) => place + 1, previous: (place) => place - 1 };
export const BIG_NUMBERS: Line<bigint> = { next: (place) => place + 1n, previous: (place) => place - 1n };

/** Walks both lists once and keeps the stretches that `keep` wants; neighbours become one interval. */
export function combine<T extends number | bigint>(
  line: Line<T>,
  a: readonly T[],
  b: readonly T[],
  keep: (inA: boolean, inB: boolean) => boolean,
): readonly T[] {
  const bounds: T[] = [];
  let i = 0;
  let j = 0;
  let open = false;
  while (i < a.length || j < b.length) {
    const nextA = change(line, a, i);
    const nextB = change(line, b, j);
    const place = nextB === undefined || (nextA !== undefined && nextA < nextB) ? (nextA as T) : nextB;
    if (nextA === place) i++;
    if (nextB === place) j++;
    const wanted = keep((i & 1) === 1, (j & 1) === 1);
    if (wanted === open) continue;
    open = wanted;
    bounds.push(wanted ? place : line.previous(place));
  }
  return bounds;
}

/** Where the `i`th bound takes effect: the last place of an interval is inside it, so that it ends one further on. */
function change<T extends number | bigint>(line: Line<T>, bounds: readonly T[], i: number): T | undefined {
  const bound = bounds[i];
  return bound === undefined || (i & 1) === 0 ? bound : line.next(bound);
}

/** What `combine` keeps: the union, the intersection, and the difference. */
export const either = (inA: boolean, inB: boolean): boolean => inA || inB;
export const both = (inA: boolean, inB: boolean): boolean => inA && inB;
export const onlyFirst = (inA: boolean, inB: boolean): boolean => inA && !inB;

/** The numbers in their order, each once. */
export function ascending(numbers: readonly number[]): readonly number[] {
  // Most lists are short, and in order as they are.
  if (numbers.every((number, i) => i === 0 || (numbers[i - 1] as number) < number)) return numbers;
  return [...numbers].sort((a, b) => a - b).filter((number, i, sorted) => i === 0 || number !== sorted[i - 1]);
}

/** How many of an ascending list are not more than `limit`. */
export function countUpTo<T extends number | bigint>(list: readonly T[], limit: T): number {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((list[middle] as T) <= limit) low = middle + 1;
    else high = middle;
  }
  return low;
}
