/** What the tables of subjects are made of. A field is one entry; its reader turns the graph into an answer. */
import type { ClassGroup, Environment, ReachGroup, ReachRow } from '../../graph/exposure-graph.ts';
import type { GrantFact, PortRange } from '../../graph/fragment.ts';
import type { Door, Exposure, Gateway, Guard, Listener, Need, UnseenWay, Workload } from '../../graph/vocabulary.ts';
import { type Origin } from '../../source/span.ts';
import type { Technology } from '../../source/unit.ts';
import type { Unknown } from '../../source/value.ts';
import type { GuardFacts } from '../guard-facts.ts';
import type { Service } from '../service.ts';
/** What a rule can be `on`. */
export declare const SUBJECTS: readonly ["exposure", "listener", "workload", "gateway", "guard", "grant", "segment", "connection", "need", "environment", "suppression", "waiver"];
export type SubjectName = (typeof SUBJECTS)[number];
/** The CEL type of a subject: `Listener` for `listener`. */
export type SubjectType = Capitalize<SubjectName>;
/** CEL's own types, the opaque ones, subjects, and lists of strings and subjects. */
export type TypeName = ItemType | 'int' | 'double' | 'bool' | 'PortSet' | 'AddressSet' | 'Path' | 'Origin' | `list<${ItemType}>`;
type ItemType = 'string' | SubjectType;
/**
 * What a field reads, or the reason why nobody can tell. Behind `int` and `double` stand numbers, behind `PortSet` a
 * list of port ranges, behind `AddressSet` the graph's, behind `Path` the exposure whose path it is, behind `Origin` an
 * origin, behind a subject what the graph has.
 */
export type Answer = string | number | boolean | object | null | Unknown;
export interface Field<S> {
    readonly type: TypeName;
    /** One sentence for the reference. */
    readonly about: string;
    /** All values of an enumeration; comparing with another is an error in the rule. */
    readonly values?: readonly string[];
    readonly unit?: string;
    /** A condition that uses it. */
    readonly example: string;
    readonly read: (subject: S, facts: Facts) => Answer;
}
export interface Parameter {
    readonly name: string;
    readonly type: 'string' | 'int';
    /** All values of an enumeration; a literal that is none of them is an error in the rule. */
    readonly values?: readonly string[];
}
export interface Method<S> {
    readonly takes: readonly Parameter[];
    readonly type: TypeName;
    readonly about: string;
    readonly example: string;
    /** Whole numbers arrive as numbers. */
    readonly call: (subject: S, taken: readonly string[], facts: Facts) => Answer;
}
/** One subject: what a rule on it can ask. */
export interface Subject<S> {
    readonly about: string;
    /** All of that kind in an environment. */
    readonly all: (facts: Facts) => Iterable<S>;
    readonly fields: Readonly<Record<string, Field<S>>>;
    readonly methods: Readonly<Record<string, Method<S>>>;
    /** The variables of a rule on it besides itself and `environment`, and how to get at them. */
    readonly variables: Readonly<Partial<Record<SubjectName, (subject: S) => Answer>>>;
    /** CEL for the primary location where the rule says none. */
    readonly at: string;
    readonly edge: (subject: S, facts: Facts) => Edge;
}
/** What a finding about a subject is about. */
export interface Edge {
    /** What identifies it in a fingerprint: names and numbers, never an id, a path or a place. */
    readonly names: readonly (string | number | null)[];
    /**
     * What it is an instance of: one block of code may make several, which it is called by and where it stands. What a rule
     * has against all of them at one place is told once.
     */
    readonly instance?: {
        readonly name: string;
        readonly origin: Origin;
    };
    /** What it is a part of: a finding that says the same of several parts is told once. */
    readonly part?: string;
    readonly listener?: Listener;
    readonly workload?: Workload;
    readonly technology?: Technology;
    /** The exposure whose path is shown. */
    readonly exposure?: Exposure;
    /** The gateway that it is about; an exposure's stands in its path. */
    readonly gateway?: Gateway;
    /** The doors of gateways that a finding is about besides. */
    readonly doors?: readonly LeadingDoor[];
    /** Why it is only possible; left out where it is certain. */
    readonly because?: readonly string[];
    /** Other places that explain a finding, each with a sentence; asked for only where there is one. */
    readonly related?: () => readonly {
        readonly origin: Origin;
        readonly message: string;
    }[];
}
/** A door that leads to a listener, and the gateway that it is of. */
export interface LeadingDoor {
    readonly gateway: Gateway;
    readonly door: Door;
}
/** What one environment shows beyond the fields of its parts; counted on first use. */
export interface Facts {
    readonly environment: Environment;
    /** The approved specification of a workload; undefined where there is none. */
    serviceOf(workload: Workload): Service | undefined;
    /** Whether all of the ports may be open as far as their numbers go (`nonSensitivePorts`); false for none. */
    mayBeOpen(ports: readonly PortRange[]): boolean;
    /** Whether an exposure from outside passes a guard by this grant. */
    opens(grant: GrantFact): boolean;
    /** Whether one does by a grant of the same guard for the same ports. */
    opensBeside(guard: Guard, grant: GrantFact): boolean;
    exposuresOf(listener: Listener): readonly Exposure[];
    exposuresThrough(gateway: Gateway): readonly Exposure[];
    /** What it lets in to workloads that are shown nowhere. */
    unseenThrough(gateway: Gateway): readonly UnseenWay[];
    listenersOf(workload: Workload): readonly Listener[];
    /** The doors behind which a listener stands. */
    doorsTo(listener: Listener): readonly LeadingDoor[];
    /** The needs whose target is the listener. */
    needsOf(listener: Listener): readonly Need[];
    /** Workloads with evidence of their own (not a grant's) that they use the listener, of weight 0.5 or more. */
    clientsOf(listener: Listener): ReadonlySet<Workload>;
    rowOf(listener: Listener): ReachRow | undefined;
    /** The callers of a listener among whom a workload is; undefined where it does not get there. */
    reaches(from: Workload, to: Listener): ReachGroup | undefined;
    /** Whether a workload is in one of the classes of a group. */
    isIn(workload: Workload, group: ClassGroup): boolean;
    /** What the workloads of a group have in common. */
    profileOf(group: ClassGroup): ClassProfile;
    /** The workloads in a segment, by its id. */
    membersOf(segment: string): readonly Workload[];
    readonly guards: GuardFacts;
}
/** Of a group those that have a network of their own: nodes get to every workload, which tells nothing (S2). */
export interface ClassProfile {
    /** The names of its workloads, sorted. */
    readonly names: readonly string[];
    /** Their namespaces, each once, sorted; null for none. */
    readonly namespaces: readonly (string | null)[];
}
/** A listener by names and numbers. */
export declare function listenerNames({ workload, container, ports, protocol }: Listener): Edge['names'];
/** A workload as one of those that its code makes. */
export declare function workloadInstance({ name, origins }: Workload): NonNullable<Edge['instance']>;
/** A workload by names. */
export declare function workloadNames({ namespace, name }: Workload): Edge['names'];
/** The first of what should never be empty; the start of no file where it is. */
export declare function firstOf(origins: readonly Origin[]): Origin;
/** A subject to those who do not know what the graph calls it; they hand its readers only what its own `all` gave. */
export type AnySubject = Subject<unknown>;
/** Declares a subject; the type parameter is what the graph calls it. */
export declare function subject<S>(table: Subject<S>): AnySubject;
export {};
