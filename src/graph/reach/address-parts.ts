/**
 * The address space in parts that grants tell apart (§4.2), so that sets of addresses are sets of small numbers. A part is
 * what lies in the same sets: it may have many stretches, of both families.
 */
import { once, onceEach } from '../../source/once.ts';
import { type AddressSet, unionOf } from '../sets/address-set.ts';
import { countUpTo } from '../sets/intervals.ts';
import { type BitSpace, type Bits, bitSpace, numbersOf } from './bits.ts';

/** More marks than this are not made: each stretch between two bounds is a part of its own then. */
const MOST_MARKS = 4_000_000;

/** The parts of an address space. */
export interface AddressParts {
  readonly space: BitSpace;
  /** By their first addresses, IPv4 first; together they are the whole space, and no two of them meet. */
  readonly parts: readonly AddressSet[];
  /** The parts that have an address of `set`; of the sets that parts were made for, they have every address and no other. */
  touching(set: AddressSet): Bits;
  addressesIn(bits: Bits): AddressSet;
}

/** The parts of `whole`, of each family everything or nothing, that `sets` tell apart. */
export function addressParts(whole: AddressSet, sets: readonly AddressSet[]): AddressParts {
  const all = [whole, ...sets];
  const v4 = startsOf(
    all.map((set) => set.v4),
    whole.v4[1],
    (last) => last + 1,
  );
  const v6 = startsOf(
    all.map((set) => set.v6),
    whole.v6[1],
    (last) => last + 1n,
  );
  const count = v4.length + v6.length;
  /** The stretches that a set has any address of: the first, and the one after the last, pair by pair. */
  const stretchesOf = (set: AddressSet): readonly number[] => [
    ...stretches(v4, set.v4, 0),
    ...stretches(v6, set.v6, v4.length),
  ];
  const { partOf, parts: partCount } = refined(count, sets, stretchesOf);

  const space = bitSpace(partCount);
  // From each stretch the one before it in its part: sets are made only of parts that somebody asks for.
  const previous = new Int32Array(count);
  const last = new Int32Array(partCount).fill(-1);
  for (let i = 0; i < count; i++) {
    const part = partOf[i] as number;
    previous[i] = last[part] as number;
    last[part] = i;
  }
  const partAt = onceEach((part: number): AddressSet => {
    const members: AddressSet[] = [];
    for (let i = last[part] as number; i >= 0; i = previous[i] as number) members.push(stretch(i));
    return unionOf(members);
  });
  const parts = once(() => Array.from({ length: partCount }, (_, part) => partAt(part)));
  function stretch(i: number): AddressSet {
    if (i < v4.length) return { v4: [v4[i] as number, (v4[i + 1] ?? (whole.v4[1] as number) + 1) - 1], v6: [] };
    const at = i - v4.length;
    return { v4: [], v6: [v6[at] as bigint, (v6[at + 1] ?? (whole.v6[1] as bigint) + 1n) - 1n] };
  }
  return {
    space,
    get parts() {
      return parts();
    },
    touching(set) {
      const bounds = stretchesOf(set);
      const ranges: Bits[] = [];
      const numbers: number[] = [];
      for (let i = 0; i < bounds.length; i += 2) {
        const [from, to] = [bounds[i] as number, bounds[i + 1] as number];
        if (partCount === count) ranges.push(space.range(from, to));
        else for (let at = from; at < to; at++) numbers.push(partOf[at] as number);
      }
      return partCount === count ? space.union(ranges) : space.of(numbers);
    },
    addressesIn: (bits) => unionOf([...numbersOf(bits)].map(partAt)),
  };
}

/** Where stretches start: at the first address of an interval, and after the last one of it. */
function startsOf<T extends number | bigint>(
  lists: readonly (readonly T[])[],
  end: T | undefined,
  after: (last: T) => T,
): readonly T[] {
  if (end === undefined) return [];
  const starts = new Set<T>();
  for (const bounds of lists) {
    for (let i = 0; i < bounds.length; i += 2) {
      starts.add(bounds[i] as T);
      if ((bounds[i + 1] as T) < end) starts.add(after(bounds[i + 1] as T));
    }
  }
  return [...starts].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
}

function stretches<T extends number | bigint>(starts: readonly T[], bounds: readonly T[], shift: number): number[] {
  const found: number[] = [];
  if (starts.length === 0) return found;
  for (let i = 0; i < bounds.length; i += 2) {
    found.push(shift + countUpTo(starts, bounds[i] as T) - 1, shift + countUpTo(starts, bounds[i + 1] as T));
  }
  return found;
}

/**
 * Splits all stretches into parts, set by set: what a part has inside the set goes apart from what it has outside. Parts
 * are numbered by their first stretches.
 */
function refined(
  count: number,
  sets: readonly AddressSet[],
  stretchesOf: (set: AddressSet) => readonly number[],
): { readonly partOf: Int32Array; readonly parts: number } {
  const partOf = new Int32Array(count);
  const apart: { readonly in: number[]; readonly as: number[] } = { in: [-1], as: [0] };
  let parts = 1;
  let marks = 0;
  for (const [number, set] of sets.entries()) {
    const bounds = smaller(stretchesOf(set), count);
    for (let i = 0; i < bounds.length; i += 2) {
      const end = bounds[i + 1] as number;
      marks += end - (bounds[i] as number);
      if (marks > MOST_MARKS) return { partOf: partOf.map((_, at) => at), parts: count };
      for (let at = bounds[i] as number; at < end; at++) {
        const part = partOf[at] as number;
        if (apart.in[part] !== number) {
          apart.in[part] = number;
          apart.as[part] = parts++;
        }
        partOf[at] = apart.as[part] as number;
      }
    }
  }
  const order = new Map<number, number>();
  for (let at = 0; at < count; at++) {
    const part = partOf[at] as number;
    const known = order.get(part) ?? order.size;
    order.set(part, known);
    partOf[at] = known;
  }
  return { partOf, parts: order.size };
}

/** The stretches, or those between them, whichever are fewer: both split the same parts. */
function smaller(bounds: readonly number[], count: number): readonly number[] {
  let inside = 0;
  for (let i = 0; i < bounds.length; i += 2) inside += (bounds[i + 1] as number) - (bounds[i] as number);
  return inside * 2 <= count ? bounds : [0, ...bounds, count];
}
