import { describe, expect, test } from 'vitest';
import type { Guard } from '../vocabulary.ts';
import { asking, grant, guard, ordered, workload } from './guarded.fixture.ts';

const db = workload('shop/db');
const web = workload('shop/web');
const WORLD = '0.0.0.0/0';

/** A list of rules that knows no connections, and denies what it does not name. */
const forgetful = (subject: string, grants: Guard['grants'], facts: Partial<Guard> = {}) =>
  ordered(0, 0, subject, [...grants, grant('ingress', [], [], 'deny'), grant('egress', [], [], 'deny')], {
    stateless: true,
    layer: 1,
    ...facts,
  });
const inward = grant('ingress', [WORLD], ['443']);
const out = (ports: string, verdict: 'allow' | 'deny' = 'allow', to = WORLD) => grant('egress', [to], [ports], verdict);

describe('what comes in has to be answered', () => {
  const from = (...egress: Guard['grants']) =>
    asking([db], [forgetful('shop', [inward, ...egress])]).from('203.0.113.9', 'shop/db');

  test.each([
    ['nothing goes out', [], ''],
    ['only the port that was called', [out('443')], ''],
    ['all ports at which callers may take answers', [out('1024-65535')], 'tcp 443'],
    ['those at which most do', [out('32768-65535')], 'tcp 443'],
    ['everything', [grant('egress', [WORLD])], 'tcp 443'],
    ['too few of them', [out('1024-40000')], '? tcp 443'],
    ['those of the other protocol', [out('udp 1024-65535')], ''],
    ['to others', [out('1024-65535', 'allow', '10.0.0.0/8')], ''],
    ['not to ports that few take answers at', [out('3389', 'deny'), out('1024-65535')], 'tcp 443'],
    ['not to ports that many do', [out('40000-50000', 'deny'), out('1024-65535')], '? tcp 443'],
    ['not to any', [out('1024-65535', 'deny'), grant('egress', [WORLD])], ''],
  ])('%s', (_, egress, ports) => {
    expect(from(...egress)).toBe(ports);
  });

  test('a guard that knows connections lets the answers out by itself', () => {
    const { stateless: _, ...remembers } = forgetful('shop', [inward]);
    const given = [remembers];
    expect(asking([db], given).from('203.0.113.9', 'shop/db')).toBe('tcp 443');
  });

  test('what a guard that knows connections says of the way out does not matter', () => {
    const given = [
      forgetful('shop', [inward, out('1024-65535')]),
      guard('shop', [inward, grant('egress', [], ['53'])]),
    ];
    expect(asking([db], given).from('203.0.113.9', 'shop/db')).toBe('tcp 443');
  });
});

describe('what goes out has to be answered', () => {
  const nets = (...ingress: Guard['grants']) => [
    forgetful('shop app=web', [grant('egress', [], ['5432']), ...ingress]),
  ];
  const client = workload('shop/web', { labels: { app: 'web' } });

  test('to addresses', () => {
    expect(asking([client], nets()).to('shop/web', '203.0.113.9')).toBe('');
    expect(asking([client], nets(grant('ingress', [WORLD], ['1024-65535']))).to('shop/web', '203.0.113.9')).toBe(
      'tcp 5432',
    );
  });

  test('to workloads', () => {
    expect(asking([client, db], nets()).between('shop/web', 'shop/db')).toBe('');
    const given = nets(grant('ingress', ['shop'], ['1024-65535']));
    const { relation, between } = asking([client, db], given);
    expect(between('shop/web', 'shop/db')).toBe('tcp 5432');
    const to = relation.classOf(db.workload);
    expect(relation.callers(to, 'tcp', 5432).must.has(relation.classOf(client.workload))).toBe(true);
  });
});

describe('a decision tells', () => {
  const ends = [
    { kind: 'workload', workload: web.workload } as const,
    { kind: 'workload', workload: db.workload } as const,
  ] as const;
  const decide = (list: Guard) => asking([web, db], [list]).relation.decide(...ends, 'tcp', 443);

  test('which rule keeps the answers back, as it is written', () => {
    const shut = grant('egress', [], ['1024-65535'], 'deny');
    const list = forgetful('shop', [grant('ingress', ['shop']), shut, grant('egress', ['shop'])]);
    const { verdict, ingress } = decide(list);
    expect(verdict).toBe('blocked');
    expect(ingress.by).toEqual([{ guard: list, grant: shut, answers: true }]);
    expect(ingress.by[0]?.grant).toBe(shut);
  });

  test('why nobody is sure', () => {
    const list = forgetful('shop', [grant('ingress', ['shop']), grant('egress', ['shop'], ['443', '1024-40000'])]);
    const { verdict, because } = decide(list);
    expect([verdict, because]).toEqual([
      'possible',
      ['answers reach callers at 1024-40000 only, and callers take them at any of 1024-65535'],
    ]);
  });

  test('and a guard has a say once', () => {
    const list = forgetful('shop', [grant('ingress'), grant('egress')]);
    expect(asking([web, db], [list]).relation.guardsOf(db.workload, 'ingress')).toEqual([list]);
  });
});
