/**
 * Sets of small whole numbers as bits, from the first word that has any to the last: most sets hold neighbours, so that
 * they are a word or two whatever the size of the space (§4.3).
 */
import type { Algebra } from './decision.ts';

export interface Bits {
  /** Which word of the space the first of `words` is. */
  readonly start: number;
  /** Neither the first nor the last is zero; empty for the empty set. */
  readonly words: Uint32Array;
}

/** A set that is one object however it was made. */
export interface KnownBits extends Bits {
  /** Unique in its space; 0 is the empty set. */
  readonly id: number;
}

/** The sets of numbers from 0 up to a size. */
export interface BitSpace extends Algebra<Bits> {
  readonly none: KnownBits;
  readonly all: KnownBits;
  /** The numbers of a list in any order. */
  of(numbers: Iterable<number>): Bits;
  /** From `from` up to and without `to`. */
  range(from: number, to: number): Bits;
  /** The one object for a set. */
  known(bits: Bits): KnownBits;
}

export function bitSpace(size: number): BitSpace {
  const table = new Map<number, KnownBits[]>();
  let count = 0;
  const known = (bits: Bits): KnownBits => {
    const hash = hashOf(bits);
    let bucket = table.get(hash);
    if (!bucket) {
      bucket = [];
      table.set(hash, bucket);
    }
    const found = bucket.find((other) => other === bits || equal(other, bits));
    if (found) return found;
    const made = { id: count++, start: bits.start, words: bits.words };
    bucket.push(made);
    return made;
  };
  const none = known({ start: 0, words: new Uint32Array(0) });
  const all = size === 0 ? none : known(rangeOf(0, size));
  const space: BitSpace = {
    none,
    all,
    of: (numbers) => ofNumbers(numbers, none),
    range: (from, to) => (from >= to ? none : rangeOf(from, to)),
    known,
    union(sets) {
      const some = sets.filter((set) => set !== none && set.words.length > 0);
      if (some.length === 0) return none;
      if (some.length === 1) return some[0] as Bits;
      return some.includes(all) ? all : unionOf(some);
    },
    intersect(a, b) {
      if (a === b || b === all) return a;
      return a === all ? b : intersection(a, b);
    },
    subtract(a, b) {
      if (b === all || a === b) return none;
      return a.words.length === 0 || b.words.length === 0 ? a : difference(a, b);
    },
    isEmpty: ({ words }) => words.length === 0,
  };
  return space;
}

export function hasBit({ start, words }: Bits, number: number): boolean {
  return (((words[(number >>> 5) - start] ?? 0) >>> (number & 31)) & 1) === 1;
}

/** How many numbers are in it. */
export function countBits({ words }: Bits): number {
  let count = 0;
  for (let word of words) {
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}

/** Its numbers, ascending. */
export function* numbersOf({ start, words }: Bits): Generator<number, void, undefined> {
  for (let i = 0; i < words.length; i++) {
    let word = words[i] as number;
    while (word !== 0) {
      const lowest = word & -word;
      yield ((start + i) << 5) + 31 - Math.clz32(lowest);
      word ^= lowest;
    }
  }
}

function rangeOf(from: number, to: number): Bits {
  const start = from >>> 5;
  const words = new Uint32Array(((to - 1) >>> 5) - start + 1).fill(0xffff_ffff);
  words[0] = (words[0] as number) & (0xffff_ffff << (from & 31));
  const last = words.length - 1;
  words[last] = (words[last] as number) & (0xffff_ffff >>> (31 - ((to - 1) & 31)));
  return { start, words };
}

function ofNumbers(numbers: Iterable<number>, none: Bits): Bits {
  const list = [...numbers];
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const number of list) {
    if (number < first) first = number;
    if (number > last) last = number;
  }
  if (list.length === 0) return none;
  const start = first >>> 5;
  const words = new Uint32Array((last >>> 5) - start + 1);
  for (const number of list) {
    const i = (number >>> 5) - start;
    words[i] = (words[i] as number) | (1 << (number & 31));
  }
  return { start, words };
}

function unionOf(sets: readonly Bits[]): Bits {
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const set of sets) {
    start = Math.min(start, set.start);
    end = Math.max(end, set.start + set.words.length);
  }
  const words = new Uint32Array(end - start);
  for (const set of sets) {
    const shift = set.start - start;
    for (let i = 0; i < set.words.length; i++)
      words[shift + i] = (words[shift + i] as number) | (set.words[i] as number);
  }
  return { start, words };
}

function intersection(a: Bits, b: Bits): Bits {
  const start = Math.max(a.start, b.start);
  const end = Math.min(a.start + a.words.length, b.start + b.words.length);
  const words = new Uint32Array(Math.max(0, end - start));
  for (let i = 0; i < words.length; i++) {
    words[i] = (a.words[start + i - a.start] as number) & (b.words[start + i - b.start] as number);
  }
  return trimmed(start, words);
}

function difference(a: Bits, b: Bits): Bits {
  const words = a.words.slice();
  const from = Math.max(a.start, b.start);
  const to = Math.min(a.start + a.words.length, b.start + b.words.length);
  for (let at = from; at < to; at++) {
    const i = at - a.start;
    words[i] = (words[i] as number) & ~(b.words[at - b.start] as number);
  }
  return trimmed(a.start, words);
}

function trimmed(start: number, words: Uint32Array): Bits {
  let first = 0;
  let end = words.length;
  while (first < end && words[first] === 0) first++;
  while (end > first && words[end - 1] === 0) end--;
  if (first === end) return { start: 0, words: words.subarray(0, 0) };
  return first === 0 && end === words.length
    ? { start, words }
    : { start: start + first, words: words.slice(first, end) };
}

function hashOf({ start, words }: Bits): number {
  let hash = start;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] as number), 0x0100_0193) ^ (hash >>> 15);
  return hash;
}

function equal(a: Bits, b: Bits): boolean {
  if (a.start !== b.start || a.words.length !== b.words.length) return false;
  for (let i = 0; i < a.words.length; i++) if (a.words[i] !== b.words[i]) return false;
  return true;
}
