import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { somewhere, workload } from '../fragment.fixture.ts';
import type { Requirement, Selector } from '../fragment.ts';
import { meets } from '../reach/labels.ts';
import type { Labelled } from '../reach/relation.ts';
import { selectFrom } from './select.ts';

const labelled = (name: string, namespace: string | null, labels: Readonly<Record<string, string>>) => ({
  fact: workload(name, [], { namespace, labels: new Map(Object.entries(labels)) }),
});
const is = (key: string, ...values: string[]): Requirement => ({ key, operator: 'in', values });

const NAMESPACES = new Map<string, Labelled>([
  ['shop', { labels: new Map([['team', 'a']]), open: false }],
  ['bank', { labels: new Map([['team', 'b']]), open: false }],
  ['loose', { labels: new Map([['name', 'loose']]), open: true }],
]);
const WORKLOADS = [
  labelled('web', 'shop', { app: 'web', tier: 'front' }),
  labelled('db', 'shop', { app: 'db' }),
  labelled('web', 'bank', { app: 'web' }),
  labelled('far', 'loose', { app: 'web' }),
  labelled('none', null, { app: 'web' }),
];

function picked(selector: Partial<Selector>): readonly string[] {
  const select = selectFrom(WORKLOADS, NAMESPACES);
  const asked = { namespace: null, requirements: [], origin: somewhere(), ...selector };
  return select(asked).map(({ fact }) => `${fact.namespace}/${fact.name}`);
}

describe('a selector of one namespace', () => {
  test('picks there alone', () => {
    expect(picked({ namespace: 'shop' })).toEqual(['shop/web', 'shop/db']);
    expect(picked({ namespace: 'shop', requirements: [is('app', 'web')] })).toEqual(['shop/web']);
    expect(picked({ requirements: [is('app', 'web')] })).toEqual(['null/none']);
    expect(picked({ namespace: 'gone' })).toEqual([]);
  });
});

describe('a selector of namespaces', () => {
  test('by their labels, all of them where it asks for none', () => {
    expect(picked({ namespaces: [is('team', 'a')] })).toEqual(['shop/web', 'shop/db']);
    expect(picked({ namespaces: [is('team', 'a', 'b')], requirements: [is('app', 'web')] })).toEqual([
      'shop/web',
      'bank/web',
    ]);
    expect(picked({ namespaces: [], requirements: [is('app', 'web')] })).toEqual(['shop/web', 'bank/web', 'loose/far']);
  });

  test('picks none that only may have the labels, nor only may lack them', () => {
    expect(picked({ namespaces: [{ key: 'team', operator: 'absent', values: [] }] })).toEqual([]);
    expect(picked({ namespaces: [{ key: 'team', operator: 'not-in', values: ['a'] }] })).toEqual(['bank/web']);
    expect(picked({ namespaces: [is('name', 'loose')] })).toEqual(['loose/far']);
  });
});

test('the index picks what asking each would', () => {
  const arbitrary = fc.array(
    fc.record({
      key: fc.constantFrom('app', 'tier'),
      operator: fc.constantFrom('in' as const, 'not-in' as const, 'exists' as const, 'absent' as const),
      values: fc.array(fc.constantFrom('web', 'db', 'front'), { maxLength: 2 }),
    }),
    { maxLength: 3 },
  );
  fc.assert(
    fc.property(arbitrary, fc.constantFrom('shop', 'bank', null), (requirements, namespace) => {
      const fits = ({ fact }: (typeof WORKLOADS)[number]) => requirements.every((each) => meets(fact.labels, each));
      const here = WORKLOADS.filter((each) => each.fact.namespace === namespace && fits(each));
      const inAny = WORKLOADS.filter((each) => each.fact.namespace !== null && fits(each));
      const nameOf = ({ fact }: (typeof WORKLOADS)[number]) => `${fact.namespace}/${fact.name}`;
      expect(picked({ namespace, requirements })).toEqual(here.map(nameOf));
      expect(picked({ namespaces: [], requirements })).toEqual(inAny.map(nameOf));
    }),
  );
});
