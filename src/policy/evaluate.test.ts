import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Exposure, Listener } from '../graph/vocabulary.ts';
import { evaluate } from './evaluate.ts';
import {
  containerOf,
  environmentOf,
  exposureOf,
  gatewayOf,
  graphOf,
  listenerOf,
  needOf,
  place,
  ruleOf,
  workloadOf,
} from './sample.fixture.ts';

const web = listenerOf(workloadOf('web'), 80);

function found(rules: Parameters<typeof ruleOf>[0][], exposures: readonly Exposure[], more = {}) {
  return evaluate(rules.map(ruleOf), graphOf({ exposures, ...more }));
}

describe('a finding', () => {
  test('says what fired, where, and how one gets there', () => {
    const { findings } = found(
      [{ id: 'open', title: 'Open', message: '{workload.name}:{listener.port} is open: {exposure.path}.' }],
      [exposureOf(web)],
    );
    expect(findings).toEqual([
      {
        ruleId: 'open',
        title: 'Open',
        severity: 'high',
        band: null,
        confidence: 'high',
        verdict: 'violation',
        message: 'web:80 is open: network → 8080:80 → web:80.',
        environments: ['e:1'],
        workload: 'web',
        listener: 'l:web:80',
        port: 80,
        target: 'web:80/tcp',
        sources: [],
        scope: 'network',
        technology: 'compose',
        location: place(40),
        related: [{ origin: place(20), message: 'This says that web listens on 80/tcp.' }],
        path: [{ kind: 'published-port', name: '8080:80', origin: place(40) }],
        because: [],
        change: null,
        identity: expect.stringContaining('"open"'),
        fingerprint: expect.stringMatching(/^[0-9a-f]{24}$/),
      },
    ]);
  });

  test('stands where `at` says', () => {
    const { findings } = found(
      [{ at: 'exposure.scope == "network" ? listener.origin : exposure.grant' }],
      [exposureOf(web)],
    );
    expect(findings[0]?.location).toEqual(place(20));
    expect(findings[0]?.related.map(({ origin }) => origin)).toEqual([place(40)]);
  });

  test('prints what is not shown as unknown, and braces as they are', () => {
    const { findings } = found(
      [{ message: 'Port {exposure.port}, {{hosts}}: {exposure.hosts}, {"}"}, {listener.ports} {listener.valid}.' }],
      [exposureOf(web, { ports: null, http: { hosts: ['a', 'b'], paths: [], methods: [] } })],
    );
    expect(findings[0]?.message).toBe('Port unknown, {hosts}: a, b, }, 80 true.');
  });
});

describe('severity', () => {
  const severity = { internet: 'critical', network: 'high', cluster: 'low' } as const;
  test.each([
    ['internet', 'critical', 'internet'],
    ['external', 'high', 'network'],
    ['network', 'high', 'network'],
    ['node', 'low', 'cluster'],
    ['cluster', 'low', 'cluster'],
    ['host', 'low', 'cluster'],
  ] as const)('of a map for %s is %s', (scope, is, band) => {
    expect(found([{ severity }], [exposureOf(web, { scope })]).findings[0]).toMatchObject({ severity: is, band });
  });

  test('of a map goes by the widest scope of a listener', () => {
    const { findings } = found([{ on: 'listener', severity }], [exposureOf(web)], { listeners: [web] });
    expect(findings[0]).toMatchObject({ severity: 'high', band: 'network' });
  });

  test('is at most medium, and the confidence low, where only the number tells the role', () => {
    const guess = listenerOf(workloadOf('db'), 5432, { roles: [{ role: 'data-store', confidence: 'low' }] });
    const asked = found([{ when: 'listener.role == "data-store"' }], [exposureOf(guess)]).findings[0];
    const not = found([{ when: 'listener.port == 5432' }], [exposureOf(guess)]).findings[0];
    expect(asked).toMatchObject({ severity: 'medium', confidence: 'low' });
    expect(not).toMatchObject({ severity: 'high', confidence: 'high' });
  });

  test('keeps, and its confidence is that of the role, where a rule asks what the port plays', () => {
    const likely = listenerOf(workloadOf('db'), 5432, { roles: [{ role: 'data-store', confidence: 'medium' }] });
    const { findings } = found([{ when: 'listener.plays("data-store")' }], [exposureOf(likely)]);
    expect(findings[0]).toMatchObject({ severity: 'high', confidence: 'medium' });
  });

  test('and confidence are lower where nothing uses the guard', () => {
    const { findings } = found(
      [{}],
      [exposureOf(web, { attachment: 'unattached', verdict: 'possible', because: ['x'] })],
    );
    expect(findings[0]).toMatchObject({ severity: 'medium', confidence: 'low', verdict: 'undecided' });
    expect(findings[0]?.message).toBe('Something. Nothing here uses it.');
  });
});

describe('what is not certain', () => {
  test('is undecided, with the reasons', () => {
    const { findings, coverage } = found(
      [{ id: 'a', when: 'exposure.port == 22' }, { id: 'b' }],
      [exposureOf(web, { ports: null, verdict: 'possible', because: ['it depends'] })],
    );
    expect(findings.map(({ ruleId, verdict, because }) => [ruleId, verdict, because])).toEqual([
      ['a', 'undecided', ['the host or the platform picks the port']],
      ['b', 'undecided', ['it depends']],
    ]);
    expect(coverage).toEqual({
      grants: 1,
      decided: 0,
      undecidedBecause: { 'it depends': 1, 'the host or the platform picks the port': 1 },
    });
  });

  test('is left out where the same rule is certain of the same listener and entry', () => {
    const entry = gatewayOf('8080:80');
    const possible = { scope: 'internet', verdict: 'possible', because: ['it depends'], entry } as const;
    const same = found([{}], [exposureOf(web, possible), exposureOf(web, { entry })]).findings;
    const other = found([{}], [exposureOf(web, possible), exposureOf(web, { entry: gatewayOf('9090:80') })]).findings;
    expect(same.map(({ verdict }) => verdict)).toEqual(['violation']);
    expect(other.map(({ verdict }) => verdict)).toEqual(['undecided', 'violation']);
  });
});

describe('what nobody wrote', () => {
  const implicit = [exposureOf(web, { implicit: true })];
  test('is passed over', () => expect(found([{}], implicit).findings).toEqual([]));
  test('is told by a rule that asks for it', () => {
    expect(found([{ when: 'exposure.implicit' }], implicit).findings).toHaveLength(1);
  });
});

describe('one thing', () => {
  test('is told once for all environments that it stands in', () => {
    const one = { exposures: [exposureOf(web)] };
    const { findings } = evaluate([ruleOf({})], graphOf(one, one, { exposures: [] }));
    expect(findings.map(({ environments }) => environments)).toEqual([['e:1', 'e:2']]);
  });

  test('is told once for the scopes of one way in, the widest', () => {
    const entry = gatewayOf('web');
    const { findings } = found(
      [{ severity: { internet: 'low', network: 'high' } }],
      [exposureOf(web, { entry }), exposureOf(web, { entry, scope: 'internet' })],
    );
    expect(findings.map(({ band }) => band)).toEqual(['internet']);
  });

  test('is told once for the ways in that one line opens, and again for another line', () => {
    const ways = [exposureOf(web, { entry: gatewayOf('web') }), exposureOf(web, { scope: 'segment' })];
    expect(found([{}], ways).findings.map(({ scope }) => scope)).toEqual(['network']);
    const apart = [...ways, exposureOf(web, { scope: 'segment', grant: place(9) })];
    expect(new Set(found([{}], apart).findings.map(({ scope }) => scope))).toEqual(new Set(['network', 'segment']));
  });

  test('is told of the way with the fewest unknowns where none is certain', () => {
    const doubted = { verdict: 'possible', entry: gatewayOf('web') } as const;
    const { findings } = found(
      [{ severity: { internet: 'critical', network: 'high' } }],
      [
        exposureOf(web, { ...doubted, because: ['a doubt'] }),
        exposureOf(web, { ...doubted, scope: 'internet', because: ['a doubt', 'another'] }),
      ],
    );
    expect(findings.map(({ band, because }) => [band, because])).toEqual([['network', ['a doubt']]]);
  });
});

describe('a fingerprint', () => {
  const print = (listener: Listener, over: Partial<Exposure> = {}, rule = 'a') =>
    found([{ id: rule }], [exposureOf(listener, over)]).findings[0]?.fingerprint;
  const moved = listenerOf(workloadOf('web', { id: 'other', origins: [place(1, 'b.yaml')] }), 80, {
    id: 'other',
    origins: [place(7, 'b.yaml')],
  });

  test('stays when lines move, files are renamed and ids change', () => {
    expect(print(moved, { id: 'other', grant: place(9, 'b.yaml') })).toBe(print(web));
  });

  test.each([
    ['the rule', print(web, {}, 'b')],
    ['the workload', print(listenerOf(workloadOf('api'), 80))],
    ['the port', print(listenerOf(workloadOf('web'), 81))],
    ['the entry', print(web, { entry: gatewayOf('9090:80') })],
    ['the outside port', print(web, { ports: { from: 1, to: 1 } })],
    ['the scope', print(web, { scope: 'internet' })],
  ])('is another for another %s', (_, other) => expect(other).not.toBe(print(web)));

  test('tells things of the same names apart', () => {
    const { findings } = found([{ id: 'a' }], [exposureOf(web), exposureOf(moved, { grant: place(9, 'z.yaml') })]);
    expect(new Set(findings.map(({ fingerprint }) => fingerprint)).size).toBe(2);
    expect(findings[0]?.fingerprint).toBe(print(web));
  });
});

test('findings are in the order of severity, file, offset and rule', () => {
  const at = (start: number, file: string) =>
    exposureOf(listenerOf(workloadOf(`${file}${start}`), 80), { grant: place(start, file) });
  const rules = [
    { id: 'b' },
    { id: 'a' },
    { id: 'c', severity: 'critical' as const, when: 'exposure.scope == "node"' },
  ];
  const { findings } = found(rules, [
    at(9, 'b'),
    at(10, 'a'),
    at(9, 'a'),
    exposureOf(web, { scope: 'node', grant: place(99, 'z') }),
  ]);
  expect(findings.map(({ ruleId, location }) => `${ruleId} ${location.file} ${location.start}`)).toEqual([
    'c z 99',
    'a a 9',
    'b a 9',
    'a a 10',
    'b a 10',
    'a b 9',
    'b b 9',
    'a z 99',
    'b z 99',
  ]);
});

test('the order of exposures and environments changes nothing', () => {
  const listeners = ['a', 'b'].map((name) => listenerOf(workloadOf(name), 80));
  const entries = ['x', 'y'].map((name) => gatewayOf(name));
  const one = fc
    .record({
      listener: fc.constantFrom(...listeners),
      entry: fc.constantFrom(...entries),
      scope: fc.constantFrom('internet', 'network', 'cluster' as const),
      verdict: fc.constantFrom('reachable', 'possible' as const),
      start: fc.constantFrom(1, 2),
    })
    .map(({ listener, start, ...over }) => exposureOf(listener, { ...over, grant: place(start) }));
  const identity = ({ listener, entry, scope }: Exposure) => [listener.id, entry?.id, scope].join(' ');
  const shuffled = fc
    .uniqueArray(one, { selector: identity })
    .chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length })));
  const severity = { internet: 'critical', cluster: 'low' } as const;
  fc.assert(
    fc.property(shuffled, ([all, other]) => {
      const rules = [
        { id: 'a', severity },
        { id: 'b', when: 'exposure.scope != "cluster"' },
      ];
      expect(found(rules, other)).toEqual(found(rules, all));
      const apart = evaluate(rules.map(ruleOf), graphOf({ exposures: all }, { exposures: other }));
      expect(apart.findings.map((each) => ({ ...each, environments: ['e:1'] }))).toEqual(found(rules, all).findings);
    }),
    { numRuns: 200 },
  );
});

test('a defect is a notice, once a rule, and the other rules go on', () => {
  const broken = {
    ...exposureOf(web),
    get http(): never {
      throw new Error('no http');
    },
  };
  const { findings, notices } = found(
    [{ id: 'a', when: 'exposure.hosts.size() == 0 || true' }, { id: 'b' }],
    [broken, broken],
  );
  expect(notices).toEqual([
    {
      code: 'rule-defect',
      message: 'The rule a could not be evaluated: no http.',
      origin: { file: 'rule.yaml', start: 0, end: 1 },
    },
  ]);
  expect(findings.map(({ ruleId }) => ruleId)).toContain('b');
});

describe('subjects', () => {
  const db = workloadOf('db', {
    containers: [
      containerOf({
        mounts: [{ source: '/var/run/docker.sock', target: '/sock', kind: 'host', readOnly: false, origin: place(60) }],
        environment: new Map([
          ['MODE', { value: 'trust', origin: place(61) }],
          ['SECRET', { value: null, origin: place(62) }],
        ]),
        command: ['postgres', '-c', 'ssl=off'],
      }),
    ],
  });
  const store = listenerOf(db, 5432, { roles: [{ role: 'data-store', confidence: 'high' }] });
  const clients = ['api', 'job', 'web'].map((name) => workloadOf(name));
  const one = { id: 'c', members: [db, ...clients] };
  const classes = {
    id: 'g',
    workloads: 4,
    has: (each: unknown) => each === one,
    [Symbol.iterator]: () => [one].values(),
  };
  const environment = environmentOf({
    workloads: [db, ...clients],
    listeners: [store],
    segments: db.segments,
    needs: [needOf(clients[0] as never, store), needOf(clients[1] as never, store, { weight: 0.3 })],
    reachability: {
      classes: [one],
      rows: [{ to: store, from: [{ classes, verdict: 'reachable', because: [] }] }],
      comersTo: () => [],
      passages: () => [],
    },
  });
  const fires = (on: 'workload' | 'listener' | 'connection' | 'need' | 'segment' | 'environment', when: string) =>
    evaluate([ruleOf({ on, when, id: 'a' })], graphOf(environment)).findings.map(({ verdict }) => verdict);

  test.each([
    ['workload', 'workload.mounts("*/docker.sock")', ['violation']],
    ['workload', 'workload.env("MODE") == "trust"', ['violation']],
    ['workload', 'workload.name == "db" && workload.env("SECRET") == "x"', ['undecided']],
    ['workload', 'workload.name == "db" && workload.command("* ssl=off")', ['violation']],
    ['workload', 'workload.name == "api" && workload.command("*")', ['undecided']],
    ['workload', 'workload.hasRole("data-store") && workload.listeners.exists(l, l.port == 5432)', ['violation']],
    ['listener', 'listener.callers == 3 && listener.clients == 1 && listener.excess == 2', ['violation']],
    ['connection', 'connection.from == 3 && connection.needed == 1 && connection.unneeded == 2', ['violation']],
    ['connection', 'connection.strangers == "job, web" && connection.callers == "api, job, web"', ['violation']],
    ['need', '!need.external && !need.blocked && need.weight >= 0.5 && need.from == "api"', ['violation']],
    ['segment', 'segment.isDefault && segment.members.size() == 4', ['violation']],
    ['environment', 'environment.reaches("web", "db") && !environment.reaches("db", "*")', ['violation']],
  ] as const)('on %s: %s', (on, when, is) => expect(fires(on, when)).toEqual(is));

  test('a need of something outside has no listener', () => {
    const outside = environmentOf({ needs: [needOf(db, { external: 'example.com', port: null })] });
    const rule = (when: string) => evaluate([ruleOf({ on: 'need', when })], graphOf(outside)).findings;
    expect(rule('!need.external && listener.sensitive')).toEqual([]);
    expect(rule('listener.sensitive')[0]?.because).toEqual(['the target is outside']);
    expect(rule('need.to == "example.com"')[0]?.workload).toBe('db');
  });
});
