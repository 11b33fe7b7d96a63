import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import type { Environment } from '../exposure-graph.ts';
import { door, fragment, port, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { Admission, DoorFact, Fragment, GatewayFact, Place, Target, WorkloadFact } from '../fragment.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { NO_ASSUMPTIONS } from '../vocabulary.ts';

const CLUSTER = segment('cluster', { kind: 'cluster', name: 'cluster' });
const INSIDE: Place = { kind: 'segment', segment: 'cluster' };
const PUBLIC: Place = { kind: 'proxy', class: null, internal: false };

const namespace = (name: string, labels?: Readonly<Record<string, string>>) =>
  segment(`namespace:${name}`, {
    kind: 'namespace',
    open: false,
    labels: new Map([['name', name], ...Object.entries(labels ?? {})]),
    ...(labels ? {} : { labelsOpen: true as const }),
  });

function build(facts: Partial<Omit<Fragment, 'unit'>>, ...others: Fragment[]) {
  return buildGraph(
    [fragment('kubernetes:.', { segments: [CLUSTER], workloads: [pod('web')], ...facts }), ...others],
    catalogueOf([], []),
    NO_ASSUMPTIONS,
  ).value.environments;
}
const environmentOf = (...args: Parameters<typeof build>) => build(...args)[0] as Environment;

const pod = (name: string, facts: Parameters<typeof workload>[2] = {}): WorkloadFact =>
  workload(name, ['cluster'], {
    namespace: 'shop',
    labels: new Map([['app', name]]),
    container: { ports: [port(8080)] },
    ...facts,
  });

const picks = (app: string, within = 'shop') => ({
  namespace: within,
  requirements: [{ key: 'app', operator: 'in' as const, values: [app] }],
  origin: somewhere(),
});

function gateway(kind: GatewayFact['kind'], name: string, within: string, ...doors: DoorFact[]): GatewayFact {
  return { id: `${kind}/${within}/${name}`, kind, name, namespace: within, names: [], doors, origin: somewhere() };
}

const service = (name: string, ...more: DoorFact[]) =>
  gateway('service', name, 'shop', door(INSIDE, 80, toPods(name)), ...more);
const toPods = (app: string, to: number | string = 8080): Target => ({
  kind: 'selector',
  selector: picks(app),
  port: to,
  origin: somewhere(),
});
const toService = (name: string, facts: Partial<Extract<Target, { kind: 'gateway' }>> = {}): Target => ({
  kind: 'gateway',
  gateway: 'service',
  namespace: 'shop',
  name,
  port: 80,
  origin: somewhere(),
  ...facts,
});

const ALL: Admission = { routes: null, namespaces: 'all', hosts: [] };
const listener = (number: number, admits: Admission | undefined, facts: Partial<DoorFact> = {}) =>
  door(PUBLIC, number, { kind: 'routes', origin: somewhere() }, { ...(admits ? { admits } : {}), ...facts });
const behind = (facts: Partial<Extract<Place, { kind: 'behind' }>> = {}): Place => ({
  kind: 'behind',
  gateway: 'gateway',
  namespace: 'edge',
  name: 'entry',
  door: null,
  port: null,
  route: 'HTTPRoute',
  origin: somewhere(),
  ...facts,
});
const route = (place: Place, facts: Partial<DoorFact> = {}, target = toService('web')) =>
  gateway('route', 'route', 'shop', door(place, null, target, facts));
const entry = (...doors: DoorFact[]) => gateway('gateway', 'entry', 'edge', ...doors);

const ways = ({ exposures }: Environment) =>
  exposures
    .filter(({ scope }) => scope !== 'cluster')
    .map(
      ({ scope, verdict, ports, path, http, transport }) =>
        `${scope} ${verdict} :${ports?.from ?? '*'} ${transport} ${http.hosts.join(',')} ${path.map(({ kind, name }) => `${kind}/${name}`).join(' > ')}`,
    );
const shut = ({ gateways }: Environment) =>
  gateways
    .filter(({ kind }) => kind === 'route')
    .flatMap(({ doors }) => doors.map((each) => each.shut?.because ?? null));

describe('a route at a gateway', () => {
  test('stands where that one stands, at its port and with its encryption', () => {
    const environment = environmentOf({
      gateways: [
        service('web'),
        entry(listener(443, ALL, { tls: true })),
        route(behind(), { http: { hosts: ['a.b'], paths: ['/'] } }),
      ],
    });
    expect(ways(environment)).toEqual([
      'internet reachable :443 tls a.b gateway/entry > route/route > service/web > listener/web:8080/tcp',
    ]);
    expect(environment.exposures[0]?.entry?.name).toBe('route');
    const taking = environment.gateways.find(({ kind }) => kind === 'gateway');
    expect(taking?.targets.map(({ ports }) => ports.from)).toEqual([8080]);
    expect(taking?.doors).toMatchObject([{ target: 'listeners' }]);
  });

  test('stands at every door that takes it in', () => {
    const doors = [listener(80, ALL), listener(443, ALL, { tls: true }), listener(9000, undefined)];
    expect(ways(environmentOf({ gateways: [service('web'), entry(...doors), route(behind())] }))).toHaveLength(2);
  });

  test('of another unit', () => {
    const platform = fragment('kubernetes:platform', { gateways: [entry(listener(80, ALL))] });
    expect(ways(environmentOf({ gateways: [service('web'), route(behind())] }, platform))).toHaveLength(1);
  });

  test('that is not here may be anywhere', () => {
    expect(ways(environmentOf({ gateways: [service('web'), route(behind())] }))).toEqual([
      'internet possible :* unknown  route/route > service/web > listener/web:8080/tcp',
      'network reachable :* unknown  route/route > service/web > listener/web:8080/tcp',
    ]);
  });
});

describe('a gateway takes in', () => {
  const asks = (
    admits: Admission | undefined,
    place: Partial<Extract<Place, { kind: 'behind' }>> = {},
    facts: Partial<DoorFact> = {},
    labels?: Readonly<Record<string, string>>,
  ) =>
    environmentOf({
      segments: [CLUSTER, namespace('shop', labels)],
      gateways: [service('web'), entry(listener(80, admits, { name: 'http' })), route(behind(place), facts)],
    });
  const labelled = (value: string): Admission => ({
    ...ALL,
    namespaces: [{ key: 'team', operator: 'in', values: [value] }],
  });

  test.each<[string, Environment, string | null]>([
    ['by name', asks(ALL, { door: 'http' }), null],
    ['by another name', asks(ALL, { door: 'https' }), 'entry has no door of the name or port that it asks for'],
    ['by port', asks(ALL, { port: 80 }), null],
    ['by another port', asks(ALL, { port: 81 }), 'entry has no door of the name or port that it asks for'],
    ['nobody', asks(undefined), 'entry takes in no routes'],
    ['its kinds', asks({ ...ALL, routes: ['HTTPRoute'] }), null],
    ['other kinds', asks({ ...ALL, routes: ['TCPRoute'] }), 'entry takes in no HTTPRoute'],
    ['its own namespace', asks({ ...ALL, namespaces: 'same' }), 'entry takes in no routes of its namespace'],
    ['namespaces by label', asks(labelled('a'), {}, {}, { team: 'a' }), null],
    [
      'namespaces by another label',
      asks(labelled('b'), {}, {}, { team: 'a' }),
      'entry takes in no routes of its namespace',
    ],
    ['namespaces without the label', asks(labelled('a'), {}, {}, {}), 'entry takes in no routes of its namespace'],
    ['a host name', asks({ ...ALL, hosts: ['*.example'] }, {}, { http: { hosts: ['a.example'], paths: [] } }), null],
    [
      'another host name',
      asks({ ...ALL, hosts: ['*.test'] }, {}, { http: { hosts: ['a.example'], paths: [] } }),
      'no host name of it is one of entry',
    ],
  ])('%s', (_, environment, because) => {
    expect(shut(environment)).toEqual([because]);
    expect(ways(environment)).toHaveLength(because === null ? 1 : 0);
  });

  test('perhaps, where the labels of the namespace are not in the code', () => {
    const environment = asks(labelled('a'));
    expect(ways(environment)).toEqual([expect.stringContaining('internet possible :80')]);
    expect(environment.exposures[0]?.because).toEqual(['what labels the namespace shop has is not in the code']);
  });

  test('the host names of both', () => {
    const environment = asks(
      { ...ALL, hosts: ['*.example'] },
      {},
      { http: { hosts: ['a.example', 'b.test'], paths: [] } },
    );
    expect(environment.exposures[0]?.http.hosts).toEqual(['a.example']);
    expect(asks({ ...ALL, hosts: ['a.example'] }).exposures[0]?.http.hosts).toEqual(['a.example']);
  });
});

test('a door of a gateway without routes leads to nothing', () => {
  expect(environmentOf({ gateways: [entry(listener(80, ALL))] }).gateways[0]?.doors).toMatchObject([
    { target: 'nothing' },
  ]);
});

describe('a backend in another namespace', () => {
  const crossing = { crossing: { namespace: 'team', route: 'HTTPRoute' } };
  const permit = (from: string, kind: string, name: string | null) => ({
    from: { namespace: from, route: kind },
    to: { gateway: 'service' as const, namespace: 'shop', name },
    origin: somewhere(),
  });
  const leads = (...permits: ReturnType<typeof permit>[]) =>
    environmentOf({
      gateways: [service('web'), entry(listener(80, ALL)), route(behind(), {}, toService('web', crossing))],
      permits,
    });

  test('needs a permit, for the one or for all', () => {
    expect(ways(leads(permit('team', 'HTTPRoute', 'web')))).toHaveLength(1);
    expect(ways(leads(permit('team', 'HTTPRoute', null)))).toHaveLength(1);
    for (const environment of [
      leads(),
      leads(permit('other', 'HTTPRoute', null)),
      leads(permit('team', 'TCPRoute', null)),
      leads(permit('team', 'HTTPRoute', 'api')),
    ]) {
      expect(ways(environment)).toEqual([]);
      expect(shut(environment)).toEqual(['nothing in shop lets a HTTPRoute of team lead to web']);
    }
  });
});

describe('a proxy that runs here', () => {
  const proxy = (labels = 'proxy', facts: Parameters<typeof workload>[2] = {}) =>
    pod(labels, { container: { ports: [port(8000), port(8443)] }, ...facts });
  const ingress = gateway(
    'ingress',
    'routes',
    'shop',
    door({ kind: 'proxy', class: 'main', internal: false }, 80, toService('web'), { tls: false }),
    door({ kind: 'proxy', class: 'main', internal: false }, 443, toService('web'), { tls: true }),
  );
  const front = (...doors: DoorFact[]) => gateway('service', 'front', 'shop', ...doors);
  const inner = (number: number, to: number) => door(INSIDE, number, toPods('proxy', to));
  const proxies = [{ classes: ['main'], by: picks('proxy'), origin: somewhere() }];
  const to = (name: string) => (way: string) => way.endsWith(`listener/${name}:8080/tcp`);

  test('is called as its own Service is', () => {
    const nodes: Place = { kind: 'nodes' };
    const environment = environmentOf({
      workloads: [pod('web'), proxy()],
      gateways: [
        service('web'),
        ingress,
        front(
          inner(80, 8000),
          inner(443, 8443),
          door(nodes, 30080, toPods('proxy', 8000)),
          door(nodes, 30443, toPods('proxy', 8443)),
        ),
      ],
      proxies,
    });
    const hops = 'proxy/front > ingress/routes > service/web > listener/web:8080/tcp';
    expect(ways(environment).filter(to('web'))).toEqual([
      `internet possible :30080 plaintext  ${hops}`,
      `internet possible :30443 tls  ${hops}`,
      `network reachable :30080 plaintext  ${hops}`,
      `network reachable :30443 tls  ${hops}`,
    ]);
    expect(environment.needs.map(({ from }) => (typeof from === 'string' ? from : from.name))).toContain('proxy');
  });

  test('and only as far as that: not from outside, where it stands inside', () => {
    const environment = environmentOf({
      workloads: [pod('web'), proxy()],
      gateways: [service('web'), ingress, front(inner(80, 8000), inner(443, 8443))],
      proxies,
    });
    expect(ways(environment).filter(to('web'))).toEqual([]);
  });

  test('lets in whom both let in', () => {
    const sources = (...cidrs: string[]) => ({ sources: { cidrs, origin: somewhere() } });
    const balancer: Place = { kind: 'balancer', internal: false };
    const limited = { ...ingress, doors: ingress.doors.map((each) => ({ ...each, ...sources('192.0.2.0/24') })) };
    const environment = environmentOf({
      workloads: [pod('web'), proxy()],
      gateways: [
        service('web'),
        limited,
        front(inner(80, 8000), door(balancer, 80, toPods('proxy', 8000), sources('192.0.2.0/25', '198.51.100.0/24'))),
      ],
      proxies,
    });
    const found = environment.exposures.filter(({ entry: from }) => from?.name === 'routes');
    expect(found.map(({ sources: list }) => list.map(({ value }) => value))).toEqual([['192.0.2.0/25']]);
    const doors = environment.gateways.find(({ kind }) => kind === 'ingress')?.doors;
    expect(doors?.map((each) => each.shut?.because ?? null)).toEqual([
      null,
      'front, by which its proxy is called, has no port for it',
    ]);
  });

  test('with the network of its host answers at the machines', () => {
    const environment = environmentOf({
      workloads: [pod('web'), proxy('proxy', { hostNetwork: somewhere() })],
      gateways: [service('web'), ingress],
      proxies,
    });
    expect(ways(environment).filter(to('web'))).toContain(
      'network reachable :80 plaintext  proxy/proxy > ingress/routes > service/web > listener/web:8080/tcp',
    );
  });

  test('that nothing leads to here stands where its class says', () => {
    for (const running of [[pod('web')], [pod('web'), proxy()]]) {
      const environment = environmentOf({ workloads: running, gateways: [service('web'), ingress], proxies });
      expect(ways(environment).filter(to('web'))).toHaveLength(2);
      expect(ways(environment)[0]).toMatch(/^internet reachable :80/);
    }
  });

  test('of another class is somebody else', () => {
    const environment = environmentOf({
      workloads: [pod('web'), proxy()],
      gateways: [service('web'), ingress, front(inner(80, 8000))],
      proxies: [{ ...proxies[0], classes: ['other', null], by: picks('proxy'), origin: somewhere() }],
    });
    expect(ways(environment).filter(to('web'))).toHaveLength(2);
  });

  test('may run in another unit', () => {
    const ingresses = fragment('kubernetes:ingress', {
      workloads: [proxy()],
      gateways: [front(inner(80, 8000))],
      proxies,
    });
    expect(ways(environmentOf({ gateways: [service('web'), ingress] }, ingresses)).filter(to('web'))).toEqual([]);
  });
});

test('a Service whose namespace nobody wrote may be the one that is meant', () => {
  const floating = { ...service('web'), floating: true as const };
  const meant = route(behind(), {}, toService('web', { namespace: 'live' }));
  const environment = environmentOf({ gateways: [floating, entry(listener(80, ALL)), meant] });
  expect(ways(environment)).toEqual([expect.stringContaining('internet possible :80')]);
  expect(environment.exposures[0]?.because).toEqual([
    'whether web is deployed to the namespace live is not in the code',
  ]);
  expect(ways(environmentOf({ gateways: [service('web'), entry(listener(80, ALL)), meant] }))).toEqual([]);
  const inhabited = [pod('web'), pod('other', { namespace: 'live' })];
  expect(ways(environmentOf({ workloads: inhabited, gateways: [floating, entry(listener(80, ALL)), meant] }))).toEqual(
    [],
  );
});

test('and then that one is with whoever means it, and by itself as it was', () => {
  const chart = fragment('kubernetes:chart', {
    segments: [CLUSTER],
    workloads: [pod('web')],
    gateways: [{ ...service('web'), floating: true }],
  });
  const meant = route(behind(), {}, toService('web', { namespace: 'live' }));
  const environments = build({ workloads: [pod('more')], gateways: [entry(listener(80, ALL)), meant] }, chart);
  expect(environments.map(({ id, workloads }) => [id, workloads.map(({ name }) => name)])).toEqual([
    ['kubernetes:.', ['more', 'web']],
    ['kubernetes:chart', ['web']],
  ]);
});

test('thousands of routes at a gateway with thousands of doors are cut off, and that is told', () => {
  const listeners = Array.from({ length: 1_000 }, (_, i) => listener(1 + i, ALL));
  const routes = Array.from({ length: 1_000 }, (_, i) => ({
    ...route(behind()),
    id: `route/${i}`,
    name: `route-${i}`,
  }));
  const started = performance.now();
  const built = buildGraph(
    [fragment('kubernetes:.', { segments: [CLUSTER], gateways: [entry(...listeners), ...routes] })],
    catalogueOf([], []),
    NO_ASSUMPTIONS,
  );
  expect(built.notices.map(({ code }) => code)).toEqual(['expansion-limit']);
  expect(performance.now() - started).toBeLessThan(20_000);
});
