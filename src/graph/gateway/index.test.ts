import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import type { Environment } from '../exposure-graph.ts';
import { container, door, fragment, port, segment, somewhere, workload } from '../fragment.fixture.ts';
import type {
  DoorFact,
  Fragment,
  GatewayFact,
  GuardFact,
  PortRange,
  Selector,
  Target,
  WorkloadFact,
} from '../fragment.ts';
import * as guarding from '../guarding.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Exposure, NO_ASSUMPTIONS } from '../vocabulary.ts';

const CLUSTER = segment('cluster', { kind: 'cluster', name: 'cluster' });

function build(...fragments: Fragment[]): readonly Environment[] {
  return buildGraph(fragments, catalogueOf([], []), NO_ASSUMPTIONS, guarding).value.environments;
}

const environmentOf = (facts: Partial<Omit<Fragment, 'unit'>>) =>
  build(fragment('kubernetes:.', { segments: [CLUSTER], ...facts }))[0] as Environment;

const picks = (app: string): Selector => ({
  namespace: 'shop',
  requirements: [{ key: 'app', operator: 'in', values: [app] }],
  origin: somewhere(),
});

const pod = (name: string, facts: Parameters<typeof workload>[2] = {}): WorkloadFact =>
  workload(name, ['cluster'], { namespace: 'shop', labels: new Map([['app', name]]), ...facts });

const toPods = (app: string, to: number | string): Target => ({
  kind: 'selector',
  selector: picks(app),
  port: to,
  origin: somewhere(),
});

const toService = (name: string, to: number | string | null): Target => ({
  kind: 'gateway',
  gateway: 'service',
  namespace: 'shop',
  name,
  port: to,
  origin: somewhere(),
});

const gateway = (kind: GatewayFact['kind'], name: string, ...doors: DoorFact[]): GatewayFact => ({
  id: `${kind}/${name}`,
  kind,
  name,
  namespace: 'shop',
  names: [],
  doors,
  origin: somewhere(),
});

const INSIDE = { kind: 'segment', segment: 'cluster' } as const;
const PROXY = { kind: 'proxy', class: null, internal: false } as const;
const service = (name: string, target: Target, facts: Partial<DoorFact> = {}) =>
  gateway('service', name, door(INSIDE, 80, target, facts));
const ingress = (target: Target, facts: Partial<DoorFact> = {}) =>
  gateway('ingress', 'edge', door(PROXY, 443, target, facts));

const outside = ({ scope }: Exposure) => scope !== 'cluster';
const ways = ({ exposures }: Environment) =>
  exposures
    .filter(outside)
    .map(({ path, scope, transport }) => `${scope} ${path.map(({ name }) => name).join(' > ')} ${transport}`);

describe('a chain of gateways', () => {
  test('leads from the proxy through the service to the port that the pod gives its name', () => {
    const environment = environmentOf({
      workloads: [pod('web', { container: { ports: [port(8080, { name: 'http' })] } })],
      gateways: [
        service('web', toPods('web', 'http'), { name: 'main' }),
        ingress(toService('web', 'main'), { tls: true }),
      ],
    });
    expect(ways(environment)).toEqual(['internet edge > web > web:8080/tcp tls']);
    expect(environment.exposures.find(outside)?.entry?.name).toBe('edge');
    expect(environment.gateways.map(({ targets }) => targets.length)).toEqual([1, 1]);
  });

  test.each<[string, number | string | null, number]>([
    ['by number', 80, 1],
    ['by its only port', null, 1],
    ['by a number that the service has not', 81, 0],
    ['by a name that the service has not', 'admin', 0],
  ])('follows the port of a service %s', (_, wanted, routes) => {
    const environment = environmentOf({
      workloads: [pod('web', { container: { ports: [port(8080)] } })],
      gateways: [service('web', toPods('web', 8080)), ingress(toService('web', wanted))],
    });
    expect(ways(environment)).toHaveLength(routes);
    expect(environment.gateways[1]?.doors?.[0]?.target).toBe(routes === 1 ? 'listeners' : 'nothing');
  });

  test('different pods may give the same name to different ports', () => {
    const environment = environmentOf({
      workloads: [
        pod('old', { labels: new Map([['app', 'web']]), container: { ports: [port(8000, { name: 'http' })] } }),
        pod('new', { labels: new Map([['app', 'web']]), container: { ports: [port(9000, { name: 'http' })] } }),
      ],
      gateways: [service('web', toPods('web', 'http'))],
    });
    expect(environment.gateways[0]?.targets.map(({ ports }) => ports.from)).toEqual([8000, 9000]);
  });

  test('ends where it goes in a circle', () => {
    const circle = gateway('ingress', 'a', door(PROXY, 80, { ...toService('a', 80), gateway: 'ingress' } as Target));
    expect(environmentOf({ gateways: [circle] }).gateways[0]?.targets).toEqual([]);
  });
});

describe('what is too much', () => {
  test('a port that is written a thousand times is one port', () => {
    const doors = Array.from({ length: 1_000 }, () => door(INSIDE, 80, toPods('web', 8080)));
    const paths = Array.from({ length: 1_000 }, () => door(PROXY, 443, toService('web', 80)));
    const environment = environmentOf({
      workloads: [pod('web', { container: { ports: [port(8080)] } })],
      gateways: [gateway('service', 'web', ...doors), gateway('ingress', 'edge', ...paths)],
    });
    expect(ways(environment)).toHaveLength(1);
  });

  test('thousands of services that pick thousands of pods are cut off, and that is told', () => {
    const labels = new Map([['app', 'web']]);
    const workloads = Array.from({ length: 700 }, (_, i) => pod(`web-${i}`, { labels }));
    const gateways = Array.from({ length: 700 }, (_, i) => service(`s-${i}`, toPods('web', 80)));
    const built = buildGraph(
      [fragment('kubernetes:.', { segments: [CLUSTER], workloads, gateways })],
      catalogueOf([], []),
      NO_ASSUMPTIONS,
    );
    expect(built.notices.map(({ code }) => code)).toEqual(['expansion-limit']);
  });

  test('hundreds of ranges into one container are cut off, and that is told', () => {
    const ranges = Array.from({ length: 200 }, (_, i) => port(1000 + i, { to: 60_000 - i }));
    const gateways = ranges.map(({ ports }, i) => {
      const target: Target = { kind: 'workload', workload: 'web', ports, origin: somewhere() };
      return gateway('published-port', `${i}`, door({ kind: 'nodes' }, null, target, { ports }));
    });
    const built = buildGraph(
      [fragment('compose:.', { workloads: [workload('web', [], { container: { ports: ranges } })], gateways })],
      catalogueOf([], []),
      NO_ASSUMPTIONS,
    );
    expect(built.notices.map(({ code }) => code)).toEqual(['expansion-limit', 'expansion-limit']);
  });
});

describe('the port that a service leads to', () => {
  test('is a port of the pod, where nothing else says so', () => {
    const target = toPods('web', 8080);
    const environment = environmentOf({ workloads: [pod('web')], gateways: [service('web', target)] });
    expect(environment.listeners.map(({ ports, origins }) => [ports.from, origins])).toEqual([[8080, [target.origin]]]);
  });

  test('is the declared one where it is declared, in whatever container', () => {
    const environment = environmentOf({
      workloads: [pod('web', { containers: [container('proxy'), container('app', { ports: [port(8080)] })] })],
      gateways: [service('web', toPods('web', 8080))],
    });
    expect(environment.listeners.map(({ id }) => id)).toEqual(['kubernetes:.::web/app:8080/tcp']);
  });

  test('is none of an init container', () => {
    const environment = environmentOf({
      workloads: [
        pod('web', { containers: [container('setup', { role: 'init', ports: [port(8080)] }), container('app')] }),
      ],
      gateways: [service('web', toPods('web', 8080))],
    });
    expect(environment.listeners.map(({ container }) => container)).toEqual(['app']);
  });
});

describe('a port that is scraped', () => {
  const scraped = (wanted: number | string | null, ports = [port(8080, { name: 'http' })]) =>
    environmentOf({
      workloads: [pod('web', { containers: [container('proxy'), container('app', { ports })] })],
      needs: [
        {
          from: { kind: 'platform' },
          to: { kind: 'selector', selector: picks('web') },
          port: wanted,
          protocol: 'tcp',
          kind: 'scrape',
          weight: 0.95,
          origin: somewhere(),
        },
      ],
    }).listeners.map(({ id, evidences }) => `${id.slice(id.lastIndexOf('::'))} ${evidences}`);

  test.each<[string, number | string | null, string[]]>([
    ['declared', 8080, ['::web/app:8080/tcp declared,coded']],
    ['declared under a name', 'http', ['::web/app:8080/tcp declared,coded']],
    ['known from nothing else', 9102, ['::web/proxy:9102/tcp coded', '::web/app:8080/tcp declared']],
    ['a name that nothing has', 'metrics', ['::web/app:8080/tcp declared']],
    ['not said', null, ['::web/app:8080/tcp declared']],
  ])('is %s', (_, wanted, expected) => {
    expect(scraped(wanted)).toEqual(expected);
  });
});

describe('a known image', () => {
  const images = [
    {
      images: ['broker'],
      service: 'AMQP',
      programs: [],
      ports: [{ ports: { from: 5672, to: 5672 }, protocol: 'tcp' as const }],
    },
  ];
  const published = (from: number, configured = false, besides: readonly PortRange[] = []) => {
    const origin = somewhere();
    const target: Target = { kind: 'workload', workload: 'mq', ports: { from, to: from }, origin };
    const facts = {
      segments: [CLUSTER],
      workloads: [
        // The adapter of a published port declares its container side on the same line.
        pod('mq', {
          container: {
            image: { reference: 'broker:3', origin: somewhere() },
            ports: [port(from, { origin, name: 'x' })],
          },
        }),
        pod('other'),
      ],
      gateways: [
        gateway('published-port', `${from}`, door({ kind: 'host', address: '0.0.0.0' }, from, target, { origin })),
      ],
    };
    const entries = images.map((entry) => ({ ...entry, besides, ...(configured && { configured: true as const }) }));
    const built = buildGraph([fragment('compose:.', facts)], catalogueOf([], entries), NO_ASSUMPTIONS);
    return built.value.environments[0] as Environment;
  };
  const said = (environment: Environment) =>
    environment.exposures.map(({ listener, scope, verdict }) => `${listener.ports.from} ${scope} ${verdict}`);

  test('listens where it is known to', () => {
    const environment = published(5672);
    expect(environment.listeners.map(({ evidences, doubt, name }) => [evidences, doubt, name])).toEqual([
      [['declared', 'conventional'], null, 'x'],
    ]);
    expect(said(environment)).toEqual(['5672 internet possible', '5672 network reachable', '5672 cluster reachable']);
  });

  test('is in doubt where only a published port says that it listens', () => {
    const environment = published(61_616);
    expect(environment.listeners.map(({ ports, doubt }) => [ports.from, doubt])).toEqual([
      [5672, null],
      [61_616, 'the image is known for AMQP, and not to listen on 61616'],
    ]);
    expect(said(environment)).toEqual(['5672 cluster reachable', '61616 internet possible', '61616 network possible']);
    expect(environment.reachability.rows.map(({ to }) => to.ports.from)).toEqual([5672]);
  });

  test('is in no doubt, and not claimed either, where it is known to open the port besides', () => {
    const besides = [{ from: 61_000, to: 61_999 }];
    expect(published(61_616, false, besides).listeners.map(({ ports, doubt }) => [ports.from, doubt])).toEqual([
      [5672, null],
      [61_616, null],
    ]);
    expect(published(5672, false, besides).listeners).toHaveLength(1);
  });

  test('is followed by its habit only where no container beside it has the port', () => {
    const beside = (name: string, ports: number[]) =>
      container(name, {
        image: { reference: 'broker:3', origin: somewhere() },
        ports: ports.map((from) => port(from)),
      });
    const inOne = (ports: number[]) => {
      const both = [beside('beside', ports), beside('main', [])];
      const built = buildGraph(
        [fragment('compose:.', { segments: [CLUSTER], workloads: [{ ...pod('mq'), containers: both }] })],
        catalogueOf([], images),
        NO_ASSUMPTIONS,
      );
      return built.value.environments[0]?.listeners.map(({ container, ports }) => `${container} ${ports.from}`);
    };
    expect(inOne([5672])).toEqual(['beside 5672']);
    expect(inOne([])).toEqual(['beside 5672', 'main 5672']);
  });

  test('is in no doubt where a configuration file may say so', () => {
    expect(published(61_616, true).listeners.find(({ ports }) => ports.from === 61_616)?.doubt).toBeNull();
  });
});

describe('a door that nothing answers', () => {
  const dangling = (environments: readonly Environment[]) =>
    environments.flatMap(({ gateways }) => gateways.flatMap(({ doors }) => doors?.map(({ target }) => target) ?? []));

  test('points at nothing', () => {
    const facts = { workloads: [pod('other')], gateways: [service('web', toPods('web', 80))] };
    expect(dangling([environmentOf(facts)])).toEqual(['nothing']);
  });

  test('points outside where nothing at all is seen to run in the namespace', () => {
    const elsewhere = pod('web', { namespace: 'lab' });
    const facts = { workloads: [elsewhere], gateways: [service('web', toPods('web', 80))] };
    expect(dangling([environmentOf(facts)])).toEqual(['outside']);
  });

  test('is told at the last gateway of a chain', () => {
    const chain = (backend: Target) => ({
      workloads: [pod('other')],
      gateways: [ingress(backend), service('web', toPods('web', 80))],
    });
    expect(dangling([environmentOf(chain(toService('web', 80)))])).toEqual(['outside', 'nothing']);
    expect(dangling([environmentOf(chain(toService('web', 81)))])).toEqual(['nothing', 'nothing']);
  });

  test('points outside where its platform says so', () => {
    const target: Target = { kind: 'outside', name: 'db.example.com', origin: somewhere() };
    expect(dangling([environmentOf({ gateways: [service('db', target)] })])).toEqual(['outside']);
  });

  test('points outside where another environment has what it means', () => {
    const definition = (digest: string) => [{ key: 'Service/shop/web', digest }];
    const whole = fragment('kubernetes:app', {
      workloads: [pod('web')],
      gateways: [service('web', toPods('web', 80))],
      definitions: definition('1'),
    });
    const changed = fragment('kubernetes:patch', {
      gateways: [service('web', toPods('web', 80))],
      definitions: definition('2'),
    });
    expect(dangling(build(whole, changed))).toEqual(['listeners', 'outside']);
  });
});

describe('what comes with a load balancer', () => {
  const balanced = environmentOf({
    workloads: [pod('web', { container: { ports: [port(8080)] } })],
    gateways: [
      gateway(
        'service',
        'web',
        door(INSIDE, 80, toPods('web', 8080)),
        door({ kind: 'balancer', internal: false }, 80, toPods('web', 8080)),
        door({ kind: 'nodes' }, null, toPods('web', 8080), { implicit: true }),
      ),
    ],
  });

  test('is implicit', () => {
    const said = balanced.exposures.map(({ scope, ports, implicit }) => `${scope} ${ports?.from ?? '*'} ${implicit}`);
    expect(said).toEqual(['internet 80 false', 'internet * true', 'network * true', 'cluster 8080 false']);
  });
});

describe('guards', () => {
  const guard = (name: string, app: string, isolates: GuardFact['isolates']): GuardFact => ({
    id: `policy/${name}`,
    kind: 'network-policy',
    name,
    namespace: 'shop',
    subject: picks(app),
    tier: 0,
    priority: null,
    isolates,
    grants: [],
    origin: somewhere(),
  });

  const facts = {
    segments: [CLUSTER],
    workloads: [pod('web', { container: { ports: [port(80)] } }), pod('db', { container: { ports: [port(5432)] } })],
    guards: [
      guard('db-in', 'db', ['ingress']),
      guard('web-out', 'web', ['egress']),
      guard('gone', 'gone', ['ingress']),
    ],
  };
  const built = buildGraph([fragment('kubernetes:.', facts)], catalogueOf([], []), NO_ASSUMPTIONS, guarding);
  const environment = built.value.environments[0] as Environment;

  test('shut out whom they do not let in', () => {
    expect(environment.reachability.rows.map(({ to }) => to.workload.name)).toEqual(['web']);
    expect(environment.exposures.map(({ listener, scope }) => `${listener.workload.name} ${scope}`)).toEqual([
      'web cluster',
    ]);
    expect(built.notices).toEqual([]);
  });

  test('are attached where they guard somebody', () => {
    expect(environment.guards.map(({ attachment }) => attachment)).toEqual(['attached', 'attached', 'unattached']);
    const alone = environmentOf({ guards: [guard('far', 'web', ['ingress'])] });
    expect(alone.guards[0]?.attachment).toBe('unknown');
  });

  test('do not guard what has the network of its host', () => {
    const on = environmentOf({
      workloads: [pod('web', { hostNetwork: somewhere(), container: { ports: [port(80)] } })],
      guards: [guard('in', 'web', ['ingress'])],
    });
    expect(on.exposures.filter(({ scope }) => scope === 'network').map(({ verdict }) => verdict)).toEqual([
      'reachable',
    ]);
  });
});
