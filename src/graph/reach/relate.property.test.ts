import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { GrantFact, Peer } from '../fragment.ts';
import { addressCount, covers, intersect, isEmpty } from '../sets/address-set.ts';
import { containsPort } from '../sets/port-set.ts';
import type { Guard } from '../vocabulary.ts';
import { asking, grant, guard, ordered, workload } from './guarded.fixture.ts';
import { addressesOf } from './peer-addresses.ts';
import type { Bounds, Relation } from './relation.ts';

const labels = fc.record({ app: fc.constantFrom('a', 'b', 'c') }, { requiredKeys: [] });
const workloads = fc
  .array(
    fc.record({
      namespace: fc.constantFrom('n', 'm', 'hidden'),
      labels: fc.tuple(labels, fc.constantFrom({}, { tier: 'x' })).map(([a, b]) => ({ ...a, ...b })),
      http: fc.constantFrom(undefined, 80, 8080, ['udp', 80] as const),
      machine: fc.constantFrom(undefined, undefined, undefined, 'one' as const, 'every' as const),
    }),
    { minLength: 2, maxLength: 7 },
  )
  .map((all) =>
    all.map(({ namespace, labels, http, machine }, i) =>
      workload(`${namespace}/w${i}`, { labels, ...(machine && { machine }), ports: http ? { http: http as 80 } : {} }),
    ),
  );

const selectors = [
  'n',
  'm app=a',
  'hidden tier',
  'n !tier',
  '{}',
  '{team=t}',
  '{team!=t} app=b',
  '{secret} app=a|b',
  '{name=m}',
];
const ranges = [
  '10.0.0.0/8',
  '10.1.0.0/16 -10.1.2.0/24',
  '+0.0.0.0/0',
  '0.0.0.0/0 -192.168.0.0/16',
  '203.0.113.0/24',
  'fc00::/7',
  '?nodes',
];
const ports = ['80', '8080', 'http', '80-8080', 'udp', 'udp 53', 'any http'];
const grants = (verdicts: readonly GrantFact['verdict'][]) =>
  fc.array(
    fc
      .tuple(
        fc.constantFrom('ingress' as const, 'egress' as const),
        fc.array(fc.oneof({ weight: 2, arbitrary: fc.constantFrom(...selectors) }, fc.constantFrom(...ranges)), {
          maxLength: 2,
        }),
        fc.array(fc.constantFrom(...ports), { maxLength: 2 }),
        fc.constantFrom(...verdicts),
      )
      .map((facts) => grant(...facts)),
    { maxLength: 3 },
  );
const subject = fc.constantFrom(...selectors);
const unknown = { kind: 'unknown', because: 'a value is missing', origin: { file: 'f', start: 0, end: 0 } } as const;
const together: fc.Arbitrary<Guard> = fc
  .tuple(subject, grants(['allow']), fc.subarray(['ingress', 'egress'] as const))
  .map(([who, what, isolates]) => guard(who, what, { isolates }));
const inOrder: fc.Arbitrary<Guard> = fc
  .tuple(fc.constantFrom(0, 2), fc.constantFrom(1, 2, 3, unknown), subject, grants(['allow', 'deny', 'pass']))
  .map((facts) => ordered(...facts));
const guards = fc.array(fc.oneof(together, inOrder), { maxLength: 6 });
const assume = fc.record({
  profile: fc.constantFrom('effective' as const, 'declared' as const),
  addressesMatchWorkloads: fc.constantFrom('unknown' as const, true, false),
});
const landscape = fc.tuple(workloads, guards, assume);

const spots = [
  ['tcp', 80],
  ['tcp', 8080],
  ['tcp', 443],
  ['udp', 53],
  ['udp', 80],
] as const;

function relationOf([all, given, assumed]: typeof landscape extends fc.Arbitrary<infer T> ? T : never): Relation {
  const labels = { n: 'team=t', m: 'team=u', hidden: '?' };
  return asking(all, given, { namespaces: labels, assume: assumed }).relation;
}

/** A verdict in the words of decisions. */
const verdictOf = ({ must, may }: Bounds<boolean>) => (must ? 'reachable' : may ? 'possible' : 'blocked');

test('rows, pairs and decisions say the same of workloads', () => {
  fc.assert(
    fc.property(landscape, (given) => {
      const relation = relationOf(given);
      for (const to of relation.classes) {
        const parts = relation.reachedBy(to);
        for (const [protocol, port] of spots) {
          const callers = relation.callers(to, protocol, port);
          const part = parts.find((each) => containsPort(each.ports, protocol, port));
          for (const from of relation.classes) {
            const between = relation.between(from, to);
            const pair = {
              must: containsPort(between.must, protocol, port),
              may: containsPort(between.may, protocol, port),
            };
            expect({ must: callers.must.has(from), may: callers.may.has(from) }).toEqual(pair);
            expect(part?.classes.must.has(from) ?? false).toBe(pair.must);
            expect(part?.classes.may.has(from) ?? false).toBe(pair.may);
            const [a, b] = [from, to].map(({ members: [workload] }) => ({ kind: 'workload', workload }) as const);
            const decision = relation.decide(a as never, b as never, protocol, port);
            expect(decision.verdict).toBe(verdictOf(pair));
            expect(decision.because.length > 0).toBe(decision.verdict === 'possible');
          }
        }
      }
    }),
    { numRuns: 150 },
  );
});

test('rows, pairs and decisions say the same of addresses', () => {
  fc.assert(
    fc.property(landscape, (given) => {
      const relation = relationOf(given);
      for (const one of relation.classes) {
        const [workload] = one.members;
        const end = { kind: 'workload', workload } as never;
        const [into, out] = [relation.reachedBy(one), relation.leadsTo(one)];
        for (const [protocol, port] of spots) {
          const admitted = relation.admitted(one, protocol, port);
          const part = into.find((each) => containsPort(each.ports, protocol, port));
          for (const addresses of relation.addresses.ingress) {
            const ports = relation.fromAddresses(addresses, one);
            const pair = {
              must: containsPort(ports.must, protocol, port),
              may: containsPort(ports.may, protocol, port),
            };
            expect({ must: covers(admitted.must, addresses), may: covers(admitted.may, addresses) }).toEqual(pair);
            expect(part ? covers(part.addresses.may, addresses) : false).toBe(pair.may);
            const decision = relation.decide({ kind: 'addresses', addresses }, end, protocol, port);
            expect(decision.verdict).toBe(verdictOf(pair));
          }
          const led = out.find((each) => containsPort(each.ports, protocol, port));
          for (const addresses of relation.addresses.egress) {
            const ports = relation.toAddresses(one, addresses);
            const pair = {
              must: containsPort(ports.must, protocol, port),
              may: containsPort(ports.may, protocol, port),
            };
            expect(led ? covers(led.addresses.must, addresses) : false).toBe(pair.must);
            expect(led ? !isEmpty(intersect(led.addresses.may, addresses)) : false).toBe(pair.may);
            expect(relation.decide(end, { kind: 'addresses', addresses }, protocol, port).verdict).toBe(
              verdictOf(pair),
            );
          }
        }
      }
      for (const parts of Object.values(relation.addresses)) {
        const total = parts.reduce((sum, set) => sum + addressCount(set).v4, 0);
        expect(total).toBe(2 ** 32);
      }
    }),
    { numRuns: 80 },
  );
});

/** Guards without an order that hold somebody for certain, and let ranges of addresses in to ports. */
const allowing = fc
  .tuple(
    fc.constantFrom('n', 'm app=a', '{}'),
    fc.array(fc.tuple(fc.constantFrom(...ranges), fc.constantFrom('80', '80-8080', 'any http')), { minLength: 1 }),
  )
  .map(([who, what]) => {
    const grants = what.map(([range, port]) => grant('ingress', [range], [port], 'allow'));
    return guard(who, grants, { isolates: ['ingress'] });
  });

test('where guards only allow, whom a sure grant means gets in', () => {
  let asked = 0;
  const among = fc.tuple(
    workloads,
    fc.tuple(allowing, guards).map(([first, more]) => [first, ...more]),
    assume,
  );
  fc.assert(
    fc.property(among, (given) => {
      const relation = relationOf(given);
      for (const to of relation.classes) {
        if (!relation.onlyAllows(to)) continue;
        const [workload] = to.members;
        const named = relation.guardsOf(workload as never, 'ingress').flatMap(({ grants }) => grants);
        for (const { direction, peers, ports, perhaps } of named) {
          const addresses = peers.length === 1 && !perhaps ? addressesOf(peers[0] as Peer) : null;
          if (direction !== 'ingress' || !addresses || addresses.vague || isEmpty(addresses.set)) continue;
          for (const port of ports) {
            if (port.protocol !== 'tcp' || typeof port.ports !== 'object' || port.ports === null) continue;
            const [from, end] = [
              { kind: 'addresses', addresses: addresses.set },
              { kind: 'workload', workload },
            ];
            const { verdict } = relation.decide(from as never, end as never, 'tcp', port.ports.from);
            expect(verdict).toBe('reachable');
            asked++;
          }
        }
      }
    }),
    { numRuns: 200 },
  );
  expect(asked).toBeGreaterThan(20);
});

test('what is sure is also possible, and less known is never more sure', () => {
  fc.assert(
    fc.property(landscape, ([all, given, assumed]) => {
      const asked = { ...assumed, profile: 'effective' as const };
      const known = relationOf([all, given, { ...asked, addressesMatchWorkloads: true }]);
      const never = relationOf([all, given, { ...asked, addressesMatchWorkloads: false }]);
      const vague = relationOf([all, given, { ...asked, addressesMatchWorkloads: 'unknown' }]);
      for (const from of all) {
        for (const to of all) {
          const ask = (relation: Relation) =>
            relation.between(relation.classOf(from.workload), relation.classOf(to.workload));
          const [a, b, c] = [known, never, vague].map((relation) => ({ sets: relation.sets, ...ask(relation) }));
          for (const [protocol, port] of spots) {
            for (const each of [a, b]) {
              if (!each || !c) continue;
              if (containsPort(each.must, protocol, port)) expect(containsPort(each.may, protocol, port)).toBe(true);
              if (containsPort(c.must, protocol, port)) expect(containsPort(each.must, protocol, port)).toBe(true);
              if (containsPort(each.may, protocol, port)) expect(containsPort(c.may, protocol, port)).toBe(true);
            }
          }
        }
      }
    }),
    { numRuns: 40 },
  );
});
