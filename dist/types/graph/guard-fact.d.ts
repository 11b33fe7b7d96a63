/** Facts about what admits or denies: guards, their rules, and whom these speak of. */
import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';
import type { PortRange, Protocol, Selector } from './segment-fact.ts';
import type { TraitFact } from './trait.ts';
/** What admits or denies. */
export type GuardKind = 'network-policy' | 'admin-network-policy' | 'baseline-admin-network-policy' | 'cluster-network-policy' | 'security-group' | 'network-acl' | 'network-security-group' | 'firewall'
/** The addresses that a managed service lets in. */
 | 'access-list';
/** The directions in which traffic is guarded, seen from whom a guard guards. */
export type Direction = 'ingress' | 'egress';
/**
 * A list of rules about whom it guards. The tiers of a workload's guards are asked one after the other, for each
 * direction by itself, until one decides; what none decides is admitted (R2, R23). Guards of several layers (those of a
 * workload itself, those of its subnet) are asked apart, each layer by its own tiers, and all of them have to admit (R62,
 * R73):
 *
 * - Guards with a priority are asked in its order, their grants in theirs; the first that matches says `allow`, `deny`,
 *   or `pass`, which leaves the rest of the tier out (R24, R25). Guards of one priority that disagree: nobody knows.
 * - Guards without one are asked together: what one of them allows is admitted, and where one of them `isolates` the
 *   workload in the direction, everything else is denied (R4).
 */
export interface GuardFact {
    readonly id: string;
    readonly kind: GuardKind;
    readonly name: string;
    readonly namespace: string | null;
    /** Whom it guards. */
    readonly subject: Selector;
    /** Guards of another layer have to admit too; 0 where left out. */
    readonly layer?: number;
    /**
     * It knows no connections (R62): what it lets in has to be let out again as answers, to the ports at which callers take
     * them, and the other way.
     */
    readonly stateless?: true;
    /** Lower tiers are asked first. */
    readonly tier: number;
    /** Lower priorities are asked first; null where guards of the tier are asked together. */
    readonly priority: number | Unknown | null;
    /** The directions in which whom it guards gets only what is granted. */
    readonly isolates: readonly Direction[];
    readonly grants: readonly GrantFact[];
    /**
     * Who uses it says so by its name: where nobody in the unit does, nobody does (`here`), or somebody does whom the code
     * does not show, since the name goes there. Left out where it picks whom it guards itself.
     */
    readonly users?: 'here' | Unknown;
    readonly traits?: readonly TraitFact[];
    readonly origin: Origin;
}
/** One admitting, or denying, rule of a guard. Rules of a guard stand in their order. */
export interface GrantFact {
    readonly id: string;
    /** The rule of which it is a part, where somebody wrote several peers into one. */
    readonly part?: string;
    /** What its author calls it. */
    readonly name?: string;
    readonly direction: Direction;
    /** An empty list is everybody, addresses included (R6). */
    readonly peers: readonly Peer[];
    /** An empty list is every port of every protocol. */
    readonly ports: readonly GrantPort[];
    /** The line that says so of every port, where it is another than `origin`. */
    readonly portsOrigin?: Origin;
    readonly verdict: 'allow' | 'deny' | 'pass';
    /** Why it may not be there, or may not speak of all that it seems to: it is possible, and never sure. */
    readonly perhaps?: Unknown;
    /** Nobody wrote it: the platform adds it to every guard of the kind. */
    readonly implicit?: true;
    readonly traits?: readonly TraitFact[];
    readonly origin: Origin;
}
/** Whom a grant speaks of. */
export type Peer = {
    readonly kind: 'addresses';
    readonly cidr: string;
    readonly except: readonly string[];
    /** Whether they mean workloads too that have such an address (R29); left out where that is not defined (R9). */
    readonly workloads?: true;
    readonly origin: Origin;
}
/** `elsewhere`: some of them may be what the code does not show, since the name that they go by leaves it. */
 | {
    readonly kind: 'workloads';
    readonly selector: Selector;
    readonly elsewhere?: true;
    readonly origin: Origin;
}
/** What the code does not show: addresses (those of nodes, of domain names), or `of` workloads, or of anybody. */
 | {
    readonly kind: 'unknown';
    readonly because: string;
    readonly of?: 'workloads' | 'anybody';
    readonly origin: Origin;
};
/** Which ports a grant speaks of: always those of the workload behind every gateway (R11). */
export interface GrantPort {
    /** Null: whatever the port of that name has (R28), or every protocol. `other`: one that has no ports, such as ICMP. */
    readonly protocol: Protocol | 'other' | null;
    /** A range, the name of a port, or null for every port of the protocol. */
    readonly ports: PortRange | string | null;
    readonly origin: Origin;
}
