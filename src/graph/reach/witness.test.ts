/** Who decides, why nobody can be sure, and what would have to be different (reachability.md §4.5, §4.6). */
import { describe, expect, test } from 'vitest';
import type { Protocol } from '../fragment.ts';
import { parseAddressList } from '../sets/address-set.ts';
import { type Asking, asking, grant, guard, ordered, workload } from './guarded.fixture.ts';
import type { Decision, End, Ruling } from './relation.ts';

const web = workload('shop/web', { labels: { app: 'web' }, ports: { http: 8080 } });
const db = workload('shop/db', { labels: { app: 'db' } });
const cart = workload('cart/web', { labels: { app: 'web' } });
const all = [web, db, cart];

/** A place of a workload, an address, or `?` with a namespace (`?*`: any) for a stranger. */
function endOf(text: string): End {
  if (text.startsWith('?')) return { kind: 'stranger', namespace: text === '?*' ? null : text.slice(1) };
  const found = all.find(({ workload }) => workload.id === text);
  return found
    ? { kind: 'workload', workload: found.workload }
    : { kind: 'addresses', addresses: parseAddressList([text]).set };
}

function decide({ relation }: Asking, from: string, to: string, port = 80, protocol: Protocol = 'tcp'): Decision {
  return relation.decide(endOf(from), endOf(to), protocol, port);
}

const told = ({ by }: Ruling) => by.map(({ guard, grant }) => `${guard.name} ${grant ? grant.id : 'isolates'}`);

describe('who decides', () => {
  const closing = guard('shop', [], { isolates: ['ingress', 'egress'], name: 'closed' });
  const letting = guard('shop app=db', [grant('ingress', ['shop app=web'], ['80']), grant('ingress', ['shop'])], {
    name: 'letting',
  });
  const given = [
    closing,
    letting,
    guard('shop app=web', [grant('egress', ['shop'])], { name: 'out' }),
    ordered(0, 1, '{}', [grant('ingress', ['cart'], ['80'], 'deny')], { name: 'first' }),
    ordered(2, 1, '{}', [grant('ingress', [], ['7'], 'deny')], { name: 'last' }),
  ];

  test('every grant that admits, at both ends', () => {
    const { verdict, egress, ingress } = decide(asking(all, given), 'shop/web', 'shop/db');
    expect([verdict, egress.verdict, ingress.verdict]).toEqual(['reachable', 'allow', 'allow']);
    expect(told(egress)).toEqual(['out egress shop ']);
    expect(told(ingress)).toEqual(['letting ingress shop app=web 80', 'letting ingress shop ']);
  });

  test('every guard that isolates, where nothing admits: all blockers, not the first', () => {
    const { verdict, egress, ingress } = decide(asking(all, given), 'shop/db', 'shop/web');
    expect(verdict).toBe('blocked');
    expect([told(egress), told(ingress)]).toEqual([['closed isolates'], ['closed isolates']]);
    expect(told(decide(asking(all, given), '192.0.2.1', 'shop/db').ingress)).toEqual([
      'closed isolates',
      'letting isolates',
    ]);
  });

  test('the grant that denies', () => {
    const { verdict, egress, ingress } = decide(asking(all, given), 'cart/web', 'shop/db');
    expect([verdict, told(egress), told(ingress)]).toEqual(['blocked', [], ['first ingress cart 80']]);
    expect(told(decide(asking(all, given), 'shop/web', 'cart/web', 7).ingress)).toEqual(['last ingress  7']);
  });

  test('nobody, where no guard has a say', () => {
    const { verdict, egress, ingress } = decide(asking(all, given), '192.0.2.1', 'cart/web');
    expect(verdict).toBe('reachable');
    expect([egress, ingress].map((each) => [each.verdict, each.by, each.misses])).toEqual([
      ['allow', [], []],
      ['allow', [], []],
    ]);
  });

  test('of addresses that differ it is known where all of them are treated alike', () => {
    const both = asking(all, [
      ordered(0, 1, 'shop', [
        grant('ingress', ['10.0.0.0/9'], [], 'deny'),
        grant('ingress', ['10.128.0.0/9'], [], 'deny'),
      ]),
    ]);
    expect(decide(both, '10.0.0.0/8', 'shop/db').verdict).toBe('blocked');
    const one = asking(all, [guard('shop', [grant('ingress', ['10.0.0.0/9'])])]);
    expect(decide(one, '10.0.0.0/8', 'shop/db')).toMatchObject({
      verdict: 'possible',
      because: ['only some of these addresses are meant'],
    });
  });
});

describe('near misses', () => {
  const near = (peers: readonly string[], ports: readonly string[] = [], from = 'cart/web', port = 80, facts = {}) => {
    const it = asking(all, [guard('shop', [grant('ingress', peers, ports)])], facts);
    return decide(it, from, 'shop/web', port).ingress.misses.map(({ differs, text }) => `${differs}: ${text}`);
  };

  test.each([
    [['shop app=web'], 'namespace: asks for namespace shop, the caller is in cart'],
    [['cart app=webb'], 'peer: asks for app=webb, the caller has app=web'],
    [['cart tier'], 'peer: asks for a label tier, the caller has no label tier'],
    [['{} !app'], 'peer: asks for no label app, the caller has app=web'],
    [['{} app!=web'], 'peer: asks for app not in (web), the caller has app=web'],
    [['{name=shop|other} app=web'], 'namespace: asks for name in (shop, other), namespace cart has name=cart'],
    [
      ['shop app=db'],
      'peer,namespace: asks for app=db, the caller has app=web; asks for namespace shop, the caller is in cart',
    ],
    [['10.0.0.0/8'], 'peer: asks for 10.0.0.0/8, the caller is a workload'],
  ])('%s', (peers, expected) => {
    expect(near(peers, [], 'cart/web', 80, { assume: { addressesMatchWorkloads: false } })).toEqual([expected]);
  });

  test.each([
    [['443'], 'port: allows TCP 443, not TCP 80'],
    [['udp 80'], 'protocol: allows UDP 80, not TCP 80'],
    [['sql'], 'port-name: allows the TCP port "sql", and nothing there is called that'],
    [['http', '443'], 'port: allows the TCP port "http", TCP 443, not TCP 80'],
    [['8000-8100', 'sctp'], 'protocol: allows every SCTP port, not TCP 80'],
    [['8000-8100', '90'], 'port: allows TCP 8000-8100, TCP 90, not TCP 80'],
  ])('%s', (ports, expected) => {
    expect(near(['cart'], ports)).toEqual([expected]);
  });

  test('other addresses', () => {
    expect(near(['10.0.0.0/8'], [], '192.0.2.1')).toEqual([
      'address: asks for 10.0.0.0/8, the caller is another address',
    ]);
    expect(near(['cart'], [], '192.0.2.1')).toEqual(['peer: asks for workloads, the caller is another address']);
  });

  test('the nearest first, and nothing that differs in peers and ports', () => {
    expect(near(['shop app=web'], ['443'])).toEqual([]);
    const it = asking(all, [
      guard('shop', [
        grant('ingress', ['shop app=db']),
        grant('ingress', ['cart app=db']),
        grant('ingress', ['cart'], ['81']),
      ]),
    ]);
    expect(decide(it, 'cart/web', 'shop/web').ingress.misses.map(({ grant }) => grant.id)).toEqual([
      'ingress cart 81',
      'ingress cart app=db ',
      'ingress shop app=db ',
    ]);
  });

  test('on the way out it is what is called that differs', () => {
    const it = asking(all, [guard('cart', [grant('egress', ['shop app=db'])])]);
    const { egress } = decide(it, 'cart/web', 'shop/web');
    expect(egress.misses.map(({ text }) => text)).toEqual(['asks for app=db, what is called has app=web']);
  });
});

describe('why nobody can be sure', () => {
  test.each([
    [
      grant('ingress', ['10.0.0.0/8']),
      'cart/web',
      'whether a range of addresses means workloads depends on the network',
    ],
    [grant('ingress', ['?a name outside']), '192.0.2.1', 'a name outside'],
    [grant('ingress', ['shop app=web']), '?shop', 'nobody knows the labels of workloads that the code does not show'],
  ])('%#', (one, from, reason) => {
    const { verdict, because } = decide(asking(all, [guard('shop', [one])]), from, 'shop/db');
    expect([verdict, because]).toEqual(['possible', [reason]]);
  });

  test('whom a guard guards', () => {
    const given = [ordered(0, 1, '{team=a}', [grant('ingress', ['cart'], [], 'deny')])];
    const { verdict, because } = decide(asking(all, given, { namespaces: { shop: '?' } }), 'cart/web', 'shop/db');
    expect([verdict, because]).toEqual(['possible', ['the labels of namespace shop are not in the code']]);
  });

  test('when a guard is asked', () => {
    const priority = { kind: 'unknown', because: 'var.order has no value', origin: web.fact.origin } as const;
    const given = [
      ordered(0, 5, '{}', [grant('ingress', ['cart'])]),
      ordered(0, priority, '{}', [grant('ingress', ['{}'], [], 'deny')], { name: 'late' }),
    ];
    expect(decide(asking(all, given), 'cart/web', 'shop/db').because).toEqual([
      'nobody knows when "late" is asked: var.order has no value',
    ]);
  });
});

describe('workloads that the code does not show', () => {
  const admits = (
    grants: Parameters<typeof guard>[1],
    facts: Parameters<typeof asking>[2] = {},
    more: ReturnType<typeof guard>[] = [],
  ) => {
    const { relation } = asking(all, [guard('shop', grants, { isolates: ['ingress'] }), ...more], facts);
    const to = relation.classOf(db.workload);
    return ['shop', 'cart', 'elsewhere', null].map((namespace) => relation.admitsStrangers(namespace, to, 'tcp', 80));
  };

  test.each([
    [[grant('ingress')], ['reachable', 'reachable', 'reachable', 'reachable']],
    [[grant('ingress', ['{}'])], ['reachable', 'reachable', 'reachable', 'reachable']],
    [[grant('ingress', ['shop'])], ['reachable', 'blocked', 'blocked', 'possible']],
    [[grant('ingress', ['shop app=web'])], ['possible', 'blocked', 'blocked', 'possible']],
    [[grant('ingress', ['{} !app'])], ['possible', 'possible', 'possible', 'possible']],
    [[grant('ingress', ['{name=cart}'])], ['blocked', 'reachable', 'possible', 'possible']],
    [[grant('ingress', ['{}'], ['81'])], ['blocked', 'blocked', 'blocked', 'blocked']],
    [[grant('ingress', ['203.0.113.0/24'])], ['blocked', 'blocked', 'blocked', 'blocked']],
    [[grant('ingress', ['10.0.0.0/8'])], ['possible', 'possible', 'possible', 'possible']],
  ] as const)('%#', (grants, expected) => {
    expect(admits(grants)).toEqual(expected);
  });

  test('a guard that holds all of a namespace holds them too', () => {
    const shut = guard('cart', [], { isolates: ['egress'] });
    const perhaps = guard('cart app=web', [], { isolates: ['egress'] });
    expect(admits([grant('ingress')], {}, [shut])).toEqual(['reachable', 'blocked', 'reachable', 'reachable']);
    expect(admits([grant('ingress')], {}, [perhaps])).toEqual(['reachable', 'reachable', 'reachable', 'reachable']);
  });

  test('where nothing enforces guards all get in', () => {
    const all = ['reachable', 'reachable', 'reachable', 'reachable'];
    expect(admits([], { assume: { guardsEnforced: false } })).toEqual(all);
  });
});
