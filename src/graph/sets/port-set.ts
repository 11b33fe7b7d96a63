/**
 * Sets of ports as sorted disjoint intervals on one line (reachability.md §4.1): `protocol << 16 | port`. Equal sets are
 * one object, so that they compare by identity and every union, intersection and difference is made once.
 */
import type { PortRange, Protocol } from '../fragment.ts';
import { both, combine, countUpTo, either, NUMBERS, onlyFirst } from './intervals.ts';

/** In the order in which reports have them. */
export const PROTOCOLS = ['tcp', 'udp', 'sctp'] as const satisfies readonly Protocol[];

/** The highest port that a machine has; the lowest is 1. */
export const LAST_PORT = 65_535;

export interface PortSet {
  /** Unique in its table. */
  readonly id: number;
  /** Pairs of first and last place on the line, both inside, with a gap before the next pair. */
  readonly bounds: readonly number[];
}

/** The sets of one run: tables forget nothing, so each run has its own. */
export interface PortSets {
  readonly empty: PortSet;
  /** The valid part of a range: ports outside 1–65535 are in no set. */
  of(protocol: Protocol, ports: PortRange): PortSet;
  /** The set of these bounds, which are as `PortSet.bounds` has them. */
  known(bounds: readonly number[]): PortSet;
  union(a: PortSet, b: PortSet): PortSet;
  intersect(a: PortSet, b: PortSet): PortSet;
  /** What is in `a` and not in `b`. */
  subtract(a: PortSet, b: PortSet): PortSet;
}

/** An empty table. */
export function portSets(): PortSets {
  const interned = new Map<string | number, PortSet>();
  const intern = (bounds: readonly number[]): PortSet => {
    // Most sets are one interval, which is one number: no place is more than 18 bits.
    const [from = 0, to = 0] = bounds;
    const key = bounds.length === 2 ? from * 0x4_0000 + to : bounds.join(' ');
    const known = interned.get(key);
    if (known) return known;
    const made = { id: interned.size, bounds };
    interned.set(key, made);
    return made;
  };
  const empty = intern([]);
  const union = memoized((a, b) => intern(combine(NUMBERS, a.bounds, b.bounds, either)));
  const intersect = memoized((a, b) => intern(combine(NUMBERS, a.bounds, b.bounds, both)));
  const subtract = memoized((a, b) => intern(combine(NUMBERS, a.bounds, b.bounds, onlyFirst)));
  return {
    empty,
    of(protocol, ports) {
      const band = PROTOCOLS.indexOf(protocol) << 16;
      const from = Math.max(1, ports.from);
      const to = Math.min(LAST_PORT, ports.to);
      return from > to ? empty : intern([band | from, band | to]);
    },
    known: intern,
    // The first two do not care for the order of their operands: one entry of the memo serves both orders.
    union: (a, b) => (a.id <= b.id ? union(a, b) : union(b, a)),
    intersect: (a, b) => (a.id <= b.id ? intersect(a, b) : intersect(b, a)),
    subtract,
  };
}

/** Where a port stands on the line. */
export function placeOfPort(protocol: Protocol, port: number): number {
  return (PROTOCOLS.indexOf(protocol) << 16) | port;
}

/** Whether a port of a protocol is in it. */
export function containsPort(set: PortSet, protocol: Protocol, port: number): boolean {
  return containsPlace(set, placeOfPort(protocol, port));
}

/** Whether a place on the line is in it. */
export function containsPlace({ bounds }: PortSet, place: number): boolean {
  const started = countUpTo(bounds, place);
  return (started & 1) === 1 || bounds[started - 1] === place;
}

/** How many ports are in it, those of each protocol counted apart. */
export function portCount(set: PortSet): number {
  let count = 0;
  for (let i = 0; i < set.bounds.length; i += 2) count += (set.bounds[i + 1] as number) - (set.bounds[i] as number) + 1;
  return count;
}

/** Its intervals, in the order of protocols and ports. */
export function portRanges(set: PortSet): { readonly protocol: Protocol; readonly ports: PortRange }[] {
  const ranges = [];
  for (let i = 0; i < set.bounds.length; i += 2) {
    const from = set.bounds[i] as number;
    const to = set.bounds[i + 1] as number;
    ranges.push({
      protocol: PROTOCOLS[from >> 16] as Protocol,
      ports: { from: from & LAST_PORT, to: to & LAST_PORT },
    });
  }
  return ranges;
}

function memoized(operation: (a: PortSet, b: PortSet) => PortSet): (a: PortSet, b: PortSet) => PortSet {
  const results = new Map<number, PortSet>();
  return (a, b) => {
    const key = a.id * 0x400_0000 + b.id;
    const known = results.get(key);
    if (known) return known;
    const made = operation(a, b);
    results.set(key, made);
    return made;
  };
}
