import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import type { Environment } from '../exposure-graph.ts';
import { door, fragment, port, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { DoorFact, Fragment, GatewayFact, GrantFact, GuardFact, Peer, Place, Selector } from '../fragment.ts';
import * as guarding from '../guarding.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Assumptions, type Exposure, NO_ASSUMPTIONS } from '../vocabulary.ts';

const SEGMENTS = ['namespace:shop', 'namespace:bank'].map((key) =>
  segment(key, { kind: 'namespace', open: false, labels: new Map([['name', key.slice(10)]]) }),
);
const CLUSTER = segment('cluster', { kind: 'cluster' });

const pod = (name: string, namespace = 'shop', facts: Parameters<typeof workload>[2] = {}) =>
  workload(name, [`namespace:${namespace}`, 'cluster'], {
    id: `${namespace}/${name}`,
    namespace,
    labels: new Map([['app', name]]),
    container: { ports: [port(8080)] },
    ...facts,
  });

const inShop = (app?: string): Selector => ({
  namespace: 'shop',
  requirements: app ? [{ key: 'app', operator: 'in', values: [app] }] : [],
  origin: somewhere(),
});
const inNamespace = (name: string | null): Selector => ({
  namespace: null,
  namespaces: name === null ? [] : [{ key: 'name', operator: 'in', values: [name] }],
  requirements: [],
  origin: somewhere(),
});
const pods = (selector: Selector): Peer => ({ kind: 'workloads', selector, origin: somewhere() });
const range = (cidr: string, ...except: string[]): Peer => ({ kind: 'addresses', cidr, except, origin: somewhere() });

function grant(peers: readonly Peer[], ...numbers: readonly (number | readonly [number, number])[]): GrantFact {
  const ports = numbers.map((each) => {
    const [from, to] = typeof each === 'number' ? [each, each] : each;
    return { protocol: 'tcp' as const, ports: { from, to }, origin: somewhere() };
  });
  return { id: 'grant', direction: 'ingress', peers, ports, verdict: 'allow', origin: somewhere() };
}

const guard = (...grants: readonly GrantFact[]): GuardFact => ({
  id: 'policy',
  kind: 'network-policy',
  name: 'policy',
  namespace: 'shop',
  subject: inShop('web'),
  tier: 1,
  priority: null,
  isolates: ['ingress'],
  grants,
  origin: somewhere(),
});

const toWeb = { kind: 'selector', selector: inShop('web'), port: 8080, origin: somewhere() } as const;
const through = (place: Place, facts: Partial<DoorFact> = {}): GatewayFact => ({
  id: 'service/web',
  kind: 'service',
  name: 'web',
  namespace: 'shop',
  names: [],
  doors: [door(place, 80, toWeb, facts)],
  origin: somewhere(),
});

function built(facts: Partial<Omit<Fragment, 'unit'>>, assume: Partial<Assumptions> = {}): Environment {
  const unit = fragment('kubernetes:.', { segments: [CLUSTER, ...SEGMENTS], workloads: [pod('web')], ...facts });
  const all = { ...NO_ASSUMPTIONS, internetFacingHosts: true, ...assume };
  return buildGraph([unit], catalogueOf([], []), all, guarding).value.environments[0] as Environment;
}

const said = ({ scope, sources, verdict, listener }: Exposure) => {
  const named = ['external', 'segment', 'workload'].includes(scope);
  const who = named ? `(${sources.map(({ value }) => value).join(',')})` : '';
  return `${listener.workload.name}: ${scope}${who} ${verdict}`;
};
const outside = (environment: Environment) =>
  environment.exposures.filter(({ entry }) => entry !== null).map((each) => said(each).replace('web: ', ''));
const inside = (environment: Environment) =>
  environment.exposures.filter(({ entry, listener }) => entry === null && listener.workload.name === 'web').map(said);

describe('a door that keeps the address of its caller', () => {
  const balanced = (...grants: readonly GrantFact[]) =>
    outside(built({ gateways: [through({ kind: 'balancer', internal: false })], guards: [guard(...grants)] }));

  test.each([
    ['nobody', [], []],
    ['everybody', [grant([])], ['internet reachable']],
    ['every address', [grant([range('0.0.0.0/0'), range('::/0')])], ['internet reachable']],
    ['every address of one family', [grant([range('0.0.0.0/0')])], ['internet reachable']],
    ['few addresses', [grant([range('203.0.113.0/24')])], ['external(203.0.113.0/24) reachable']],
    ['private ones', [grant([range('10.0.0.0/8')])], ['network reachable']],
    ['all but some', [grant([range('0.0.0.0/0', '203.0.113.0/24')])], ['internet reachable']],
    ['another port', [grant([], 9090)], []],
    ['workloads', [grant([pods(inShop())])], []],
  ])('leads on whom guards let in: %s', (_, grants, expected) => {
    expect(balanced(...grants)).toEqual(expected);
  });

  test('passes the guard on the way', () => {
    const lets = grant([range('203.0.113.0/24')], 8080);
    const gateway = through({ kind: 'balancer', internal: false });
    const [exposure] = built({ gateways: [gateway], guards: [guard(lets)] }).exposures;
    expect(exposure?.path.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'load-balancer web',
      'network-policy policy',
      'listener web:8080/tcp',
    ]);
    expect(exposure?.path[1]?.origin).toEqual(lets.origin);
    expect(exposure?.attachment).toBe('attached');
    expect(exposure?.grant).toEqual(gateway.doors[0]?.origin);
  });
});

describe('a door that puts a node in the place of its caller (R10)', () => {
  const onNodes = (...grants: readonly GrantFact[]) =>
    outside(built({ gateways: [through({ kind: 'nodes' }, { rewritesSource: true })], guards: [guard(...grants)] }));

  test.each([
    ['everybody', grant([]), ['internet reachable', 'network reachable']],
    ['every address', grant([range('0.0.0.0/0')]), ['internet reachable', 'network reachable']],
    [
      'all private ones',
      grant(['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10'].map((each) => range(each))),
      ['internet reachable', 'network reachable'],
    ],
    ['some private ones', grant([range('10.1.0.0/16')]), ['internet possible', 'network possible']],
    ['public ones alone', grant([range('203.0.113.0/24')]), ['external(203.0.113.0/24) possible']],
    ['workloads', grant([pods(inShop())]), []],
  ])('leads on whom guards let in: %s', (_, lets, expected) => {
    expect(onNodes(lets)).toEqual(expected);
  });
});

describe('a proxy', () => {
  const PROXY: Place = { kind: 'proxy', class: 'nginx', internal: false };
  const by = (app: string, namespace: string): Selector => ({
    namespace,
    requirements: [{ key: 'app', operator: 'in', values: [app] }],
    origin: somewhere(),
  });
  const proxied = (lets: readonly GrantFact[], facts: Partial<DoorFact> = {}, more: Partial<Fragment> = {}) =>
    outside(built({ gateways: [through(PROXY, facts)], guards: [guard(...lets)], ...more }));

  test('that the code does not show may have any label and be in any other namespace', () => {
    expect(proxied([grant([])])).toEqual(['internet reachable']);
    expect(proxied([grant([pods(inNamespace(null))])])).toEqual(['internet reachable']);
    expect(proxied([grant([pods(inNamespace('ingress'))])])).toEqual(['internet possible']);
    expect(proxied([grant([pods(inShop())])])).toEqual([]);
    expect(proxied([])).toEqual([]);
  });

  test('that runs here is asked for by what it is', () => {
    const workloads = [pod('web'), pod('proxy', 'bank')];
    const lets = [grant([pods(inNamespace('bank'))])];
    expect(proxied(lets, { by: by('proxy', 'bank') }, { workloads })).toEqual(['internet reachable']);
    expect(proxied([grant([pods(inShop())])], { by: by('proxy', 'bank') }, { workloads })).toEqual([]);
  });

  test('whose namespace is known has its labels', () => {
    expect(proxied([grant([pods(inNamespace('bank'))])], { by: by('proxy', 'bank') })).toEqual(['internet reachable']);
    expect(proxied([grant([pods(inNamespace('ops'))])], { by: by('proxy', 'bank') })).toEqual([]);
  });
});

describe('a proxy that calls from known addresses (R80)', () => {
  const callingFrom = ['130.211.0.0/22', '35.191.0.0/16'];
  const called = (...grants: readonly GrantFact[]) =>
    outside(
      built({
        gateways: [through({ kind: 'balancer', internal: false }, { callingFrom })],
        guards: [guard(...grants)],
      }),
    );

  test.each([
    [
      'it, in one grant each',
      [grant([range('130.211.0.0/22')]), grant([range('35.191.0.0/16')])],
      ['internet reachable'],
    ],
    ['a part of it', [grant([range('35.191.0.0/24')])], ['internet reachable']],
    ['everybody', [grant([])], ['internet reachable']],
    ['only the callers themselves', [grant([range('203.0.113.0/24')])], []],
    ['nobody', [], []],
    [
      'what nobody knows',
      [grant([{ kind: 'unknown', because: 'a value is missing', origin: somewhere() }])],
      ['internet possible'],
    ],
  ])('leads on where guards let in %s', (_, grants, expected) => {
    expect(called(...grants)).toEqual(expected);
  });
});

describe('the network of the host', () => {
  test('is not guarded', () => {
    const environment = built({ workloads: [pod('web', 'shop', { hostNetwork: somewhere() })], guards: [guard()] });
    expect(environment.exposures.map(said)).toEqual([
      'web: internet reachable',
      'web: network reachable',
      'web: cluster reachable',
    ]);
  });
});

describe('neighbours', () => {
  const workloads = [pod('web'), pod('api'), pod('job', 'bank')];
  const among = (...grants: readonly GrantFact[]) => inside(built({ workloads, guards: [guard(...grants)] }));

  test.each([
    ['everybody', [grant([])], ['web: cluster reachable']],
    ['every namespace', [grant([pods(inNamespace(null))])], ['web: cluster reachable']],
    ['its own namespace', [grant([pods(inShop())])], ['web: segment(shop) reachable']],
    [
      'its own namespace and another',
      [grant([pods(inShop()), pods(inNamespace('bank'))])],
      ['web: segment(shop) reachable', 'web: workload(bank/job) reachable'],
    ],
    ['one workload', [grant([pods(inShop('api'))])], ['web: workload(api) reachable']],
    ['one that is not here', [grant([pods(inShop('gone'))])], []],
    [
      'a namespace that is not here',
      [grant([pods(inNamespace('ops'))])],
      ['web: workload(workloads that the code does not show) possible'],
    ],
    ['public addresses', [grant([range('203.0.113.0/24')])], []],
    ['nobody', [], []],
  ])('are those that guards let in: %s', (_, grants, expected) => {
    expect(among(...grants)).toEqual(expected);
  });

  test('stand at the grant that lets them in', () => {
    const lets = grant([pods(inShop('api'))]);
    const [exposure] = built({ workloads, guards: [guard(lets)] }).exposures.filter(
      ({ listener }) => listener.workload.name === 'web',
    );
    expect(exposure?.grant).toEqual(lets.origin);
    expect(exposure?.path.map(({ kind, name }) => `${kind} ${name}`)).toEqual([
      'workload api',
      'network-policy policy',
      'listener web:8080/tcp',
    ]);
  });

  test('are named up to a number, and nodes that reach every workload are not', () => {
    const many = Array.from({ length: 30 }, (_, i) => pod(`api-${i}`, 'shop', { labels: new Map([['app', 'api']]) }));
    const agent = pod('agent', 'shop', { hostNetwork: somewhere(), everyNode: true });
    const environment = built({
      workloads: [pod('web'), agent, ...many],
      guards: [guard(grant([pods(inShop('api'))]))],
    });
    const [exposure] = environment.exposures.filter(({ listener }) => listener.workload.name === 'web');
    const names = exposure?.sources.map(({ value }) => value) ?? [];
    expect(names).toHaveLength(21);
    expect(names.at(-1)).toBe('more');
    expect(names).not.toContain('agent');
    const row = environment.reachability.rows.find(({ to }) => to.workload.name === 'web');
    expect(row?.from.map(({ classes, verdict }) => `${classes.workloads} ${verdict}`)).toEqual(['31 reachable']);
  });
});

describe('a range of ports', () => {
  const media = (...grants: readonly GrantFact[]) =>
    inside(
      built({
        workloads: [pod('web', 'shop', { container: { ports: [port(8000, { to: 8010 })] } }), pod('api')],
        guards: [guard(...grants)],
      }),
    );

  test('is surely reached where all of it is let in', () => {
    expect(media(grant([], [8000, 8010]))).toEqual(['web: cluster reachable']);
    expect(media(grant([], [8000, 8005]), grant([], [8006, 9000]))).toEqual(['web: cluster reachable']);
    expect(media(grant([pods(inShop('api'))], [8000, 8010]))).toEqual(['web: workload(api) reachable']);
  });

  test('is perhaps reached where some of it is', () => {
    expect(media(grant([pods(inShop('api'))], [8005, 8010]))).toEqual(['web: workload(api) possible']);
    expect(media(grant([], [8005, 8010])).map((each) => each.replace(/\(.*\)/, ''))).toEqual([
      'web: workload possible',
    ]);
  });

  test('has a door to those that get in to all of it, and not to those that may', () => {
    const lets = [grant([range('203.0.113.0/24')], [8000, 8010]), grant([range('198.51.100.0/24')], [8000, 8004])];
    const target = { ...toWeb, port: 8000 };
    const gateway = through({ kind: 'balancer', internal: false });
    const environment = built({
      workloads: [pod('web', 'shop', { container: { ports: [port(8000, { to: 8010 })] } })],
      gateways: [{ ...gateway, doors: [door({ kind: 'balancer', internal: false }, 8000, target)] }],
      guards: [guard(...lets)],
    });
    expect(outside(environment)).toEqual(['external(203.0.113.0/24) reachable']);
  });
});

test('where nothing enforces guards they hold nobody', () => {
  const environment = built({ guards: [guard()] }, { guardsEnforced: false });
  expect(environment.exposures.map(said)).toEqual(['web: cluster reachable']);
  expect(environment.guards.map(({ attachment }) => attachment)).toEqual(['attached']);
});
