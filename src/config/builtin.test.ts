import { describe, expect, test } from 'vitest';
import { checkRule } from '../policy/checked-rule.ts';
import { readExpectations } from '../policy/expectation.ts';
import { language } from '../policy/language.ts';
import { builtinCatalogue, builtinProse, builtinRules } from './builtin.ts';

const rules = builtinRules();
const prose = await builtinProse();

describe('the built-in rules', () => {
  test('are there, with ids of their own', () => {
    expect(rules.length).toBeGreaterThan(29);
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  });

  const shared = language(builtinCatalogue());
  test.each(rules.map((rule) => [rule.id, rule] as const))('%s is a rule that can be evaluated', (_, rule) => {
    expect(checkRule(rule, shared)).toHaveProperty('when');
  });

  test.each(rules.map(({ id }) => id))('%s says why, how to mend it, and shows when it fires and when not', (id) => {
    const text = prose.get(id);
    expect(text?.why).toMatch(/\S/);
    expect(text?.fix).not.toEqual('');
    expect(Object.keys(text?.controls ?? {})).not.toHaveLength(0);
    const examples = text?.examples ?? [];
    const expectations = examples.map(({ files }) => readExpectations(files));
    expect(expectations.flat().filter(({ rule }) => rule !== id)).toEqual([]);
    expect(expectations.some((all) => all.some(({ kind }) => kind !== 'ok'))).toBe(true);
    expect(expectations.some((all) => all.length === 0 || all.some(({ kind }) => kind === 'ok'))).toBe(true);
  });
});
