/** What listens at a door itself: a load balancer is told with what it leads to. */
import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import type { Catalogue } from '../catalogue.ts';
import { door, fragment, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { DoorFact, Fragment, GuardFact } from '../fragment.ts';
import * as guarding from '../guarding.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Exposure, NO_ASSUMPTIONS } from '../vocabulary.ts';

const POSTGRES = {
  service: 'PostgreSQL',
  ports: [{ from: 5432, to: 5432 }],
  protocols: ['tcp'],
  role: 'data-store',
  sensitive: true,
  plaintext: true,
  tls: false,
  dedicated: true,
  names: ['postgres'],
  secureNames: [],
} as const;
const CATALOGUE: Catalogue = catalogueOf([POSTGRES], []);

function environmentOf(facts: Partial<Omit<Fragment, 'unit'>>) {
  const [environment] = buildGraph([fragment('terraform:.', facts)], CATALOGUE, NO_ASSUMPTIONS, guarding).value
    .environments;
  if (!environment) throw new Error('nothing was built');
  return environment;
}

const said = ({ listener, scope, implicit, relayed, path, ports }: Exposure) =>
  `${ports?.from} to ${listener.workload.name}:${listener.ports.from} ${scope}${implicit ? ' implicit' : ''}${relayed ? ` by ${relayed.workload.name}` : ''}: ${path.map(({ name }) => name).join(' ')}`;

const provides = (from: number, service: string | null = null) => ({
  container: { provides: [{ service, ports: { from, to: from }, protocol: 'tcp' as const, origin: somewhere() }] },
});
const NETWORK = segment('net', { kind: 'virtual-network' });
const marked = (key: string) => ({
  namespace: null,
  requirements: [{ key, operator: 'in' as const, values: ['here'] }],
  origin: somewhere(),
});

const guard = (name: string, cidr: string): GuardFact => ({
  id: name,
  kind: 'security-group',
  name,
  namespace: null,
  subject: marked(name),
  tier: 0,
  priority: null,
  isolates: ['ingress'],
  users: 'here',
  grants: [
    {
      id: `${name} in`,
      direction: 'ingress',
      peers: [{ kind: 'addresses', cidr, except: [], workloads: true, origin: somewhere() }],
      ports: [],
      verdict: 'allow',
      origin: somewhere(),
    },
  ],
  origin: somewhere(),
});

function built(more: Partial<DoorFact>, guards: readonly GuardFact[] = []) {
  const balancer = workload('balancer', ['net'], { labels: new Map([['front', 'here']]), ...provides(80) });
  const database = workload('database', ['net'], {
    labels: new Map([['behind', 'here']]),
    ...provides(5432, 'PostgreSQL'),
  });
  const target = {
    kind: 'workload',
    workload: 'database',
    ports: { from: 5432, to: 5432 },
    origin: somewhere(),
  } as const;
  const entry = door({ kind: 'balancer', internal: false }, 80, target, { front: 'balancer', ...more });
  return environmentOf({
    segments: [NETWORK],
    workloads: [balancer, database],
    guards,
    gateways: [
      {
        id: 'gateway/balancer',
        kind: 'load-balancer',
        name: 'balancer',
        namespace: null,
        names: [],
        doors: [entry],
        origin: somewhere(),
      },
    ],
  });
}

const fromOutside = ({ exposures }: { readonly exposures: readonly Exposure[] }) =>
  exposures.filter(({ scope }) => scope === 'internet' || scope === 'external').map(said);

describe('a load balancer', () => {
  test('is reached itself, and what stands behind it comes along', () => {
    expect(fromOutside(built({}))).toEqual([
      '80 to balancer:80 internet: balancer balancer:80/tcp database:5432/tcp',
      '80 to database:5432 internet implicit by balancer: balancer database:5432/tcp',
    ]);
  });

  test('is for what stands behind it', () => {
    const { listeners } = built({});
    expect(listeners.map(({ workload: { name }, roles: [best], sensitive }) => [name, best?.role, sensitive])).toEqual([
      ['balancer', 'data-store', true],
      ['database', 'data-store', true],
    ]);
  });

  test('that takes callers in itself is reached as far as its own guards let in', () => {
    const by = { by: marked('front'), guarded: true as const };
    expect(fromOutside(built(by, [guard('front', '203.0.113.0/24')]))).toEqual([
      '80 to balancer:80 external: balancer front balancer:80/tcp database:5432/tcp',
      '80 to database:5432 external implicit by balancer: balancer front database:5432/tcp',
    ]);
  });

  test('that hands callers on is reached as far as the guards behind it let in', () => {
    expect(fromOutside(built({}, [guard('behind', '10.0.0.0/8')]))).toEqual([]);
  });

  test('needs what stands behind it', () => {
    const needs = built({}).needs.map(({ from, kind }) => [typeof from === 'string' ? from : from.name, kind]);
    expect(needs).toContainEqual(['balancer', 'route']);
  });
});
