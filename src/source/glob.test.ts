import fc from 'fast-check';
import { expect, test } from 'vitest';
import { matches } from './glob.ts';

test.each([
  ['*', '', true],
  ['', '', true],
  ['', 'a', false],
  ['a*c', 'abc', true],
  ['a*c', 'ac', true],
  ['a*c', 'abcd', false],
  ['*/postgres:*', 'docker.io/library/postgres:16', true],
  ['a?c', 'abc', true],
  ['a?c', 'ac', false],
  ['*a*b', 'aabxb', true],
  ['[a-c].', '[a-c].', true],
  ['.*', 'ab', false],
])('%s on %s is %s', (pattern, text, is) => expect(matches(pattern, text)).toBe(is));

test('is what the regular expression of the same meaning says', () => {
  const letter = fc.constantFrom('a', 'b', '*', '?');
  const text = fc.array(fc.constantFrom('a', 'b'), { maxLength: 8 }).map((letters) => letters.join(''));
  fc.assert(
    fc.property(fc.array(letter, { maxLength: 6 }), text, (letters, one) => {
      const same = new RegExp(`^${letters.join('').replaceAll('?', '.').replaceAll('*', '.*')}$`);
      expect(matches(letters.join(''), one)).toBe(same.test(one));
    }),
  );
});

test('takes no time on what makes backtracking explode', () => {
  expect(matches(`${'*a'.repeat(2_000)}b`, 'a'.repeat(4_000))).toBe(false);
});
