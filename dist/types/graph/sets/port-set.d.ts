/**
 * Sets of ports as sorted disjoint intervals on one line (reachability.md §4.1): `protocol << 16 | port`. Equal sets are
 * one object, so that they compare by identity and every union, intersection and difference is made once.
 */
import type { PortRange, Protocol } from '../fragment.ts';
/** In the order in which reports have them. */
export declare const PROTOCOLS: readonly ["tcp", "udp", "sctp"];
/** The highest port that a machine has; the lowest is 1. */
export declare const LAST_PORT = 65535;
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
export declare function portSets(): PortSets;
/** Where a port stands on the line. */
export declare function placeOfPort(protocol: Protocol, port: number): number;
/** Whether a port of a protocol is in it. */
export declare function containsPort(set: PortSet, protocol: Protocol, port: number): boolean;
/** Whether a place on the line is in it. */
export declare function containsPlace({ bounds }: PortSet, place: number): boolean;
/** How many ports are in it, those of each protocol counted apart. */
export declare function portCount(set: PortSet): number;
/** Its intervals, in the order of protocols and ports. */
export declare function portRanges(set: PortSet): {
    readonly protocol: Protocol;
    readonly ports: PortRange;
}[];
