import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddressSet,
  ALL_ADDRESSES,
  covers,
  intersect,
  isEmpty,
  parseAddressList,
  subtract,
  union,
  unionOf,
} from '../sets/address-set.ts';
import { addressParts } from './address-parts.ts';
import { numbersOf } from './bits.ts';

const cidr = fc.oneof(
  fc.tuple(fc.nat(255), fc.nat(3), fc.integer({ min: 0, max: 32 })).map(([a, b, bits]) => `10.${a}.${b}.0/${bits}`),
  fc.tuple(fc.nat(15), fc.integer({ min: 0, max: 128 })).map(([a, bits]) => `2001:db8:${a.toString(16)}::/${bits}`),
);
const set = fc
  .tuple(fc.array(cidr, { maxLength: 3 }), fc.array(cidr, { maxLength: 2 }))
  .map(([some, without]) => subtract(parseAddressList(some).set, parseAddressList(without).set));

describe('the parts of the address space', () => {
  test('are disjoint, together everything, and make up every set that they were made for', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 6 }), (sets) => {
        const { parts, touching, addressesIn, space } = addressParts(ALL_ADDRESSES, sets);
        expect(unionOf(parts)).toEqual(ALL_ADDRESSES);
        for (const [i, part] of parts.entries()) {
          expect(isEmpty(part)).toBe(false);
          for (const other of parts.slice(i + 1)) expect(isEmpty(intersect(part, other))).toBe(true);
        }
        for (const each of sets) expect(addressesIn(touching(each))).toEqual(each);
        expect(addressesIn(space.all)).toEqual(ALL_ADDRESSES);
      }),
    );
  });

  test('are as few as tell the sets apart', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 5 }), (sets) => {
        const { parts } = addressParts(ALL_ADDRESSES, sets);
        const marks = parts.map((part) => sets.map((each) => Number(covers(each, part))).join(''));
        expect(new Set(marks).size).toBe(parts.length);
      }),
    );
  });

  test('touch any other set that they have an address of', () => {
    fc.assert(
      fc.property(fc.array(set, { maxLength: 4 }), set, (sets, other) => {
        const { parts, touching } = addressParts(ALL_ADDRESSES, sets);
        const touched = parts.flatMap((part, i) => (isEmpty(intersect(part, other)) ? [] : [i]));
        expect([...numbersOf(touching(other))]).toEqual(touched);
      }),
    );
  });

  test('one family alone', () => {
    const whole: AddressSet = { v4: ALL_ADDRESSES.v4, v6: [] };
    const { parts, touching, space } = addressParts(whole, [parseAddressList(['10.0.0.0/8']).set]);
    expect(parts).toHaveLength(2);
    expect(unionOf(parts)).toEqual(whole);
    expect(space.isEmpty(touching(parseAddressList(['2001:db8::/32']).set))).toBe(true);
  });
});

describe('size', () => {
  const block = (i: number) => `${10 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.0/25`;

  test('eighty thousand ranges apart from each other, each in a set of its own', () => {
    const sets = Array.from({ length: 80_000 }, (_, i) => parseAddressList([block(i)]).set);
    const start = performance.now();
    const { parts, touching, addressesIn } = addressParts(ALL_ADDRESSES, sets);
    expect(parts).toHaveLength(80_001);
    expect(addressesIn(touching(sets[77_777] as AddressSet))).toEqual(sets[77_777]);
    expect(performance.now() - start).toBeLessThan(10_000);
  });

  test('sets that hold nearly everything, each without two thousand ranges', () => {
    const everything = parseAddressList(['0.0.0.0/0']).set;
    const sets = Array.from({ length: 60 }, (_, i) =>
      subtract(
        everything,
        parseAddressList(Array.from({ length: 2_000 }, (_, j) => block((i * 997 + j * 31) % 80_000))).set,
      ),
    );
    const start = performance.now();
    const { touching, addressesIn } = addressParts(ALL_ADDRESSES, sets);
    const both = union(sets[0] as AddressSet, sets[1] as AddressSet);
    expect(addressesIn(touching(both))).toEqual(both);
    expect(performance.now() - start).toBeLessThan(10_000);
  });
});
