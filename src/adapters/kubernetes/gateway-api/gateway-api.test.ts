import { describe, expect, test } from 'vitest';
import type { DoorFact } from '../../../graph/fragment.ts';
import { type Sample, sample } from '../sample.fixture.ts';

const indented = (spec: string) => spec.replace(/^/gm, '  ');

function object(kind: string, spec: string, metadata = ''): string {
  return `apiVersion: gateway.networking.k8s.io/v1\nkind: ${kind}\nmetadata:\n  name: one\n  namespace: shop\n${metadata}spec:\n${indented(spec)}\n`;
}

type Read = Sample & { readonly doors: readonly DoorFact[] };

function read(text: string): Read {
  const found = sample(text);
  return { ...found, doors: found.gateway('one').doors };
}
const gateway = (spec: string, metadata?: string) => read(object('Gateway', spec, metadata));
const listening = (listener: string) => gateway(`gatewayClassName: any\nlisteners:\n- ${listener}`);
const route = (spec: string, kind = 'HTTPRoute') => read(object(kind, spec));
const PARENT = 'parentRefs: [{ name: edge }]\n';

describe('listeners of a Gateway', () => {
  test('are doors that routes stand at', () => {
    const { doors, covered } = gateway(`gatewayClassName: any
listeners:
- { name: web, port: 80, protocol: HTTP, hostname: "*.Example" }
- { name: secure, port: 443, protocol: HTTPS }
- { name: udp, port: 53, protocol: UDP }`);
    expect(doors).toMatchObject([
      { name: 'web', protocol: 'tcp', ports: { from: 80, to: 80 }, tls: false, target: { kind: 'routes' } },
      { name: 'secure', ports: { from: 443, to: 443 }, tls: true },
      { name: 'udp', protocol: 'udp', ports: { from: 53, to: 53 } },
    ]);
    expect(doors.map(({ admits }) => admits)).toEqual([
      { routes: ['HTTPRoute', 'GRPCRoute'], namespaces: 'same', hosts: ['*.example'] },
      { routes: ['HTTPRoute', 'GRPCRoute'], namespaces: 'same', hosts: [] },
      { routes: ['UDPRoute'], namespaces: 'same', hosts: [] },
    ]);
    expect(covered(doors[0]?.origin ?? doors[1]?.origin ?? { file: '', start: 0, end: 0 })).toBe('port: 80');
  });

  test.each<[string, unknown]>([
    ['{ port: 443, protocol: TLS, tls: { mode: Passthrough } }', { routes: ['TLSRoute'] }],
    ['{ port: 443, protocol: TLS, tls: { mode: Terminate } }', { routes: ['TLSRoute', 'TCPRoute'] }],
    ['{ port: 1, protocol: TCP }', { routes: ['TCPRoute'] }],
    ['{ port: 1, protocol: example.com/own }', { routes: null }],
    [
      '{ port: 1, protocol: HTTP, allowedRoutes: { kinds: [{ kind: GRPCRoute }, { kind: TCPRoute }] } }',
      { routes: ['GRPCRoute'] },
    ],
    ['{ port: 1, protocol: HTTP, allowedRoutes: { kinds: [{ group: a.example, kind: HTTPRoute }] } }', { routes: [] }],
    ['{ port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: All } } }', { namespaces: 'all' }],
    ['{ port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: Same } } }', { namespaces: 'same' }],
    [
      '{ port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchLabels: { a: b } } } } }',
      { namespaces: [{ key: 'a', operator: 'in', values: ['b'] }] },
    ],
  ])('%s', (listener, admission) => {
    expect(listening(listener).doors[0]?.admits).toMatchObject(admission as object);
  });

  test.each([
    '{ port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: None } } }',
    '{ port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector } } }',
    '{ port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: Everywhere } } }',
    '{ port: 1, protocol: HTTP, allowedRoutes: { namespaces: { from: Selector, selector: { matchExpressions: [{ key: a, operator: In }] } } } }',
  ])('%s takes nobody in', (listener) => {
    expect(listening(listener).doors[0]?.admits).toBeUndefined();
  });

  test('without a port is told, and thousands are cut off', () => {
    const { doors, notices } = listening('{ name: web, protocol: HTTP }');
    expect(doors).toEqual([]);
    expect(notices).toMatchObject([{ code: 'invalid-value' }]);
    const many = Array.from({ length: 3_000 }, (_, i) => `{ port: ${i + 1}, protocol: TCP }`).join('\n- ');
    const cut = listening(many);
    expect(cut.doors).toHaveLength(1024);
    expect(cut.notices).toMatchObject([{ code: 'expansion-limit' }]);
  });
});

describe('where a Gateway stands', () => {
  const LISTENERS = 'listeners: [{ port: 80, protocol: HTTP }]\n';
  const place = (spec: string, metadata?: string) => {
    const found = gateway(`${LISTENERS}${spec}`, metadata).doors[0];
    if (found?.place.kind !== 'proxy') return found?.place.kind;
    return typeof found.place.internal === 'boolean' ? found.place.internal : found.place.internal.kind;
  };

  test.each<[string, unknown]>([
    ['gatewayClassName: gke-l7-rilb', true],
    ['gatewayClassName: gke-l7-global-external-managed', false],
    ['gatewayClassName: istio', false],
    ['gatewayClassName: mine', 'unknown'],
    ['gatewayClassName: mine\naddresses: [{ value: 10.0.0.1 }]', true],
    ['gatewayClassName: gke-l7-rilb\naddresses: [{ value: 192.88.99.1 }, { value: 10.0.0.1 }]', false],
    ['gatewayClassName: istio\naddresses: [{ type: Hostname, value: 10.0.0.1 }]', false],
    ['gatewayClassName: istio-waypoint', 'segment'],
    [
      'gatewayClassName: istio\ninfrastructure: { annotations: { networking.istio.io/service-type: ClusterIP } }',
      'segment',
    ],
    [
      'gatewayClassName: istio\ninfrastructure: { annotations: { networking.istio.io/service-type: NodePort } }',
      'nodes',
    ],
    [
      'gatewayClassName: istio\ninfrastructure: { annotations: { service.beta.kubernetes.io/azure-load-balancer-internal: "true" } }',
      true,
    ],
  ])('%s', (spec, expected) => {
    expect(place(spec)).toBe(expected);
  });

  test('by the annotations of the object, and by the controller of its class', () => {
    const annotated = '  annotations: { networking.gke.io/load-balancer-type: Internal }\n';
    expect(place('gatewayClassName: mine', annotated)).toBe(true);
    const own = `${object('Gateway', `gatewayClassName: mine\n${LISTENERS}`)}---\napiVersion: gateway.networking.k8s.io/v1\nkind: GatewayClass\nmetadata: { name: mine }\nspec: { controllerName: istio.io/gateway-controller }\n`;
    const { doors, notices } = read(own);
    expect(doors[0]).toMatchObject({
      place: { kind: 'proxy', class: 'mine', internal: false },
      by: { namespace: 'shop', requirements: [{ key: 'gateway.networking.k8s.io/gateway-name', values: ['one'] }] },
    });
    expect(notices).toEqual([]);
  });
});

describe('routes', () => {
  test('stand behind the Gateways that they ask for, and lead to Services', () => {
    const { doors, covered } = route(`parentRefs:
- { name: edge, namespace: infra, sectionName: web, port: 80 }
- { name: other }
hostnames: [A.example]
rules:
- matches:
  - { path: { type: PathPrefix, value: /api }, method: GET }
  - path: { type: Exact, value: /health }
  backendRefs:
  - { name: api, port: 8080 }
  - { name: old, port: 80, weight: 0 }
- backendRefs:
  - name: web
    port: 80`);
    expect(doors).toHaveLength(6);
    expect(doors[0]).toMatchObject({
      place: {
        kind: 'behind',
        gateway: 'gateway',
        namespace: 'infra',
        name: 'edge',
        door: 'web',
        port: 80,
        route: 'HTTPRoute',
      },
      http: { hosts: ['a.example'], paths: ['/api'], methods: ['GET'] },
      target: { kind: 'gateway', gateway: 'service', namespace: 'shop', name: 'api', port: 8080 },
    });
    expect(doors.slice(0, 3).map(({ http }) => http?.paths)).toEqual([['/api'], ['/health'], []]);
    expect(doors.slice(0, 3).map(({ origin }) => covered(origin))).toEqual([
      'value: /api',
      'value: /health',
      'name: web',
    ]);
    expect(doors[3]).toMatchObject({ place: { namespace: 'shop', name: 'other', door: null, port: null } });
  });

  test('of gRPC match calls, others match nothing', () => {
    const grpc = route(
      `${PARENT}rules: [{ matches: [{ method: { service: a.B, method: Get } }, { method: { service: a.C } }], backendRefs: [{ name: web, port: 80 }] }]`,
      'GRPCRoute',
    );
    expect(grpc.doors.map(({ http }) => http?.paths)).toEqual([['/a.B/Get'], ['/a.C/']]);
    const tls = route(
      `${PARENT}hostnames: [a.example]\nrules: [{ backendRefs: [{ name: web, port: 80 }] }]`,
      'TLSRoute',
    );
    expect(tls.doors).toMatchObject([{ http: { hosts: ['a.example'], paths: [] } }]);
    for (const [kind, protocol] of [
      ['TCPRoute', 'tcp'],
      ['UDPRoute', 'udp'],
    ] as const) {
      const { doors, gateway: named } = route(`${PARENT}rules: [{ backendRefs: [{ name: web, port: 80 }] }]`, kind);
      expect(named('one').kind).toBe('relay');
      expect(doors).toMatchObject([{ protocol, place: { route: kind } }]);
      expect(doors[0]).not.toHaveProperty('http');
    }
  });

  test('that send callers elsewhere have no backend; copies of requests have', () => {
    const filters =
      '[{ type: RequestRedirect, requestRedirect: { scheme: https } }, { type: RequestMirror, requestMirror: { backendRef: { name: copy, port: 80 } } }]';
    const { doors } = route(`${PARENT}rules: [{ filters: ${filters}, backendRefs: [{ name: web, port: 80 }] }]`);
    expect(doors).toMatchObject([{ target: { name: 'copy' } }]);
  });

  test('into another namespace have to be let in there', () => {
    const { doors, fragment } = read(
      `${object('HTTPRoute', `${PARENT}rules: [{ backendRefs: [{ name: web, namespace: other, port: 80 }] }]`)}---
apiVersion: gateway.networking.k8s.io/v1beta1
kind: ReferenceGrant
metadata: { name: grant, namespace: other }
spec:
  from:
  - { group: gateway.networking.k8s.io, kind: HTTPRoute, namespace: shop }
  - { group: gateway.networking.k8s.io, kind: Gateway, namespace: shop }
  - { group: a.example, kind: HTTPRoute, namespace: shop }
  to:
  - { group: "", kind: Service, name: web }
  - { group: "", kind: Service }
  - { group: "", kind: Secret }
`,
    );
    expect(doors).toMatchObject([
      { target: { namespace: 'other', crossing: { namespace: 'shop', route: 'HTTPRoute' } } },
    ]);
    const to = { gateway: 'service', namespace: 'other' };
    expect(fragment.permits).toMatchObject([
      { from: { namespace: 'shop', route: 'HTTPRoute' }, to: { ...to, name: 'web' } },
      { from: { namespace: 'shop', route: 'HTTPRoute' }, to: { ...to, name: null } },
      { from: { namespace: 'shop', route: 'Gateway' }, to: { ...to, name: 'web' } },
      { from: { namespace: 'shop', route: 'Gateway' }, to: { ...to, name: null } },
    ]);
  });

  test('that nobody asks for, and that are for the traffic between workloads', () => {
    expect(route('rules: [{ backendRefs: [{ name: web, port: 80 }] }]').doors).toMatchObject([
      { place: { kind: 'nowhere', because: 'it names no Gateway' } },
    ]);
    const mesh =
      'parentRefs: [{ group: "", kind: Service, name: web }]\nrules: [{ backendRefs: [{ name: web, port: 80 }] }]';
    expect(sample(object('HTTPRoute', mesh)).fragment.gateways).toEqual([]);
    const strange = route(
      'parentRefs: [{ kind: ListenerSet, name: a }]\nrules: [{ backendRefs: [{ name: web, port: 80 }] }]',
    );
    expect(strange.doors).toMatchObject([{ place: { kind: 'proxy', internal: { kind: 'unknown' } } }]);
    expect(strange.notices).toMatchObject([{ code: 'unsupported-construct' }]);
  });

  test('backends of other kinds, and without a port', () => {
    const other = route(`${PARENT}rules: [{ backendRefs: [{ group: a.example, kind: Bucket, name: a }] }]`);
    expect(other.doors).toMatchObject([{ target: { kind: 'outside', name: null } }]);
    expect(other.notices).toMatchObject([{ code: 'unsupported-construct' }]);
    const without = route(`${PARENT}rules: [{ backendRefs: [{ name: web }] }]`);
    expect(without).toMatchObject({ doors: [], notices: [{ code: 'invalid-value' }] });
  });

  test('thousands of matches and backends are cut off', () => {
    const backends = Array.from({ length: 200 }, (_, i) => `{ name: s${i}, port: 80 }`).join(', ');
    const matches = Array.from({ length: 200 }, (_, i) => `{ path: { value: /${i} } }`).join(', ');
    const parents = Array.from({ length: 50 }, (_, i) => `{ name: g${i} }`).join(', ');
    const { doors, notices } = route(
      `parentRefs: [${parents}]\nrules: [{ matches: [${matches}], backendRefs: [${backends}] }]`,
    );
    expect(doors).toHaveLength(4096);
    expect(notices).toMatchObject([{ code: 'expansion-limit' }]);
    const one = route(`${PARENT}rules: [{ matches: [${matches}], backendRefs: [${backends}] }]`);
    expect(one).toMatchObject({ doors: { length: 4096 }, notices: [{ code: 'expansion-limit' }] });
  });
});
