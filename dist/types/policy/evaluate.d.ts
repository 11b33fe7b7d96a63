/**
 * Rules × subjects → findings. What holds for every rule is decided here once: what is merely possible is undecided,
 * what nobody wrote is passed over, what rests on a guess is less sure, and one thing is told once.
 */
import { type ExposureGraph } from '../graph/exposure-graph.ts';
import { type Notice } from '../source/notice.ts';
import { type CheckedRule } from './checked-rule.ts';
import type { Coverage, Finding } from './finding.ts';
import type { Service } from './service.ts';
import { type SubjectName } from './subjects/table.ts';
/** What rules say of a graph, before anything is suppressed. */
export interface Evaluation {
    /** Sorted by severity, file, offset and rule. */
    readonly findings: readonly Finding[];
    readonly notices: readonly Notice[];
    readonly coverage: Pick<Coverage, 'grants' | 'decided' | 'undecidedBecause'>;
}
/** The findings of all rules over the whole graph. A defect of a rule is a `rule-defect` notice, whatever came out. */
export declare function evaluate(rules: readonly CheckedRule[], graph: ExposureGraph, services?: readonly Service[], nonSensitive?: ReadonlySet<number>): Evaluation;
/** The findings of rules over subjects that belong to no environment. */
export declare function evaluateLoose(rules: readonly CheckedRule[], name: SubjectName, subjects: readonly unknown[]): Evaluation;
