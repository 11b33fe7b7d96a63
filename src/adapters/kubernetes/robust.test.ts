import fc from 'fast-check';
import { expect, test } from 'vitest';
import { openFiles } from '../../assemble/files.ts';
import { assembleKubernetes } from '../../assemble/kubernetes/index.ts';
import { memoryTree } from '../../source/tree.ts';
import { kubernetesFragment } from './index.ts';
import { seldomReaders } from './seldom.ts';

type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

const podSpec = {
  hostNetwork: false,
  volumes: [
    { name: 'v', hostPath: { path: '/x' } },
    { name: 'c', configMap: { name: 'c', items: [{ key: 'k', path: 'p' }] } },
    { name: 'p', projected: { sources: [{ secret: { name: 's' } }] } },
  ],
  containers: [
    {
      name: 'main',
      image: 'web:1',
      command: ['run'],
      args: ['--port=80'],
      env: [
        { name: 'A', value: 'b' },
        { name: 'C', valueFrom: { configMapKeyRef: { name: 'c', key: 'k' } } },
      ],
      envFrom: [{ configMapRef: { name: 'c' } }],
      ports: [{ name: 'http', containerPort: 80, hostPort: 80, hostIP: '10.0.0.1', protocol: 'TCP' }],
      volumeMounts: [
        { name: 'v', mountPath: '/v', subPath: 'x' },
        { name: 'c', mountPath: '/c' },
        { name: 'p', mountPath: '/p' },
      ],
      readinessProbe: { httpGet: { port: 'http', path: '/', host: 'x', scheme: 'HTTPS' } },
      livenessProbe: { exec: { command: ['true'] } },
      securityContext: { privileged: true, capabilities: { add: ['NET_ADMIN'] } },
    },
  ],
};
const head = (apiVersion: string, kind: string) => ({
  apiVersion,
  kind,
  metadata: {
    name: 'web',
    namespace: 'shop',
    labels: { app: 'web' },
    annotations: { 'prometheus.io/scrape': 'true', 'prometheus.io/port': '80', 'portolan.dev/ignore': 'a -- b' },
    ownerReferences: [{ kind: 'ReplicaSet', name: 'x', controller: true }],
  },
});
const template = { metadata: { labels: { app: 'web' } }, spec: podSpec };
const backend = { service: { name: 'web', port: { number: 80 } } };
const label = { matchLabels: { app: 'web' }, matchExpressions: [{ key: 'a', operator: 'In', values: ['b'] }] };
const OBJECTS: readonly Json[] = [
  { ...head('v1', 'Pod'), spec: podSpec },
  { ...head('apps/v1', 'Deployment'), spec: { replicas: 1, template } },
  { ...head('batch/v1', 'CronJob'), spec: { suspend: false, jobTemplate: { spec: { template } } } },
  { ...head('serving.knative.dev/v1', 'Service'), spec: { template } },
  { ...head('v1', 'ConfigMap'), data: { a: 'b' } },
  { ...head('v1', 'Secret'), data: { a: 'b' } },
  {
    ...head('v1', 'Service'),
    spec: {
      type: 'LoadBalancer',
      clusterIP: '10.0.0.1',
      loadBalancerIP: '10.0.0.2',
      loadBalancerClass: 'x',
      loadBalancerSourceRanges: ['10.0.0.0/8'],
      externalIPs: ['10.0.0.3'],
      externalName: 'x',
      externalTrafficPolicy: 'Local',
      selector: { app: 'web' },
      ports: [{ name: 'http', port: 80, targetPort: 'http', nodePort: 30080, protocol: 'TCP', appProtocol: 'http' }],
    },
  },
  {
    ...head('networking.k8s.io/v1', 'Ingress'),
    spec: {
      ingressClassName: 'alb',
      defaultBackend: backend,
      tls: [{ hosts: ['a.b'] }],
      rules: [
        { host: 'a.b', http: { paths: [{ path: '/', backend }, { backend: { serviceName: 'x', servicePort: 80 } }] } },
      ],
    },
  },
  {
    ...head('networking.k8s.io/v1', 'NetworkPolicy'),
    spec: {
      podSelector: label,
      policyTypes: ['Ingress', 'Egress'],
      ingress: [
        {
          from: [
            { podSelector: label, namespaceSelector: label },
            { ipBlock: { cidr: '10.0.0.0/8', except: ['10.1.0.0/16'] } },
          ],
          ports: [{ port: 80, endPort: 90, protocol: 'TCP' }],
        },
      ],
      egress: [{ to: [{ podSelector: {} }], ports: [{ port: 'http' }] }],
    },
  },
  {
    ...head('policy.networking.k8s.io/v1alpha1', 'AdminNetworkPolicy'),
    spec: {
      priority: 1,
      subject: { pods: { namespaceSelector: label, podSelector: label } },
      ingress: [
        {
          name: 'a',
          action: 'Deny',
          from: [{ namespaces: label }],
          ports: [
            { portNumber: { protocol: 'TCP', port: 80 } },
            { portRange: { start: 1, end: 2 } },
            { namedPort: 'a' },
          ],
        },
      ],
      egress: [{ action: 'Pass', to: [{ networks: ['10.0.0.0/8'] }, { nodes: label }] }],
    },
  },
  {
    ...head('policy.networking.k8s.io/v1alpha2', 'ClusterNetworkPolicy'),
    spec: {
      tier: 'Admin',
      priority: 1,
      subject: { namespaces: label },
      ingress: [
        {
          action: 'Accept',
          from: [{ pods: { podSelector: label } }],
          protocols: [{ tcp: { destinationPort: { range: { start: 1, end: 2 } } } }, { destinationNamedPort: 'a' }],
        },
      ],
    },
  },
  {
    ...head('gateway.networking.k8s.io/v1', 'Gateway'),
    spec: {
      gatewayClassName: 'istio',
      addresses: [{ type: 'IPAddress', value: '10.0.0.1' }],
      infrastructure: { annotations: { 'networking.istio.io/service-type': 'NodePort' } },
      listeners: [
        {
          name: 'a',
          port: 80,
          protocol: 'TLS',
          hostname: 'a.b',
          tls: { mode: 'Passthrough' },
          allowedRoutes: { kinds: [{ kind: 'TLSRoute' }], namespaces: { from: 'Selector', selector: label } },
        },
      ],
    },
  },
  {
    ...head('gateway.networking.k8s.io/v1', 'HTTPRoute'),
    spec: {
      parentRefs: [{ name: 'web', namespace: 'x', sectionName: 'a', port: 80 }],
      hostnames: ['a.b'],
      rules: [
        {
          matches: [{ path: { type: 'Exact', value: '/a' }, method: 'GET' }],
          filters: [{ type: 'RequestMirror', requestMirror: { backendRef: { name: 'c', port: 80 } } }],
          backendRefs: [{ name: 'web', namespace: 'y', port: 80, weight: 1 }],
        },
      ],
    },
  },
  {
    ...head('gateway.networking.k8s.io/v1', 'GRPCRoute'),
    spec: {
      parentRefs: [{ name: 'web' }],
      rules: [{ matches: [{ method: { service: 'a', method: 'b' } }], backendRefs: [{ name: 'web', port: 80 }] }],
    },
  },
  {
    ...head('gateway.networking.k8s.io/v1beta1', 'ReferenceGrant'),
    spec: {
      from: [{ group: 'gateway.networking.k8s.io', kind: 'HTTPRoute', namespace: 'x' }],
      to: [{ group: '', kind: 'Service', name: 'web' }],
    },
  },
  {
    ...head('route.openshift.io/v1', 'Route'),
    spec: {
      host: 'a.b',
      path: '/a',
      to: { kind: 'Service', name: 'web', weight: 1 },
      alternateBackends: [{ kind: 'Service', name: 'x' }],
      port: { targetPort: 'http' },
      tls: { termination: 'edge', insecureEdgeTerminationPolicy: 'Allow' },
      wildcardPolicy: 'Subdomain',
    },
  },
  {
    ...head('networking.istio.io/v1', 'Gateway'),
    spec: {
      selector: { istio: 'x' },
      servers: [{ port: { number: 80, name: 'a', protocol: 'HTTPS' }, tls: { mode: 'SIMPLE' }, hosts: ['x/a.b'] }],
    },
  },
  {
    ...head('networking.istio.io/v1', 'VirtualService'),
    spec: {
      hosts: ['a.b'],
      gateways: ['x/web'],
      http: [
        {
          match: [{ uri: { prefix: '/' }, method: { exact: 'GET' }, gateways: ['x/web'], port: 80 }],
          route: [{ destination: { host: 'web', port: { number: 80 } }, weight: 1 }],
          mirror: { host: 'c' },
        },
      ],
      tls: [{ match: [{ sniHosts: ['a.b'] }], route: [{ destination: { host: 'web' } }] }],
    },
  },
  { ...head('v1', 'Endpoints'), subsets: [{ addresses: [{ ip: '10.0.0.1' }] }] },
  { ...head('discovery.k8s.io/v1', 'EndpointSlice'), endpoints: [{ addresses: ['10.0.0.1'] }] },
];

/** Every place in the value, as keys from the outside in. */
function placesIn(value: Json, path: readonly (string | number)[] = []): (readonly (string | number)[])[] {
  if (value === null || typeof value !== 'object') return [path];
  const entries: [string | number, Json][] = Array.isArray(value)
    ? value.map((item, i) => [i, item])
    : Object.entries(value);
  return [path, ...entries.flatMap(([key, inner]) => placesIn(inner, [...path, key]))];
}

function replaced(value: Json, [key, ...rest]: readonly (string | number)[], by: Json): Json {
  if (key === undefined || value === null || typeof value !== 'object') return by;
  if (Array.isArray(value)) return value.map((item, i) => (i === key ? replaced(item, rest, by) : item));
  return { ...value, [key]: replaced(value[key] as Json, rest, by) };
}

const odd = fc.oneof(
  fc.constantFrom<Json>(null, '', 'constructor', '__proto__', -1, 1e99, 70000, true, [], {}, [null], [[]], { a: null }),
  fc.jsonValue({ maxDepth: 2 }) as fc.Arbitrary<Json>,
);

test('whatever stands in a manifest, it is read without harm, and every fact has a place in the file', () => {
  const change = fc.tuple(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), odd);
  fc.assert(
    fc.property(fc.constantFrom(...OBJECTS), fc.array(change, { minLength: 1, maxLength: 4 }), (object, changes) => {
      let changed = object;
      for (const [where, by] of changes) {
        const places = placesIn(changed).slice(1);
        if (places.length > 0) changed = replaced(changed, places[Math.floor(where * places.length)] ?? [], by);
      }
      const text = JSON.stringify(changed, null, 1);
      const files = openFiles(memoryTree({ 'a.yaml': text }));
      for (const unit of assembleKubernetes(files).value) {
        const { value, notices } = kubernetesFragment(unit, seldomReaders);
        for (const origin of originsIn([value, notices])) {
          expect(origin).toMatchObject({ file: 'a.yaml' });
          expect(origin.start).toBeLessThanOrEqual(origin.end);
          expect(origin.end).toBeLessThanOrEqual(text.length);
        }
      }
    }),
    { numRuns: 500 },
  );
});

function originsIn(value: unknown): { readonly start: number; readonly end: number }[] {
  if (value === null || typeof value !== 'object') return [];
  const inner = value instanceof Map ? [...value.values()] : Object.values(value);
  const own = 'start' in value && 'end' in value ? [value as { start: number; end: number }] : [];
  return [...own, ...inner.flatMap(originsIn)];
}
