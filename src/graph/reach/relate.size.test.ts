/** Hostile trees of every kind come to an end: anything quadratic takes longer than these tests may run. */
import { expect, test } from 'vitest';
import { asking, grant, guard, ordered, workload } from './guarded.fixture.ts';
import type { Relation } from './relation.ts';

const block = (i: number) => `${10 + (i >> 16)}.${(i >> 8) & 255}.${i & 255}.0/25`;
const some = ['shop/web', 'shop/db', 'cart/web'].map((place) => workload(place, { labels: { app: place.slice(-3) } }));

/** Every row of a relation. */
function rowsOf(relation: Relation): number {
  return relation.classes.reduce((sum, one) => sum + relation.reachedBy(one).length + relation.leadsTo(one).length, 0);
}

test('eighty thousand ranges in one grant', () => {
  const ranges = Array.from({ length: 80_000 }, (_, i) => block(i));
  const { from, relation } = asking(some, [guard('shop', [grant('ingress', ranges, ['80'])])]);
  expect(from('10.0.7.9', 'shop/db')).toBe('tcp 80');
  expect(from('10.0.7.200', 'shop/db')).toBe('');
  expect(rowsOf(relation)).toBeGreaterThan(0);
}, 60_000);

test('twenty thousand grants by turns, each with a range of its own', () => {
  const grants = Array.from({ length: 20_000 }, (_, i) =>
    grant('ingress', [block(i)], ['80'], i % 2 === 0 ? 'allow' : 'deny'),
  );
  const { from, relation } = asking(some, [ordered(0, 1, 'shop', grants)]);
  expect(from('10.0.7.9', 'shop/db')).toBe('tcp 1-79, tcp 81-65535, udp, sctp');
  expect(rowsOf(relation)).toBeGreaterThan(0);
}, 60_000);

test('a range without two thousand others, in a thousand guards', () => {
  const except = Array.from({ length: 2_000 }, (_, i) => block(i)).join(' -');
  const one = grant('ingress', [`10.0.0.0/8 -${except}`], ['80']);
  const guards = Array.from({ length: 1_000 }, (_, i) => guard(`shop app=w${i % 7}`, [one], { name: `${i}` }));
  expect(rowsOf(asking(some, guards).relation)).toBeGreaterThan(0);
}, 60_000);

test('a thousand tiers', () => {
  const guards = Array.from({ length: 1_000 }, (_, i) => [
    guard('shop app=web', [grant('egress', ['{}'], ['80'])], { tier: 2 * i }),
    ordered(2 * i + 1, 1, '{}', [grant('ingress', ['{} app=web'], ['81'], 'pass')]),
  ]).flat();
  const { between, relation } = asking(some, guards);
  expect(between('shop/web', 'cart/web')).toBe('tcp 80');
  expect(rowsOf(relation)).toBeGreaterThan(0);
}, 60_000);

test('guards that all guard everybody', () => {
  const many = Array.from({ length: 2_000 }, (_, i) => workload(`shop/w${i}`, { labels: { app: `a${i}` } }));
  const guards = Array.from({ length: 2_000 }, (_, i) =>
    guard('shop', [
      grant('ingress', [`shop app=a${i}`], [`${1000 + (i % 20)}`]),
      grant('egress', [`shop app=a${(i * 7) % 2_000}`]),
    ]),
  );
  const { relation } = asking(many, guards);
  const sizes = relation.classes.map((to) => relation.callers(to, 'tcp', 1_003).must.size);
  expect(new Set(sizes)).toEqual(new Set([100]));
}, 60_000);

test('guards that each speak of half of everybody', () => {
  const many = Array.from({ length: 2_000 }, (_, i) =>
    workload(`n${i % 50}/w${i}`, { labels: { app: `a${i}`, half: `${i % 2}` } }),
  );
  const guards = many.map(({ fact }, i) =>
    guard(`${fact.namespace} app=a${i}`, [
      grant('egress', [`{} half=${(i >> 1) % 2}`, `{} app=a${(i * 7) % 2_000}`], [`${1_000 + (i % 300)}`]),
    ]),
  );
  const { relation } = asking(many, guards);
  const total = relation.classes.reduce((sum, to) => sum + relation.callers(to, 'tcp', 1_003).must.size, 0);
  expect(total).toBeGreaterThan(0);
}, 60_000);

test('fifty thousand labels in a selector', () => {
  const selector = (count: number) => `shop app=${Array.from({ length: count }, (_, i) => `v${i}`).join('|')}|web`;
  const { between } = asking(some, [guard(selector(50_000), [grant('ingress', [selector(50_001)], ['80'])])]);
  expect(between('cart/web', 'shop/web')).toBe('');
}, 60_000);
