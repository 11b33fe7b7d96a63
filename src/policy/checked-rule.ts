/** Rules whose expressions are checked, ready to be evaluated. */
import { CHANGES } from './change.ts';
import type { Fault } from './check.ts';
import type { Compile, Compiled } from './compile.ts';
import type { Expression } from './expression.ts';
import type { Language } from './language.ts';
import { compileMessage, PRINTABLE, type Template } from './message.ts';
import type { Problem, RuleDeclaration, RuleHeader, Text } from './rule.ts';
import type { SubjectName } from './subjects/table.ts';
import { SUBJECT_TABLE } from './subjects.ts';

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
export const SCOPED: Readonly<Partial<Record<SubjectName, string>>> = {
  exposure: 'scope',
  listener: 'widestScope',
};

/** The rule with its expressions checked and compiled, or all that is wrong with them, in the order of the file. */
export function checkRule<E>(
  declaration: RuleDeclaration,
  language: Language,
  compile: Compile<E>,
): CheckedRule<E> | readonly Problem[] {
  const { on } = declaration;
  const problems: Problem[] = [];
  const check = <T>(text: Text, result: T | readonly Fault[]): T | undefined => {
    if (!isFaults(result)) return result;
    for (const { start, end, message, hint } of result)
      problems.push({ origin: text.place(start, end), message, hint });
    return undefined;
  };
  const when = check<Compiled<E>>(declaration.when, compile(declaration.when.text, on, ['bool'], language));
  const where = declaration.at ?? { text: SUBJECT_TABLE[on].at, place: () => declaration.origin };
  const at = check<Compiled<E>>(where, compile(where.text, on, ['Origin'], language));
  const message = check<Template<E>>(
    declaration.message,
    compileMessage(declaration.message.text, (text) => compile(text, on, PRINTABLE, language)),
  );
  if (typeof declaration.severity === 'object' && !SCOPED[on]) {
    problems.push({
      origin: declaration.origin,
      message: `a rule on ${on} has one severity: only ${Object.keys(SCOPED).join(' and ')} have a scope`,
      hint: '',
    });
  }
  const { change } = declaration;
  if (change !== null && CHANGES[change].on !== on) {
    const message = `the change \`${change}\` is for rules on ${CHANGES[change].on}`;
    problems.push({ origin: declaration.origin, message, hint: '' });
  }
  if (problems.length > 0 || !when || !at || !message) return problems;
  return { declaration, reads: when.fields, when: when.expression, at: at.expression, message: () => message };
}

function isFaults(result: unknown): result is readonly Fault[] {
  return Array.isArray(result) && result.some((one) => typeof one === 'object' && one !== null && 'hint' in one);
}
