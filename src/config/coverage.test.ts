/** Every check of other tools that is about ports and networks has a rule, or a reason why it has none. */
import { readFileSync } from 'node:fs';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { builtinRules } from './builtin.ts';
import { type Concept, type CoveragePart, coverageMarkdown, coverageProblems } from './coverage.fixture.ts';

const rules = builtinRules().map(({ declaration }) => declaration);
const parts = load(readFileSync('docs/coverage.yaml', 'utf8')) as readonly CoveragePart[];

describe.each(parts)('$part', ({ concepts }) => {
  test.each(concepts.map((concept) => [concept.concept, concept] as const))('%s', (_, concept) => {
    expect(coverageProblems(concept, rules)).toEqual([]);
  });
});

test('every concept has a name of its own in its part, and every reason is a sentence', () => {
  for (const { concepts } of parts) {
    const names = concepts.map(({ concept }) => concept);
    expect(names.filter((name, index) => names.indexOf(name) < index)).toEqual([]);
    for (const { because } of concepts.flatMap((one) => one['left-out'] ?? []))
      expect(because).toMatch(/^[A-Z0-9].*\.$/);
  }
});

describe('a concept', () => {
  const [rule] = rules.filter(({ id }) => id === 'remote-admin-exposed');
  const header = {
    ...(rule as NonNullable<typeof rule>),
    equivalents: { checkov: [{ id: 'A', ports: [22] }], kics: ['b'] },
  };
  const problems = (concept: Omit<Concept, 'concept'>) => coverageProblems({ concept: 'Doors', ...concept }, [header]);

  test('is whole where each check has a rule or a reason', () => {
    const left = [{ because: 'It is no door.', checks: { trivy: ['C'] } }];
    expect(problems({ checks: { checkov: ['A'], kics: ['b'], trivy: ['C'] }, 'left-out': left })).toEqual([]);
  });

  test('is not where one has neither', () => {
    expect(problems({ checks: { checkov: ['A', 'D'], kics: ['A'] } })).toEqual([
      'Doors: checkov D has neither a rule nor a reason',
      'Doors: kics A has neither a rule nor a reason',
    ]);
  });

  test('is not where a reason is none of its checks, or speaks against a rule', () => {
    const left = [{ because: 'It is no door.', checks: { kics: ['b', 'E'] } }];
    expect(problems({ checks: { kics: ['b'] }, 'left-out': left })).toEqual([
      'Doors: kics E is left out and is none of its checks',
      'Doors: kics b is left out, and remote-admin-exposed covers it',
    ]);
  });
});

test('docs/coverage.md is up to date', async () => {
  await expect(coverageMarkdown(parts, rules)).toMatchFileSnapshot('../../docs/coverage.md');
});
