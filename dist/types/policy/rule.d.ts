/** A rule as it is written (schemas/rule.schema.json), its texts with the places that they stand at. */
import type { Confidence } from '../graph/vocabulary.ts';
import type { Origin } from '../source/span.ts';
import type { ChangeName } from './change.ts';
import type { RuleInfo, Severity } from './finding.ts';
import type { SubjectName } from './subjects/table.ts';
/** A text of a rule file. */
export interface Text {
    readonly text: string;
    /** The place of a stretch of the text in its file; offsets in UTF-16 code units. */
    readonly place: (start: number, end: number) => Origin;
}
/** What a rule says of itself. */
export interface RuleHeader {
    readonly id: string;
    readonly title: string;
    readonly severity: RuleInfo['severity'];
    readonly confidence: Confidence;
    readonly on: SubjectName;
    /** The change of text that mends what it finds, wherever the graph offers it; null for none. */
    readonly change: ChangeName | null;
    readonly equivalents: RuleInfo['equivalents'];
    /** Where the rule is written. */
    readonly origin: Origin;
}
/** What evaluation needs of a rule. */
export interface RuleDeclaration extends RuleHeader {
    /** CEL of type bool. */
    readonly when: Text;
    /** CEL of type Origin; null for the subject's own. */
    readonly at: Text | null;
    /** Text with CEL in braces. */
    readonly message: Text;
}
/** What people read about a rule, and what tests it. */
export interface RuleProse {
    readonly why: string;
    readonly fix: RuleInfo['fix'];
    readonly references: readonly string[];
    readonly controls: RuleInfo['controls'];
    readonly examples: readonly RuleExample[];
}
export interface RuleExample {
    readonly title: string;
    /** Path → text, with expectations as comments (policy/expectation.ts). */
    readonly files: Readonly<Record<string, string>>;
}
/** Something wrong with a rule or a policy file: the run ends before anything is read. */
export interface Problem {
    readonly origin: Origin;
    /** One sentence without its full stop: what is wrong. */
    readonly message: string;
    /** What would be right; may be empty. */
    readonly hint: string;
}
/** What a policy file changes about a rule. */
export interface Override {
    readonly severity?: Severity;
    readonly enabled?: boolean;
}
