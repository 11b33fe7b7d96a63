import { describe, expect, test } from 'vitest';
import { runExamples } from './examples.ts';
import { compareExpectations, readExpectations } from './expectation.ts';
import type { Finding } from './finding.ts';

const TEXT = `services:
  # expect: rule-a, rule-b "with words"
  # ok: rule-c
  db: # undecided: rule-d
    image: x # todo: rule-e
// expect: rule-f
last
`;

describe('expectations', () => {
  test('speak for their line, or for the next that is no expectation', () => {
    expect(
      readExpectations({ 'a.yaml': TEXT }).map(({ kind, rule, words, line }) => [kind, rule, words, line]),
    ).toEqual([
      ['expect', 'rule-a', null, 4],
      ['expect', 'rule-b', 'with words', 4],
      ['ok', 'rule-c', null, 4],
      ['undecided', 'rule-d', null, 4],
      ['todo', 'rule-e', null, 5],
      ['expect', 'rule-f', null, 7],
    ]);
  });

  test('stand beside files that have no comments', () => {
    const files = { 'x/expect.txt': 'a.json:3 rule-a\na.json:4 undecided: rule-b\nprose\n', 'x/a.json': '{}' };
    expect(readExpectations(files)).toEqual([
      { kind: 'expect', rule: 'rule-a', words: null, file: 'x/a.json', line: 3 },
      { kind: 'undecided', rule: 'rule-b', words: null, file: 'x/a.json', line: 4 },
    ]);
  });

  test.each(['# expected: rule-a', '# we expect: nothing', 'expect: rule-a', '# expect:'])('%s is none', (text) => {
    expect(readExpectations({ a: text })).toEqual([]);
  });
});

const finding = (ruleId: string, start: number, over: Partial<Finding> = {}) =>
  ({
    ruleId,
    verdict: 'violation',
    message: 'It is open.',
    location: { file: 'a', start, end: start },
    ...over,
  }) as Finding;

describe('comparing', () => {
  test.each<[string, string, Finding[], string[]]>([
    ['as expected', 'x # expect: r', [finding('r', 0)], []],
    ['one line twice', 'x # expect: r', [finding('r', 0), finding('r', 1)], []],
    ['with its words', 'x # expect: r "open"', [finding('r', 0)], []],
    [
      'without its words',
      'x # expect: r "shut"',
      [finding('r', 0)],
      ['a:1: r does not fire with "shut" (it says', 'a:1: unexpected r'],
    ],
    ['missing', 'x # expect: r', [], ['a:1: r does not fire']],
    ['elsewhere', 'x # expect: r\ny', [finding('r', 16)], ['a:1: r does not fire', 'a:2: unexpected r']],
    ['too many', 'x', [finding('r', 0)], ['a:1: unexpected r (violation): It is open.']],
    ['a near miss that is silent', 'x # ok: r', [], []],
    ['a near miss that fires', 'x # ok: r', [finding('r', 0)], ['a:1: r fires on a near miss']],
    ['undecided', 'x # undecided: r', [finding('r', 0, { verdict: 'undecided' })], []],
    ['decided instead', 'x # undecided: r', [finding('r', 0)], ['a:1: r does not say', 'a:1: unexpected r']],
    ['a known miss', 'x # todo: r', [], []],
    ['a known miss that works now', 'x # todo: r', [finding('r', 0)], ['a:1: r fires now']],
  ])('%s', (_, text, findings, problems) => {
    const compared = compareExpectations({ a: text }, findings);
    expect(compared).toHaveLength(problems.length);
    problems.forEach((problem, index) => {
      expect(compared[index]).toContain(problem);
    });
  });
});

test('examples of a rule are compared with what that rule finds', async () => {
  const examples = [
    { title: 'fires', files: { a: 'x # expect: r' } },
    { title: 'is silent', files: { a: 'y' } },
    { title: 'is about another', files: { a: 'x # expect: other' } },
  ];
  const lint = async ({ a = '' }) => (a.startsWith('x') ? [finding('r', 0), finding('other', 0)] : []);
  const results = await runExamples('r', examples, lint);
  expect(results.map(({ problems }) => problems.length)).toEqual([0, 0, 2]);
  expect(results[2]?.problems[0]).toBe('a:1: this example is about r, not other');
});
