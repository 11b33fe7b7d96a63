/** A baseline: findings that were there when somebody began to look. They are known by their edge of the graph, not by lines. */
import type { Origin } from '../source/span.ts';
import type { Finding, Suppressed } from './finding.ts';
/** One finding of a baseline. */
export interface BaselineEntry {
    readonly fingerprint: string;
    readonly origin: Origin;
}
/** Takes out of `findings` what the baseline knows. */
export declare function sinceBaseline(findings: readonly Finding[], baseline: readonly BaselineEntry[]): {
    readonly findings: readonly Finding[];
    readonly known: readonly Suppressed[];
};
