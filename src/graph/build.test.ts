import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { buildGraph } from './build.ts';
import type { Catalogue } from './catalogue.ts';
import type { Environment } from './exposure-graph.ts';
import { door, fragment, image, port, published, segment, somewhere, workload } from './fragment.fixture.ts';
import type { Fragment, GatewayKind, Place, Target } from './fragment.ts';
import { catalogueOf } from './prepare-catalogue.ts';
import { type Exposure, NO_ASSUMPTIONS } from './vocabulary.ts';

const CATALOGUE: Catalogue = catalogueOf([], []);

function environmentOf(...fragments: Fragment[]): Environment {
  const { environments } = buildGraph(fragments, CATALOGUE, NO_ASSUMPTIONS).value;
  return environments[0] as Environment;
}

const said = ({ listener, scope, ports, verdict }: Exposure) =>
  `${listener.workload.name}:${listener.ports.from} from ${scope} :${ports?.from ?? '*'} ${verdict}`;

const pairs = ({ reachability }: Environment) =>
  reachability.rows.flatMap(({ to, from }) =>
    from.flatMap((each) =>
      [...each.classes]
        .flatMap(({ members }) => members)
        .filter((from) => from !== to.workload)
        .map((from) => `${from.name} -> ${to.workload.name}:${to.ports.from}`),
    ),
  );

describe('a small application on two networks', () => {
  const unit = fragment('compose:.', {
    segments: [segment('docker-network:front'), segment('docker-network:back')],
    workloads: [
      workload('vote', ['docker-network:front', 'docker-network:back']),
      workload('proxy', ['docker-network:front']),
      workload('db', ['docker-network:back'], { container: { ports: [port(5432)] } }),
    ],
    gateways: [published('vote', 8080, 80), published('db', 5432, 5432, { address: '127.0.0.1' })],
  });
  const environment = environmentOf(unit);

  test('the container side of a published port is a listener', () => {
    expect(environment.listeners.map(({ id }) => id)).toEqual(['compose:.::vote:80/tcp', 'compose:.::db:5432/tcp']);
  });

  test('a port published on every address is open to the network, and perhaps to the internet', () => {
    expect(environment.exposures.map(said)).toEqual([
      'vote:80 from internet :8080 possible',
      'vote:80 from network :8080 reachable',
      'vote:80 from segment :80 reachable',
      'vote:80 from segment :80 reachable',
      'db:5432 from segment :5432 reachable',
      'db:5432 from host :5432 reachable',
    ]);
  });

  test('members of a network reach each other, and nobody else', () => {
    expect(pairs(environment).sort()).toEqual(['db -> vote:80', 'proxy -> vote:80', 'vote -> db:5432']);
  });
});

test('an image that nothing runs stands alone, and its ports are known but not exposed', () => {
  const environment = environmentOf(
    fragment('docker:ssh/Dockerfile', { images: [image('docker:ssh/Dockerfile', { ports: [port(22)] })] }),
  );
  expect(environment.id).toBe('docker:ssh/Dockerfile');
  expect(environment.workloads.map(({ kind, name }) => `${kind} ${name}`)).toEqual(['image ssh']);
  expect(environment.listeners.map(({ ports }) => ports.from)).toEqual([22]);
  expect(environment.exposures).toEqual([]);
});

test('the origin of an optional workload makes its exposures possible', () => {
  const environment = environmentOf(
    fragment('compose:.', {
      workloads: [workload('seed', [], { optional: somewhere() })],
      gateways: [published('seed', 80, 80)],
    }),
  );
  expect(environment.exposures.map(said)).toEqual([
    'seed:80 from internet :80 possible',
    'seed:80 from network :80 possible',
  ]);
});

test('the graph does not depend on the order of fragments', () => {
  const app = (root: string, name: string, peer: string): Fragment =>
    fragment(`compose:${root}`, {
      segments: [segment('docker-network:edge', { external: true })],
      workloads: [
        workload(name, ['docker-network:edge'], {
          container: {
            ports: [port(80), port(8000, { to: 8010 })],
            image: { reference: `team/${peer}`, origin: somewhere() },
          },
        }),
      ],
      gateways: [published(name, 8080, 8005)],
      definitions: [{ key: `service/${name}`, digest: root }],
    });
  const fragments = [
    app('a', 'web', 'one'),
    app('b', 'web', 'two'),
    app('b#dev', 'db', 'one'),
    app('c', 'db', 'two'),
    fragment('docker:one/Dockerfile', { images: [image('docker:one/Dockerfile', { ports: [port(9000)] })] }),
    fragment('docker:two/Dockerfile', { images: [image('docker:two/Dockerfile')] }),
  ];
  const print = (list: readonly Fragment[]) => {
    const { value, notices } = buildGraph(list, CATALOGUE, NO_ASSUMPTIONS);
    const environments = value.environments.map((environment) => [
      environment.id,
      environment.units,
      environment.listeners.map(({ id, origins }) => [id, origins]),
      environment.exposures.map(({ id, verdict, path }) => [id, verdict, path]),
      pairs(environment),
    ]);
    return JSON.stringify([environments, value.links, notices]);
  };
  const expected = print(fragments);
  fc.assert(
    fc.property(fc.shuffledSubarray(fragments, { minLength: fragments.length }), (shuffled) => {
      expect(print(shuffled)).toBe(expected);
    }),
  );
});

test('whatever adapters say, the graph is whole: ids are unique, and everything that it refers to is in it', () => {
  const name = fc.constantFrom('a', 'b', 'c');
  const key = fc.constantFrom('net', 'host', 'cluster', 'gone');
  const number = fc.constantFrom(0, 1, 80, 8080, 65_535, 70_000);
  const target: fc.Arbitrary<Target> = fc.oneof(
    fc.record({
      kind: fc.constant('workload' as const),
      workload: name,
      ports: fc.record({ from: number, to: number }),
      origin: fc.constant(somewhere()),
    }),
    fc.record({
      kind: fc.constant('selector' as const),
      selector: fc.record({
        namespace: fc.constant(null),
        requirements: fc.constant([]),
        origin: fc.constant(somewhere()),
      }),
      port: fc.oneof(number, name),
      origin: fc.constant(somewhere()),
    }),
    fc.record({
      kind: fc.constant('gateway' as const),
      gateway: fc.constantFrom<GatewayKind>('service', 'ingress'),
      namespace: fc.constant(null),
      name,
      port: fc.oneof(number, name, fc.constant(null)),
      origin: fc.constant(somewhere()),
    }),
  );
  const place = fc.constantFrom<Place>(
    { kind: 'nodes' },
    { kind: 'host', address: 'nonsense' },
    { kind: 'balancer', internal: false },
    { kind: 'segment', segment: 'gone' },
  );
  const gateways = fc.array(
    fc.record({
      id: name,
      kind: fc.constantFrom<GatewayKind>('service', 'ingress'),
      name,
      doors: fc.array(
        fc.tuple(place, fc.option(number), target).map(([at, outside, to]) => door(at, outside, to)),
        { maxLength: 3 },
      ),
    }),
    { maxLength: 4 },
  );
  const workloads = fc.uniqueArray(
    fc.record({
      id: name,
      within: fc.array(key),
      from: number,
      to: number,
      shares: fc.option(name),
      host: fc.boolean(),
    }),
    { maxLength: 3, selector: ({ id }) => id },
  );
  const segments = fc.constantFrom(
    [],
    [segment('net'), segment('host', { kind: 'host' }), segment('cluster', { kind: 'cluster' })],
  );
  const one = fc
    .tuple(fc.constantFrom('compose:x', 'compose:x#v', 'kubernetes:y', 'kubernetes:z'), segments, workloads, gateways)
    .map(([id, all, run, lead]) =>
      fragment(id, {
        segments: all,
        workloads: run.map(({ id: own, within, from, to, shares, host }) =>
          workload(own, within, {
            ...(shares === null ? {} : { shares: { workload: shares, origin: somewhere() } }),
            hostNetwork: host ? somewhere() : null,
            container: { ports: [port(Math.min(from, to), { to: Math.max(from, to), name: own })] },
          }),
        ),
        gateways: lead.map((facts) => ({ ...facts, namespace: null, names: [], origin: somewhere() })),
      }),
    );
  const units = fc.uniqueArray(one, { maxLength: 4, selector: ({ unit }) => unit.id });
  fc.assert(
    fc.property(units, (fragments) => {
      const { environments } = buildGraph(fragments, CATALOGUE, NO_ASSUMPTIONS).value;
      const ids = environments.flatMap(({ segments, workloads, listeners, gateways, exposures, reachability }) => [
        ...[...segments, ...workloads, ...listeners, ...gateways, ...exposures, ...reachability.classes].map(
          ({ id }) => id,
        ),
      ]);
      expect(new Set(ids).size).toBe(ids.length);
      for (const environment of environments) {
        const listeners = new Set(environment.listeners);
        const here = new Set(environment.workloads);
        for (const { workload: of } of listeners) expect(here.has(of)).toBe(true);
        for (const { listener, verdict, because, path } of environment.exposures) {
          expect(listeners.has(listener) && listener.valid && path.length > 0).toBe(true);
          expect(verdict === 'possible').toBe(because.length > 0);
        }
        for (const { to, from } of environment.reachability.rows) {
          expect(listeners.has(to) && from.length > 0).toBe(true);
          for (const { classes } of from) {
            for (const { members } of classes) for (const member of members) expect(here.has(member)).toBe(true);
          }
        }
        for (const { targets } of environment.gateways)
          for (const reached of targets) expect(listeners.has(reached)).toBe(true);
      }
    }),
  );
});

test('environments are called what somebody calls them, and are for what that says', () => {
  const unit = (id: string) =>
    fragment(id, { workloads: [workload('web', [])], definitions: [{ key: 'web', digest: id }] });
  const origin = somewhere();
  const environments = [
    { name: 'production', stage: null, root: 'live', links: ['gone'], origin },
    { name: 'ours', stage: 'example', root: 'trial', links: [], origin },
  ] as const;
  const units = ['compose:live', 'compose:live#dev', 'kubernetes:live/a', 'kubernetes:trial', 'kubernetes:prod'].map(
    unit,
  );
  const { value, notices } = buildGraph(units, CATALOGUE, { ...NO_ASSUMPTIONS, environments });
  expect(value.environments.map(({ id, stage, units }) => [id, stage, ...units.map((each) => each.id)])).toEqual([
    ['kubernetes:prod', 'production', 'kubernetes:prod'],
    ['ours', 'example', 'kubernetes:trial'],
    ['production', 'production', 'compose:live', 'kubernetes:live/a'],
    ['production#dev', 'development', 'compose:live#dev', 'kubernetes:live/a'],
  ]);
  expect(value.environments[2]?.workloads[0]?.id).toBe('production::web');
  expect(notices).toMatchObject([{ code: 'environment-empty', origin }]);
});
