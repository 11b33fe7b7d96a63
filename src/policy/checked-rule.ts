/** Rules whose expressions are checked, ready to be evaluated. */
import { CHANGES } from './change.ts';
import type { Fault } from './check.ts';
import { compile, type Expression } from './expression.ts';
import type { Language } from './language.ts';
import { compileMessage, type Template } from './message.ts';
import type { Problem, RuleDeclaration, Text } from './rule.ts';
import type { SubjectName } from './subjects/table.ts';
import { SUBJECT_TABLE } from './subjects.ts';

/** A rule whose expressions are known to be right, ready to be asked. */
export interface CheckedRule {
  readonly declaration: RuleDeclaration;
  readonly when: Expression;
  readonly at: Expression;
  readonly message: Template;
}

/** The subjects that have a scope, which a severity map goes by, and the field that tells it. */
export const SCOPED: Readonly<Partial<Record<SubjectName, string>>> = {
  exposure: 'scope',
  listener: 'widestScope',
};

/** The rule with its expressions checked, or everything that is wrong with them, in the order of the file. */
export function checkRule(declaration: RuleDeclaration, language: Language): CheckedRule | readonly Problem[] {
  const { on } = declaration;
  const problems: Problem[] = [];
  const check = <T>(text: Text, result: T | readonly Fault[]): T | undefined => {
    if (!isFaults(result)) return result;
    for (const { start, end, message, hint } of result)
      problems.push({ origin: text.place(start, end), message, hint });
    return undefined;
  };
  const when = check(declaration.when, compile(declaration.when.text, on, ['bool'], language));
  const where = declaration.at ?? { text: SUBJECT_TABLE[on].at, place: () => declaration.origin };
  const at = check(where, compile(where.text, on, ['Origin'], language));
  const message = check(declaration.message, compileMessage(declaration.message.text, on, language));
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
  return { declaration, when, at, message };
}

/**
 * A rule that was checked when the program was built: its expressions are read when they are first evaluated. Throws
 * then if it is wrong after all.
 */
export function trustRule(declaration: RuleDeclaration, language: Language): CheckedRule {
  const { id, on } = declaration;
  const once = <T extends object>(make: () => T | readonly Fault[]): (() => T) => {
    let made: T | undefined;
    return () => {
      if (made) return made;
      const result = make();
      if (isFaults(result)) throw new Error(`the built-in rule ${id} is wrong: ${result[0]?.message}`);
      made = result;
      return made;
    };
  };
  const when = once(() => compile(declaration.when.text, on, ['bool'], language));
  const at = once(() => compile(declaration.at?.text ?? SUBJECT_TABLE[on].at, on, ['Origin'], language));
  const message = once(() => compileMessage(declaration.message.text, on, language));
  return {
    declaration,
    get when() {
      return when();
    },
    get at() {
      return at();
    },
    get message() {
      return message();
    },
  };
}

function isFaults(result: unknown): result is readonly Fault[] {
  return Array.isArray(result) && result.some((one) => typeof one === 'object' && one !== null && 'hint' in one);
}
