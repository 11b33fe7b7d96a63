/** The line of ports in parts, by what is so on each of them. */
import { ascending, both, combine, NUMBERS } from '../sets/intervals.ts';
import type { PortSet, PortSets } from '../sets/port-set.ts';
import { portAlgebra } from './ports.ts';

/** One past the last place on the line of ports. */
const END_OF_PORTS = 3 << 16;

/** Ports on which the same is so. */
export interface PortPart<A> {
  readonly ports: PortSet;
  readonly value: A;
}

/**
 * The parts by what `answer` says at each place: places with the same key are one part, those with null in none. Between
 * `cuts`, which ascend, it says the same.
 */
export function portParts<A>(
  sets: PortSets,
  cuts: readonly number[],
  answer: (place: number) => { readonly key: string; readonly value: A } | null,
): readonly PortPart<A>[] {
  const { all } = portAlgebra(sets);
  const parts = new Map<string, { bounds: number[]; value: A }>();
  const starts = [0, ...cuts];
  for (const [i, start] of starts.entries()) {
    const found = answer(start);
    if (!found) continue;
    const last = (starts[i + 1] ?? END_OF_PORTS) - 1;
    const part = parts.get(found.key);
    if (!part) parts.set(found.key, { bounds: [start, last], value: found.value });
    else if (part.bounds.at(-1) === start - 1) part.bounds[part.bounds.length - 1] = last;
    else part.bounds.push(start, last);
  }
  // The line has places that are no ports, so that not even all of it is a set of ports by itself.
  return [...parts.values()]
    .map(({ bounds, value }) => ({ ports: sets.known(combine(NUMBERS, bounds, all, both)), value }))
    .filter(({ ports }) => ports !== sets.empty);
}

/** Two ascending lists as one. */
export function mergedCuts(a: readonly number[], b: readonly number[]): readonly number[] {
  if (a.length === 0) return b;
  return b.length === 0 ? a : ascending([...a, ...b]);
}
