import { describe, expect, test } from 'vitest';
import { type Facts, facts, service } from './facts.fixture.ts';

const segmentsOf = (fragment: Facts, name: string) => fragment.workload(name).memberships.map(({ segment }) => segment);

describe('networks (R82, R85, R87, R89)', () => {
  test('without networks a service is on the default one; with them it is not', () => {
    const fragment = facts(`
services:
  web: { image: web, networks: [front, back] }
  api: { image: api }
networks: { front: , back: { internal: true } }
`);
    expect(segmentsOf(fragment, 'web')).toEqual(['docker-network:shop_front', 'docker-network:shop_back']);
    expect(segmentsOf(fragment, 'api')).toEqual(['docker-network:shop_default']);
    expect(fragment.segments.map(({ key, name, open, internal }) => [key, name, open, internal])).toEqual([
      ['docker-network:shop_back', 'back', true, true],
      ['docker-network:shop_default', 'default', true, false],
      ['docker-network:shop_front', 'front', true, false],
    ]);
    expect(fragment.segments.map(({ origin }) => fragment.quote(origin))).toEqual(['back', 'services', 'front']);
    const [front] = fragment.workload('web').memberships;
    expect(fragment.quote(front?.origin)).toBe('front');
    expect(fragment.line(front?.origin)).toBe('shop/compose.yaml:3');
    expect(fragment.quote(fragment.workload('api').memberships[0]?.origin)).toBe('api');
  });

  test('the default network of a project that only includes stands in the project', () => {
    const { segments, line } = facts('# The shop.\ninclude:\n  - ../db/compose.yaml\n', {
      'db/compose.yaml': 'services: { db: { image: db } }\n',
    });
    expect(segments.map(({ key, origin }) => `${key} ${line(origin)}`)).toEqual([
      'docker-network:shop_default shop/compose.yaml:2',
    ]);
  });

  test('names, external networks of either form, and drivers that stand outside', () => {
    const { segments } = facts(`
name: prod
services:
  web: { image: web, networks: [a, b, c, d, e, f] }
networks:
  a: { name: shared }
  b: { external: true }
  c: { external: true, name: "other_default" }
  d: { external: { name: old } }
  e: { driver: macvlan }
  f: { driver_opts: { com.docker.network.bridge.enable_icc: "false" } }
`);
    expect(segments).toMatchObject([
      { key: 'docker-network:b', name: 'b', external: true },
      { key: 'docker-network:old', name: 'd', external: true },
      { key: 'docker-network:other_default', name: 'c', external: true },
      { key: 'docker-network:prod_e', name: 'e', outer: true },
      { key: 'docker-network:prod_f', name: 'f', open: false },
      { key: 'docker-network:shared', name: 'a', open: true },
    ]);
  });

  test('network_mode', () => {
    const fragment = facts(`
services:
  host: { image: a, network_mode: host }
  none: { image: a, network_mode: none }
  bridge: { image: a, network_mode: bridge }
  named: { image: a, network_mode: LDC }
  side: { image: a, network_mode: "service:named" }
  boat: { image: a, network_mode: "container:the-host" }
  lost: { image: a, network_mode: "container:elsewhere" }
  harbour: { image: a, container_name: the-host, network_mode: host }
`);
    expect(fragment.quote(fragment.workload('host').hostNetwork)).toBe('host');
    expect(segmentsOf(fragment, 'host')).toEqual(['host']);
    expect(fragment.workload('host').names).toEqual([]);
    expect(fragment.workload('none')).toMatchObject({ isolated: true, memberships: [] });
    expect(segmentsOf(fragment, 'bridge')).toEqual(['docker-network:bridge']);
    expect(fragment.workload('bridge').names).toEqual([]);
    expect(segmentsOf(fragment, 'named')).toEqual(['docker-network:LDC']);
    expect(fragment.workload('side').shares?.workload).toBe('named');
    expect(fragment.workload('boat').shares?.workload).toBe('harbour');
    expect(fragment.workload('lost')).toMatchObject({ memberships: [], hostNetwork: null });
    expect(fragment.codes).toEqual(['reference-missing']);
  });

  test('the external network "host" is the host, as a swarm has it', () => {
    const fragment = facts(
      'services: { a: { image: a, networks: [h] } }\nnetworks: { h: { external: true, name: host } }',
    );
    expect(fragment.workload('a').hostNetwork).not.toBeNull();
    expect(segmentsOf(fragment, 'a')).toEqual(['host']);
  });

  test('a network that is not defined is told', () => {
    expect(facts(service('networks: [gone]')).codes).toEqual(['reference-missing']);
  });
});
