/** What an environment shows of its guards beyond what they say: whom they hold, and which of their grants do anything. */
import type { Environment } from '../graph/exposure-graph.ts';
import type { Direction, GrantFact } from '../graph/fragment.ts';
import { type Shadow } from '../graph/reach/shadow.ts';
import type { Guard, Segment, Workload } from '../graph/vocabulary.ts';
/** Whether the workloads that a grant speaks of are here, may be where the code does not look, or are nowhere. */
export declare const MATCHES: readonly ["here", "outside", "nothing"];
export type Match = (typeof MATCHES)[number];
/** Answers about the guards of one environment; each index is made when it is first asked for. */
export interface GuardFacts {
    /** The guards that have a say about a workload in a direction. */
    holding(workload: Workload, direction: Direction): readonly Guard[];
    /** Whether a workload gets, in a direction, only what guards let through. */
    guarded(workload: Workload, direction: Direction): boolean;
    /** Whether what is not let through is shut out for everything in a segment, what is added to it later too. */
    deniesByDefault(segment: Segment, direction: Direction): boolean;
    /** The workloads that a guard guards. */
    subjectsOf(guard: Guard): readonly Workload[];
    /** A guard that has a workload's labels in mind and stands in another namespace, where it guards nothing. */
    missing(workload: Workload): Guard | undefined;
    matchOf(grant: GrantFact): Match;
    /** What makes a grant needless. */
    shadowOf(grant: GrantFact): Shadow | undefined;
    /** Whether a client that shows its need gets through by a grant. */
    isUsed(grant: GrantFact): boolean;
}
/** @param membersOf the workloads in a segment, by its id */
export declare function guardFactsOf(environment: Environment, membersOf: (segment: string) => readonly Workload[]): GuardFacts;
/** Whether a grant speaks of everybody and every port. */
export declare function meansEverything({ peers, ports }: GrantFact): boolean;
