import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bits, bitSpace, countBits, hasBit, numbersOf } from './bits.ts';

const SIZES = [0, 1, 31, 32, 33, 64, 200];

/** A set made by some way or other, and what it should hold. */
const made = (size: number) => {
  const space = bitSpace(size);
  const numbers = fc.uniqueArray(fc.nat(Math.max(0, size - 1)), { maxLength: size });
  const leaf = fc.oneof(
    numbers.map((list) => ({ bits: space.of(list), holds: new Set(list) })),
    fc.tuple(fc.nat(size), fc.nat(size)).map(([from, to]) => {
      const list = Array.from({ length: Math.max(0, to - from) }, (_, i) => from + i);
      return { bits: space.range(from, to), holds: new Set(list) };
    }),
    fc.constant({ bits: space.all as Bits, holds: new Set(Array.from({ length: size }, (_, i) => i)) }),
  );
  type Made = { readonly bits: Bits; readonly holds: ReadonlySet<number> };
  const grown = fc.letrec<{ set: Made }>((tie) => ({
    set: fc.oneof(
      { weight: 2, arbitrary: leaf },
      fc.array(tie('set'), { maxLength: 3 }).map((sets) => ({
        bits: space.union(sets.map(({ bits }) => bits)),
        holds: new Set(sets.flatMap(({ holds }) => [...holds])),
      })),
      fc.tuple(tie('set'), tie('set')).map(([a, b]) => ({
        bits: space.intersect(a.bits, b.bits),
        holds: new Set([...a.holds].filter((one) => b.holds.has(one))),
      })),
      fc.tuple(tie('set'), tie('set')).map(([a, b]) => ({
        bits: space.subtract(a.bits, b.bits),
        holds: new Set([...a.holds].filter((one) => !b.holds.has(one))),
      })),
    ),
  })).set;
  return { space, set: grown };
};

describe.each(SIZES)('sets of %i numbers', (size) => {
  const { space, set } = made(size === 0 ? 0 : size);

  test('hold what was put together, however it was', () => {
    if (size === 0) {
      expect([space.all, space.range(0, 0), space.of([])]).toEqual([space.none, space.none, space.none]);
      return;
    }
    fc.assert(
      fc.property(set, ({ bits, holds }) => {
        expect([...numbersOf(bits)]).toEqual([...holds].sort((a, b) => a - b));
        expect(countBits(bits)).toBe(holds.size);
        expect(space.isEmpty(bits)).toBe(holds.size === 0);
        for (let i = 0; i < size; i++) expect(hasBit(bits, i)).toBe(holds.has(i));
      }),
      { numRuns: 150 },
    );
  });

  test('are one object once they are known', () => {
    if (size === 0) return expect(space.known(space.all).id).toBe(0);
    fc.assert(
      fc.property(set, set, (a, b) => {
        const same = [...a.holds].every((one) => b.holds.has(one)) && a.holds.size === b.holds.size;
        expect(space.known(a.bits) === space.known(b.bits)).toBe(same);
        expect(space.known(a.bits).id === 0).toBe(a.holds.size === 0);
      }),
      { numRuns: 150 },
    );
  });
});

test('a few neighbours are a word or two, and so are all but a few', () => {
  const space = bitSpace(100_000);
  const few = space.of([70_000, 70_001, 70_040]);
  expect(few.words.length).toBeLessThan(3);
  expect(space.subtract(space.all, few).words.length).toBeLessThan(3);
  expect(space.known(space.subtract(space.range(0, 100_000), few)).words.length).toBeLessThan(3);
});
