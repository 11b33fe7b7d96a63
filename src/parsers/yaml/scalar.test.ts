import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { expect, test } from 'vitest';
import { resolvePlain, resolveTagged } from './scalar.ts';

test.each([
  ['', null],
  ['~', null],
  ['Null', null],
  ['nULL', 'nULL'],
  ['TRUE', true],
  ['yes', 'yes'],
  ['on', 'on'],
  ['80', 80],
  ['+1', 1],
  ['0777', 777],
  ['0o17', 15],
  ['0x1F', 31],
  ['1e3', 1000],
  ['.5', 0.5],
  ['5.', 5],
  ['.inf', Number.POSITIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['.NaN', Number.NaN],
  ['1e999', '1e999'],
  ['22:22', '22:22'],
  ['3306:3306', '3306:3306'],
  ['1_000', '1_000'],
  ['2001-01-01', '2001-01-01'],
  ['10.0.0.1', '10.0.0.1'],
  ['1.2.3', '1.2.3'],
  ['-', '-'],
  ['.', '.'],
])('%s is %s', (text, expected) => {
  expect(resolvePlain(text)).toEqual(expected);
});

test('agrees with the core schema on whatever looks like a value', () => {
  const piece = fc.constantFrom(
    '0',
    '1',
    '9',
    '.',
    '-',
    '+',
    'e',
    'E',
    'x',
    'o',
    'b',
    '_',
    'inf',
    'nan',
    'true',
    'Null',
    '7f',
  );
  fc.assert(
    fc.property(fc.array(piece, { minLength: 1, maxLength: 6 }), (pieces) => {
      const text = pieces.join('');
      // `-` begins a list; `---` and `...` are markers of documents (YAML 1.2.2 §9.1.2), no scalars.
      fc.pre(text !== '-' && !text.startsWith('---') && text !== '...');
      expect(resolvePlain(text)).toEqual(load(text, { schema: CORE_SCHEMA }));
    }),
  );
});

test('standard tags', () => {
  expect(resolveTagged('str', '80')).toBe('80');
  expect(resolveTagged('int', '80')).toBe(80);
  expect(resolveTagged('null', 'x')).toBe(null);
  expect(resolveTagged('binary', 'aGk=')).toBeUndefined();
});
