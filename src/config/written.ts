/** A rule file's content, once its schema admits it, taken apart into what evaluates and what is read. */
import type { RuleDeclaration, RuleProse, Text } from '../policy/rule.ts';
import type { Origin } from '../source/span.ts';

/** The content of a rule file, defaults not yet filled in. */
export interface WrittenRule
  extends Omit<RuleDeclaration, 'when' | 'at' | 'message' | 'change' | 'confidence' | 'equivalents' | 'origin'>,
    Partial<RuleProse> {
  readonly confidence?: RuleDeclaration['confidence'];
  readonly when: string;
  readonly at?: string;
  readonly message: string;
  readonly change?: NonNullable<RuleDeclaration['change']>;
  readonly equivalents?: RuleDeclaration['equivalents'];
}

/** What evaluation needs of a rule; `place` knows where the text of a key stands. */
export function declarationOf(
  rule: WrittenRule,
  place: (text: string, key: 'when' | 'at' | 'message') => Text,
  origin: Origin,
): RuleDeclaration {
  const { id, title, severity, on } = rule;
  return {
    id,
    title,
    severity,
    confidence: rule.confidence ?? 'medium',
    on,
    when: place(rule.when, 'when'),
    at: rule.at === undefined ? null : place(rule.at, 'at'),
    message: place(rule.message, 'message'),
    change: rule.change ?? null,
    equivalents: rule.equivalents ?? {},
    origin,
  };
}

/** What is read of a rule; what is not written is empty. */
export function proseOf(rule: Partial<RuleProse>): RuleProse {
  const { why = '', fix = '', references = [], controls = {}, examples = [] } = rule;
  return { why, fix, references, controls, examples };
}
