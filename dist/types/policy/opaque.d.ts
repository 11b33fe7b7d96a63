/** The values that rules handle without looking inside: sets of ports and of addresses, paths, places. */
import type { PortRange } from '../graph/fragment.ts';
import { type AddressSet } from '../graph/sets/address-set.ts';
import { type Exposure } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
import type { Facts } from './subjects/table.ts';
/** Port numbers of any protocol, as ranges that may overlap. */
export declare class Ports {
    readonly ranges: readonly PortRange[];
    constructor(ranges: readonly PortRange[]);
    /** How many numbers are in it. */
    get size(): bigint;
    has(port: bigint): boolean;
    overlaps(other: Ports): boolean;
    toString(): string;
}
export declare class Addresses {
    readonly set: AddressSet;
    constructor(set: AddressSet);
    /** How many IPv4 addresses are in it. */
    get size(): bigint;
    /** How many IPv6 addresses are in it. */
    get size6(): bigint;
    /** False for a text that is no block: a literal one is refused when the rule is loaded. */
    within(cidr: string): boolean;
    overlaps(cidr: string): boolean;
    toString(): string;
}
/** The ways from one scope to one listener; `shown` is the one that the rule looks at. */
export declare class Path {
    readonly shown: Exposure;
    readonly facts: Facts;
    constructor(shown: Exposure, facts: Facts);
    get hops(): bigint;
    /** Whether the way that is shown crosses a hop of this kind or name. */
    via(name: string): boolean;
    /** Whether every way from this scope to the listener does. */
    through(name: string): boolean;
    toString(): string;
}
/**
 * `internet → 8080:80 → vote:80`; a segment that is the scope itself, as a cluster is, is said once, and workloads are
 * called by their names.
 */
export declare function pathText({ scope, path, listener }: Exposure): string;
/** A place in a file. */
export declare class Place {
    readonly origin: Origin;
    constructor(origin: Origin);
}
