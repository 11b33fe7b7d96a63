/** Private ranges that guards name, beside the network that a workload stands in. */
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import type { Catalogue } from '../catalogue.ts';
import { fragment, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { Fragment, GrantFact, GuardFact, SegmentFact } from '../fragment.ts';
import * as guarding from '../guarding.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Exposure, NO_ASSUMPTIONS } from '../vocabulary.ts';

const CATALOGUE: Catalogue = catalogueOf([], []);

function environmentOf(facts: Partial<Omit<Fragment, 'unit'>>) {
  const [environment] = buildGraph([fragment('terraform:.', facts)], CATALOGUE, NO_ASSUMPTIONS, guarding).value
    .environments;
  if (!environment) throw new Error('nothing was built');
  return environment;
}

const said = ({ listener, scope, verdict, sources, private: named, grant }: Exposure) =>
  `${listener.ports.from} ${scope}${named ? ' private' : ''} ${verdict} ${sources.map(({ value }) => value).join()} at ${grant.start}`;

function rule(start: number, cidr: string, port: number, facts: Partial<GrantFact> = {}): GrantFact {
  const origin = { ...somewhere(), start };
  return {
    id: `${start}`,
    direction: 'ingress',
    peers: [{ kind: 'addresses', cidr, except: [], workloads: true, origin }],
    ports: [{ protocol: 'tcp', ports: { from: port, to: port }, origin }],
    verdict: 'allow',
    origin,
    ...facts,
  };
}

const group = (grants: readonly GrantFact[], facts: Partial<GuardFact> = {}): GuardFact => ({
  id: 'group',
  kind: 'security-group',
  name: 'group',
  namespace: null,
  subject: {
    namespace: null,
    requirements: [{ key: 'group', operator: 'in', values: ['here'] }],
    origin: somewhere(),
  },
  tier: 0,
  priority: null,
  isolates: ['ingress'],
  grants,
  users: 'here',
  origin: somewhere(),
  ...facts,
});

const network = (ranges?: readonly string[]): SegmentFact => ({
  ...segment('net', { kind: 'virtual-network' }),
  ...(ranges && { ranges }),
});
const machine = workload('machine', ['net'], { machine: true, labels: new Map([['group', 'here']]) });

function privately(grants: readonly GrantFact[], ranges?: readonly string[], facts: Partial<GuardFact> = {}) {
  const { exposures } = environmentOf({
    segments: [network(ranges)],
    workloads: [machine],
    guards: [group(grants, facts)],
  });
  return exposures.filter((exposure) => exposure.private).map(said);
}

describe('a workload of a network whose ranges are known', () => {
  test('is reached from what is wider, grant by grant', () => {
    const grants = [rule(1, '10.0.0.0/8', 22), rule(2, '192.168.7.0/24', 22), rule(3, '10.0.1.0/24', 22)];
    expect(privately(grants, ['10.0.0.0/16'])).toEqual([
      '22 network private reachable 10.0.0.0/8 at 1',
      '22 network private reachable 192.168.7.0/24 at 2',
    ]);
  });

  test('is not, by a grant that names the internet', () => {
    expect(privately([rule(1, '0.0.0.0/0', 22)], ['10.0.0.0/16'])).toEqual([]);
  });

  test('is not where something before it denies', () => {
    const grants = [rule(1, '0.0.0.0/0', 22, { verdict: 'deny' }), rule(2, '10.0.0.0/8', 22)];
    expect(privately(grants, ['10.0.0.0/16'], { priority: 0, isolates: [] })).toEqual([]);
  });

  test('is, by ranges of ports and by grants of all ports', () => {
    const origin = somewhere();
    const ports = [{ protocol: 'tcp' as const, ports: { from: 20, to: 30 }, origin }];
    const grants = [rule(1, '10.0.0.0/8', 22, { ports }), rule(2, '172.16.0.0/12', 22, { ports: [] })];
    expect(privately(grants, ['10.0.0.0/16'])).toEqual([
      '20 network private reachable 10.0.0.0/8 at 1',
      '20 network private reachable 172.16.0.0/12 at 2',
    ]);
  });
});

test('of a network whose ranges are not known, a range counts that is wider than any, or a whole block', () => {
  const grants = [rule(1, '10.0.0.0/8', 22), rule(2, '192.168.0.0/16', 22), rule(3, '10.7.0.0/16', 22)];
  expect(privately(grants)).toEqual([
    '22 network private reachable 10.0.0.0/8 at 1',
    '22 network private reachable 192.168.0.0/16 at 2',
  ]);
});

test('a guard that nothing uses may be for any network of the code', () => {
  const guards = [group([rule(1, '10.0.0.0/12', 22), rule(2, '10.0.0.0/15', 80)])];
  const { hypothetical } = environmentOf({ segments: [network(['10.0.0.0/15'])], guards });
  expect(hypothetical.map(said)).toEqual(['22 network private possible 10.0.0.0/12 at 1']);
});
