import { describe, expect, test } from 'vitest';
import { buildGraph } from '../graph/build.ts';
import { fragment, port, segment, somewhere, workload } from '../graph/fragment.fixture.ts';
import type { Direction, Fragment, GrantFact, GuardFact, Peer, Requirement, Selector } from '../graph/fragment.ts';
import * as guarding from '../graph/guarding.ts';
import { catalogueOf } from '../graph/prepare-catalogue.ts';
import { type Assumptions, NO_ASSUMPTIONS } from '../graph/vocabulary.ts';
import { evaluate } from './evaluate.ts';
import { ruleOf } from './sample.fixture.ts';
import type { SubjectName } from './subjects/table.ts';

const requirement = (key: string, value: string): Requirement => ({ key, operator: 'in', values: [value] });
const app = (name: string) => requirement('app', name);

const inShop = (...requirements: Requirement[]): Selector => ({ namespace: 'shop', requirements, origin: somewhere() });
const from = (selector: Selector): Peer => ({ kind: 'workloads', selector, origin: somewhere() });
const range = (cidr: string): Peer => ({ kind: 'addresses', cidr, except: [], origin: somewhere() });

const grant = (direction: Direction, peers: Peer[], ...numbers: number[]): GrantFact => ({
  id: 'grant',
  direction,
  peers,
  ports: numbers.map((from) => ({ protocol: 'tcp', ports: { from, to: from }, origin: somewhere() })),
  verdict: 'allow',
  origin: somewhere(),
});

function guard(name: string, subject: Selector, grants: GrantFact[], facts: Partial<GuardFact> = {}): GuardFact {
  return {
    id: name,
    kind: 'network-policy',
    name,
    namespace: 'shop',
    subject,
    tier: 1,
    priority: null,
    isolates: ['ingress'],
    grants,
    origin: somewhere(),
    ...facts,
  };
}

const pod = (name: string, number: number, environment: Readonly<Record<string, string>> = {}) =>
  workload(name, ['namespace:shop', 'cluster'], {
    namespace: 'shop',
    labels: new Map([['app', name]]),
    names: [{ name, within: 'namespace:shop' }],
    container: {
      ports: [port(number)],
      environment: Object.entries(environment).map(([key, value]) => ({ name: key, value, origin: somewhere('env') })),
    },
  });

const SEGMENTS = [
  segment('cluster', { kind: 'cluster' }),
  segment('namespace:shop', { kind: 'namespace', open: false, labels: new Map([['name', 'shop']]) }),
];

function graphOf(guards: GuardFact[], facts: Partial<Fragment> = {}, assume: Partial<Assumptions> = {}) {
  const workloads = [pod('api', 8080, { DB: 'tcp://db:5432' }), pod('db', 5432)];
  const unit = fragment('kubernetes:.', { segments: SEGMENTS, workloads, guards, ...facts });
  return buildGraph([unit], catalogueOf([], []), { ...NO_ASSUMPTIONS, ...assume }, guarding).value;
}

/** Of what a condition holds; `?` in front of what nobody can be sure of. */
function asked(graph: ReturnType<typeof graphOf>, on: SubjectName, when: string, message = `{${on}.name}`) {
  const rule = ruleOf({ on, when, message, at: `${on}.origin` });
  return evaluate([rule], graph)
    .findings.map((finding) => `${finding.verdict === 'undecided' ? '?' : ''}${finding.message}`)
    .sort();
}

describe('workload.guarded', () => {
  test('where a guard isolates it or denies something, in that direction alone', () => {
    const graph = graphOf([guard('db', inShop(app('db')), [])]);
    expect(asked(graph, 'workload', 'workload.guarded("ingress")')).toEqual(['db']);
    expect(asked(graph, 'workload', 'workload.guarded("egress")')).toEqual([]);
    const denying = { ...grant('egress', []), verdict: 'deny' as const };
    const ordered = graphOf([guard('first', inShop(), [denying], { tier: 0, priority: 1, isolates: [] })]);
    expect(asked(ordered, 'workload', 'workload.guarded("egress")')).toEqual(['api', 'db']);
    expect(asked(ordered, 'workload', 'workload.guarded("ingress")')).toEqual([]);
  });

  test('not with the network of its host, and not where there are no guards', () => {
    const onHost = { ...pod('node', 9100), hostNetwork: somewhere() };
    const graph = graphOf([guard('all', inShop(), [])], { workloads: [onHost, pod('db', 5432)] });
    expect(asked(graph, 'workload', 'workload.guarded("ingress")')).toEqual(['db']);
    expect(asked(graphOf([]), 'workload', 'workload.guarded("ingress")')).toEqual([]);
  });
});

describe('workload.egress', () => {
  const wide = (graph: ReturnType<typeof graphOf>) => asked(graph, 'workload', 'workload.egress.size > 65536');
  const outward = (...grants: GrantFact[]) =>
    graphOf([guard('out', inShop(app('api')), grants, { isolates: ['egress'] })]);

  test('everywhere without guards, and what they let out to with them', () => {
    expect(wide(graphOf([]))).toEqual(['api', 'db']);
    expect(wide(outward())).toEqual(['db']);
    expect(wide(outward(grant('egress', [], 443)))).toEqual(['api', 'db']);
    expect(wide(outward(grant('egress', [range('0.0.0.0/0')])))).toEqual(['api', 'db']);
    expect(wide(outward(grant('egress', [range('203.0.113.0/24')])))).toEqual(['db']);
    expect(wide(outward(grant('egress', [from(inShop(app('db')))])))).toEqual(['db']);
  });

  test('unknown where nobody knows the addresses, nowhere where all networks are cut off', () => {
    const hidden: Peer = { kind: 'unknown', because: 'names are not addresses', origin: somewhere() };
    expect(wide(outward(grant('egress', [hidden])))).toEqual(['?api', 'db']);
    const inside = fragment('compose:.', {
      segments: [segment('docker-network:in', { internal: true })],
      workloads: [workload('job', ['docker-network:in'])],
    });
    const { value } = buildGraph([inside], catalogueOf([], []), NO_ASSUMPTIONS, guarding);
    expect(wide(value)).toEqual([]);
  });
});

describe('segment.defaultDeny', () => {
  const denied = (...guards: GuardFact[]) => asked(graphOf(guards), 'segment', 'segment.defaultDeny("ingress")');

  test('where a guard of everything in it lets nothing through by itself', () => {
    expect(denied(guard('deny', inShop(), []))).toEqual(['cluster', 'shop']);
    expect(denied(guard('open', inShop(), [grant('ingress', [])]))).toEqual(['cluster', 'shop']);
    expect(denied(guard('deny', inShop(), [], { isolates: ['egress'] }))).toEqual([]);
    expect(denied()).toEqual([]);
  });

  test('where every workload is guarded', () => {
    expect(denied(guard('db', inShop(app('db')), []))).toEqual([]);
    expect(denied(guard('db', inShop(app('db')), []), guard('api', inShop(app('api')), []))).toEqual([
      'cluster',
      'shop',
    ]);
  });

  test('in a namespace without workloads, by a guard of all namespaces of its kind', () => {
    const everywhere = (name: string): Selector => ({
      namespace: null,
      namespaces: [requirement('name', name)],
      requirements: [],
      origin: somewhere(),
    });
    const deny = (name: string) => guard('deny', everywhere(name), [], { namespace: null });
    const said = (name: string) =>
      asked(graphOf([deny(name)], { workloads: [] }), 'segment', 'segment.defaultDeny("ingress")');
    expect(said('shop')).toEqual(['shop']);
    expect(said('bank')).toEqual([]);
  });
});

describe('guard', () => {
  test('says whom it guards', () => {
    const graph = graphOf([guard('db', inShop(app('db')), []), guard('gone', inShop(app('gone')), [])]);
    expect(asked(graph, 'guard', 'guard.workloads.exists(w, w.name == "db")')).toEqual(['db']);
  });

  test('is not enforced where the network does not, or where all that it guards has the network of its host', () => {
    const on = (hostNetwork: boolean, assume: Partial<Assumptions> = {}) => {
      const db = { ...pod('db', 5432), hostNetwork: hostNetwork ? somewhere() : null };
      return asked(
        graphOf([guard('db', inShop(), [])], { workloads: [db] }, assume),
        'guard',
        'guard.unenforced != ""',
      );
    };
    expect(on(false)).toEqual([]);
    expect(on(true)).toEqual(['db']);
    expect(on(false, { guardsEnforced: false })).toEqual(['db']);
    expect(on(false, { guardsEnforced: true })).toEqual([]);
    expect(asked(graphOf([guard('gone', inShop(app('gone')), [])]), 'guard', 'guard.unenforced != ""')).toEqual([]);
  });
});

describe('grant', () => {
  const grants = (list: GrantFact[]) => graphOf([guard('db', inShop(app('db')), list)]);
  const said = (list: GrantFact[], when: string) => asked(grants(list), 'grant', when, '{grant.ports} {grant.matches}');

  test.each([
    ['everybody', [], 'here'],
    ['a workload that is here', [from(inShop(app('api')))], 'here'],
    ['one that should be and is not', [from(inShop(app('gone')))], 'nothing'],
    ['one of a namespace that is not here', [from({ ...inShop(app('a')), namespace: 'bank' })], 'outside'],
    ['one of any namespace', [from({ ...inShop(app('gone')), namespace: null, namespaces: [] })], 'outside'],
    [
      'one of a namespace by its label',
      [from({ ...inShop(app('gone')), namespace: null, namespaces: [requirement('name', 'shop')] })],
      'nothing',
    ],
    ['addresses', [range('203.0.113.0/24')], 'outside'],
    ['several, where one is here', [from(inShop(app('gone'))), from(inShop(app('api')))], 'here'],
  ])('matches %s', (_, peers, match) => {
    expect(said([grant('ingress', peers, 80)], `grant.matches == "${match}"`)).toEqual([`80 ${match}`]);
  });

  test('is used where a client that shows its need gets in by it', () => {
    const api = () => [from(inShop(app('api')))];
    const used = (...list: GrantFact[]) => said(list, 'grant.used');
    expect(used(grant('ingress', api(), 5432), grant('ingress', api(), 9000))).toEqual(['5432 here']);
    expect(used(grant('ingress', [from(inShop(app('gone')))], 5432))).toEqual([]);
    expect(used(grant('ingress', [range('203.0.113.0/24')], 80))).toEqual(['?80 outside']);
    expect(used(grant('ingress', [], 80))).toEqual(['?80 here']);
    expect(used(grant('ingress', [], 5432))).toEqual(['5432 here']);
  });

  test('lets in everything, or the internet', () => {
    expect(said([grant('ingress', [])], 'grant.admitsEverything && grant.everywhere')).toEqual(['1–65535 here']);
    expect(said([grant('ingress', [], 80)], 'grant.everywhere && !grant.admitsEverything')).toEqual(['80 here']);
    expect(said([grant('ingress', [range('0.0.0.0/1'), range('128.0.0.0/1')], 80)], 'grant.everywhere')).toEqual([
      '80 outside',
    ]);
    expect(said([grant('ingress', [range('10.0.0.0/8')], 80)], 'grant.everywhere')).toEqual([]);
    expect(said([grant('ingress', [from(inShop())], 80)], 'grant.everywhere')).toEqual([]);
    expect(said([grant('ingress', [range('10.0.0.0/16')], 80)], 'grant.addresses.size == 65536')).toEqual([
      '80 outside',
    ]);
  });

  test('is shadowed by what says as much, which is named and shown', () => {
    const [wide, narrow] = [grant('ingress', [], 5432), grant('ingress', [from(inShop(app('api')))], 5432)];
    const graph = graphOf([guard('wide', inShop(), [wide]), guard('narrow', inShop(app('db')), [narrow])]);
    const rule = ruleOf({
      on: 'grant',
      when: 'grant.shadowed',
      message: '{guard.name} < {grant.shadow}',
      at: 'grant.origin',
    });
    const [finding, ...more] = evaluate([rule], graph).findings;
    expect(finding?.message).toBe('narrow < a rule of wide says as much, before it or together with it');
    expect(finding?.related).toEqual([{ origin: wide.origin, message: 'This stands in its way.' }]);
    expect(more).toEqual([]);
  });
});

describe('need.obstacle', () => {
  const said = (guards: GuardFact[]) => {
    const rule = ruleOf({
      on: 'need',
      when: 'need.blocked',
      message: '{need.from}: {need.obstacle} ({need.guarded})',
      at: 'need.obstacleOrigin',
    });
    return evaluate([rule], graphOf(guards)).findings;
  };

  test('names every guard in the way, and stands at the one that comes near', () => {
    const near = grant('ingress', [from(inShop(app('ap')))], 5432);
    const guards = [
      guard('deny', inShop(), [], { isolates: ['ingress', 'egress'] }),
      guard('db', inShop(app('db')), [near]),
    ];
    const [finding] = said(guards);
    expect(finding?.message).toBe(
      'api: network policy "deny" and network policy "db" do not let it through (db asks for app=ap, the caller has app=api) (true)',
    );
    expect(finding?.location).toEqual(near.origin);
    expect(finding?.related.map(({ message }) => message)).toEqual([
      'deny does not let api in to db on 5432/tcp.',
      'db does not let api in to db on 5432/tcp.',
      'This shows that api uses db on 5432/tcp.',
      'This says that db listens on 5432/tcp.',
    ]);
  });

  test('stands at the guard of the fewest where nothing comes near', () => {
    const guards = [guard('deny', inShop(), []), guard('db', inShop(app('db')), [])];
    expect(said(guards).map(({ location }) => location)).toEqual([guards[1]?.origin]);
    expect(said([guard('open', inShop(), [grant('ingress', [])])])).toEqual([]);
  });

  test('is told once for all clients that the same guards keep from one listener', () => {
    const workloads = [
      pod('api', 8080, { DB: 'tcp://db:5432' }),
      pod('job', 8080, { DB: 'tcp://db:5432' }),
      pod('db', 5432),
    ];
    const graph = graphOf([guard('db', inShop(app('db')), [])], { workloads });
    const said = (when: string) => asked(graph, 'need', when, '{need.from}: {need.clients}');
    expect(said('need.blocked')).toEqual(['api: api and job', 'job: job and api']);
    expect(said('need.blocked && need.foremost')).toEqual(['api: api and job']);
    expect(asked(graphOf([]), 'need', 'need.foremost', '{need.from}: {need.clients}')).toEqual(['api: api']);
  });

  test('is the grant that denies, where one does', () => {
    const denial = { ...grant('ingress', [from(inShop(app('api')))]), verdict: 'deny' as const };
    const [finding] = said([guard('first', inShop(), [denial], { tier: 0, priority: 1, isolates: [] })]);
    expect(finding?.location).toEqual(denial.origin);
  });
});
