/** Facts about networks: where workloads sit, what they are called there, how others pick them, and ports. */
import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';
import type { TraitFact } from './trait.ts';
/** The transport protocols that have ports. */
export type Protocol = 'tcp' | 'udp' | 'sctp';
/** Both ends belong to it. A single port has `from === to`. Outside 1–65535 it is what somebody wrote, and invalid. */
export interface PortRange {
    readonly from: number;
    readonly to: number;
}
/** Where workloads sit. Segments of different units with the same key are one segment when the units land together. */
export interface SegmentFact {
    /** `docker-network:shop_default`, `namespace:default`, `cluster`, `virtual-network:aws_vpc.main`: unique in an environment. */
    readonly key: string;
    readonly name: string;
    readonly kind: 'docker-network' | 'namespace' | 'cluster' | 'host' | 'virtual-network' | 'subnet';
    /**
     * Its members reach each other's every port unless a guard says no (R81). A namespace is not open: its cluster is; nor is
     * a subnet: its virtual network is.
     */
    readonly open: boolean;
    /** Cut off from the outside, so that ports published from it alone are not effective (R85). */
    readonly internal: boolean;
    /** Its members stand on the outer network with all their ports (macvlan, ipvlan; R87). */
    readonly outer?: boolean;
    /** Defined elsewhere (`external: true`), so that others may be on it whom we do not see. */
    readonly external?: boolean;
    /** The ranges in CIDR notation that its addresses are of; left out where the code does not show all of them. */
    readonly ranges?: readonly string[];
    /**
     * Nothing in the unit makes it, and what it is called says nothing: it may be the same network as another such with the
     * same text here, which names the platform.
     */
    readonly unseen?: string;
    /** Where everything stands that names no place; an unknown where that is only likely. */
    readonly isDefault?: true | Unknown;
    readonly traits?: readonly TraitFact[];
    /** By which selectors pick it; what the platform adds by itself among them (R19). Left out where it can have none. */
    readonly labels?: ReadonlyMap<string, string>;
    /** Nothing in the unit defines it, so that it may have more labels than these. */
    readonly labelsOpen?: true;
    readonly origin: Origin;
}
/** Being in a segment, and the line that says so. */
export interface Membership {
    readonly segment: string;
    readonly origin: Origin;
}
/** A name under which clients in a segment find a workload or gateway. */
export interface NameFact {
    /** Lower case, without a trailing dot. */
    readonly name: string;
    /** The key of the segment whose members resolve it. */
    readonly within: string;
    /** Names below it count too (`db-0.db.shop.svc`). */
    readonly subdomains?: true;
    /** The id of the one workload of the fragment that knows the name (the alias of a link); everybody where left out. */
    readonly only?: string;
}
/**
 * A predicate over workloads: where they sit, and their labels, all requirements together. No requirement selects
 * everything there.
 */
export interface Selector {
    /** Null for workloads that are in none, and where `namespaces` says which. */
    readonly namespace: string | null;
    /** Instead of one namespace: all whose labels meet these; an empty list is every namespace (R7). */
    readonly namespaces?: readonly Requirement[];
    readonly requirements: readonly Requirement[];
    readonly origin: Origin;
}
/** What one label has to be. `in` and `not-in` look at `values`; the others leave it empty. */
export interface Requirement {
    readonly key: string;
    readonly operator: 'in' | 'not-in' | 'exists' | 'absent';
    readonly values: readonly string[];
    /** No label that somebody wrote: whoever is a member of what `key` names has it. */
    readonly member?: true;
}
