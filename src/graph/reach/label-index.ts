/** Which of many labelled things meet requirements (R8), by an index from labels to things. */
import { append, type Multimap } from '../../source/multimap.ts';
import type { Requirement } from '../fragment.ts';
import { countUpTo } from '../sets/intervals.ts';
import { type BitSpace, type Bits, overlap } from './bits.ts';
import type { Bounds, Labelled } from './relation.ts';

/**
 * The things with numbers from `from` up to and without `to` that meet all requirements. A thing with labels that nobody
 * knows may meet, and may fail, every requirement on a label that it is not known to have.
 */
export type Meeting = (requirements: readonly Requirement[], from: number, to: number) => Bounds<Bits>;

/** An index over `things`, which `space` numbers in their order; only labels with these keys are looked at. */
export function labelIndex(space: BitSpace, things: readonly Labelled[], keys: ReadonlySet<string>): Meeting {
  const byKey = new Map<string, { values: Multimap<string, number>; all: number[] }>();
  for (const [number, { labels }] of things.entries()) {
    for (const [key, value] of labels) {
      if (!keys.has(key)) continue;
      let entry = byKey.get(key);
      if (!entry) {
        entry = { values: new Map(), all: [] };
        byKey.set(key, entry);
      }
      append(entry.values, value, number);
      entry.all.push(number);
    }
  }
  const open = space.of(things.flatMap((thing, number) => (thing.open ? [number] : [])));

  const meeting = ({ key, operator, values }: Requirement, from: number, to: number): Bounds<Bits> => {
    const entry = byKey.get(key);
    const having = () => space.of(within(entry?.all, from, to));
    const listed = () => {
      if (values.length === 1) return space.of(within(entry?.values.get(values[0] as string), from, to));
      return space.of([...new Set(values)].flatMap((value) => within(entry?.values.get(value), from, to)));
    };
    const hidden = space.isEmpty(open) ? space.none : space.subtract(open, having());
    const positive = (must: Bits) => {
      if (hidden === space.none) return { must, may: must };
      return { must, may: space.union([must, space.intersect(hidden, space.range(from, to))]) };
    };
    const negative = (without: Bits) => {
      const may = space.subtract(space.range(from, to), without);
      return { must: space.subtract(may, hidden), may };
    };
    switch (operator) {
      case 'in':
        return positive(listed());
      case 'exists':
        return positive(having());
      case 'not-in':
        return negative(listed());
      case 'absent':
        return negative(having());
    }
  };

  return ([first, ...more], from, to) => {
    if (!first) {
      const everything = space.range(from, to);
      return { must: everything, may: everything };
    }
    let met = meeting(first, from, to);
    for (const requirement of more) {
      if (space.isEmpty(met.may)) break;
      met = overlap(space, met, meeting(requirement, from, to));
    }
    return met;
  };
}

/** The part of an ascending list from `from` up to and without `to`. */
function within(list: readonly number[] | undefined, from: number, to: number): readonly number[] {
  if (!list) return [];
  const first = countUpTo(list, from - 1);
  const end = countUpTo(list, to - 1);
  return first === 0 && end === list.length ? list : list.slice(first, end);
}
