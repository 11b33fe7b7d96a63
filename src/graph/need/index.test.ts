import { describe, expect, it } from 'vitest';
import generated from '../../generated/catalogue.json' with { type: 'json' };
import { buildGraph } from '../build.ts';
import type { Catalogue } from '../catalogue.ts';
import { everyEntry } from '../catalogue-entry.ts';
import { door, fragment, port, published, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { Fragment, GatewayFact, NeedFact, VariableFact, Word, WorkloadFact } from '../fragment.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Need, NO_ASSUMPTIONS } from '../vocabulary.ts';

const builtin = generated as unknown as Catalogue;
const catalogue = catalogueOf(everyEntry(builtin.ports.entries), [
  {
    images: ['rabbitmq'],
    service: 'RabbitMQ',
    programs: [],
    ports: [
      { ports: { from: 5672, to: 5672 }, protocol: 'tcp' },
      { ports: { from: 15672, to: 15672 }, protocol: 'tcp', service: 'RabbitMQ management' },
      { ports: { from: 25672, to: 25672 }, protocol: 'tcp', service: 'RabbitMQ clustering' },
    ],
  },
]);

const NET = 'docker-network:app';

/** A service on the one network, found there under its name. */
function service(name: string, ports: readonly number[], container: Partial<WorkloadFact['containers'][0]> = {}) {
  return workload(name, [NET], {
    names: [{ name, within: NET }],
    container: { ports: ports.map((number) => port(number)), ...container },
  });
}

function variables(values: Readonly<Record<string, string>>): readonly VariableFact[] {
  return Object.entries(values).map(([name, value]) => ({ name, value, origin: somewhere() }));
}

function words(text: string): readonly Word[] {
  return text.split(' ').map((word) => ({ text: word, origin: somewhere() }));
}

function needsOf(facts: Partial<Omit<Fragment, 'unit'>>): readonly Need[] {
  const unit = fragment('compose:.', { segments: [segment(NET)], ...facts });
  return buildGraph([unit], catalogue, NO_ASSUMPTIONS).value.environments[0]?.needs ?? [];
}

function shown({ from, to, kind, weight }: Need): string {
  const target = 'external' in to ? `outside ${to.external}:${to.port ?? '?'}` : `${to.workload.name}:${to.ports.from}`;
  return `${typeof from === 'string' ? from : from.name} -> ${target} ${kind} ${weight}`;
}

/** The needs of a client with this environment beside a database, a cache, and a web server with two ports. */
function ofClient(environment: Readonly<Record<string, string>>, more: Partial<WorkloadFact['containers'][0]> = {}) {
  return needsOf({
    workloads: [
      service('client', [8080], { environment: variables(environment), ...more }),
      service('db', [5432]),
      service('cache', [6379]),
      service('web', [8000, 9090]),
    ],
  });
}

describe('needs in variables', () => {
  it.each<[Record<string, string>, string[]]>([
    [{ DATABASE_URL: 'postgres://u:p@db/shop' }, ['client -> db:5432 environment 0.9']],
    [{ CART_ENDPOINT: 'web:8000' }, ['client -> web:8000 environment 0.9']],
    [{ X: 'web:8000,cache:6379' }, ['client -> cache:6379 environment 0.9', 'client -> web:8000 environment 0.9']],
    [{ DB_HOST: 'db', DB_PORT: '5432' }, ['client -> db:5432 environment 0.9']],
    [{ DB_HOST: 'db' }, ['client -> db:5432 environment 0.7']],
    [{ UPSTREAM: 'db' }, ['client -> db:5432 environment 0.5']],
    [{ WEB_URL: 'http://web', WEB_PORT: '8000' }, ['client -> web:8000 environment 0.9']],
    [{ HOST: 'web', PORT: '9090' }, ['client -> web:9090 environment 0.9']],
    [{ A: 'http://$(H):8000', H: 'web' }, ['client -> web:8000 environment 0.9']],
    [{ A: 'redis://cache', B: 'cache:6379' }, ['client -> cache:6379 environment 0.99']],
    [{ DSN: 'Server=db;Port=5432;SslMode=None' }, ['client -> db:5432 environment 0.9']],
    [{ API: 'https://api.example.com/v1' }, ['client -> outside api.example.com:443 environment 0.9']],
    [{ SMTP_HOST: 'smtp.example.com' }, ['client -> outside smtp.example.com:? environment 0.7']],
  ])('finds them in %j', (environment, needs) => {
    expect(ofClient(environment).map(shown)).toEqual(needs);
  });

  it.each<Record<string, string>>([
    { db: 'x' },
    { DB_NAME: 'db' },
    { PROVIDER: 'cache' },
    { OTEL_SERVICE_NAME: 'web' },
    { ALLOWED_HOSTS: 'web,localhost' },
    { CORS_ORIGIN: 'http://web:8000' },
    { ADVERTISED_LISTENER: 'PLAINTEXT://db:5432' },
    { URL: 'http://localhost:5432', LISTEN: '0.0.0.0:6379' },
    { SELF: 'http://client:8080' },
    { URL: 'http://web:81' },
    { URL: 'http://web' },
    { WEB_HOST: 'web' },
    { URL: 'nobody:80' },
  ])('finds none in %j', (environment) => {
    expect(ofClient(environment)).toEqual([]);
  });

  it('says what is spoken', () => {
    const transports = ofClient({
      A: 'http://web:8000',
      B: 'postgres://db/x?sslmode=verify-full',
      C: 'rediss://cache',
    }).map(({ transport }) => transport);
    expect(transports).toEqual(['tls', 'tls', 'plaintext']);
  });

  it('keeps every origin, the strongest first', () => {
    const environment = variables({ CACHE_HOST: 'cache', CACHE_URL: 'redis://cache' });
    const [need] = ofClient({}, { environment });
    expect(need?.origins).toEqual([environment[1]?.origin, environment[0]?.origin]);
  });

  it('means the one workload of the unit that has the name on another network: a need out of reach', () => {
    const other = { ...service('client', [8080], { environment: variables({ URL: 'cache:6379' }) }), memberships: [] };
    expect(needsOf({ workloads: [other, service('cache', [6379])] }).map(shown)).toEqual([
      'client -> cache:6379 environment 0.9',
    ]);
  });

  it('does not choose between two that have the name on other networks', () => {
    const other = { ...service('client', [8080], { environment: variables({ URL: 'cache:6379' }) }), memberships: [] };
    const named = (id: string) => ({ ...service(id, [6379]), names: [{ name: 'cache', within: NET }] });
    expect(needsOf({ workloads: [other, named('one'), named('two')] })).toEqual([]);
  });

  it('tells none of very many who share a name, and says so', () => {
    const client = service('client', [8080], { environment: variables({ URL: 'http://all:80' }) });
    const crowd = Array.from({ length: 300 }, (_, at) => ({
      ...service(`member-${at}`, [80]),
      names: [{ name: 'all', within: NET }],
    }));
    const unit = fragment('compose:.', { segments: [segment(NET)], workloads: [client, ...crowd] });
    const { value, notices } = buildGraph([unit], catalogue, NO_ASSUMPTIONS);
    expect(value.environments[0]?.needs).toEqual([]);
    expect(notices.map(({ code, message }) => `${code}: ${message}`)).toEqual([
      'expansion-limit: This names more than 256 listeners at once: no need is taken from it',
    ]);
  });

  it('knows the alias that a link gives to one client alone', () => {
    const environment = variables({ URL: 'tcp://store:5432' });
    const db = { ...service('db', [5432]), names: [{ name: 'store', within: NET, only: 'client' }] };
    const both = [service('client', [1], { environment }), service('other', [2], { environment }), db];
    expect(needsOf({ workloads: both }).map(shown)).toEqual(['client -> db:5432 environment 0.9']);
  });
});

describe('ports that only callers know', () => {
  const url = (value: string) => service('client', [8080], { environment: variables({ URL: value }) });

  it('are taken from their addresses, where nothing else tells any port of the workload', () => {
    const workloads = [url('http://silent:9091'), service('silent', [])];
    expect(needsOf({ workloads }).map(shown)).toEqual(['client -> silent:9091 environment 0.9']);
  });

  it('are not believed where something does', () => {
    const workloads = [url('http://talking:9091'), service('talking', [8000])];
    expect(needsOf({ workloads })).toEqual([]);
  });

  it('are not taken from what a workload calls itself', () => {
    const self = service('self', [], { environment: variables({ URL: 'http://self:9091' }) });
    expect(needsOf({ workloads: [self] })).toEqual([]);
  });
});

describe('needs in commands, checks and configs', () => {
  it.each([
    ['app --redis=cache:6379', ['client -> cache:6379 command 0.9']],
    ['app --db-host db --db-port 5432', ['client -> db:5432 command 0.9']],
    ['redis-cli -h cache ping', ['client -> cache:6379 command 0.7']],
    ['wait-for db 5432', ['client -> db:5432 command 0.9']],
    ['curl http://${TARGET:-web}:8000/', ['client -> web:8000 command 0.9']],
    ['app cache db web', []],
  ])('reads %s', (command, needs) => {
    const line = { words: words(command), shell: false, origin: somewhere() };
    expect(ofClient({}, { command: line }).map(shown)).toEqual(needs);
  });

  it('reads a script that is one word', () => {
    const text = 'until nc -z "db" 5432; do sleep 1; done && exec app --cache cache:6379';
    const script = { words: [...words('sh -c'), { text, origin: somewhere() }], shell: false, origin: somewhere() };
    expect(ofClient({}, { command: script }).map(shown)).toEqual([
      'client -> cache:6379 command 0.9',
      'client -> db:5432 command 0.9',
    ]);
  });

  it('takes a check that asks somebody else for a need, and one that asks itself for none', () => {
    const command = {
      words: words('curl -f http://web:8000/ http://localhost:8080/'),
      shell: false,
      origin: somewhere(),
    };
    const checks = [{ kind: 'command', command, origin: somewhere() }] as const;
    expect(ofClient({}, { checks }).map(shown)).toEqual(['client -> web:8000 probe 0.9']);
  });

  it('reads configs that are mounted as files, and those that become variables', () => {
    const entries = [{ name: 'app.yml', value: 'redis:\n  host: cache\n  port: 6379\n', origin: somewhere() }];
    const more = [{ name: 'DB_URL', value: 'postgres://db', origin: somewhere() }];
    const config = (name: string) => ({ kind: 'config', namespace: null, name }) as const;
    const needs = needsOf({
      workloads: [
        service('client', [8080], {
          configs: [
            { config: config('files'), as: 'files', origin: somewhere() },
            { config: config('variables'), as: 'variables', origin: somewhere() },
          ],
        }),
        service('cache', [6379]),
        service('db', [5432]),
      ],
      configs: [
        { ...config('files'), entries, origin: somewhere() },
        { ...config('variables'), entries: more, origin: somewhere() },
      ],
    });
    expect(needs.map(shown)).toEqual(['client -> cache:6379 config 0.9', 'client -> db:5432 environment 0.9']);
  });
});

describe('needs in the structure', () => {
  function dependsOn(from: string, to: string): NeedFact {
    return {
      from: { kind: 'workload', workload: from },
      to: { kind: 'workload', workload: to },
      port: null,
      protocol: 'tcp',
      kind: 'depends-on',
      weight: 0.6,
      origin: somewhere(),
    };
  }

  it('guesses the main listener of what is depended on', () => {
    const image = { reference: 'rabbitmq:3-management', origin: somewhere() };
    const needs = needsOf({
      workloads: [service('client', [8080]), service('broker', [5672, 15672, 25672], { image })],
      needs: [dependsOn('client', 'broker')],
    });
    expect(needs.map(shown)).toEqual(['client -> broker:5672 depends-on 0.6']);
  });

  it('takes one port over both protocols for one service', () => {
    const both = [port(5054), port(5054, { protocol: 'udp' })];
    const workloads = [service('client', [8080]), service('resolver', [], { ports: both })];
    expect(needsOf({ workloads, needs: [dependsOn('client', 'resolver')] }).map(shown)).toEqual([
      'client -> resolver:5054 depends-on 0.6',
    ]);
  });

  it('guesses nothing where several ports could be meant', () => {
    const workloads = [service('client', [8080]), service('web', [8000, 9000])];
    expect(needsOf({ workloads, needs: [dependsOn('client', 'web')] })).toEqual([]);
  });

  it('adds only its line to a need that is better known', () => {
    const workloads = [
      service('client', [8080], { environment: variables({ URL: 'http://web:9000' }) }),
      service('web', [8000, 9000]),
    ];
    const depends = dependsOn('client', 'web');
    const needs = needsOf({ workloads, needs: [depends] });
    expect(needs.map(shown)).toEqual(['client -> web:9000 environment 0.9']);
    expect(needs[0]?.origins).toContainEqual(depends.origin);
  });

  it('lets the platform probe what it is told to, by number or by name', () => {
    const needs = needsOf({
      workloads: [
        workload('web', [NET], {
          container: {
            ports: [port(8080, { name: 'http' })],
            checks: [
              { kind: 'http', port: 'http', path: '/healthz', origin: somewhere() },
              { kind: 'tcp', port: 8080, origin: somewhere() },
            ],
          },
        }),
      ],
    });
    expect(needs.map(shown)).toEqual(['platform -> web:8080 probe 1']);
    expect(needs[0]?.origins).toHaveLength(2);
  });

  it('takes the Prometheus of the environment for the one who scrapes', () => {
    const scrape: NeedFact = {
      ...dependsOn('', 'web'),
      from: { kind: 'platform' },
      kind: 'scrape',
      port: 8080,
      weight: 0.95,
    };
    const monitor = service('monitor', [], {
      ports: [port(9090, { name: 'prometheus-server' })],
    });
    const web = service('web', [8080]);
    expect(needsOf({ workloads: [web], needs: [scrape] }).map(shown)).toEqual(['platform -> web:8080 scrape 0.95']);
    expect(needsOf({ workloads: [web, monitor], needs: [scrape] }).map(shown)).toEqual([
      'monitor -> web:8080 scrape 0.95',
    ]);
  });
});

describe('needs through gateways', () => {
  const CLUSTER = 'cluster';
  const selector = (name: string) => ({
    namespace: 'shop',
    requirements: [{ key: 'app', operator: 'in', values: [name] } as const],
    origin: somewhere(),
  });

  function pod(name: string, ports: readonly number[], environment: Readonly<Record<string, string>> = {}) {
    return workload(name, [CLUSTER, 'namespace:shop'], {
      namespace: 'shop',
      labels: new Map([['app', name]]),
      container: { ports: ports.map((number) => port(number)), environment: variables(environment) },
    });
  }

  /** A Service `name` for the pods of that name: `[port, target]` each. */
  function cluster(name: string, doors: readonly (readonly [number, number])[], subdomains = false): GatewayFact {
    const below = subdomains ? { subdomains: true as const } : {};
    return {
      id: `service/${name}`,
      kind: 'service',
      name,
      namespace: 'shop',
      names: [
        { name, within: 'namespace:shop', ...below },
        { name: `${name}.shop.svc.cluster.local`, within: CLUSTER, ...below },
      ],
      doors: doors.map(([outside, inside]) =>
        door({ kind: 'segment', segment: CLUSTER }, outside, {
          kind: 'selector',
          selector: selector(name),
          port: inside,
          origin: somewhere(),
        }),
      ),
      origin: somewhere(),
    };
  }

  const segments = [
    segment(CLUSTER, { kind: 'cluster' }),
    segment('namespace:shop', { kind: 'namespace', open: false }),
  ];
  const needs = (workloads: readonly WorkloadFact[], gateways: readonly GatewayFact[]) =>
    needsOf({ segments, workloads, gateways }).map(shown);

  it('follows the port that clients dial to the port that listens', () => {
    const found = needs(
      [pod('client', [], { MAIL: 'mail:5000' }), pod('mail', [8080])],
      [cluster('mail', [[5000, 8080]])],
    );
    expect(found).toEqual(['client -> mail:8080 environment 0.9']);
  });

  it('finds full names, names below headless ones, upper case and a trailing dot', () => {
    const url = 'http://Db-0.DB.shop.svc.cluster.local.:5432';
    const found = needs([pod('client', [], { URL: url }), pod('db', [5432])], [cluster('db', [[5432, 5432]], true)]);
    expect(found).toEqual(['client -> db:5432 environment 0.95']);
  });

  it('takes the only port of a Service where none is said', () => {
    const found = needs(
      [pod('client', [], { WEB_HOST: 'web' }), pod('web', [8080, 9090])],
      [cluster('web', [[80, 8080]])],
    );
    expect(found).toEqual(['client -> web:8080 environment 0.7']);
  });

  it('fills in the variables that the cluster gives every pod, which are no needs by themselves', () => {
    const url = 'http://$(WEB_APP_SERVICE_HOST):${WEB_APP_SERVICE_PORT}';
    const gateway = cluster('web-app', [[80, 8080]]);
    expect(needs([pod('client', [], { URL: url }), pod('web-app', [8080])], [gateway])).toEqual([
      'client -> web-app:8080 environment 0.9',
    ]);
    expect(needs([pod('client', [], {}), pod('web-app', [8080])], [gateway])).toEqual([]);
  });

  it('asks the DNS of the cluster before calling anybody by name, where that is in sight', () => {
    const dns = {
      ...cluster('kube-dns', [[53, 53]]),
      names: [{ name: 'kube-dns.kube-system.svc', within: CLUSTER }],
    };
    const found = needs(
      [pod('client', [], { WEB: 'http://web' }), pod('web', [80]), pod('kube-dns', [53])],
      [cluster('web', [[80, 80]]), dns],
    );
    expect(found).toEqual(['client -> kube-dns:53 lookup 0.95', 'client -> web:80 environment 0.9']);
  });

  it('goes out to the host and in again at a published port', () => {
    const client = (port: number) =>
      service('client', [], { environment: variables({ URL: `http://host.docker.internal:${port}` }) });
    const facts = { workloads: [service('web', [80])], gateways: [published('web', 8080, 80)] };
    const needs = (port: number) => needsOf({ ...facts, workloads: [client(port), ...facts.workloads] }).map(shown);
    expect(needs(8080)).toEqual(['client -> web:80 environment 0.9']);
    expect(needs(9090)).toEqual(['client -> outside host.docker.internal:9090 environment 0.9']);
  });

  it('takes an alias for what lies outside', () => {
    const alias: GatewayFact = {
      ...cluster('db', []),
      doors: [
        door({ kind: 'segment', segment: CLUSTER }, 5432, {
          kind: 'outside',
          name: 'db.example.com',
          origin: somewhere(),
        }),
      ],
    };
    expect(needs([pod('client', [], { URL: 'postgres://db' })], [alias])).toEqual([
      'client -> outside db.example.com:5432 environment 0.9',
    ]);
  });

  it('lets the internet use what a public proxy routes to, and the platform what an internal one does', () => {
    const route = (internal: boolean): GatewayFact => ({
      ...cluster('route', []),
      id: 'ingress/route',
      kind: 'ingress',
      names: [],
      doors: [
        door({ kind: 'proxy', class: null, internal }, 80, {
          kind: 'gateway',
          gateway: 'service',
          namespace: 'shop',
          name: 'web',
          port: 80,
          origin: somewhere(),
        }),
      ],
    });
    const web = cluster('web', [[80, 8080]]);
    expect(needs([pod('web', [8080])], [web, route(false)])).toEqual(['internet -> web:8080 route 1']);
    expect(needs([pod('web', [8080])], [web, route(true)])).toEqual(['platform -> web:8080 route 1']);
  });
});
