/** The values that rules handle without looking inside: sets of ports and of addresses, paths, places. */

import type { PortRange } from '../graph/fragment.ts';
import {
  type AddressSet,
  addressCount,
  cidrsOf,
  covers,
  intersect,
  isEmpty,
  parseAddresses,
} from '../graph/sets/address-set.ts';
import { type Exposure, rangeText } from '../graph/vocabulary.ts';
import { fewOf } from '../source/few.ts';
import type { Origin } from '../source/span.ts';
import type { Facts } from './subjects/table.ts';

/** Port numbers of any protocol, as ranges that may overlap. */
export class Ports {
  readonly ranges: readonly PortRange[];

  constructor(ranges: readonly PortRange[]) {
    this.ranges = ranges;
  }

  /** How many numbers are in it. */
  get size(): bigint {
    let count = 0;
    let last = -1;
    for (const { from, to } of [...this.ranges].sort((a, b) => a.from - b.from)) {
      count += Math.max(0, to - Math.max(from, last + 1) + 1);
      last = Math.max(last, to);
    }
    return BigInt(count);
  }

  has(port: bigint): boolean {
    return this.ranges.some(({ from, to }) => from <= port && port <= to);
  }

  overlaps(other: Ports): boolean {
    return this.ranges.some((a) => other.ranges.some((b) => a.from <= b.to && b.from <= a.to));
  }

  toString(): string {
    return this.ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}–${to}`)).join(', ');
  }
}

export class Addresses {
  readonly set: AddressSet;

  constructor(set: AddressSet) {
    this.set = set;
  }

  /** How many IPv4 addresses are in it. */
  get size(): bigint {
    return BigInt(addressCount(this.set).v4);
  }

  /** How many IPv6 addresses are in it. */
  get size6(): bigint {
    return addressCount(this.set).v6;
  }

  /** False for a text that is no block: a literal one is refused when the rule is loaded. */
  within(cidr: string): boolean {
    const block = parseAddresses(cidr);
    return block !== undefined && covers(block, this.set);
  }

  overlaps(cidr: string): boolean {
    const block = parseAddresses(cidr);
    return block !== undefined && !isEmpty(intersect(block, this.set));
  }

  toString(): string {
    return fewOf(cidrsOf(this.set));
  }
}

/** The ways from one scope to one listener; `shown` is the one that the rule looks at. */
export class Path {
  readonly shown: Exposure;
  readonly facts: Facts;

  constructor(shown: Exposure, facts: Facts) {
    this.shown = shown;
    this.facts = facts;
  }

  get hops(): bigint {
    return BigInt(this.shown.path.length);
  }

  /** Whether the way that is shown crosses a hop of this kind or name. */
  via(name: string): boolean {
    return crosses(this.shown, name);
  }

  /** Whether every way from this scope to the listener does. */
  through(name: string): boolean {
    const { listener, scope } = this.shown;
    return this.facts.exposuresOf(listener).every((other) => other.scope !== scope || crosses(other, name));
  }

  toString(): string {
    return pathText(this.shown);
  }
}

function crosses({ path }: Exposure, name: string): boolean {
  return path.some((hop) => hop.kind === name || hop.name === name);
}

/**
 * `internet → 8080:80 → vote:80`; a segment that is the scope itself, as a cluster is, is said once, and workloads are
 * called by their names.
 */
export function pathText({ scope, path, listener }: Exposure): string {
  const hops = path.filter(({ kind }) => kind !== 'listener' && kind !== 'target' && kind !== scope);
  const targets = path.filter(({ kind }) => kind === 'target').map(({ name }) => name.split('/')[0]);
  const callers = scope === 'workload' ? path.find(({ kind }) => kind === scope)?.name : undefined;
  const own = `${listener.workload.name}:${portsText(listener.ports)}`;
  return [callers ?? scope, ...hops.map(({ name }) => name), own, targets.join(', ')].filter(Boolean).join(' → ');
}

/** `22`, `8000-8999`, `every port`. */
function portsText({ from, to }: PortRange): string {
  if (from <= 1 && to >= 65_535) return 'every port';
  return rangeText({ from, to });
}

/** A place in a file. */
export class Place {
  readonly origin: Origin;

  constructor(origin: Origin) {
    this.origin = origin;
  }
}
