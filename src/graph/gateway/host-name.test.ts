import { expect, test } from 'vitest';
import { commonHosts } from './host-name.ts';

test.each<[readonly string[], readonly string[], readonly string[] | undefined]>([
  [[], [], []],
  [[], ['a.example'], ['a.example']],
  [['a.example'], [], ['a.example']],
  [['a.example'], ['a.example', 'b.example'], ['a.example']],
  [['*.example'], ['a.example', 'a.b.example', 'example', 'a.test'], ['a.b.example', 'a.example']],
  [['a.example'], ['*.example'], ['a.example']],
  [['*.example'], ['*.b.example'], ['*.b.example']],
  [['*.example'], ['*.example'], ['*.example']],
  [['*.b.example'], ['a.example'], undefined],
  [['*.example'], ['example'], undefined],
  [['a.example'], ['b.example'], undefined],
])('%j and %j', (a, b, common) => {
  expect(commonHosts(a, b)).toEqual(common);
  expect(commonHosts(b, a)).toEqual(common);
});

test('thousands of names, and names of thousands of labels', () => {
  const many = Array.from({ length: 5_000 }, (_, i) => `h${i}.example`);
  expect(commonHosts(many, ['*.example'])).toHaveLength(5_000);
  expect(commonHosts([`${'a.'.repeat(50_000)}example`], ['*.example'])).toBeUndefined();
});
