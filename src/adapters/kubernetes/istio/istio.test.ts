import { describe, expect, test } from 'vitest';
import { sample } from '../sample.fixture.ts';

function object(kind: string, spec: string) {
  const found = sample(
    `apiVersion: networking.istio.io/v1\nkind: ${kind}\nmetadata:\n  name: one\n  namespace: shop\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
  );
  return { ...found, doors: found.fragment.gateways.flatMap(({ doors }) => doors) };
}
const gateway = (spec: string) => object('Gateway', spec);
const service = (spec: string) => object('VirtualService', spec);
const SELECTOR = 'selector: { istio: ingressgateway }\n';

describe('gateways of Istio', () => {
  test('have a door for every server, at the proxies that they pick', () => {
    const { doors, covered } = gateway(`${SELECTOR}servers:
- port: { number: 80, name: http, protocol: HTTP }
  hosts: ["*"]
- port:
    number: 443
    protocol: HTTPS
  tls: { mode: SIMPLE }
  hosts: [A.example, ./b.example, team/c.example]`);
    expect(doors).toMatchObject([
      {
        name: 'http',
        place: { kind: 'proxy', class: null, internal: false },
        ports: { from: 80, to: 80 },
        tls: false,
        target: { kind: 'routes' },
        admits: { routes: null, namespaces: 'all', hosts: [] },
        by: { namespace: null, namespaces: [], requirements: [{ key: 'istio', values: ['ingressgateway'] }] },
      },
      { tls: true, admits: { namespaces: 'all', hosts: ['a.example'] } },
      { admits: { namespaces: 'same', hosts: ['b.example'] } },
      { admits: { namespaces: [{ key: 'kubernetes.io/metadata.name', values: ['team'] }], hosts: ['c.example'] } },
    ]);
    expect(covered(doors[1]?.origin ?? { file: '', start: 0, end: 0 })).toBe('number: 443');
  });

  test.each<[string, unknown]>([
    ['istio: my-gateway', 'unknown'],
    ['istio: aks-istio-ingressgateway-internal', true],
    ['istio: aks-istio-ingressgateway-external', false],
    ['istio: egressgateway', undefined],
  ])('stand where %s tells', (selector, expected) => {
    const { place } = gateway(
      `selector: { ${selector} }\nservers: [{ port: { number: 80, protocol: HTTP }, hosts: ["*"] }]`,
    ).doors[0] ?? { place: undefined };
    if (place?.kind !== 'proxy') expect(place).toEqual({ kind: 'segment', segment: 'cluster' });
    else expect(typeof place.internal === 'boolean' ? place.internal : place.internal.kind).toBe(expected);
  });

  test('servers that only redirect, that have no port, and too many of them', () => {
    const redirect = '{ port: { number: 80, protocol: HTTP }, tls: { httpsRedirect: true }, hosts: ["*"] }';
    expect(gateway(`${SELECTOR}servers: [${redirect}]`).doors).toEqual([]);
    expect(gateway(`${SELECTOR}servers: [{ port: { protocol: HTTP }, hosts: ["*"] }]`).notices).toMatchObject([
      { code: 'invalid-value' },
    ]);
    const hosts = Array.from({ length: 3_000 }, (_, i) => `n${i}/*`).map((host) => `"${host}"`);
    const many = gateway(
      `${SELECTOR}servers: [{ port: { number: 80, protocol: HTTP }, hosts: [${hosts.join(', ')}] }]`,
    );
    expect(many.doors).toHaveLength(1024);
    expect(many.notices).toMatchObject([{ code: 'expansion-limit' }]);
  });
});

describe('virtual services', () => {
  test('lead from gateways to Services, by short and by long names', () => {
    const { doors, covered } = service(`hosts: ["*"]
gateways: [edge, infra/other, mesh]
http:
- match:
  - uri: { prefix: /api }
    method: { exact: GET }
  - { uri: { exact: /old }, gateways: [infra/other], port: 8080 }
  route:
  - destination: { host: api, port: { number: 80 } }
  - { destination: { host: none }, weight: 0 }
- route:
  - destination:
      host: web.other.svc.cluster.local
- route: [{ destination: { host: example.com } }]
tls:
- match: [{ sniHosts: [B.example] }]
  route: [{ destination: { host: tls } }]
tcp:
- route: [{ destination: { host: tcp } }]`);
    expect(doors.filter(({ place }) => place.kind === 'behind' && place.name === 'edge')).toMatchObject([
      {
        place: { kind: 'behind', gateway: 'mesh-gateway', namespace: 'shop', route: 'VirtualService', port: null },
        http: { hosts: [], paths: ['/api'], methods: ['GET'] },
        target: { gateway: 'service', namespace: 'shop', name: 'api', port: 80 },
      },
      { target: { namespace: 'other', name: 'web', port: null } },
      { target: { kind: 'outside', name: 'example.com' } },
      { http: { hosts: ['b.example'] }, target: { name: 'tls' } },
      { target: { name: 'tcp' } },
    ]);
    const old = doors.filter(({ http }) => http?.paths[0] === '/old');
    expect(old).toMatchObject([{ place: { namespace: 'infra', name: 'other', port: 8080 } }]);
    expect(doors.slice(0, 2).map(({ origin }) => covered(origin))).toEqual([
      'prefix: /api',
      'host: web.other.svc.cluster.local',
    ]);
  });

  test('of sidecars alone are no way in', () => {
    const route = 'http: [{ route: [{ destination: { host: web } }] }]';
    expect(service(`hosts: [web]\n${route}`).fragment.gateways).toEqual([]);
    expect(service(`hosts: [web]\ngateways: [mesh]\n${route}`).fragment.gateways).toEqual([]);
  });

  test('that redirect have no destination, copies have one, and what is handed on is told', () => {
    const head = 'hosts: ["*"]\ngateways: [edge]\n';
    expect(service(`${head}http: [{ redirect: { uri: / } }]`).doors).toEqual([]);
    expect(service(`${head}http: [{ mirror: { host: copy } }]`).doors).toMatchObject([{ target: { name: 'copy' } }]);
    expect(service(`${head}http: [{ delegate: { name: other } }]`).notices).toMatchObject([
      { code: 'unsupported-construct' },
    ]);
  });

  test('thousands of matches are cut off', () => {
    const matches = Array.from({ length: 10_000 }, (_, i) => `{ uri: { exact: /${i} } }`).join(', ');
    const { doors, notices } = service(
      `hosts: ["*"]\ngateways: [edge]\nhttp: [{ match: [${matches}], route: [{ destination: { host: web } }] }]`,
    );
    expect(doors).toHaveLength(4096);
    expect(notices).toMatchObject([{ code: 'expansion-limit' }]);
  });
});
