import { describe, expect, test } from 'vitest';
import type { DoorFact } from '../../graph/fragment.ts';
import { type Sample, sample } from './sample.fixture.ts';

interface ServiceSample extends Sample {
  readonly doors: readonly DoorFact[];
  /** Place, outside ports and what stands behind: `nodes 30080 → app=web:8080`. */
  readonly shown: readonly string[];
}

function service(spec: string, annotations = '{}'): ServiceSample {
  const found = sample(
    `apiVersion: v1\nkind: Service\nmetadata:\n  name: web\n  namespace: shop\n  annotations: ${annotations}\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
  );
  const { doors } = found.gateway('web');
  return { ...found, doors, shown: doors.map(show) };
}

function show({ place, ports, protocol, target, implicit }: DoorFact): string {
  const at = place.kind === 'address' ? place.address : place.kind;
  const outside = ports === null ? '?' : ports.from === ports.to ? ports.from : `${ports.from}-${ports.to}`;
  const behind =
    target.kind === 'selector'
      ? `${target.selector.requirements.map(({ key, values }) => `${key}=${values}`)}:${target.port}`
      : target.kind === 'outside'
        ? `outside ${target.name}`
        : target.kind;
  return `${at} ${outside}${protocol === 'tcp' ? '' : `/${protocol}`} → ${behind}${implicit ? ' implicit' : ''}`;
}

const WEB = 'selector: { app: web }';

describe('services', () => {
  test('targetPort absent, equal, another number, a name', () => {
    const { shown } = service(
      `${WEB}\nports:\n- port: 80\n- { port: 81, targetPort: 81 }\n- { port: 82, targetPort: 8082 }\n- { port: 83, targetPort: http }\n- { port: 84, targetPort: "8084" }\n- { port: 53, protocol: UDP }`,
    );
    expect(shown).toEqual([
      'segment 80 → app=web:80',
      'segment 81 → app=web:81',
      'segment 82 → app=web:8082',
      'segment 83 → app=web:http',
      'segment 84 → app=web:8084',
      'segment 53/udp → app=web:53',
    ]);
  });

  test('its names, in its namespace and in the cluster', () => {
    expect(service(`${WEB}\nports: [{ port: 80 }]`).gateway('web').names).toEqual([
      { name: 'web', within: 'namespace:shop' },
      { name: 'web.shop', within: 'cluster' },
      { name: 'web.shop.svc', within: 'cluster' },
      { name: 'web.shop.svc.cluster.local', within: 'cluster' },
    ]);
  });

  test('origins are the lines that a person would change', () => {
    const { doors, gateway, covered } = service(
      `type: NodePort\n${WEB}\nports:\n- port: 80\n  targetPort: 8080\n  nodePort: 30080\n- port: 81`,
    );
    expect(covered(gateway('web').origin)).toBe('web');
    expect(doors.map(({ origin }) => covered(origin))).toEqual([
      'port: 80',
      'nodePort: 30080',
      'port: 81',
      'type: NodePort',
    ]);
    expect(doors.map(({ target }) => covered(target.origin))).toEqual([
      'targetPort: 8080',
      'targetPort: 8080',
      'port: 81',
      'port: 81',
    ]);
    const [first] = doors;
    expect(first?.target.kind === 'selector' && covered(first.target.selector.origin)).toBe('selector');
  });

  test('a headless one leads to the pods at the pods’ own port', () => {
    const { shown, gateway } = service(
      `clusterIP: None\n${WEB}\nports:\n- { port: 80, targetPort: 8080 }\n- { port: 5432, targetPort: sql }`,
    );
    expect(shown).toEqual(['segment 8080 → app=web:8080', 'segment 5432 → app=web:sql']);
    expect(gateway('web').names.every(({ subdomains }) => subdomains === true)).toBe(true);
  });

  test('without a selector somebody else says what answers', () => {
    expect(service('ports: [{ port: 80 }]').shown).toEqual(['segment 80 → outside null']);
    expect(service('selector: {}\nports: [{ port: 80 }]').shown).toEqual(['segment 80 → outside null']);
    expect(service('selector:\nports: [{ port: 80 }]').shown).toEqual(['segment 80 → outside null']);
  });

  test('an external name leads out, whatever port is dialled', () => {
    const { shown, doors, covered } = service('type: ExternalName\nexternalName: db.example.com');
    expect(shown).toEqual(['segment 1-65535 → outside db.example.com']);
    expect(doors.map(({ origin }) => covered(origin))).toEqual(['externalName: db.example.com']);
    expect(service('type: ExternalName\nexternalName: a.b\nports: [{ port: 443 }]').shown).toEqual([
      'segment 443 → outside a.b',
    ]);
  });

  test('node ports, asked for or picked', () => {
    expect(service(`type: NodePort\n${WEB}\nports:\n- { port: 80, nodePort: 30080 }\n- { port: 81 }`).shown).toEqual([
      'segment 80 → app=web:80',
      'nodes 30080 → app=web:80',
      'segment 81 → app=web:81',
      'nodes ? → app=web:81',
    ]);
  });

  test('a load balancer brings node ports along, unless it is told not to', () => {
    const balanced = (more: string) => service(`type: LoadBalancer\n${WEB}\n${more}`).shown.slice(1);
    expect(balanced('ports: [{ port: 80 }]')).toEqual(['balancer 80 → app=web:80', 'nodes ? → app=web:80 implicit']);
    expect(balanced('ports: [{ port: 80, nodePort: 30080 }]')).toEqual([
      'balancer 80 → app=web:80',
      'nodes 30080 → app=web:80 implicit',
    ]);
    const without = 'allocateLoadBalancerNodePorts: false\n';
    expect(balanced(`${without}ports: [{ port: 80 }]`)).toEqual(['balancer 80 → app=web:80']);
    expect(balanced(`${without}ports: [{ port: 80, nodePort: 30080 }]`)).toEqual([
      'balancer 80 → app=web:80',
      'nodes 30080 → app=web:80',
    ]);
  });

  test('the door of a load balancer is the line of its type', () => {
    const { doors, covered } = service(`type: LoadBalancer\n${WEB}\nports: [{ port: 80 }]`);
    expect(doors.slice(1).map(({ origin }) => covered(origin))).toEqual(['type: LoadBalancer', 'type: LoadBalancer']);
  });

  test('external addresses', () => {
    const { shown, doors, covered } = service(`${WEB}\nexternalIPs: [203.0.113.7]\nports: [{ port: 80 }]`);
    expect(shown).toEqual(['segment 80 → app=web:80', '203.0.113.7 80 → app=web:80']);
    expect(covered(doors[1]?.origin ?? { file: '', start: 0, end: 0 })).toBe('203.0.113.7');
  });

  test('addresses without end are cut off, with a notice', () => {
    const addresses = Array.from({ length: 3000 }, (_, i) => `10.0.${i >> 8}.${i & 255}`).join(', ');
    const { doors, notices } = service(`${WEB}\nexternalIPs: [${addresses}]\nports: [{ port: 80 }, { port: 81 }]`);
    expect(doors).toHaveLength(2 + 4096);
    expect(notices).toMatchObject([{ code: 'expansion-limit' }]);
  });

  test('who calls is hidden by a node, unless traffic stays local', () => {
    const rewritten = (more: string) =>
      service(`type: NodePort\n${more}\n${WEB}\nports: [{ port: 80 }]`).doors.map((door) => door.rewritesSource);
    expect(rewritten('')).toEqual([undefined, true]);
    expect(rewritten('externalTrafficPolicy: Local')).toEqual([undefined, false]);
  });

  test('what the names of ports and protocols tell of TLS', () => {
    const { doors } = service(
      `${WEB}\nports:\n- { port: 1, name: https }\n- { port: 2, name: http-web }\n- { port: 3, name: grpc }\n- { port: 4, name: http, appProtocol: https }\n- { port: 5, appProtocol: kubernetes.io/h2c }\n- { port: 6, name: httpbin }`,
    );
    expect(doors.map(({ tls }) => tls)).toEqual([true, false, undefined, true, false, undefined]);
    expect(doors[0]?.name).toBe('https');
  });

  test('addresses that somebody wrote for a service without a selector', () => {
    const endpoints = `apiVersion: v1
kind: Endpoints
metadata: { name: db, namespace: shop }
subsets: [{ addresses: [{ ip: 192.0.2.1 }, { ip: 192.0.2.2 }], ports: [{ port: 5432 }] }]
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata: { name: db-1, namespace: shop, labels: { kubernetes.io/service-name: db } }
endpoints: [{ addresses: [192.0.2.3] }]
---
`;
    const read = (name: string, spec: string) =>
      sample(
        `${endpoints}apiVersion: v1\nkind: Service\nmetadata: { name: ${name}, namespace: shop }\nspec: ${spec}\n`,
      );
    const found = read('db', '{ ports: [{ port: 5432 }] }');
    expect(found.gateway('db').doors.map(show)).toEqual([
      'segment 5432 → outside 192.0.2.1',
      'segment 5432 → outside 192.0.2.2',
      'segment 5432 → outside 192.0.2.3',
    ]);
    expect(found.covered(found.gateway('db').doors[0]?.target.origin ?? found.gateway('db').origin)).toBe(
      'ip: 192.0.2.1',
    );
    const other = read('other', '{ ports: [{ port: 5432 }] }').gateway('other');
    expect(other.doors.map(show)).toEqual(['segment 5432 → outside null']);
    const selecting = read('db', '{ selector: { app: db }, ports: [{ port: 5432 }] }').gateway('db');
    expect(selecting.doors.map(show)).toEqual(['segment 5432 → app=db:5432']);
  });

  test('thousands of addresses are cut off', () => {
    const addresses = Array.from({ length: 10_000 }, (_, i) => `{ ip: 10.0.${i % 256}.${Math.floor(i / 256)} }`);
    const { notices, gateway } = sample(
      `apiVersion: v1\nkind: Endpoints\nmetadata: { name: db }\nsubsets: [{ addresses: [${addresses.join(', ')}] }]\n---\napiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec: { ports: [{ port: 1 }, { port: 2 }] }\n`,
    );
    expect(gateway('db').doors).toHaveLength(4096);
    expect(notices).toMatchObject([{ code: 'expansion-limit' }]);
  });

  test('whose namespace nobody wrote', () => {
    expect(sample('apiVersion: v1\nkind: Service\nmetadata: { name: web }\n').gateway('web').floating).toBe(true);
    expect(service(WEB).gateway('web')).not.toHaveProperty('floating');
  });

  test('a port without a number is told and left out', () => {
    const { doors, notices } = service(`${WEB}\nports:\n- { targetPort: 80 }\n- { port: 80, protocol: HTTP }`);
    expect(doors).toEqual([]);
    expect(notices.map(({ code }) => code)).toEqual(['invalid-value', 'invalid-value']);
  });

  test('what is asked to be scraped', () => {
    const scrape = (annotations: string) =>
      service(`${WEB}\nports: [{ port: 80, targetPort: http }]`, annotations).fragment.needs;
    expect(scrape('{ prometheus.io/scrape: "true", prometheus.io/port: "9102" }')).toMatchObject([
      { from: { kind: 'platform' }, to: { kind: 'selector' }, port: 9102, kind: 'scrape', weight: 0.95 },
    ]);
    expect(scrape('{ monitoring.prometheus.acme/scrape: true }')).toMatchObject([{ port: 'http' }]);
    expect(scrape('{ prometheus.io/scrape: "false" }')).toEqual([]);
  });
});
