import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { covers, intersect, isEmpty, parseAddresses, parseAddressList, union } from '../sets/address-set.ts';
import { portSets } from '../sets/port-set.ts';
import { type Layer, overlay } from './overlay.ts';

const sets = portSets();
const cidrs = [
  '0.0.0.0/0',
  '10.0.0.0/8',
  '10.1.0.0/16',
  '10.1.2.3',
  '192.168.0.0/16',
  '::/0',
  '2001:db8::/32',
  '2001:db8::1',
];
const layer: fc.Arbitrary<Layer> = fc
  .record({
    texts: fc.uniqueArray(fc.constantFrom(...cidrs), { maxLength: 3 }),
    port: fc.integer({ min: 80, max: 83 }),
    sure: fc.boolean(),
  })
  .map(({ texts, port, sure }) => ({
    addresses: parseAddressList(texts).set,
    ports: sets.of('tcp', { from: port, to: port }),
    sure,
  }));

/** An address of every stretch that they can make. */
const points = [
  '9.0.0.0',
  '10.0.0.0',
  '10.1.0.0',
  '10.1.2.3',
  '10.1.2.4',
  '10.2.0.0',
  '11.0.0.0',
  '192.168.0.0',
  '::',
  '2001:db8::',
  '2001:db8::1',
  '2001:db8::2',
].map((text) => parseAddressList([text]).set);

const NOTHING = parseAddressList([]).set;

describe('layers of addresses', () => {
  test('lie disjoint, and say of every address what its layers say together', () => {
    fc.assert(
      fc.property(fc.array(layer, { maxLength: 8 }), (layers) => {
        const strata = overlay(layers, sets);
        const all = strata.reduce((sum, { addresses }) => union(sum, addresses), NOTHING);
        expect(all).toEqual(layers.reduce((sum, { addresses }) => union(sum, addresses), NOTHING));
        for (const [index, { addresses }] of strata.entries()) {
          for (const other of strata.slice(index + 1))
            expect(isEmpty(intersect(addresses, other.addresses))).toBe(true);
        }
        for (const point of points) {
          const over = layers.filter(({ addresses }) => covers(addresses, point));
          const ports = (some: readonly Layer[]) => some.map((each) => each.ports).reduce(sets.union, sets.empty);
          const here = strata.find(({ addresses }) => covers(addresses, point));
          expect(here?.ports.may ?? sets.empty).toBe(ports(over));
          expect(here?.ports.must ?? sets.empty).toBe(ports(over.filter(({ sure }) => sure)));
        }
      }),
    );
  });

  test('of equal ports are one', () => {
    const ports = sets.of('tcp', { from: 80, to: 80 });
    const half = (text: string) => ({ addresses: parseAddresses(text) ?? NOTHING, ports, sure: true });
    const strata = overlay([half('0.0.0.0/1'), half('128.0.0.0/1'), half('10.0.0.0/8')], sets);
    expect(strata).toEqual([{ addresses: parseAddresses('0.0.0.0/0'), ports: { must: ports, may: ports } }]);
  });

  test('thousands of them, each across the next, come to an end', () => {
    const many = Array.from({ length: 5000 }, (_, i): Layer => {
      const first = i * 7919;
      const ports = sets.of('tcp', { from: 1 + (i % 9), to: 1 + (i % 9) });
      return { addresses: { v4: [first, first + 100_000], v6: [] }, ports, sure: i % 2 === 0 };
    });
    expect(overlay(many, sets).length).toBeGreaterThan(10);
  });
});
