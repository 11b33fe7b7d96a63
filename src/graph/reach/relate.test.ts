/** The rules of reachability.md §2.1 and §2.2, one by one. */
import { describe, expect, test } from 'vitest';
import type { Guard } from '../vocabulary.ts';
import { asking, grant, guard, ordered, workload } from './guarded.fixture.ts';

const web = workload('shop/web', { labels: { app: 'web' }, ports: { http: 8080 } });
const db = workload('shop/db', { labels: { app: 'db', tier: 'data' }, ports: { sql: 5432 } });
const cart = workload('cart/web', { labels: { app: 'web' }, ports: { http: 9000 } });
const all = [web, db, cart];
const closed = (subject: string, ...grants: Parameters<typeof guard>[1]) =>
  guard(subject, grants, { isolates: ['ingress'] });

describe('guards that are asked together', () => {
  test('without a guard everything gets everywhere (R2)', () => {
    const { between, from, to, relation } = asking(all, []);
    expect(between('shop/web', 'shop/db')).toBe('all');
    expect(from('203.0.113.9', 'shop/db')).toBe('all');
    expect(to('shop/db', '2001:db8::1')).toBe('all');
    expect(relation.classes.map(({ namespace, members }) => [namespace, members.length])).toEqual([
      ['cart', 1],
      ['shop', 2],
    ]);
  });

  test('what a guard isolates gets only what is granted, in that direction and in its namespace (R1, R2, R4)', () => {
    const { between, from } = asking(all, [closed('shop app=db', grant('ingress', ['shop app=web'], ['5432']))]);
    expect(between('shop/web', 'shop/db')).toBe('tcp 5432');
    expect(between('cart/web', 'shop/db')).toBe('');
    expect(between('shop/db', 'shop/web')).toBe('all');
    expect(from('10.0.0.1', 'shop/db')).toBe('');
  });

  test('grants of a direction that a guard does not isolate are dead (R3)', () => {
    const { between } = asking(all, [guard('shop', [grant('egress', ['shop'])], { isolates: ['ingress'] })]);
    expect(between('shop/web', 'cart/web')).toBe('all');
    expect(between('cart/web', 'shop/web')).toBe('');
  });

  test('grants add up, whichever guard they are of (R4)', () => {
    const { between } = asking(all, [
      closed('shop', grant('ingress', ['shop'], ['80'])),
      closed('shop app=db', grant('ingress', ['shop app=web'], ['443'])),
    ]);
    expect(between('shop/web', 'shop/db')).toBe('tcp 80, tcp 443');
  });

  test('a connection takes both ends (R5)', () => {
    const { between } = asking(all, [
      guard('cart', [grant('egress', ['shop app=db'], ['80-90'])]),
      closed('shop app=db', grant('ingress', ['{}'], ['85-95'])),
    ]);
    expect(between('cart/web', 'shop/db')).toBe('tcp 85-90');
  });

  test('no peers are everybody, no ports are all; no grant is nobody (R6)', () => {
    const open = asking(all, [closed('shop', grant('ingress'))]);
    expect([open.between('cart/web', 'shop/db'), open.from('203.0.113.9', 'shop/db')]).toEqual(['all', 'all']);
    const shut = asking(all, [closed('shop')]);
    expect([shut.between('shop/web', 'shop/db'), shut.from('203.0.113.9', 'shop/db')]).toEqual(['', '']);
  });

  test('peers of one namespace, of namespaces by label, of both (R7)', () => {
    const facts = { namespaces: { shop: 'team=a', cart: 'team=b' } };
    const { between } = asking(
      all,
      [closed('shop app=db', grant('ingress', ['{team=b} app=web'], ['1']), grant('ingress', ['{team}'], ['2']))],
      facts,
    );
    expect(between('cart/web', 'shop/db')).toBe('tcp 1-2');
    expect(between('shop/web', 'shop/db')).toBe('tcp 2');
  });

  test('a label that is not there meets what must not be there (R8)', () => {
    const { between } = asking(all, [
      closed('shop', grant('ingress', ['{} tier!=data'], ['1']), grant('ingress', ['{} !tier'], ['2'])),
    ]);
    expect(between('cart/web', 'shop/web')).toBe('tcp 1-2');
    expect(between('shop/db', 'shop/web')).toBe('');
  });

  test('ports by name are those of the end that is called, under name and protocol, of what keeps running (R12)', () => {
    const odd = workload('shop/odd', { ports: { http: ['udp', 53], more: 81 }, initPorts: { http: 7 } });
    const { between, to } = asking(
      [...all, odd],
      [guard('cart', [grant('egress', [], ['http', 'more'])], { isolates: ['egress'] })],
    );
    expect(between('cart/web', 'shop/web')).toBe('tcp 8080');
    expect(between('cart/web', 'shop/db')).toBe('');
    expect(between('cart/web', 'shop/odd')).toBe('tcp 81');
    expect(to('cart/web', '10.0.0.1')).toBe('');
  });

  test('whichever protocol the port of a name has (R28)', () => {
    const odd = workload('shop/odd', { ports: { http: ['udp', 53] } });
    const { between } = asking([...all, odd], [guard('cart', [grant('egress', [], ['any http'])])]);
    expect(between('cart/web', 'shop/odd')).toBe('udp 53');
  });

  test('protocols, ranges, and ports of one protocol alone (R11, R13)', () => {
    const { from } = asking(all, [closed('shop', grant('ingress', [], ['udp', '1000-2000', 'sctp 5']))]);
    expect(from('10.0.0.1', 'shop/db')).toBe('tcp 1000-2000, udp, sctp 5');
  });
});

describe('addresses', () => {
  const guards = [
    closed('shop', grant('ingress', ['10.0.0.0/8 -10.1.0.0/16'], ['80']), grant('ingress', ['2001:db8::/32'], ['81'])),
  ];

  test('are let in as written, without what is excepted', () => {
    const { from } = asking(all, guards);
    expect(from('10.2.0.1', 'shop/web')).toBe('tcp 80');
    expect(from('10.1.0.1', 'shop/web')).toBe('');
    expect(from('2001:db8::1', 'shop/web')).toBe('tcp 81');
  });

  test('on paper there is IPv4 alone', () => {
    const { relation, from } = asking(all, guards, { assume: { profile: 'declared' } });
    expect(relation.addresses.ingress.flatMap(({ v6 }) => v6)).toEqual([]);
    expect(from('10.2.0.1', 'shop/web')).toBe('tcp 80');
  });

  test('that are granted alike are one part', () => {
    const many = Array.from({ length: 100 }, (_, i) => `192.0.2.${2 * i}/32`);
    const { relation } = asking(all, [closed('shop', grant('ingress', many, ['80']))]);
    expect(relation.addresses.ingress).toHaveLength(2);
    expect(relation.addresses.ingress[1]?.v4).toHaveLength(200);
  });

  test.each([
    ['declared', 'unknown', '', ''],
    ['effective', 'unknown', '? tcp 80', '? tcp 82'],
    ['effective', true, '? tcp 80', 'tcp 82'],
    ['effective', false, '', ''],
  ] as const)('%s, %s: ranges and workloads (R9)', (profile, addressesMatchWorkloads, some, every) => {
    const given = [
      closed('shop app=web', grant('ingress', ['10.0.0.0/8'], ['80']), grant('ingress', ['203.0.113.0/24'], ['81'])),
      closed('shop app=db', grant('ingress', ['0.0.0.0/0'], ['82'])),
    ];
    const { between } = asking(all, given, { assume: { profile, addressesMatchWorkloads } });
    expect(between('cart/web', 'shop/web')).toBe(some);
    expect(between('cart/web', 'shop/db')).toBe(every);
  });

  test('that say so mean workloads whatever the network does (R29)', () => {
    const given = [
      ordered(0, 1, 'cart', [
        grant('egress', ['+0.0.0.0/0'], ['80'], 'deny'),
        grant('egress', ['+10.0.0.0/8'], ['81'], 'deny'),
      ]),
    ];
    const facts = { assume: { addressesMatchWorkloads: false } } as const;
    expect(asking(all, given, facts).between('cart/web', 'shop/db')).toBe('tcp 1-79, tcp 82-65535, udp, sctp ? tcp 81');
    expect(asking(all, given, { assume: { profile: 'declared' } }).between('cart/web', 'shop/db')).toBe('all');
  });

  test('that nobody knows may be any, and no workloads; on paper they are none', () => {
    const given = [guard('cart', [grant('egress', ['?nobody knows the addresses of nodes'], ['80'])])];
    expect(asking(all, given).to('cart/web', '192.0.2.1')).toBe('? tcp 80');
    expect(asking(all, given).between('cart/web', 'shop/db')).toBe('');
    expect(asking(all, given, { assume: { profile: 'declared' } }).to('cart/web', '192.0.2.1')).toBe('');
  });

  test('a range that is none may be any', () => {
    const bad = { ...grant('ingress', ['10.0.0.0/8'], ['80']) };
    const [peer] = bad.peers;
    const given = [closed('shop', { ...bad, peers: [{ ...peer, cidr: '10.0.0.0/40' } as never] })];
    expect(asking(all, given).from('192.0.2.1', 'shop/db')).toBe('? tcp 80');
  });
});

describe('guards with a priority', () => {
  test('tiers one after the other: those before, those asked together, those behind (R23)', () => {
    const given = [
      ordered(2, 1, '{}', [grant('ingress', [], ['1-3'], 'deny')]),
      closed('shop app=db', grant('ingress', ['{}'], ['2'])),
      ordered(0, 1, '{}', [grant('ingress', ['cart'], ['3'])]),
    ];
    const { between } = asking(all, given);
    expect(between('cart/web', 'shop/db')).toBe('tcp 2-3');
    expect(between('shop/web', 'cart/web')).toBe('tcp 4-65535, udp, sctp');
    expect(between('cart/web', 'shop/web')).toBe('tcp 3-65535, udp, sctp');
  });

  test('the first that matches decides, by priority and then in order (R24)', () => {
    const given = [
      ordered(0, 20, '{}', [grant('ingress', ['{}'])]),
      ordered(0, 10, '{}', [grant('ingress', ['cart'], ['80']), grant('ingress', ['cart'], [], 'deny')]),
      closed('shop'),
    ];
    const { between } = asking(all, given);
    expect(between('cart/web', 'shop/db')).toBe('tcp 80');
    expect(between('shop/web', 'shop/db')).toBe('all');
  });

  test('nobody knows who of equals is first where they disagree (R24)', () => {
    const equals = (verdict: 'allow' | 'deny') => ordered(0, 5, '{}', [grant('ingress', ['cart'], ['80'], verdict)]);
    const { between, relation } = asking(all, [equals('allow'), equals('deny'), closed('shop')]);
    expect(between('cart/web', 'shop/db')).toBe('? tcp 80');
    const ends = [cart, db].map(({ workload }) => ({ kind: 'workload', workload }) as const);
    const { because } = relation.decide(ends[0] as never, ends[1] as never, 'tcp', 80);
    expect(because).toEqual(['"guard of {}" and "guard of {}" disagree, and nobody knows which is asked first']);
    expect(asking(all, [equals('allow'), equals('allow'), closed('shop')]).between('cart/web', 'shop/db')).toBe(
      'tcp 80',
    );
  });

  test('a priority that nobody knows may come anywhere, and matters only where it decides otherwise', () => {
    const priority = { kind: 'unknown', because: 'var.order has no value', origin: web.fact.origin } as const;
    const given = (verdict: 'allow' | 'deny') => [
      ordered(0, 5, '{}', [grant('ingress', ['cart'], ['80'])]),
      ordered(0, priority, '{}', [grant('ingress', ['{}'], [], verdict)]),
    ];
    expect(asking(all, given('deny')).between('cart/web', 'shop/db')).toBe('? tcp 80');
    expect(asking(all, given('allow')).between('cart/web', 'shop/db')).toBe('all');
  });

  test('pass leaves the tier out, not what comes behind (R25)', () => {
    const given = [
      ordered(0, 1, '{}', [grant('ingress', ['cart'], ['80'], 'pass')]),
      ordered(0, 2, '{}', [grant('ingress', ['cart'], ['80-81'])]),
      closed('shop app=db'),
      ordered(2, 1, '{}', [grant('ingress', [], ['80'], 'deny')]),
    ];
    const { between } = asking(all, given);
    expect(between('cart/web', 'shop/db')).toBe('tcp 81');
    expect(between('cart/web', 'shop/web')).toBe('tcp 1-79, tcp 81-65535, udp, sctp');
    expect(asking(all, given.slice(0, 2)).between('cart/web', 'shop/web')).toBe('all');
  });

  test('an allow is for one direction, and nothing isolates (R25, R26)', () => {
    const given = [
      ordered(0, 1, '{}', [grant('egress', ['{}'])]),
      closed('shop app=db', grant('ingress', ['{}'], ['1'])),
    ];
    expect(asking(all, given).between('cart/web', 'shop/db')).toBe('tcp 1');
    expect(asking(all, given).between('cart/web', 'shop/web')).toBe('all');
  });

  test('an unsure match before what comes anyway changes nothing', () => {
    const given = [ordered(0, 1, '{team=a}', [grant('ingress', ['cart'])])];
    const facts = { namespaces: { shop: '?' } };
    expect(asking(all, given, facts).between('cart/web', 'shop/db')).toBe('all');
  });
});

describe('labels of namespaces that the code does not show', () => {
  const given = [closed('shop', grant('ingress', ['{team=a}'], ['80']), grant('ingress', ['{name=cart}'], ['81']))];
  const facts = { namespaces: { cart: '?' } };

  test('make a requirement on them unsure, and no other', () => {
    const { between, relation } = asking(all, given, facts);
    expect(between('cart/web', 'shop/db')).toBe('tcp 81 ? tcp 80');
    const ends = [cart, db].map(({ workload }) => ({ kind: 'workload', workload }) as const);
    expect(relation.decide(ends[0] as never, ends[1] as never, 'tcp', 80).because).toEqual([
      'the labels of namespace cart are not in the code',
    ]);
  });

  test('on paper there are none', () => {
    const { between } = asking(all, given, { ...facts, assume: { profile: 'declared' } });
    expect(between('cart/web', 'shop/db')).toBe('tcp 81');
  });
});

describe('workloads with the network of their machine', () => {
  const agent = workload('shop/agent', { labels: { app: 'web' }, machine: 'every' });
  const proxy = workload('shop/proxy', { labels: { app: 'web' }, machine: 'one' });
  const some = [...all, agent, proxy];
  const given = [
    closed('shop app=db', grant('ingress', ['shop app=web'], ['80'])),
    closed('shop app=web'),
    guard('cart', [], { isolates: ['egress'] }),
  ];

  test('are guarded by nobody, and meant by no selector (R15, R27)', () => {
    const { between, relation } = asking(some, given);
    expect(between('shop/db', 'shop/agent')).toBe('all');
    expect(relation.guardsOf(proxy.workload, 'ingress')).toEqual([]);
    expect(between('shop/web', 'shop/db')).toBe('tcp 80');
  });

  test('get to what runs on their machine, and are got at from there (R16)', () => {
    const { between, relation } = asking(some, given);
    expect(between('shop/agent', 'shop/db')).toBe('all');
    expect(between('shop/proxy', 'shop/db')).toBe('? all');
    expect(between('cart/web', 'shop/agent')).toBe('all');
    expect(between('cart/web', 'shop/proxy')).toBe('? all');
    expect(between('cart/web', 'shop/web')).toBe('');
    const ends = [proxy, db].map(({ workload }) => ({ kind: 'workload', workload }) as const);
    expect(relation.decide(ends[0] as never, ends[1] as never, 'tcp', 80)).toMatchObject({
      verdict: 'possible',
      because: [expect.stringContaining('it runs on the network of its machine')],
    });
  });

  test('on paper they are like any other', () => {
    const { between } = asking(some, given, { assume: { profile: 'declared' } });
    expect(between('shop/agent', 'shop/db')).toBe('tcp 80');
    expect(between('shop/db', 'shop/agent')).toBe('');
  });
});

describe('where nothing enforces guards (R21)', () => {
  const given = [closed('shop')];

  test('they hold nobody, and are still told', () => {
    const { between, from, relation } = asking(all, given, { assume: { guardsEnforced: false } });
    expect(between('cart/web', 'shop/db')).toBe('all');
    expect(from('192.0.2.1', 'shop/db')).toBe('all');
    expect(relation.guardsOf(db.workload, 'ingress')).toEqual(given);
  });

  test('on paper they hold all the same', () => {
    const { between } = asking(all, given, { assume: { guardsEnforced: false, profile: 'declared' } });
    expect(between('cart/web', 'shop/db')).toBe('');
  });
});

test('the guards of a workload, in the order in which they are asked', () => {
  const given: Guard[] = [
    ordered(2, 1, '{}', [grant('ingress')], { name: 'last' }),
    closed('shop'),
    guard('shop app=db', [], { isolates: ['egress'], name: 'other direction' }),
    ordered(0, 7, '{}', [grant('ingress')], { name: 'second' }),
    ordered(0, 3, '{} app=db', [grant('ingress')], { name: 'first' }),
    ordered(0, 4, '{}', [grant('egress')], { name: 'nothing to say' }),
  ];
  const { relation } = asking(all, given);
  expect(relation.guardsOf(db.workload, 'ingress').map(({ name }) => name)).toEqual([
    'first',
    'second',
    'guard of shop',
    'last',
  ]);
  expect(relation.guardsOf(web.workload, 'ingress').map(({ name }) => name)).toEqual([
    'second',
    'guard of shop',
    'last',
  ]);
});

test('workloads that no guard tells apart are one class', () => {
  const many = Array.from({ length: 50 }, (_, i) => workload(`shop/w${i}`, { labels: { app: 'web', number: `${i}` } }));
  const { relation } = asking([...many, db], [closed('shop app=db', grant('ingress', ['shop app=web'], ['sql']))]);
  expect(relation.classes.map(({ members }) => members.length)).toEqual([50, 1]);
});

describe('rows', () => {
  test('part by part, those that are alike together', () => {
    const { relation } = asking(
      all,
      [
        closed(
          'shop app=db',
          grant('ingress', ['shop app=web', '10.0.0.0/8'], ['80', '90']),
          grant('ingress', ['shop app=web'], ['85']),
        ),
      ],
      { assume: { addressesMatchWorkloads: false } },
    );
    const told = relation
      .reachedBy(relation.classOf(db.workload))
      .map(({ ports, classes, addresses }) => [
        ports.bounds.filter((_, i) => i % 2 === 0),
        [...classes.must].map(({ members }) => members[0]?.id),
        addresses.must.v4.length,
      ]);
    expect(told).toEqual([
      [[80, 90], ['shop/web'], 2],
      [[85], ['shop/web'], 0],
    ]);
  });

  test('equal sets of callers are one', () => {
    const { relation } = asking(all, [closed('shop', grant('ingress', ['cart'], ['80']))]);
    const [a, b] = [web, db].map(({ workload }) => relation.callers(relation.classOf(workload), 'tcp', 80).must);
    expect(a).toBe(b);
    expect([a?.size, [...(a ?? [])].map(({ namespace }) => namespace)]).toEqual([1, ['cart']]);
  });
});
