/** The policy that the program brings along, as scripts/generate.mjs prepared it from rules/. */
import catalogue from '../generated/catalogue.json' with { type: 'json' };
import policy from '../generated/policy.json' with { type: 'json' };
import { RULES } from '../generated/rules.js';
import type { Catalogue } from '../graph/catalogue.ts';
import type { CheckedRule } from '../policy/checked-rule.ts';
import { expressionOf } from '../policy/expression.ts';
import type { RuleInfo } from '../policy/finding.ts';
import type { RuleHeader, RuleProse } from '../policy/rule.ts';
import {
  type TranslatedCode,
  type TranslatedRule,
  translatedExpression,
  translatedMessage,
} from '../policy/translated.ts';
import { fileOrigin } from '../source/span.ts';
import { headerOf, proseOf, type WrittenHeader } from './written.ts';

/**
 * The built-in rules, sorted by id, as the build has checked and translated them (policy/translate.ts). Their places are
 * the rule files of the program, as a whole.
 */
export function builtinRules(): readonly CheckedRule[] {
  return (policy as unknown as readonly (WrittenHeader & TranslatedRule)[]).map((rule) => {
    const code = RULES[rule.id] as TranslatedCode;
    return {
      declaration: headerOf(rule, fileOrigin(`rules/${rule.id}.yaml`)),
      reads: new Set(rule.reads),
      when: expressionOf(code.when),
      at: translatedExpression(rule.at, code.at),
      message: () => translatedMessage(rule, code),
    };
  });
}

/** What people read about the built-in rules, by rule id; loaded only when somebody wants to read it. */
export async function builtinProse(): Promise<ReadonlyMap<string, RuleProse>> {
  const { default: prose } = await import('../generated/prose.json', { with: { type: 'json' } });
  return new Map(
    Object.entries(prose as unknown as Record<string, Partial<RuleProse>>).map(([id, text]) => [id, proseOf(text)]),
  );
}

/** What is known of ports and images before any code is read. */
export function builtinCatalogue(): Catalogue {
  return catalogue as unknown as Catalogue;
}

/** A rule and its prose as reporters want it. */
export function ruleInfo(rule: RuleHeader, prose: RuleProse | undefined): RuleInfo {
  const { why, fix, references, controls } = prose ?? proseOf({});
  const { id, title, severity, confidence, equivalents } = rule;
  return { id, title, severity, confidence, why, fix, references, controls, equivalents };
}
