import { describe, expect, test } from 'vitest';
import { facts, service } from './facts.fixture.ts';

describe('published ports (R83–R86)', () => {
  const door = (fields: string, network = '') => facts(`${service(fields)}${network}`).doors[0];

  test('a gateway for each item, with the line to change', () => {
    const fragment = facts(service('ports: ["8080:80", "127.0.0.1:9229:9229", 53:53/udp, "8080:80"]'));
    expect(fragment.gateways.map(({ id, name }) => [id, name])).toEqual([
      ['published-port/web/8080:80', '8080:80'],
      ['published-port/web/127.0.0.1:9229:9229', '127.0.0.1:9229:9229'],
      ['published-port/web/53:53/udp', '53:53/udp'],
      ['published-port/web/8080:80#2', '8080:80'],
    ]);
    expect(fragment.doors[1]).toMatchObject({
      place: { kind: 'host', address: '127.0.0.1' },
      ports: { from: 9229, to: 9229 },
      target: { kind: 'workload', workload: 'web', ports: { from: 9229, to: 9229 } },
      implicit: false,
    });
    expect(fragment.quote(fragment.gateways[1]?.origin)).toBe('"127.0.0.1:9229:9229"');
    expect(fragment.container('web').ports.map(({ ports, protocol }) => `${ports.from}/${protocol}`)).toEqual([
      '80/tcp',
      '9229/tcp',
      '53/udp',
      '80/tcp',
    ]);
  });

  test('every address by default, or the address that the network gives', () => {
    expect(door('ports: ["80:80"]')?.place).toEqual({ kind: 'host', address: '0.0.0.0' });
    const options = 'driver_opts: { com.docker.network.bridge.host_binding_ipv4: 127.0.0.1 }';
    expect(door('ports: ["80:80"]', `networks: { default: { ${options} } }`)?.place).toEqual({
      kind: 'host',
      address: '127.0.0.1',
    });
    expect(door('ports: ["10.0.0.1:80:80"]', `networks: { default: { ${options} } }`)?.place).toMatchObject({
      address: '10.0.0.1',
    });
  });

  test('a container port alone is published where Docker likes', () => {
    expect(door('ports: ["80"]')).toMatchObject({ ports: null, place: { kind: 'host', address: '0.0.0.0' } });
  });

  test('what a variable leaves open is said', () => {
    expect(door('ports: ["${PORT}:80"]')).toMatchObject({ ports: null, unknown: { because: 'PORT has no value' } });
    expect(facts(service('ports: ["80:${PORT}"]'))).toMatchObject({ doors: [], codes: ['variable-unset'] });
  });

  test('what Docker refuses is told with its place, and the container port kept', () => {
    const fragment = facts(service('ports: ["localhost:80:80"]'));
    expect(fragment).toMatchObject({ gateways: [], codes: ['invalid-value'] });
    expect(fragment.container('web').ports).toMatchObject([{ ports: { from: 80, to: 80 } }]);
  });

  test('ranges of different lengths are told, and what they mean to publish is not certain', () => {
    const fragment = facts(service('ports: ["90-91:8080-8090"]'));
    expect(fragment.doors).toMatchObject([
      { ports: { from: 90, to: 91 }, unknown: { because: 'the two ranges have different lengths' } },
    ]);
    expect(fragment.codes).toEqual(['invalid-value']);
  });

  test.each([
    ['network_mode: host', ''],
    ['network_mode: none', ''],
    ['networks: [inside]', 'networks: { inside: { internal: true } }'],
    ['networks: [lan]', 'networks: { lan: { driver: ipvlan } }'],
  ])('with %s nothing is published', (fields, network) => {
    expect(facts(`${service(`${fields}, ports: ["80:80"]`)}${network}`)).toMatchObject({
      gateways: [],
      codes: ['no-effect'],
    });
  });

  test('beside an internal network another one publishes', () => {
    const { gateways } = facts(
      `${service('networks: [inside, out], ports: ["80:80"]')}networks: { inside: { internal: true }, out: }`,
    );
    expect(gateways).toHaveLength(1);
  });

  test('a swarm publishes on every node whatever the address, or on the container’s own', () => {
    const text = service('networks: [in], ports: ["127.0.0.1:80:80", { target: 81, published: 81, mode: host }]');
    const fragment = facts(`${text}networks: { in: , out: }`, {}, 'shop/docker-stack.yml');
    expect(fragment.doors.map(({ place }) => place)).toEqual([{ kind: 'nodes' }, { kind: 'host', address: '0.0.0.0' }]);
    expect(fragment.workload('web').names.map(({ name }) => name)).toEqual(['web', 'tasks.web']);
    const inside = facts(`${text}networks: { in: { internal: true } }`, {}, 'shop/docker-stack.yml');
    expect(inside.doors.map(({ place }) => place)).toEqual([{ kind: 'nodes' }]);
  });
});
