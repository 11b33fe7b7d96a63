/** Networks of others behind tunnels: who gets to whom of them, as far as routes and guards let them. */
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import type { Catalogue } from '../catalogue.ts';
import { fragment, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { GuardFact, LinkEnd, SiteFact } from '../fragment.ts';
import * as guarding from '../guarding.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Exposure, NO_ASSUMPTIONS } from '../vocabulary.ts';

const CATALOGUE: Catalogue = catalogueOf([], []);
const OFFICE = '192.168.0.0/16';

const end = (key: string, more: Partial<LinkEnd> = {}): LinkEnd => ({ segment: key, origin: somewhere(), ...more });
const because = (text: string) => ({ kind: 'unknown', because: text, origin: somewhere() }) as const;

const guard = (cidr: string): GuardFact => ({
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
  grants: [
    {
      id: 'in',
      direction: 'ingress',
      peers: [{ kind: 'addresses', cidr, except: [], workloads: true, origin: somewhere() }],
      ports: [],
      verdict: 'allow',
      origin: somewhere(),
    },
  ],
  users: 'here',
  origin: somewhere(),
});

const said = ({ scope, verdict, sources, private: named, path, because: doubts }: Exposure) =>
  `${scope}${named ? ' private' : ''} ${verdict} ${sources.map(({ value }) => value).join()} by ${path[0]?.kind}${doubts.length > 0 ? `: ${doubts.join()}` : ''}`;

/** Who gets to a database in the subnet `part` of the network `net`. */
function ways(receivers: readonly LinkEnd[], site: Partial<SiteFact> = {}, guards: readonly GuardFact[] = []) {
  const container = {
    provides: [
      { service: 'PostgreSQL', ports: { from: 5432, to: 5432 }, protocol: 'tcp' as const, origin: somewhere() },
    ],
  };
  const facts = {
    segments: [segment('net', { kind: 'virtual-network' }), segment('part', { kind: 'subnet', open: false })],
    workloads: [workload('database', ['part', 'net'], { labels: new Map([['group', 'here']]), container })],
    guards,
    sites: [{ id: 'office', name: 'office', ranges: [OFFICE], receivers, origin: somewhere(), ...site }],
  };
  const [environment] = buildGraph([fragment('terraform:.', facts)], CATALOGUE, NO_ASSUMPTIONS, guarding).value
    .environments;
  return environment?.exposures.map(said);
}

describe('a site', () => {
  test('gets to the members of a network that it is joined to, whatever addresses it has', () => {
    expect(ways([end('net')])).toEqual([`network private reachable ${OFFICE} by site`]);
    expect(ways([end('net')], { ranges: ['203.0.113.0/24'] })).toEqual([
      'network private reachable 203.0.113.0/24 by site',
    ]);
    expect(ways([end('other')])).toEqual([]);
  });

  test('gets as far as routes lead back, and what a subnet says counts before what its network does', () => {
    expect(ways([end('net', { addresses: ['192.168.7.0/24', '10.0.0.0/8'] })])).toEqual([
      'network private reachable 192.168.7.0/24 by site',
    ]);
    expect(ways([end('net'), end('part', { addresses: [] })])).toEqual([]);
    expect(ways([end('net', { addresses: [] }), end('part')])).toHaveLength(1);
  });

  test('gets past guards or does not', () => {
    expect(ways([end('net')], {}, [guard('0.0.0.0/0')])).toEqual([`network private reachable ${OFFICE} by site`]);
    expect(ways([end('net')], {}, [guard('10.0.0.0/8')])?.filter((way) => way.endsWith('by site'))).toEqual([]);
    expect(ways([end('net')], {}, [guard('192.168.7.5/32')])).toEqual([
      'network private reachable 192.168.7.5/32 by site',
    ]);
  });

  test('may get there, where the way or a route back is not sure', () => {
    expect(ways([end('net', { unknown: because('no route') })], { unknown: because('no tunnel') })).toEqual([
      `network private possible ${OFFICE} by site: no tunnel,no route`,
    ]);
  });
});
