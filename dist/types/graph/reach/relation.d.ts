/**
 * The granted relation: who may talk to whom on which ports as far as guards have a say, listeners or not. It is kept for
 * classes of workloads and for ranges of addresses that the guards tell apart, never for pairs (reachability.md §4).
 */
import type { Direction, GrantFact, Protocol } from '../fragment.ts';
import type { RunningWorkload } from '../running.ts';
import type { AddressSet } from '../sets/address-set.ts';
import type { PortSet, PortSets } from '../sets/port-set.ts';
import type { Assumptions, Guard, Verdict, Workload } from '../vocabulary.ts';
import type { Teller } from './answers.ts';
/** What a relation is made from (`relationOf` in `relate.ts`). */
export interface RelationInput {
    readonly workloads: readonly RunningWorkload[];
    readonly guards: readonly Guard[];
    /** By name; one that is missing has labels that nobody knows. */
    readonly namespaces: ReadonlyMap<string, Labelled>;
    readonly assume: Assumptions;
}
/** What has labels: a workload, a namespace. */
export interface Labelled {
    readonly labels: ReadonlyMap<string, string>;
    /** It may have labels that nobody knows. */
    readonly open: boolean;
}
/** What is so however the unknowns turn out, and what may be so; the first is always part of the second. */
export interface Bounds<T> {
    readonly must: T;
    readonly may: T;
}
/** Workloads that no guard tells apart: by namespace, the labels that selectors ask for, and the names of their ports. */
export interface GuardedClass {
    /** Its place in `Relation.classes`. */
    readonly index: number;
    readonly members: readonly Workload[];
    readonly namespace: string | null;
}
/**
 * One end of a connection. A stranger is a workload that the code does not show: of one namespace, or of any (null); it
 * has no label that a selector could be sure of (§4.6).
 */
export type End = {
    readonly kind: 'workload';
    readonly workload: Workload;
} | {
    readonly kind: 'addresses';
    readonly addresses: AddressSet;
} | {
    readonly kind: 'stranger';
    readonly namespace: string | null;
};
/** The relation of one environment. */
export interface Relation {
    /** The table that all its port sets are of. */
    readonly sets: PortSets;
    /** Every port of every protocol. */
    readonly everyPort: PortSet;
    /** By namespace, then by first member. */
    readonly classes: readonly GuardedClass[];
    classOf(workload: Workload): GuardedClass;
    /**
     * The ports on which members of `from` get to members of `to`. Of one class it is what two members may do to each other.
     */
    between(from: GuardedClass, to: GuardedClass): Bounds<PortSet>;
    /** The parts of the address space that ingress grants (or egress grants) tell apart; together they are all addresses. */
    readonly addresses: Readonly<Record<Direction, readonly AddressSet[]>>;
    /** The ports on which the addresses, a member of `addresses.ingress` or part of one, get to members of `to`. */
    fromAddresses(addresses: AddressSet, to: GuardedClass): Bounds<PortSet>;
    /** The ports on which members of `from` get to the addresses, a member of `addresses.egress` or part of one. */
    toAddresses(from: GuardedClass, addresses: AddressSet): Bounds<PortSet>;
    /** The addresses that guards let in to one port of members of `to`. */
    admitted(to: GuardedClass, protocol: Protocol, port: number): Bounds<AddressSet>;
    /**
     * The same of strangers: whether workloads get in that the code does not show. `reachable` where they do whatever labels
     * they have (of any namespace, so that it stands open to all of them); `possible` where some labels might let them in.
     */
    admitsStrangers(namespace: string | null, to: GuardedClass, protocol: Protocol, port: number): Verdict | 'blocked';
    /** The classes from which members of `to` are reached on one port: made once for classes and ports that are alike. */
    callers(to: GuardedClass, protocol: Protocol, port: number): Bounds<ClassSet>;
    /** Whether one end reaches the other on one port, and what says so in each direction (§4.5). */
    decide(from: End, to: End, protocol: Protocol, port: number): Decision;
    /**
     * Who gets to members of `to`, part by part of its ports: the parts are disjoint, as few as tell anybody apart, and
     * ports that nobody may get to are in none. Parts whose callers are the same classes have the same `ClassSet`.
     */
    reachedBy(to: GuardedClass): readonly {
        ports: PortSet;
        classes: Bounds<ClassSet>;
        addresses: Bounds<AddressSet>;
    }[];
    /** Which addresses members of `from` get to, in parts like those of `reachedBy`. */
    leadsTo(from: GuardedClass): readonly {
        ports: PortSet;
        addresses: Bounds<AddressSet>;
    }[];
    /**
     * Whether all guards that have a say about who comes in to members of `to` surely hold them, only allow, and are asked
     * beside each other: then whom a sure grant of one of them means gets in, whatever else is said.
     */
    onlyAllows(to: GuardedClass): boolean;
    /** The guards that have a say about a workload in a direction, in the order in which they are asked. */
    guardsOf(workload: Workload, direction: Direction): readonly Guard[];
}
/** A set of classes. */
export interface ClassSet {
    /** Equal for equal sets of one relation. */
    readonly id: number;
    /** How many classes. */
    readonly size: number;
    has(one: GuardedClass): boolean;
    [Symbol.iterator](): Iterator<GuardedClass>;
}
/** The answer for one connection: it takes both directions (R5). */
export interface Decision {
    readonly verdict: Verdict | 'blocked';
    /** Why it is only `possible`. */
    readonly because: readonly string[];
    readonly egress: Ruling;
    readonly ingress: Ruling;
}
/** What the guards of one end say about the other. */
export interface Ruling {
    readonly verdict: 'allow' | 'deny' | 'unknown';
    /** Why nobody can be sure. */
    readonly because: readonly string[];
    /** The rules that leave it open (reachability.md §2), as far as one does. */
    readonly rules: readonly string[];
    /**
     * What decides, first what decides first: the grants that admit, the grant that denies, or every guard that isolates the
     * end and admits nothing of this (grant null). Empty where no guard has a say. `answers`: what it decides is how the
     * answers fare.
     */
    readonly by: readonly Teller[];
    /** Of a denied end: the grants that come near, and what each would have to say differently. */
    readonly misses: readonly Miss[];
}
/** A grant that would have admitted the connection but for what differs. */
export interface Miss {
    readonly guard: Guard;
    readonly grant: GrantFact;
    /** It is the answers that it would have admitted. */
    readonly answers?: true;
    /** `peer`: other workloads; `namespace`: the right labels in another namespace; `address`; `port`; `port-name`: no port of that name; `protocol`. */
    readonly differs: readonly ('peer' | 'namespace' | 'address' | 'port' | 'port-name' | 'protocol')[];
    /** For people: `asks for app=web, the caller has app=webb`. */
    readonly text: string;
}
