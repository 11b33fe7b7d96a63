/** Public addresses, machines, managed ports, and load balancers with guards of their own. */
import { describe, expect, test } from 'vitest';
import { unknown } from '../../source/value.ts';
import { buildGraph } from '../build.ts';
import type { Catalogue } from '../catalogue.ts';
import { door, fragment, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { Fragment, GrantFact, GuardFact, Peer, ProvidedPort, Selector, WorkloadFact } from '../fragment.ts';
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

const said = ({ listener, scope, verdict, because, entry }: Exposure) =>
  `${listener.workload.name}:${listener.ports.from}/${listener.protocol} ${scope}${entry ? ` via ${entry.name}` : ''} ${verdict}${because.length > 0 ? `: ${because.join('; ')}` : ''}`;

const member = (name: string): Selector => ({
  namespace: null,
  requirements: [{ key: name, operator: 'in', values: ['here'] }],
  origin: somewhere(),
});
const marks = (...names: string[]) => new Map(names.map((name) => [name, 'here']));
const cidr = (text: string): Peer => ({
  kind: 'addresses',
  cidr: text,
  except: [],
  workloads: true,
  origin: somewhere(),
});
const group = (name: string): Peer => ({ kind: 'workloads', selector: member(name), origin: somewhere() });

function allow(peers: readonly Peer[], ports: readonly number[], facts: Partial<GrantFact> = {}): GrantFact {
  return {
    id: `${facts.direction ?? 'ingress'} ${ports.join()}`,
    direction: 'ingress',
    peers,
    ports: ports.map((port) => ({ protocol: 'tcp', ports: { from: port, to: port }, origin: somewhere() })),
    verdict: 'allow',
    origin: somewhere(),
    ...facts,
  };
}

function guard(name: string, grants: readonly GrantFact[], facts: Partial<GuardFact> = {}): GuardFact {
  return {
    id: name,
    kind: 'security-group',
    name,
    namespace: null,
    subject: member(name),
    tier: 0,
    priority: null,
    isolates: ['ingress'],
    grants,
    users: 'here',
    origin: somewhere(),
    ...facts,
  };
}

const open = [{ address: null, origin: somewhere() }];
const machine = (name: string, ...guards: string[]): WorkloadFact =>
  workload(name, [], { machine: true, publicAddresses: open, labels: marks(...guards) });
const provided = (facts: Partial<ProvidedPort> = {}): ProvidedPort => ({
  service: 'postgres',
  ports: null,
  protocol: 'tcp',
  origin: somewhere(),
  ...facts,
});

describe('a machine with a public address', () => {
  test('listens for what its guards let in, and is reached by whom they let in', () => {
    const { exposures } = environmentOf({
      workloads: [machine('web', 'it')],
      guards: [
        guard('it', [
          allow([cidr('0.0.0.0/0')], [22]),
          allow([cidr('203.0.113.0/29')], [443]),
          allow([cidr('10.0.0.0/8')], [9100]),
        ]),
      ],
    });
    expect(exposures.map(said)).toEqual(['web:22/tcp internet reachable', 'web:443/tcp external reachable']);
  });

  test('that is opened for everything is opened for every port', () => {
    const everything = { ...allow([cidr('0.0.0.0/0')], []), ports: [] };
    const { listeners } = environmentOf({ workloads: [machine('web', 'it')], guards: [guard('it', [everything])] });
    expect(
      listeners.map(({ ports, protocol, evidence }) => `${ports.from}-${ports.to}/${protocol} ${evidence}`),
    ).toEqual(['1-65535/tcp granted', '1-65535/udp granted']);
  });

  test('that is opened for everything to its own kind shows nothing of what listens', () => {
    const { listeners } = environmentOf({
      workloads: [machine('web', 'it')],
      guards: [guard('it', [{ ...allow([group('it')], []), ports: [] }])],
    });
    expect(listeners).toEqual([]);
  });

  test('is only perhaps reached where the rule, or the address, may not be there', () => {
    const perhaps = unknown('nobody says so', somewhere());
    const rules = [
      allow([cidr('0.0.0.0/0')], [22], { perhaps }),
      allow([{ kind: 'unknown', because: 'no value', of: 'anybody', origin: somewhere() }], [23]),
    ];
    const found = environmentOf({ workloads: [machine('web', 'it')], guards: [guard('it', rules)] });
    expect(found.exposures.map(said)).toEqual([
      'web:22/tcp internet possible: nobody says so',
      'web:23/tcp internet possible: no value',
    ]);
    const unsure = {
      ...machine('web', 'it'),
      publicAddresses: [{ address: null, unknown: perhaps, origin: somewhere() }],
    };
    const other = environmentOf({ workloads: [unsure], guards: [guard('it', [allow([cidr('0.0.0.0/0')], [22])])] });
    expect(other.exposures.map(said)).toEqual(['web:22/tcp internet possible: nobody says so']);
  });

  test('has to be let in by the guards of every layer', () => {
    const denial: GrantFact = { ...allow([], []), id: 'otherwise', peers: [], ports: [], verdict: 'deny' };
    const outer = guard('subnet', [allow([cidr('0.0.0.0/0')], [443]), denial], { layer: 1, priority: 0, isolates: [] });
    const { exposures } = environmentOf({
      workloads: [machine('web', 'it', 'subnet')],
      guards: [guard('it', [allow([cidr('0.0.0.0/0')], [22]), allow([cidr('0.0.0.0/0')], [443])]), outer],
    });
    expect(exposures.map(said)).toEqual(['web:443/tcp internet reachable']);
  });

  test('without any guard is open', () => {
    const db = workload('db', [], { publicAddresses: open, container: { provides: [provided()] } });
    expect(environmentOf({ workloads: [db] }).exposures.map(said)).toEqual(['db:5432/tcp internet reachable']);
  });
});

describe('managed ports', () => {
  test('are those of the catalogue unless another one is written', () => {
    const { listeners } = environmentOf({
      workloads: [
        workload('own', [], { container: { provides: [provided({ ports: { from: 6000, to: 6000 } })] } }),
        workload('usual', [], { container: { provides: [provided()] } }),
        workload('strange', [], { container: { provides: [provided({ service: 'nobody knows' })] } }),
      ],
    });
    expect(
      listeners.map(({ workload: { name }, ports, service, evidence, roles }) => [
        name,
        ports.from,
        service,
        evidence,
        roles[0]?.role,
      ]),
    ).toEqual([
      ['own', 6000, 'PostgreSQL', 'provided', 'data-store'],
      ['usual', 5432, 'PostgreSQL', 'provided', 'data-store'],
    ]);
  });

  test('of what answers only are called and call nobody', () => {
    const within = ['virtual-network:main'];
    const { reachability } = environmentOf({
      segments: [segment('virtual-network:main', { kind: 'virtual-network' })],
      workloads: [
        workload('a', within, { answersOnly: true, container: { provides: [provided()] } }),
        workload('b', within, { answersOnly: true, container: { provides: [provided()] } }),
        workload('c', within),
      ],
    });
    const callers = reachability.rows.map(({ to, from }) => [
      to.workload.name,
      from.flatMap(({ classes }) => [...classes].flatMap(({ members }) => members.map(({ name }) => name))),
    ]);
    expect(callers).toEqual([
      ['a', ['c']],
      ['b', ['c']],
    ]);
  });
});

describe('addresses of a network', () => {
  test('decide which workloads a range means', () => {
    const within = ['virtual-network:main'];
    const client = (name: string, range: string) =>
      workload(name, within, { ranges: [range], labels: marks('client') });
    const { reachability } = environmentOf({
      segments: [segment('virtual-network:main', { kind: 'virtual-network' })],
      workloads: [
        workload('db', within, { labels: marks('db'), answersOnly: true, container: { provides: [provided()] } }),
        client('inside', '10.0.1.0/24'),
        client('outside', '10.1.1.0/24'),
        client('around', '10.0.0.0/8'),
      ],
      guards: [guard('db', [allow([cidr('10.0.0.0/16')], [5432])])],
    });
    const callers = reachability.rows[0]?.from.map(({ verdict, classes }) => [
      verdict,
      [...classes].flatMap(({ members }) => members.map(({ name }) => name)),
    ]);
    expect(callers).toEqual([
      ['reachable', ['inside']],
      ['possible', ['around']],
    ]);
  });
});

describe('a load balancer with guards of its own (R65)', () => {
  const within = ['virtual-network:main'];
  const balancer = (grants: readonly GrantFact[], behind: readonly GrantFact[]) =>
    environmentOf({
      segments: [segment('virtual-network:main', { kind: 'virtual-network' })],
      workloads: [
        workload('front', within, { labels: marks('front', 'taking') }),
        workload('web', within, {
          labels: marks('web'),
          container: { ports: [{ ports: { from: 8080, to: 8080 }, protocol: 'tcp', origin: somewhere() }] },
        }),
      ],
      guards: [guard('front', grants), guard('web', behind)],
      gateways: [
        {
          id: 'gateway/front',
          kind: 'load-balancer',
          name: 'front',
          namespace: null,
          names: [],
          doors: [
            door(
              { kind: 'balancer', internal: false },
              443,
              { kind: 'workload', workload: 'web', ports: { from: 8080, to: 8080 }, origin: somewhere() },
              { by: member('taking'), guarded: true },
            ),
          ],
          origin: somewhere(),
        },
      ],
    }).exposures.filter(({ scope }) => scope === 'internet' || scope === 'external');
  const web = [allow([group('front')], [8080])];

  test('lets in whom these let in, at its own port, and calls what stands behind', () => {
    expect(balancer([allow([cidr('0.0.0.0/0')], [443])], web).map(said)).toEqual([
      'web:8080/tcp internet via front reachable',
    ]);
    expect(balancer([allow([cidr('203.0.113.0/24')], [443])], web).map(said)).toEqual([
      'web:8080/tcp external via front reachable',
    ]);
    expect(balancer([allow([cidr('0.0.0.0/0')], [80])], web)).toEqual([]);
  });

  test('leads nowhere where what stands behind does not let it in', () => {
    expect(balancer([allow([cidr('0.0.0.0/0')], [443])], [allow([cidr('203.0.113.0/24')], [8080])])).toEqual([]);
  });
});

describe('guards that their users name', () => {
  test('are idle where nobody does, and nobody knows where their name goes elsewhere', () => {
    const { guards } = environmentOf({
      workloads: [machine('web', 'used')],
      guards: [
        guard('idle', []),
        guard('told', [], { users: unknown('an output names it', somewhere()) }),
        guard('used', []),
      ],
    });
    expect(guards.map(({ name, attachment, byName }) => [name, attachment, byName])).toEqual([
      ['idle', 'unattached', true],
      ['told', 'unknown', true],
      ['used', 'attached', true],
    ]);
  });
});
