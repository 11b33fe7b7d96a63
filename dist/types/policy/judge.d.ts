/** The whole judgement of a graph by a policy: evaluate, suppress, and judge the suppressions. */
import type { ExposureGraph } from '../graph/exposure-graph.ts';
import type { Comment } from '../source/comment.ts';
import type { Notice } from '../source/notice.ts';
import { type BaselineEntry } from './baseline.ts';
import type { CheckedRule } from './checked-rule.ts';
import { type Evaluation } from './evaluate.ts';
import type { Finding, Suppressed } from './finding.ts';
import type { Service } from './service.ts';
import { type Waiver, type WaiverUse } from './waiver.ts';
/** What a graph is judged by. */
export interface Policy {
    /** The rules that run. */
    readonly rules: readonly CheckedRule[];
    /** The ids of all rules there are, so that a suppression of a rule that does not run is not called unknown. */
    readonly known: ReadonlySet<string>;
    /** Off for `--no-inline-suppressions`. */
    readonly inlineSuppressions: boolean;
    /** Comments of other tools count, for the checks that rules subsume. */
    readonly compatSuppressions: boolean;
    /** A suppression without an end has no effect. */
    readonly requireExpiry: boolean;
    /** What workloads are meant to listen on, and for whom. */
    readonly services: readonly Service[];
    /** Ports that are no finding by themselves when they are open. */
    readonly nonSensitivePorts: ReadonlySet<number>;
    /** Access that somebody approved for a time. */
    readonly waivers: readonly Waiver[];
    /** How long a waiver may last, in milliseconds; null for any time. */
    readonly longestWaiver: number | null;
    /** What was there when somebody began to look. */
    readonly baseline: readonly BaselineEntry[];
    /** The one clock, in milliseconds since 1970. */
    readonly at: number;
}
/** What is wrong with a graph, after suppression. */
export interface Judgement {
    /** Sorted by severity, file, offset and rule. */
    readonly findings: readonly Finding[];
    readonly suppressed: readonly Suppressed[];
    readonly waivers: readonly WaiverUse[];
    readonly notices: readonly Notice[];
    readonly coverage: Evaluation['coverage'];
}
/**
 * What a policy has to say about a graph. `comments` are those of the files that mention suppressions
 * (`mentionsSuppression`). A `rule-defect` notice means that a rule could not be evaluated: the run has failed.
 */
export declare function judge(policy: Policy, graph: ExposureGraph, comments: Iterable<Comment>): Judgement;
