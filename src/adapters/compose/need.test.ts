import { describe, expect, test } from 'vitest';
import { facts, service } from './facts.fixture.ts';

describe('needs (E4)', () => {
  const needsOf = (text: string) =>
    facts(text).needs.map(({ from, to, kind, weight, port }) => [
      from.kind === 'workload' ? from.workload : from.kind,
      to.kind === 'workload' ? to.workload : '',
      kind,
      weight,
      port,
    ]);

  test('dependencies in both forms, links and shared volumes', () => {
    const text = `
services:
  web: { image: web, depends_on: [api], links: ["db:database"], volumes_from: ["store:ro", "container:other"] }
  api: { image: api, depends_on: { db: { condition: service_healthy }, migrate: { condition: service_completed_successfully } } }
  db: { image: db }
  store: { image: store }
  migrate: { image: migrate }
`;
    expect(needsOf(text)).toEqual([
      ['web', 'api', 'depends-on', 0.6, null],
      ['web', 'db', 'link', 0.6, null],
      ['web', 'store', 'depends-on', 0.3, null],
      ['api', 'db', 'depends-on', 0.6, null],
    ]);
  });

  test('what is not there is told', () => {
    expect(facts(service('depends_on: [gone], external_links: [legacy]'))).toMatchObject({
      needs: [],
      codes: ['reference-missing', 'unsupported-construct'],
    });
  });

  test('the log driver of the daemon is a client of what its address publishes', () => {
    expect(
      needsOf(`
services:
  web: { image: web, logging: { driver: fluentd, options: { fluentd-address: "localhost:24224" } } }
  fluentd: { image: fluentd, ports: ["24224:24225"] }
`),
    ).toEqual([['platform', 'fluentd', 'config', 0.9, 24225]]);
  });

  test('a reverse proxy is a client of what has a route in its labels', () => {
    const labels =
      'labels: ["traefik.http.routers.a.rule=Path(`/`)", "traefik.http.services.a.loadbalancer.server.port=90"]';
    const api = `  api: { image: api, ${labels} }\n  other: { image: other, labels: [traefik.enable=true] }`;
    expect(needsOf(`services:\n  edge: { image: "traefik:v3" }\n${api}\n`)).toEqual([
      ['edge', 'api', 'route', 0.9, 90],
    ]);
    expect(needsOf(`services:\n  edge: { image: "nginx:1" }\n${api}\n`)).toEqual([]);
  });
});
