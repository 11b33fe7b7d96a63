import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type AddressSet,
  ALL_ADDRESSES,
  addressCount,
  cidrsOf,
  covers,
  intersect,
  isEmpty,
  NO_ADDRESSES,
  parseAddresses,
  parseAddressList,
  publicPart,
  subtract,
  union,
} from './address-set.ts';

const octet = fc.integer({ min: 0, max: 255 });
const cidr4 = fc
  .tuple(octet, octet, octet, octet, fc.integer({ min: 0, max: 32 }))
  .map(([a, b, c, d, length]) => `${a}.${b}.${c}.${d}/${length}`);
const cidr6 = fc
  .tuple(
    fc.array(fc.integer({ min: 0, max: 0xffff }), { minLength: 8, maxLength: 8 }),
    fc.integer({ min: 0, max: 128 }),
  )
  .map(([parts, length]) => `${parts.map((part) => part.toString(16)).join(':')}/${length}`);
const set = fc.array(fc.oneof(cidr4, cidr6), { maxLength: 6 }).map((texts) => parseAddressList(texts).set);

const addresses = (...texts: string[]): AddressSet => {
  const { set: parsed, bad } = parseAddressList(texts);
  expect(bad).toEqual([]);
  return parsed;
};

describe('parsing', () => {
  test('a block of IPv4 holds 2^(32 - length) addresses, its own among them', () => {
    fc.assert(
      fc.property(cidr4, (text) => {
        const block = addresses(text);
        expect(addressCount(block)).toEqual({ v4: 2 ** (32 - Number(text.split('/')[1])), v6: 0n });
        expect(covers(block, addresses(text.split('/')[0] as string))).toBe(true);
      }),
    );
  });

  test('a block of IPv6 holds 2^(128 - length) addresses', () => {
    fc.assert(
      fc.property(cidr6, (text) => {
        const parsed = parseAddresses(text);
        const length = Number(text.split('/')[1]);
        const mapped = /^0:0:0:0:0:ffff:/.test(text) && length >= 96;
        if (!mapped) expect(addressCount(parsed as AddressSet)).toEqual({ v4: 0, v6: 1n << BigInt(128 - length) });
      }),
    );
  });

  test.each(['', 'localhost', '10.0.0', '010.0.0.1', '0x7f.0.0.1', '10.0.0.1/33', '10.0.0.0/', '::/129', '1.2.3.4/-1'])(
    '%j is no address',
    (text) => {
      expect(parseAddresses(text)).toBeUndefined();
    },
  );

  test('an IPv4 address in the clothes of IPv6 is an IPv4 address', () => {
    expect(parseAddresses('::ffff:192.0.2.1')).toEqual(parseAddresses('192.0.2.1'));
    expect(parseAddresses('::ffff:10.0.0.0/104')).toEqual(parseAddresses('10.0.0.0/8'));
  });

  test('what is no address is named, and the rest is kept', () => {
    expect(parseAddressList(['10.0.0.0/8', 'office'])).toEqual({ set: addresses('10.0.0.0/8'), bad: ['office'] });
  });
});

describe('algebra', () => {
  test('the laws of sets', () => {
    fc.assert(
      fc.property(set, set, set, (a, b, c) => {
        expect(union(a, b)).toEqual(union(b, a));
        expect(intersect(a, b)).toEqual(intersect(b, a));
        expect(intersect(a, union(b, c))).toEqual(union(intersect(a, b), intersect(a, c)));
        expect(subtract(a, b)).toEqual(intersect(a, subtract(ALL_ADDRESSES, b)));
        expect(union(subtract(a, b), intersect(a, b))).toEqual(a);
        expect(covers(union(a, b), a)).toBe(true);
        expect(isEmpty(intersect(subtract(a, b), b))).toBe(true);
        expect(union(a, NO_ADDRESSES)).toEqual(a);
      }),
    );
  });

  test('counts add up', () => {
    fc.assert(
      fc.property(set, set, (a, b) => {
        const [sum, common] = [addressCount(union(a, b)), addressCount(intersect(a, b))];
        expect(sum.v4 + common.v4).toBe(addressCount(a).v4 + addressCount(b).v4);
        expect(sum.v6 + common.v6).toBe(addressCount(a).v6 + addressCount(b).v6);
      }),
    );
  });

  test('the blocks of a set make the set again', () => {
    fc.assert(
      fc.property(set, (a) => {
        const texts = cidrsOf(a);
        expect(parseAddressList(texts)).toEqual({ set: a, bad: [] });
        expect(cidrsOf(parseAddressList([...texts].reverse()).set)).toEqual(texts);
      }),
    );
  });

  test('halves of a block are one block', () => {
    expect(cidrsOf(addresses('10.0.0.0/9', '10.128.0.0/9'))).toEqual(['10.0.0.0/8']);
    expect(cidrsOf(ALL_ADDRESSES)).toEqual(['0.0.0.0/0', '::/0']);
  });
});

test('the public part leaves out what no packet from the internet has for its source', () => {
  const inside = addresses(
    '10.1.0.0/16',
    '127.0.0.1',
    '169.254.169.254',
    '100.64.0.0/10',
    'fd00::/8',
    'fe80::/10',
    '::1',
  );
  expect(isEmpty(publicPart(inside))).toBe(true);
  expect(publicPart(addresses('8.8.8.8', '203.0.113.0/24', '10.0.0.0/8'))).toEqual(
    addresses('8.8.8.8', '203.0.113.0/24'),
  );
  expect(publicPart(addresses('2606:4700::/32'))).toEqual(addresses('2606:4700::/32'));
});
