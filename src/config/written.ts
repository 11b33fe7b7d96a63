/** A rule file's content, once its schema admits it, taken apart into what evaluates and what is read. */
import type { RuleDeclaration, RuleHeader, RuleProse, Text } from '../policy/rule.ts';
import type { Origin } from '../source/span.ts';

/** What a rule file says of its rule, defaults not yet filled in. */
export interface WrittenHeader extends Omit<RuleHeader, 'confidence' | 'change' | 'equivalents' | 'origin'> {
  readonly confidence?: RuleHeader['confidence'];
  readonly change?: NonNullable<RuleHeader['change']>;
  readonly equivalents?: RuleHeader['equivalents'];
}

/** The content of a rule file. */
export interface WrittenRule extends WrittenHeader, Partial<RuleProse> {
  readonly when: string;
  readonly at?: string;
  readonly message: string;
}

/** What a rule says of itself. */
export function headerOf(rule: WrittenHeader, origin: Origin): RuleHeader {
  const { id, title, severity, confidence = 'medium', on, change = null, equivalents = {} } = rule;
  return { id, title, severity, confidence, on, change, equivalents, origin };
}

/** What evaluation needs of a rule; `place` knows where the text of a key stands. */
export function declarationOf(
  rule: WrittenRule,
  place: (text: string, key: 'when' | 'at' | 'message') => Text,
  origin: Origin,
): RuleDeclaration {
  return {
    ...headerOf(rule, origin),
    when: place(rule.when, 'when'),
    at: rule.at === undefined ? null : place(rule.at, 'at'),
    message: place(rule.message, 'message'),
  };
}

/** What is read of a rule; what is not written is empty. */
export function proseOf(rule: Partial<RuleProse>): RuleProse {
  const { why = '', fix = '', references = [], controls = {}, examples = [] } = rule;
  return { why, fix, references, controls, examples };
}
