/** Waivers: access that somebody approved for a time (rules.md §3). They hold for an edge of the graph, and for no more of it. */
import { type AddressSet } from '../graph/sets/address-set.ts';
import type { Exposure, Listener } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
import type { Finding, Suppressed } from './finding.ts';
/** One entry of `waivers` in `portolan.yaml`. */
export interface Waiver {
    /** The id of the rule whose findings it covers. */
    readonly rule: string;
    /** A glob over `shop/db:5432/tcp`; null for every listener. */
    readonly listener: string | null;
    /** The addresses that may call; null for whoever does. */
    readonly sources: AddressSet | null;
    readonly reason: string;
    readonly approvedBy: string;
    /** Milliseconds since 1970; null for always. */
    readonly from: number | null;
    readonly expires: number;
    readonly origin: Origin;
}
/** What a waiver is at a time: `overlong` where it lasts longer than the policy lets one last. */
export declare const WAIVER_STATES: readonly ["valid", "early", "expired", "overlong"];
export type WaiverState = (typeof WAIVER_STATES)[number];
/** A waiver, and what came of it. */
export interface WaiverUse {
    readonly waiver: Waiver;
    /** There is a rule of that id. */
    readonly known: boolean;
    readonly state: WaiverState;
    /** The findings that it covers, or would, were it valid. */
    readonly covers: readonly Finding[];
}
/** What waiving goes by. */
export interface WaiveOptions {
    readonly waivers: readonly Waiver[];
    /** The ids of all rules that there are. */
    readonly known: ReadonlySet<string>;
    /** How long one may last, in milliseconds; null for any time. */
    readonly longest: number | null;
    /** Milliseconds since 1970. */
    readonly at: number;
}
/** Takes out of `findings` what a valid waiver covers. */
export declare function waive(findings: readonly Finding[], { waivers, known, longest, at }: WaiveOptions): {
    readonly findings: readonly Finding[];
    readonly waived: readonly Suppressed[];
    readonly uses: readonly WaiverUse[];
};
/** The ranges among the sources of an exposure. */
export declare function addressesOf({ sources }: Exposure): readonly string[];
/** A listener as policies name it: `shop/db:5432/tcp`. */
export declare function targetOf({ workload, ports, protocol }: Listener): string;
/** How a waiver stands at a time. One that is too long is none: it was to end, and does not. */
export declare function stateOf({ from, expires }: Waiver, longest: number | null, at: number): WaiverState;
/** Whether a waiver speaks of a listener and of all who call it: a second hole beside it is another thing. */
export declare function isMeant({ listener, sources }: Pick<Waiver, 'listener' | 'sources'>, { target, sources: callers }: Pick<Finding, 'target' | 'sources'>): boolean;
