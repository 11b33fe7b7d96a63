import { type Expression } from './expression.ts';
import type { Language } from './language.ts';
import { type Template } from './message.ts';
import type { Problem, RuleDeclaration } from './rule.ts';
import type { SubjectName } from './subjects/table.ts';
/** A rule whose expressions are known to be right, ready to be asked. */
export interface CheckedRule {
    readonly declaration: RuleDeclaration;
    readonly when: Expression;
    readonly at: Expression;
    readonly message: Template;
}
/** The subjects that have a scope, which a severity map goes by, and the field that tells it. */
export declare const SCOPED: Readonly<Partial<Record<SubjectName, string>>>;
/** The rule with its expressions checked, or everything that is wrong with them, in the order of the file. */
export declare function checkRule(declaration: RuleDeclaration, language: Language): CheckedRule | readonly Problem[];
/**
 * A rule that was checked when the program was built: its expressions are read when they are first evaluated. Throws
 * then if it is wrong after all.
 */
export declare function trustRule(declaration: RuleDeclaration, language: Language): CheckedRule;
