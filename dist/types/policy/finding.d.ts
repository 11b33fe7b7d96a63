import type { Confidence, Hop, Scope } from '../graph/vocabulary.ts';
import type { Edit } from '../source/edit.ts';
import type { LineIndex } from '../source/line-index.ts';
import type { Notice } from '../source/notice.ts';
import type { Origin } from '../source/span.ts';
import type { Technology } from '../source/unit.ts';
/** Most severe first. */
export declare const SEVERITIES: readonly ["critical", "high", "medium", "low", "info"];
export type Severity = (typeof SEVERITIES)[number];
/** A change of the code that mends one finding and changes nothing else. */
export interface Change {
    /** What it does, as a sentence without its full stop. */
    readonly about: string;
    readonly edit: Edit;
}
/** A rule's verdict on one subject that is worth telling. */
export interface Finding {
    readonly ruleId: string;
    readonly title: string;
    readonly severity: Severity;
    /** The band of a severity map that gave the severity (`internet`), or null for a rule with one severity. */
    readonly band: string | null;
    readonly confidence: Confidence;
    /** `undecided`: the code does not show enough. */
    readonly verdict: 'violation' | 'undecided';
    /** What, why it matters, what to do: its first sentence stands alone. */
    readonly message: string;
    /** Ids of the environments that it stands in, sorted; empty only where it is about the policy itself. */
    readonly environments: readonly string[];
    readonly workload: string | null;
    readonly listener: string | null;
    /** The listener's port; the first of a range. */
    readonly port: number | null;
    /** Of what the finding is about: chooses the rule's fix. Null where that is no one thing. */
    readonly technology: Technology | null;
    readonly location: Origin;
    readonly related: readonly {
        readonly origin: Origin;
        readonly message: string;
    }[];
    /** The listener as policies name it: `shop/db:5432/tcp`; null where it is about none. */
    readonly target: string | null;
    /** Who stands at the beginning of the path; null where there is none. */
    readonly scope: Scope | null;
    /** The addresses among them, as ranges; null where there is no path. */
    readonly sources: readonly string[] | null;
    readonly path: readonly Hop[];
    readonly because: readonly string[];
    /** Null where no change of text is certain to mend it. */
    readonly change: Change | null;
    /** Of rule and graph edge: stable under moved lines and renamed files. Several may have one. */
    readonly identity: string;
    /** The identity, and which one of those that have it. */
    readonly fingerprint: string;
}
/** A finding that somebody accepted, and how. */
export interface Suppressed {
    readonly finding: Finding;
    readonly how: 'comment' | 'waiver' | 'baseline';
    readonly reason: string;
    readonly origin: Origin;
    readonly until: string | null;
    readonly by: string | null;
}
/** What reporters know of a rule. */
export interface RuleInfo {
    readonly id: string;
    readonly title: string;
    /** One severity, or one a band. */
    readonly severity: Severity | Readonly<Record<string, Severity>>;
    readonly confidence: Confidence;
    readonly why: string;
    /** Markdown; one text, or one a technology. */
    readonly fix: string | Readonly<Record<string, string>>;
    readonly references: readonly string[];
    readonly controls: Readonly<Record<string, readonly string[]>>;
    readonly equivalents: Readonly<Record<string, readonly (string | Slice)[]>>;
}
/** A part of a rule that is a peer's check: its findings on these ports, and of these scopes; all where left out. */
export interface Slice {
    readonly id: string;
    readonly ports?: readonly number[];
    readonly scopes?: readonly Scope[];
}
/** How much of the tree the graph was made from. */
export interface ReadCoverage {
    /** Files that something is known of: parsed, skipped and failed ones. */
    readonly files: number;
    readonly parsed: number;
    /** Refused for their size or kind, or left to the tool whose templates they are. */
    readonly skipped: number;
    readonly failed: number;
    /** Exposures that depend on what the code does not show. */
    readonly unknowns: number;
}
/** What was looked at, and how much of it could be decided. */
export interface Coverage extends ReadCoverage {
    /** Exposures and grants that rules asked about, and how many had an answer. */
    readonly grants: number;
    readonly decided: number;
    readonly undecidedBecause: Readonly<Record<string, number>>;
}
/** Lines of the files that facts come from, for reporters: path → line index. */
export type Lines = (file: string) => LineIndex | undefined;
/** The view that `scan` reports: a plain value. */
export interface Report {
    /** The time that it was measured by, where a suppression with an end made it depend on one (RFC 3339). */
    readonly at: string | null;
    readonly findings: readonly Finding[];
    readonly suppressed: readonly Suppressed[];
    readonly notices: readonly Notice[];
    readonly coverage: Coverage;
    readonly rules: readonly RuleInfo[];
}
