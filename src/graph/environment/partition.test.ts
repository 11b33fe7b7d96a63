import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { door, fragment, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { Fragment, Selector } from '../fragment.ts';
import { partition } from './partition.ts';

const named = (...fragments: Fragment[]) =>
  partition(fragments).map((units) => units.map(({ unit }) => unit.id.slice(unit.id.indexOf(':') + 1)).join(' + '));

const selector = (app: string): Selector => ({
  namespace: 'default',
  requirements: [{ key: 'app', operator: 'in', values: [app] }],
  origin: somewhere(),
});

/** A unit that runs `app`, and calls the hosts in `calls`; `digest` is what its definition looks like. */
function runs(root: string, app: string, { calls = '', digest = 'same' } = {}): Fragment {
  return fragment(`kubernetes:${root}`, {
    workloads: [
      workload(app, ['namespace:default'], {
        namespace: 'default',
        labels: new Map([['app', app]]),
        container: { environment: calls ? [{ name: 'PEER', value: calls, origin: somewhere() }] : [] },
      }),
    ],
    definitions: [{ key: `Deployment/default/${app}`, digest }],
  });
}

/** A unit with a Service of the name `app` that selects the label of the same value. */
function serves(root: string, app: string): Fragment {
  const target = { kind: 'selector', selector: selector(app), port: 80, origin: somewhere() } as const;
  return fragment(`kubernetes:${root}`, {
    gateways: [
      {
        id: `service/${app}`,
        kind: 'service',
        name: app,
        namespace: 'default',
        names: [{ name: app, within: 'namespace:default' }],
        doors: [door({ kind: 'segment', segment: 'cluster' }, 80, target)],
        origin: somewhere(),
      },
    ],
  });
}

/** A unit that leads to the Service `app`. */
function routes(root: string, app: string): Fragment {
  const target = {
    kind: 'gateway',
    gateway: 'service',
    namespace: 'default',
    name: app,
    port: 80,
    origin: somewhere(),
  } as const;
  return fragment(`kubernetes:${root}`, {
    gateways: [
      {
        id: `ingress/${app}`,
        kind: 'ingress',
        name: app,
        namespace: 'default',
        names: [],
        doors: [door({ kind: 'proxy', class: null, internal: false }, 80, target)],
        origin: somewhere(),
      },
    ],
  });
}

const composed = (root: string, network: string, external: boolean) =>
  fragment(`compose:${root}`, { segments: [segment(`docker-network:${network}`, external ? { external } : {})] });

describe('units land together', () => {
  test('when a selector picks what another runs, and a route leads on from there', () => {
    expect(named(routes('edge', 'web'), serves('svc', 'web'), runs('app', 'web'))).toEqual(['app + edge + svc']);
  });

  test('when a string names what another is called', () => {
    expect(named(serves('db', 'db'), runs('app', 'app', { calls: 'postgres://u:p@db:5432/x' }))).toEqual(['app + db']);
    expect(named(serves('db', 'db'), runs('app', 'app', { calls: 'a db of sorts' }))).toEqual(['app', 'db']);
  });

  test('when they share a network that one of them takes from outside', () => {
    expect(named(composed('a', 'edge', false), composed('b', 'edge', true))).toEqual(['a + b']);
    expect(named(composed('a', 'edge', true), composed('b', 'edge', true))).toEqual(['a + b']);
  });

  test('however many of them share it', () => {
    const stacks = Array.from({ length: 40 }, (_, i) => composed(`stacks/${i}`, 'proxy', true));
    expect(named(...stacks)).toHaveLength(1);
  });

  test('not when their own networks have the same name by chance', () => {
    expect(named(composed('x/app', 'app_default', false), composed('y/app', 'app_default', false))).toHaveLength(2);
  });

  test('not when everything that they name is at home', () => {
    const whole = (root: string) => {
      const [a, b] = [serves(root, 'web'), runs(root, 'web', { digest: root })];
      return { ...a, ...b, gateways: a.gateways };
    };
    expect(named(whole('one'), whole('two'))).toEqual(['one', 'two']);
  });
});

describe('a guard', () => {
  const guards = (subject: Omit<Selector, 'origin'>) =>
    fragment('kubernetes:policies', {
      guards: [
        {
          id: 'policy/deny',
          kind: 'network-policy',
          name: 'deny',
          namespace: subject.namespace,
          subject: { ...subject, origin: somewhere() },
          tier: 0,
          priority: null,
          isolates: ['ingress'],
          grants: [],
          origin: somewhere(),
        },
      ],
    });
  const team = (value: string) => ({ key: 'team', operator: 'in' as const, values: [value] });
  const namespace = (labels: Readonly<Record<string, string>>, name = 'default') =>
    segment(`namespace:${name}`, { kind: 'namespace', open: false, labels: new Map(Object.entries(labels)) });

  test('of everybody in a namespace lands where somebody is in it', () => {
    expect(named(guards({ namespace: 'default', requirements: [] }), runs('app', 'web'))).toEqual(['app + policies']);
    expect(named(guards({ namespace: 'other', requirements: [] }), runs('app', 'web'))).toEqual(['app', 'policies']);
  });

  test('of whole clusters lands where anything is that it selects', () => {
    const everybody = guards({ namespace: null, namespaces: [], requirements: [] });
    expect(named(everybody, runs('app', 'web'))).toEqual(['app + policies']);
    expect(named(everybody, serves('svc', 'web'))).toEqual(['policies', 'svc']);
    const some = (value: string) =>
      guards({ namespace: null, namespaces: [], requirements: [{ key: 'app', operator: 'in', values: [value] }] });
    expect(named(some('web'), runs('app', 'web'))).toEqual(['app + policies']);
    expect(named(some('db'), runs('app', 'web'))).toEqual(['app', 'policies']);
  });

  test('of namespaces by label lands where they are defined, and what runs in them with it', () => {
    const subject = { namespace: null, namespaces: [team('a')], requirements: [] };
    const defined = (value: string) => fragment('kubernetes:namespaces', { segments: [namespace({ team: value })] });
    expect(named(guards(subject), defined('a'), runs('app', 'web'))).toEqual(['app + namespaces + policies']);
    expect(named(guards(subject), defined('b'), runs('app', 'web'))).toEqual(['app + namespaces', 'policies']);
  });
});

test('what runs in a namespace lands with what defines it, and not with what only runs there too', () => {
  const defines = fragment('kubernetes:namespaces', {
    segments: [segment('namespace:default', { kind: 'namespace', open: false, labels: new Map() })],
  });
  const guesses = fragment('kubernetes:guess', {
    segments: [segment('namespace:default', { kind: 'namespace', open: false, labels: new Map(), labelsOpen: true })],
  });
  expect(named(defines, runs('app', 'web'))).toEqual(['app + namespaces']);
  expect(named(guesses, runs('app', 'web'))).toEqual(['app', 'guess']);
});

describe('of several that are called the same', () => {
  test('the nearest in the tree is meant', () => {
    expect(
      named(serves('a/svc', 'web'), runs('a/app', 'web', { digest: '1' }), runs('b/app', 'web', { digest: '2' })),
    ).toEqual(['a/app + a/svc', 'b/app']);
  });

  test('neighbours find each other before one from afar takes one of them', () => {
    const store = (root: string, digest: string): Fragment => ({
      ...runs(root, 'store', { digest }),
      gateways: serves(root, 'store').gateways,
    });
    const web = (root: string, digest: string) => runs(root, 'web', { digest, calls: 'store:80' });
    expect(named(web('base', '1'), store('over/a/store', 'a'), web('over/a/web', '2'), store('over/b', 'b'))).toEqual([
      'base + over/b',
      'over/a/store + over/a/web',
    ]);
  });

  test('one that contradicts nobody is with each of those that contradict each other', () => {
    const all = [serves('svc', 'web'), runs('dev', 'web', { digest: 'd' }), runs('prod', 'web', { digest: 'p' })];
    expect(named(...all)).toEqual(['dev + svc', 'prod + svc']);
  });

  test('variants of one root are never together', () => {
    expect(named(serves('k8s#a', 'web'), runs('k8s#b', 'web'))).toEqual(['k8s#a', 'k8s#b']);
  });

  test('a name that very many have is nobody in particular', () => {
    const crowd = Array.from({ length: 20 }, (_, i) => serves(`demo-${i}`, 'redis'));
    expect(named(...crowd, runs('app', 'app', { calls: 'redis:6379' }))).toHaveLength(21);
  });
});

test('a unit of files that others contradict keeps those that refer to it and agree', () => {
  const all = [
    runs('dev/app', 'web', { digest: 'd', calls: 'http://db:80/' }),
    runs('dev/db', 'db', { digest: 'd' }),
    serves('dev/svc', 'db'),
    runs('prod/app', 'web', { digest: 'p', calls: 'http://db:80/' }),
    runs('prod/db', 'db', { digest: 'p' }),
    serves('prod/svc', 'db'),
  ];
  expect(named(...all)).toEqual(['dev/app + dev/db + dev/svc', 'prod/app + prod/db + prod/svc']);
});

test('the order of units does not matter', () => {
  const roots = ['a', 'a/b', 'a/c', 'd', 'd/e'];
  const apps = ['web', 'db', 'cache'];
  const one = fc
    .record({
      root: fc.constantFrom(...roots),
      app: fc.constantFrom(...apps),
      digest: fc.constantFrom('1', '2'),
      calls: fc.constantFrom('', ...apps.map((app) => `http://${app}:80/`)),
      kind: fc.constantFrom('runs', 'serves', 'routes'),
    })
    .map(({ root, app, digest, calls, kind }) => {
      const path = `${root}/${kind}-${app}-${digest}`;
      return kind === 'runs'
        ? runs(path, app, { calls, digest })
        : kind === 'serves'
          ? serves(path, app)
          : routes(path, app);
    });
  const units = fc.uniqueArray(one, { maxLength: 10, selector: ({ unit }) => unit.id });
  fc.assert(
    fc.property(
      units.chain((list) => fc.tuple(fc.constant(list), fc.shuffledSubarray(list, { minLength: list.length }))),
      ([list, shuffled]) => {
        const once = named(...list);
        expect(named(...shuffled)).toEqual(once);
        const ids = new Set(once.flatMap((each) => each.split(' + ')));
        expect(ids.size).toBe(list.length);
        expect(new Set(once.map((each) => each.split(' + ')[0])).size).toBe(once.length);
      },
    ),
  );
});

test('five thousand units are partitioned without asking every pair', () => {
  const units = Array.from({ length: 5_000 }, (_, i) => runs(`apps/${i}`, `app-${i}`, { calls: `app-${i + 1}:80` }));
  const services = Array.from({ length: 5_000 }, (_, i) => serves(`apps/${i}/svc`, `app-${i}`));
  expect(partition([...units, ...services])).toHaveLength(1);
});

describe('environments that somebody has named', () => {
  const declared = (name: string, root: string, ...links: string[]) => {
    return { name, stage: null, root, links, origin: somewhere() };
  };
  const shown = (fragments: readonly Fragment[], ...environments: ReturnType<typeof declared>[]) =>
    partition(fragments, environments).map((units) => units.map(({ unit }) => unit.id.slice('kubernetes:'.length)));

  test('hold what lies in their folder, references or not', () => {
    const units = [runs('live/a', 'a'), runs('live/b', 'b'), runs('lively', 'c'), runs('live', 'd')];
    expect(shown(units, declared('production', 'live'))).toEqual([['live', 'live/a', 'live/b'], ['lively']]);
  });

  test('keep apart what refers from one into another', () => {
    const units = [runs('live', 'a', { calls: 'http://b' }), serves('trial', 'b'), runs('trial/b', 'b')];
    expect(shown(units)).toHaveLength(1);
    expect(shown(units, declared('production', 'live'), declared('trial', 'trial'))).toEqual([
      ['live'],
      ['trial', 'trial/b'],
    ]);
  });

  test('may stand on the same thing, which stands in each of them', () => {
    const units = [runs('live', 'a'), runs('trial', 'a', { digest: 'other' }), runs('platform', 'p')];
    const both = [declared('production', 'live', 'platform'), declared('trial', 'trial', 'platform')];
    expect(shown(units, ...both)).toEqual([
      ['live', 'platform'],
      ['trial', 'platform'],
    ]);
  });

  test('belong to the innermost folder', () => {
    const units = [runs('apps', 'a'), runs('apps/trial', 'b')];
    expect(shown(units, declared('production', 'apps'), declared('trial', 'apps/trial'))).toEqual([
      ['apps'],
      ['apps/trial'],
    ]);
    const besides = [runs('a', 'a'), runs('b', 'b')];
    expect(shown(besides, declared('all', '.'), declared('trial', 'b'))).toEqual([['a'], ['b']]);
  });

  test('are several where their units contradict each other', () => {
    const units = [runs('live/a', 'a'), runs('live/b', 'a', { digest: 'other' }), serves('live/c', 'c')];
    expect(shown(units, declared('production', 'live'))).toEqual([
      ['live/a', 'live/c'],
      ['live/b', 'live/c'],
    ]);
  });
});
