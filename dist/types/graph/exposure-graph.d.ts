/** The exposure graph: what `policy/` asks and reporters print. Plain data; origins, never line numbers. */
import type { LinkEnd, LinkFact } from './link-fact.ts';
import type { Labelled, Relation, RelationInput } from './reach/relation.ts';
import { type Assumptions, type Exposure, type Gateway, type Guard, type Link, type Listener, type Need, type Segment, type Stage, type UnitInfo, type UnseenWay, type Verdict, type Workload } from './vocabulary.ts';
/** Everything that the code of a tree says about who can reach which port. */
export interface ExposureGraph {
    /** Sorted by id. */
    readonly environments: readonly Environment[];
    readonly links: readonly Link[];
}
/** Units that land together, and what can reach what in there. */
export interface Environment {
    readonly id: string;
    readonly stage: Stage;
    readonly units: readonly UnitInfo[];
    readonly segments: readonly Segment[];
    /** The labels of namespaces, by name; of one that is missing nobody knows them. */
    readonly namespaces: ReadonlyMap<string, Labelled>;
    readonly workloads: readonly Workload[];
    readonly listeners: readonly Listener[];
    readonly gateways: readonly Gateway[];
    readonly guards: readonly Guard[];
    readonly exposures: readonly Exposure[];
    /**
     * What guards that nothing uses would let in to whatever used them: possible, by stand-ins that are no workloads here
     * and listen nowhere else.
     */
    readonly hypothetical: readonly Exposure[];
    readonly unseen: readonly UnseenWay[];
    /** Who may talk to whom as far as guards have a say, listeners or not; null where there are none. */
    readonly relation: Relation | null;
    /** What the relation is made from, for those who ask of pairs whether there are guards or not (`relationIn`). */
    readonly granting: RelationInput;
    /** What of that is of use: who gets to which listener. */
    readonly reachability: Reachability;
    readonly needs: readonly Need[];
    /** What was taken for granted. */
    readonly assume: Assumptions;
}
/** Which workloads reach which listeners, by classes of workloads that nothing tells apart. */
export interface Reachability {
    /** Every workload is in one of them. */
    readonly classes: readonly WorkloadClass[];
    readonly rows: readonly ReachRow[];
    /** Who else may call, from networks that a workload is not in: guards are not asked. One list for all who stand alike. */
    readonly comersTo: (workload: Workload) => readonly Comers[];
    /** The ways over links from the networks of one workload to those of another, open or not; guards are not asked. */
    readonly passages: (from: Workload, to: Workload) => readonly Passage[];
}
/** Those who may come to a workload from other networks. */
export interface Comers {
    readonly classes: ClassGroup;
    /** Why nobody can be sure that they get there; empty where links surely lead there and back. */
    readonly because: readonly string[];
}
/** A way over a link from one workload to another. */
export interface Passage {
    readonly link: LinkFact;
    /** Whom it takes from. */
    readonly from: LinkEnd;
    /** Where it leads. */
    readonly to: LinkEnd;
    /** Why nobody can be sure of it, empty where it surely leads there; null where no route does. */
    readonly because: readonly string[] | null;
}
/** Workloads that nothing tells apart: they sit in the same segments, and every guard says the same of them. */
export interface WorkloadClass {
    readonly id: string;
    readonly members: readonly Workload[];
}
/** A set of classes: rows that say the same have the same one. */
export interface ClassGroup {
    readonly id: string;
    /** How many workloads are in its classes; counted when first asked for. */
    readonly workloads: number;
    has(one: WorkloadClass): boolean;
    [Symbol.iterator](): Iterator<WorkloadClass>;
}
/** Callers of whom the same is true. */
export interface ReachGroup {
    /** The listener's own workload may be among them: what it may do to itself is not what a row is about. */
    readonly classes: ClassGroup;
    readonly verdict: Verdict;
    /** Why it is only possible, for at least one of them; empty where they surely reach it. Found out when asked for. */
    readonly because: readonly string[];
}
/** Who reaches one listener: at least one other workload. */
export interface ReachRow {
    readonly to: Listener;
    /** No class is in two of them; who surely reaches it comes first. */
    readonly from: readonly ReachGroup[];
}
/** An environment without anything in it. */
export declare function emptyEnvironment(id: string): Environment;
