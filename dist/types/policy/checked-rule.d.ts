import type { Compile } from './compile.ts';
import type { Expression } from './expression.ts';
import type { Language } from './language.ts';
import { type Template } from './message.ts';
import type { Problem, RuleDeclaration, RuleHeader } from './rule.ts';
import type { SubjectName } from './subjects/table.ts';
/** A rule whose expressions are known to be right, with what they are compiled to: by default what can be asked. */
export interface CheckedRule<E = Expression> {
    readonly declaration: RuleHeader;
    /** The fields that `when` reads, by type: `Exposure.implicit`. */
    readonly reads: ReadonlySet<string>;
    readonly when: E;
    readonly at: E;
    /** Made when there is something to tell. */
    readonly message: () => Template<E>;
}
/** The subjects that have a scope, which a severity map goes by, and the field that tells it. */
export declare const SCOPED: Readonly<Partial<Record<SubjectName, string>>>;
/** The rule with its expressions checked and compiled, or all that is wrong with them, in the order of the file. */
export declare function checkRule<E>(declaration: RuleDeclaration, language: Language, compile: Compile<E>): CheckedRule<E> | readonly Problem[];
