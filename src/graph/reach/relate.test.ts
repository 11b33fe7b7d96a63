import { describe, expect, test } from 'vitest';
import { asking, grant, guard, ordered, workload } from './guarded.fixture.ts';

const web = workload('shop/web', { labels: { app: 'web' }, ports: { http: 8080 } });
const db = workload('shop/db', { labels: { app: 'db' }, ports: { sql: 5432 } });
const other = workload('cart/web', { labels: { app: 'web' } });
const all = [web, db, other];

describe('guards that are asked together', () => {
  test('without a guard everything gets everywhere (R2)', () => {
    const { between, from, to } = asking(all, []);
    expect(between('shop/web', 'shop/db')).toBe('all');
    expect(from('203.0.113.9', 'shop/db')).toBe('all');
    expect(to('shop/db', '203.0.113.9')).toBe('all');
  });

  test('what a guard isolates gets only what is granted, in that direction and in its namespace (R1, R2, R4)', () => {
    const { between, from } = asking(all, [guard('shop app=db', [grant('ingress', ['shop app=web'], ['5432'])])]);
    expect(between('shop/web', 'shop/db')).toBe('tcp 5432');
    expect(between('cart/web', 'shop/db')).toBe('');
    expect(between('shop/db', 'shop/web')).toBe('all');
    expect(from('10.0.0.1', 'shop/db')).toBe('');
  });
});
describe('guards with a priority', () => {
  test('the first that matches decides (R24)', () => {
    const { between } = asking(all, [
      ordered(0, 2, '{}', [grant('ingress', ['{}'], [], 'allow')]),
      ordered(0, 1, '{}', [grant('ingress', ['{} app=web'], ['80'], 'deny')]),
      guard('shop', [], { isolates: ['ingress'] }),
    ]);
    expect(between('cart/web', 'shop/db')).toBe('tcp 1-79, tcp 81-65535, udp, sctp');
    expect(between('shop/db', 'shop/web')).toBe('all');
  });
});
