/**
 * Rules as the build translates them (translate.ts): what is data stands in a file of data, since a run reads that many times
 * faster than the same as a program.
 */
import { type Expression, expressionOf, type Variables } from './expression.ts';
import type { Template } from './message.ts';
import type { View } from './view.ts';

/** What is evaluated of a rule besides its functions. Null stands for an expression that is one of these. */
export interface TranslatedRule {
  readonly reads: readonly string[];
  /** The field that it reads: `workload.name`. */
  readonly at: string | null;
  /** Text, and the fields that it reads, by turns. */
  readonly message: readonly (string | null)[];
}

/** The functions of a rule's expressions, those of its message by their place in it. */
export interface TranslatedCode {
  readonly when: Run;
  readonly at?: Run;
  readonly message?: Readonly<Record<number, Run>>;
}

/** Throws what the CEL that it was translated from would throw. */
type Run = (variables: Variables) => unknown;

/** The expression of a place in a translated rule. */
export function translatedExpression(field: string | null, code: Run | undefined): Expression {
  if (field === null) return expressionOf(code as Run);
  const [variable, name] = field.split('.') as [string, keyof View];
  return expressionOf((variables) => variables[variable]?.[name]);
}

/** The message of a translated rule. */
export function translatedMessage({ message }: TranslatedRule, code: TranslatedCode): Template<Expression> {
  return message.map((part, at) => (at % 2 === 0 ? (part ?? '') : translatedExpression(part, code.message?.[at])));
}
