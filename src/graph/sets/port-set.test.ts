import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { PortRange, Protocol } from '../fragment.ts';
import { containsPort, LAST_PORT, type PortSet, PROTOCOLS, portCount, portRanges, portSets } from './port-set.ts';

const sets = portSets();

/** The oracle: one bit a port, over a short stretch of each protocol's ports. */
const SPAN = 24;
type Bits = readonly boolean[];

const range = fc.tuple(
  fc.integer({ min: 1, max: SPAN }),
  fc.integer({ min: 1, max: SPAN }),
  fc.constantFrom(...PROTOCOLS),
);
const sample = fc.array(range, { maxLength: 8 }).map((ranges) => {
  const bits = new Array<boolean>(SPAN * PROTOCOLS.length).fill(false);
  let set = sets.empty;
  for (const [a, b, protocol] of ranges) {
    const ports = { from: Math.min(a, b), to: Math.max(a, b) };
    set = sets.union(set, sets.of(protocol, ports));
    for (let port = ports.from; port <= ports.to; port++) bits[PROTOCOLS.indexOf(protocol) * SPAN + port - 1] = true;
  }
  return { set, bits };
});

function bitsOf(set: PortSet): Bits {
  return PROTOCOLS.flatMap((protocol) => Array.from({ length: SPAN }, (_, i) => containsPort(set, protocol, i + 1)));
}

const one = (protocol: Protocol, from: number, to = from) => sets.of(protocol, { from, to } satisfies PortRange);

describe('port sets against an array of bits', () => {
  test('a set holds what was put into it', () => {
    fc.assert(
      fc.property(sample, ({ set, bits }) => {
        expect(bitsOf(set)).toEqual(bits);
      }),
    );
  });

  test('union, intersection and difference', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(bitsOf(sets.union(a.set, b.set))).toEqual(a.bits.map((bit, i) => bit || b.bits[i]));
        expect(bitsOf(sets.intersect(a.set, b.set))).toEqual(a.bits.map((bit, i) => bit && b.bits[i]));
        expect(bitsOf(sets.subtract(a.set, b.set))).toEqual(a.bits.map((bit, i) => bit && !b.bits[i]));
      }),
    );
  });

  test('the count is the number of bits, and the ranges make the set again', () => {
    fc.assert(
      fc.property(sample, ({ set, bits }) => {
        expect(portCount(set)).toBe(bits.filter(Boolean).length);
        const again = portRanges(set).reduce((sum, r) => sets.union(sum, sets.of(r.protocol, r.ports)), sets.empty);
        expect(again).toBe(set);
      }),
    );
  });

  test('equal sets are one object, however they came about', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(a.set === b.set).toBe(a.bits.every((bit, i) => bit === b.bits[i]));
        expect(sets.union(a.set, b.set)).toBe(sets.union(b.set, a.set));
      }),
    );
  });
});

describe('the edges of the line', () => {
  test('ports that no machine has are in no set', () => {
    expect(one('tcp', 0)).toBe(sets.empty);
    expect(one('tcp', 70_000)).toBe(sets.empty);
    expect(portRanges(one('udp', 0, 70_000))).toEqual([{ protocol: 'udp', ports: { from: 1, to: LAST_PORT } }]);
  });

  test('protocols do not touch: the last TCP port and the first UDP port stay apart', () => {
    const both = sets.union(one('tcp', LAST_PORT), one('udp', 1));
    expect(portRanges(both)).toHaveLength(2);
  });

  test('neighbours become one interval', () => {
    expect(portRanges(sets.union(one('tcp', 80), one('tcp', 81)))).toEqual([
      { protocol: 'tcp', ports: { from: 80, to: 81 } },
    ]);
  });
});
