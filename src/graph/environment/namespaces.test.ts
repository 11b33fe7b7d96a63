import { expect, test } from 'vitest';
import { segment } from '../fragment.fixture.ts';
import type { SegmentFact } from '../fragment.ts';
import { namespacesOf } from './namespaces.ts';

const told = (name: string, labels: Readonly<Record<string, string>>, open = false): SegmentFact =>
  segment(`namespace:${name}`, {
    kind: 'namespace',
    labels: new Map(Object.entries(labels)),
    ...(open && { labelsOpen: true as const }),
  });

const said = (...segments: SegmentFact[]) =>
  [...namespacesOf(segments)].map(([name, { labels, open }]) => [name, Object.fromEntries(labels), open]);

test('whoever defines a namespace says all its labels, wherever that stands', () => {
  const [guess, defined] = [told('shop', { name: 'shop' }, true), told('shop', { name: 'shop', team: 'a' })];
  expect(said(guess, defined)).toEqual([['shop', { name: 'shop', team: 'a' }, false]]);
  expect(said(defined, guess)).toEqual([['shop', { name: 'shop', team: 'a' }, false]]);
});

test('of several that say as much all labels count', () => {
  expect(said(told('shop', { a: '1' }, true), told('shop', { b: '2' }, true))).toEqual([
    ['shop', { a: '1', b: '2' }, true],
  ]);
});

test('other segments have none', () => {
  expect(said(segment('cluster', { kind: 'cluster' }), segment('namespace:bare', { kind: 'namespace' }))).toEqual([]);
});
