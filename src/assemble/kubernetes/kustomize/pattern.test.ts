import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { patternOf } from './pattern.ts';

const matches = (source: string, text: string, whole = true) => patternOf(source, whole)?.(text, { steps: 1_000_000 });

test.each([
  ['web', 'web', true],
  ['web', 'web-1', false],
  ['.*', '', true],
  ['web|api', 'api', true],
  ['^web$', 'web', true],
  ['(web|api)-[0-9]+', 'api-12', true],
  ['(?:a|b){2,3}', 'abab', false],
  ['a{2}', 'aa', true],
  ['a{0,1}b', 'b', true],
  ['[^a-c]x', 'dx', true],
  ['[]a]', ']', true],
  ['[\\w-]+', 'a-b_1', true],
  ['\\.\\d', '.5', true],
  ['(a*)*b', 'aaab', true],
  ['(?i)a[[:digit:]]', 'A1', true],
  ['x|', '', true],
])('%s on %s is %s', (source, text, is) => expect(matches(source, text)).toBe(is));

test.each(['(', 'a)', '*a', '[a', 'a{2,1}', '\\C', '[b-a]', '(a{500}){500}', '(?:(?:(?:){1000}){1000}){1000}', 'a|*'])(
  '%s is not understood',
  (source) => expect(patternOf(source, true)).toBeUndefined(),
);

test('a part of a text', () => {
  expect(matches('b+', 'abbc', false)).toBe(true);
  expect(matches('^b', 'abbc', false)).toBe(false);
  expect(matches('c$', 'abbc', false)).toBe(true);
  expect(matches('name', 'a name', false)).toBe(true);
});

describe('is what a regular expression of the same meaning says', () => {
  const atom = fc.constantFrom(
    'a',
    'b',
    '.',
    '[ab]',
    '[^a]',
    '(a|b)',
    '(ab)',
    '\\d',
    'a*',
    'b+',
    '(a|b)*',
    'a?',
    'b{1,2}',
  );
  const source = fc
    .array(fc.oneof(atom, fc.constant('|')), { minLength: 1, maxLength: 6 })
    .map((parts) => parts.join(''));
  const text = fc.array(fc.constantFrom('a', 'b', '1'), { maxLength: 7 }).map((signs) => signs.join(''));
  test.each([true, false])('whole: %s', (whole) => {
    fc.assert(
      fc.property(source, text, (pattern, one) => {
        const same = new RegExp(whole ? `^(?:${pattern})$` : pattern);
        expect(matches(pattern, one, whole)).toBe(same.test(one));
      }),
    );
  });
});

test('what would take others for ever ends when the work is used up', () => {
  const work = { steps: 10_000 };
  const pattern = patternOf('(a*)*(a*)*(a*)*c', true);
  for (let i = 0; i < 100; i++) expect(pattern?.('a'.repeat(5000), work)).toBe(false);
  expect(work.steps).toBeLessThanOrEqual(0);
});
