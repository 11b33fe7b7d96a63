import type { RuleInfo } from '../policy/finding.ts';
import type { RuleView } from './rules-text.ts';

/** All rules with what is known of them. */
export function ruleListJson(rules: readonly RuleInfo[]): string {
  return `${JSON.stringify({ version: 1, rules }, null, 2)}\n`;
}

/** One rule with its examples. */
export function ruleJson({ rule, examples }: RuleView): string {
  return `${JSON.stringify({ version: 1, rule: { ...rule, examples } }, null, 2)}\n`;
}
