/**
 * Sets of small whole numbers as bits, from the first word that has any to the last. Most sets that guards speak of are a
 * few neighbours or all but a few, so that they are a word or two whatever the size of the space (§4.3).
 */
import { append, type Multimap } from '../../source/multimap.ts';
import type { Algebra } from './decision.ts';
import type { Bounds } from './relation.ts';

/** A set: the numbers that have a bit, or all others of the space. */
export interface Bits {
  /** Which word of the space the first of `words` is. */
  readonly start: number;
  /** Neither the first nor the last is zero. */
  readonly words: Uint32Array;
  readonly inverted: boolean;
  /** How many numbers the space has. */
  readonly size: number;
}

/** A set that is one object however it was made. */
export interface KnownBits extends Bits {
  /** Unique in its space; 0 is the empty set. */
  readonly id: number;
}

/** A stretch of words. */
type Words = Pick<Bits, 'start' | 'words'>;

/** The sets of numbers from 0 up to a size. */
export interface BitSpace extends Algebra<Bits> {
  readonly none: KnownBits;
  readonly all: KnownBits;
  /** The numbers of a list in any order. */
  of(numbers: readonly number[]): Bits;
  /** From `from` up to and without `to`. */
  range(from: number, to: number): Bits;
  /** The one object for a set. */
  known(bits: Bits): KnownBits;
}

export function bitSpace(size: number): BitSpace {
  const table: Multimap<number, KnownBits> = new Map();
  let made = 0;
  const set = ({ start, words }: Words, inverted: boolean): Bits => ({ start, words, inverted, size });

  const known = (bits: Bits): KnownBits => {
    if ('id' in bits) return bits as KnownBits;
    const { start, words, inverted } = shortest(bits);
    const hash = hashOf(start, words, inverted);
    for (const other of table.get(hash) ?? []) {
      if (other.inverted === inverted && other.start === start && equal(other.words, words)) return other;
    }
    const entry = { start, words, inverted, size, id: made++ };
    append(table, hash, entry);
    return entry;
  };
  const none = known(set(NO_WORDS, false));
  const all = size === 0 ? none : known(set(NO_WORDS, true));
  const plain = (words: Words): Bits => (words.words.length === 0 ? none : set(words, false));

  const intersect = (a: Bits, b: Bits): Bits => {
    if (a === b || b === all) return a;
    if (a === all) return b;
    if (a.inverted && b.inverted) return set(unionOf([a, b]), true);
    if (a.inverted) return plain(difference(b, a));
    return plain(b.inverted ? difference(a, b) : intersection(a, b));
  };
  return {
    none,
    all,
    of: (numbers) => plain(ofNumbers(numbers)),
    range: (from, to) => (from === 0 && to === size ? all : plain(rangeOf(from, to))),
    known,
    union(sets) {
      let only: Bits = none;
      let several = false;
      let inverted: Words | null = null;
      for (const each of sets) {
        if (each === none || each === only) continue;
        if (each === all) return all;
        if (each.inverted) inverted = inverted ? intersection(inverted, each) : each;
        else if (only === none) only = each;
        else several = true;
      }
      if (inverted) return set(difference(inverted, unionOf(sets.filter((each) => !each.inverted))), true);
      return several ? set(unionOf(sets), false) : only;
    },
    intersect,
    subtract(a, b) {
      if (a === b || b === all) return none;
      return b === none ? a : intersect(a, set(b, !b.inverted));
    },
    isEmpty: (bits) =>
      bits === none || (bits.words.length * 32 >= size || !bits.inverted ? countBits(bits) === 0 : false),
  };
}

/** What is in both, bound by bound; one set where nothing is unsure. */
export function overlap(space: BitSpace, a: Bounds<Bits>, b: Bounds<Bits>): Bounds<Bits> {
  const must = space.intersect(a.must, b.must);
  return { must, may: a.must === a.may && b.must === b.may ? must : space.intersect(a.may, b.may) };
}

/** The bounds as known sets; one set where nothing is unsure. */
export function knownBounds(space: BitSpace, { must, may }: Bounds<Bits>): Bounds<KnownBits> {
  const sure = space.known(must);
  return { must: sure, may: must === may ? sure : space.known(may) };
}

/** How many numbers are in it. */
export function countBits({ words, inverted, size }: Bits): number {
  return inverted ? size - bitsIn(words) : bitsIn(words);
}

/** Its numbers, ascending. */
export function numbersOf(bits: Bits): Generator<number, void, undefined> {
  return numbersIn(bits.inverted ? difference(rangeOf(0, bits.size), bits) : bits);
}

/** The form with fewer bits; where both have as many, the one that is not inverted. */
function shortest(bits: Bits): Bits {
  const { words, inverted, size } = bits;
  // So few words have no more than half of the bits.
  if (words.length * 64 < size) return bits;
  const twice = 2 * bitsIn(words);
  if (twice < size || (twice === size && !inverted)) return bits;
  return { ...difference(rangeOf(0, size), bits), inverted: !inverted, size };
}

export function hasBit({ start, words, inverted }: Bits, number: number): boolean {
  return ((((words[(number >>> 5) - start] ?? 0) >>> (number & 31)) & 1) === 1) !== inverted;
}

const NO_WORDS: Words = { start: 0, words: new Uint32Array(0) };

function bitsIn(words: Uint32Array): number {
  let count = 0;
  for (let i = 0; i < words.length; i++) {
    let word = words[i] as number;
    word -= (word >>> 1) & 0x5555_5555;
    word = (word & 0x3333_3333) + ((word >>> 2) & 0x3333_3333);
    count += Math.imul((word + (word >>> 4)) & 0x0f0f_0f0f, 0x0101_0101) >>> 24;
  }
  return count;
}

function* numbersIn({ start, words }: Words): Generator<number, void, undefined> {
  for (let i = 0; i < words.length; i++) {
    let word = words[i] as number;
    while (word !== 0) {
      const lowest = word & -word;
      yield ((start + i) << 5) + 31 - Math.clz32(lowest);
      word ^= lowest;
    }
  }
}

function rangeOf(from: number, to: number): Words {
  if (from >= to) return NO_WORDS;
  const start = from >>> 5;
  const words = new Uint32Array(((to - 1) >>> 5) - start + 1).fill(0xffff_ffff);
  words[0] = (words[0] as number) & (0xffff_ffff << (from & 31));
  const last = words.length - 1;
  words[last] = (words[last] as number) & (0xffff_ffff >>> (31 - ((to - 1) & 31)));
  return { start, words };
}

function ofNumbers(numbers: readonly number[]): Words {
  if (numbers.length === 0) return NO_WORDS;
  let first = Number.POSITIVE_INFINITY;
  let last = 0;
  for (const number of numbers) {
    if (number < first) first = number;
    if (number > last) last = number;
  }
  const start = first >>> 5;
  const words = new Uint32Array((last >>> 5) - start + 1);
  for (const number of numbers) {
    const i = (number >>> 5) - start;
    words[i] = (words[i] as number) | (1 << (number & 31));
  }
  return { start, words };
}

function unionOf(sets: readonly Words[]): Words {
  if (sets.length === 1) return sets[0] as Words;
  let start = Number.POSITIVE_INFINITY;
  let end = 0;
  for (const each of sets) {
    if (each.words.length === 0) continue;
    if (each.start < start) start = each.start;
    if (each.start + each.words.length > end) end = each.start + each.words.length;
  }
  if (end === 0) return NO_WORDS;
  const words = new Uint32Array(end - start);
  for (const each of sets) {
    const shift = each.start - start;
    const from = each.words;
    for (let i = 0; i < from.length; i++) words[shift + i] = (words[shift + i] as number) | (from[i] as number);
  }
  return { start, words };
}

function intersection(a: Words, b: Words): Words {
  const [x, y] = [a.words, b.words];
  let from = Math.max(a.start, b.start);
  let to = Math.min(a.start + x.length, b.start + y.length);
  // Where words meet and have nothing in common, nothing is made.
  while (from < to && ((x[from - a.start] as number) & (y[from - b.start] as number)) === 0) from++;
  while (to > from && ((x[to - 1 - a.start] as number) & (y[to - 1 - b.start] as number)) === 0) to--;
  if (to <= from) return NO_WORDS;
  const words = new Uint32Array(to - from);
  for (let at = from; at < to; at++) words[at - from] = (x[at - a.start] as number) & (y[at - b.start] as number);
  return { start: from, words };
}

function difference(a: Words, b: Words): Words {
  const [x, y] = [a.words, b.words];
  if (a.start + x.length <= b.start || b.start + y.length <= a.start) return a;
  let from = a.start;
  let to = a.start + x.length;
  // Beyond the words of `b` there is nothing to take away: what is read there is undefined, which counts as zero.
  while (from < to && ((x[from - a.start] as number) & ~(y[from - b.start] as number)) === 0) from++;
  while (to > from && ((x[to - 1 - a.start] as number) & ~(y[to - 1 - b.start] as number)) === 0) to--;
  if (to <= from) return NO_WORDS;
  const words = x.slice(from - a.start, to - a.start);
  const end = Math.min(to, b.start + y.length);
  for (let at = Math.max(from, b.start); at < end; at++) {
    words[at - from] = (words[at - from] as number) & ~(y[at - b.start] as number);
  }
  return { start: from, words };
}

function hashOf(start: number, words: Uint32Array, inverted: boolean): number {
  let hash = inverted ? ~start : start;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ (words[i] as number), 0x0100_0193) ^ (hash >>> 15);
  return hash;
}

function equal(a: Uint32Array, b: Uint32Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
