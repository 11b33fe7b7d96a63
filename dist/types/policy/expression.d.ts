import type { Session, View } from './view.ts';
/** The variables of a rule, bound to one subject. */
export type Variables = Readonly<Record<string, View>>;
/**
 * The value of an expression for one subject: three-valued (architecture.md §4), so that it is an `UnknownError` where the
 * code does not show enough. Any other error is a defect of this program or of the rule, which then stands in the session.
 */
export type Expression = (variables: Variables, session: Session) => unknown;
/** An expression of what computes its value, or throws. */
export declare function expressionOf(run: (variables: Variables) => unknown): Expression;
