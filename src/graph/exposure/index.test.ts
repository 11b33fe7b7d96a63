import { describe, expect, test } from 'vitest';
import { buildGraph } from '../build.ts';
import type { Environment } from '../exposure-graph.ts';
import { container, fragment, port, published, segment, somewhere, workload } from '../fragment.fixture.ts';
import type { Fragment, GatewayFact } from '../fragment.ts';
import { catalogueOf } from '../prepare-catalogue.ts';
import { type Exposure, NO_ASSUMPTIONS } from '../vocabulary.ts';

function environmentOf(facts: Partial<Omit<Fragment, 'unit'>>, id = 'compose:.'): Environment {
  const { environments } = buildGraph([fragment(id, facts)], catalogueOf([], []), NO_ASSUMPTIONS).value;
  return environments[0] as Environment;
}

const said = ({ listener, scope, ports, verdict, implicit }: Exposure) => {
  const outside = ports === null ? '*' : ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`;
  return `${listener.workload.name}:${listener.ports.from} ${scope} :${outside} ${verdict}${implicit ? ' implicit' : ''}`;
};
const exposures = (environment: Environment) => environment.exposures.map(said);

const listening = (from: number, ...words: string[]) => ({
  ports: [port(from)],
  command: { words: words.map((text) => ({ text, origin: somewhere() })), shell: false, origin: somewhere() },
});

describe('published ports', () => {
  test('both families of one published port are one exposure', () => {
    const one = published('web', 80, 80);
    const both = {
      ...one,
      doors: [
        ...one.doors,
        { ...(one.doors[0] as (typeof one.doors)[0]), place: { kind: 'host', address: '::' } as const },
      ],
    };
    const environment = environmentOf({ workloads: [workload('web', [])], gateways: [both] });
    expect(exposures(environment)).toEqual(['web:80 internet :80 possible', 'web:80 network :80 reachable']);
  });

  test('a range stays a range, and is cut where a port of it is known by itself', () => {
    const environment = environmentOf({
      workloads: [workload('media', [], { container: { ports: [port(5002)] } })],
      gateways: [published('media', 15_000, 5000, { span: 9 })],
    });
    expect(environment.listeners.map(({ ports }) => `${ports.from}-${ports.to}`)).toEqual([
      '5000-5001',
      '5002-5002',
      '5003-5009',
    ]);
    expect(exposures(environment).filter((each) => each.includes('network'))).toEqual([
      'media:5000 network :15000-15001 reachable',
      'media:5002 network :15002 reachable',
      'media:5003 network :15003-15009 reachable',
    ]);
  });

  test('from networks that are cut off alone a port of the host leads nowhere; by every node it does', () => {
    const facts = (gateway: GatewayFact, ...within: string[]) => ({
      segments: [segment('docker-network:in', { internal: true }), segment('docker-network:out')],
      workloads: [workload('db', within), workload('web', within)],
      gateways: [gateway],
    });
    const outside = (each: Environment) => each.exposures.filter(({ scope }) => scope === 'network').length;
    const host = published('db', 5432, 5432);
    const nodes = published('db', 5432, 5432, { place: { kind: 'nodes' } });
    expect(outside(environmentOf(facts(host, 'docker-network:in')))).toBe(0);
    expect(outside(environmentOf(facts(host, 'docker-network:in', 'docker-network:out')))).toBe(1);
    expect(outside(environmentOf(facts(nodes, 'docker-network:in')))).toBe(1);
  });

  test('a process that listens on loopback is not reached through them', () => {
    const environment = environmentOf({
      workloads: [workload('app', [], { container: listening(9229, 'node', '--inspect=127.0.0.1:9229', 'app.js') })],
      gateways: [published('app', 9229, 9229)],
    });
    expect(environment.listeners.map(({ bind }) => bind)).toEqual(['127.0.0.1']);
    expect(environment.exposures).toEqual([]);
  });

  test('a port that no machine has is written, and nothing more', () => {
    const environment = environmentOf({
      segments: [segment('docker-network:net')],
      workloads: [
        workload('a', ['docker-network:net'], { container: { ports: [port(70_000)] } }),
        workload('b', ['docker-network:net']),
      ],
      gateways: [published('a', 0, 0)],
    });
    expect(environment.listeners.map(({ ports, valid }) => [ports.from, valid])).toEqual([
      [0, false],
      [70_000, false],
    ]);
    expect(environment.exposures).toEqual([]);
    expect(environment.reachability.rows).toEqual([]);
  });

  test('a workload that has the network of another answers on its published ports', () => {
    const shares = { workload: 'vpn', origin: somewhere() };
    const environment = environmentOf({
      segments: [segment('docker-network:net')],
      workloads: [
        workload('vpn', ['docker-network:net']),
        workload('torrent', [], { shares, container: { ports: [port(8080)] } }),
        workload('other', ['docker-network:net']),
      ],
      gateways: [published('vpn', 8080, 8080)],
    });
    expect(exposures(environment)).toEqual([
      'torrent:8080 internet :8080 possible',
      'torrent:8080 network :8080 reachable',
      'torrent:8080 segment :8080 reachable',
    ]);
    expect(
      environment.reachability.rows.flatMap(({ from }) =>
        from.flatMap((each) => [...each.classes].flatMap(({ members }) => members.map(({ name }) => name))),
      ),
    ).toEqual(['vpn', 'torrent', 'other']);
  });
});

describe('without a gateway', () => {
  test('what has the network of the host stands at its addresses', () => {
    const environment = environmentOf({
      workloads: [
        workload('agent', [], {
          hostNetwork: somewhere(),
          containers: [
            container('main', { ports: [port(9100)] }),
            container('debug', listening(9229, 'node', '--inspect=127.0.0.1:9229', 'x.js')),
          ],
        }),
      ],
      gateways: [published('agent', 1234, 9100)],
    });
    expect(exposures(environment)).toEqual([
      'agent:9100 internet :9100 possible',
      'agent:9100 network :9100 reachable',
      'agent:9229 host :9229 reachable',
    ]);
  });

  test('what has the network of one host shares its loopback', () => {
    const onHost = (name: string, from: number, ...words: string[]) =>
      workload(name, ['host'], { hostNetwork: somewhere(), container: listening(from, ...words) });
    const environment = environmentOf({
      segments: [segment('host', { kind: 'host' })],
      workloads: [onHost('a', 9229, 'node', '--inspect=127.0.0.1:9229', 'x.js'), onHost('b', 80)],
    });
    expect(exposures(environment)).toEqual([
      'a:9229 host :9229 reachable',
      'b:80 internet :80 possible',
      'b:80 network :80 reachable',
    ]);
    const pairs = environment.reachability.rows.flatMap(({ to, from }) =>
      from.flatMap((each) =>
        [...each.classes].flatMap(({ members }) => members.map(({ name }) => `${name} ${to.workload.name}`)),
      ),
    );
    expect(pairs.filter((pair) => pair !== 'a a' && pair !== 'b b')).toEqual(['b a', 'a b']);
  });

  test('members of an outer network stand on it with every port', () => {
    const environment = environmentOf({
      segments: [segment('docker-network:lan', { outer: true })],
      workloads: [workload('cam', ['docker-network:lan'], { container: { ports: [port(554)] } })],
    });
    expect(exposures(environment)).toEqual(['cam:554 network :554 reachable']);
    expect(environment.exposures[0]?.path.map(({ name }) => name)).toEqual(['lan', 'cam:554/tcp']);
  });

  test('a process on loopback is reached by what runs beside it, and by nobody without that', () => {
    const debug = listening(9229, 'node', '--inspect=127.0.0.1:9229', 'x.js');
    const pod = (...names: string[]) =>
      environmentOf({
        workloads: [
          workload('app', [], { containers: names.map((name) => container(name, name === 'main' ? debug : {})) }),
        ],
      });
    expect(exposures(pod('main', 'sidecar'))).toEqual(['app:9229 pod :9229 reachable']);
    expect(exposures(pod('main'))).toEqual([]);
  });

  test('a workload without a network is reached by nobody', () => {
    const environment = environmentOf({
      segments: [segment('docker-network:net')],
      workloads: [
        workload('job', ['docker-network:net'], { isolated: true, container: { ports: [port(80)] } }),
        workload('web', ['docker-network:net']),
      ],
      gateways: [published('job', 80, 80)],
    });
    expect(environment.exposures).toEqual([]);
    expect(environment.reachability.rows).toEqual([]);
  });
});
