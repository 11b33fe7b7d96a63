import { describe, expect, test } from 'vitest';
import type { DoorFact } from '../../graph/fragment.ts';
import { type Sample, sample } from './sample.fixture.ts';

function ingress(
  spec: string,
  annotations = '{}',
  version = 'networking.k8s.io/v1',
): Sample & { readonly doors: readonly DoorFact[] } {
  const found = sample(
    `apiVersion: ${version}\nkind: Ingress\nmetadata:\n  name: web\n  namespace: shop\n  annotations: ${annotations}\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
  );
  return { ...found, doors: found.gateway('web').doors };
}

/** `host path :port → service:port`, with what is said of TLS. */
function shown(doors: readonly DoorFact[]): string[] {
  return doors.map(({ ports, http, target, tls, unknown }) => {
    const behind = target.kind === 'gateway' ? `${target.namespace}/${target.name}:${target.port}` : target.kind;
    const secured = unknown ? ' perhaps plain' : tls ? ' tls' : ' plain';
    return `${http?.hosts[0] ?? '*'} ${http?.paths[0] ?? '*'} :${ports?.from} → ${behind}${secured}`;
  });
}

const RULE =
  'rules: [{ host: a.example, http: { paths: [{ path: /, backend: { service: { name: web, port: { number: 80 } } } }] } }]';

describe('ingresses', () => {
  test('routes by host and path, to a port by number or name', () => {
    const { doors, gateway, covered } = ingress(`rules:
- host: a.example
  http:
    paths:
    - path: /
      backend: { service: { name: web, port: { number: 80 } } }
    - path: /api
      backend: { service: { name: api, port: { name: http } } }
- http:
    paths:
    - backend:
        service:
          name: rest
          port: { number: 81 }
- host: nothing.example`);
    expect(shown(doors)).toEqual([
      'a.example / :80 → shop/web:80 plain',
      'a.example /api :80 → shop/api:http plain',
      '* * :80 → shop/rest:81 plain',
    ]);
    expect(doors.map(({ origin }) => covered(origin))).toEqual(['path: /', 'path: /api', 'name: rest']);
    expect(doors.map(({ target }) => covered(target.origin))).toEqual(['name: web', 'name: api', 'name: rest']);
    expect(gateway('web')).toMatchObject({ kind: 'ingress', id: 'ingress/shop/web', names: [] });
  });

  test('the old API, and a default backend', () => {
    const old =
      'backend: { serviceName: rest, servicePort: http }\nrules: [{ host: a.example, http: { paths: [{ backend: { serviceName: web, servicePort: 80 } }] } }]';
    for (const version of ['extensions/v1beta1', 'networking.k8s.io/v1beta1']) {
      expect(shown(ingress(old, '{}', version).doors)).toEqual([
        '* * :80 → shop/rest:http plain',
        'a.example * :80 → shop/web:80 plain',
      ]);
    }
    const { doors, covered } = ingress('defaultBackend:\n  service:\n    name: rest\n    port: { number: 80 }');
    expect(shown(doors)).toEqual(['* * :80 → shop/rest:80 plain']);
    expect(doors.map(({ origin }) => covered(origin))).toEqual(['name: rest']);
  });

  test('a backend that is no service', () => {
    expect(ingress('defaultBackend: { resource: { kind: StorageBucket, name: static } }').notices).toMatchObject([
      { code: 'unsupported-construct' },
    ]);
    expect(ingress('defaultBackend: { service: {} }').notices).toMatchObject([{ code: 'invalid-value' }]);
    const action =
      'rules: [{ http: { paths: [{ backend: { service: { name: ssl-redirect, port: { name: use-annotation } } } }] } }]';
    expect(ingress(action)).toMatchObject({ doors: [], notices: [] });
  });
});

describe('the ports of an ingress', () => {
  test('hosts that have a certificate are served on 443 too', () => {
    expect(shown(ingress(`tls: [{ hosts: [a.example] }]\n${RULE}`).doors)).toEqual([
      'a.example / :80 → shop/web:80 perhaps plain',
      'a.example / :443 → shop/web:80 tls',
    ]);
    expect(shown(ingress(`tls: [{ hosts: ["*.example"] }]\n${RULE}`).doors)).toHaveLength(2);
    expect(shown(ingress(`tls: [{ secretName: all }]\n${RULE}`).doors)).toHaveLength(2);
    expect(shown(ingress(`tls: [{ hosts: [b.example] }]\n${RULE}`).doors)).toEqual([
      'a.example / :80 → shop/web:80 plain',
    ]);
    expect(shown(ingress(RULE, '{ networking.gke.io/managed-certificates: web }').doors)).toHaveLength(2);
  });

  test('one that only redirects is no way in', () => {
    const secured = `tls: [{ hosts: [a.example] }]\n${RULE}`;
    const only = ['a.example / :443 → shop/web:80 tls'];
    expect(shown(ingress(`ingressClassName: nginx\n${secured}`).doors)).toEqual(only);
    expect(shown(ingress(secured, '{ nginx.ingress.kubernetes.io/force-ssl-redirect: "true" }').doors)).toEqual(only);
    expect(shown(ingress(secured, '{ kubernetes.io/ingress.allow-http: "false" }').doors)).toEqual(only);
    const told = '{ nginx.ingress.kubernetes.io/ssl-redirect: "false" }';
    expect(shown(ingress(`ingressClassName: nginx\n${secured}`, told).doors)).toHaveLength(2);
  });

  test('an AWS load balancer', () => {
    const alb = (annotations: string) =>
      ingress(`ingressClassName: alb\n${RULE}`, `{ ${annotations} }`).doors.map(({ ports, tls }) => [ports?.from, tls]);
    const prefix = 'alb.ingress.kubernetes.io';
    expect(alb('')).toEqual([[80, false]]);
    expect(alb(`${prefix}/certificate-arn: x`)).toEqual([[443, true]]);
    const both = `${prefix}/listen-ports: '[{"HTTP": 80}, {"HTTPS":8443}]'`;
    expect(alb(both)).toEqual([
      [80, false],
      [8443, true],
    ]);
    expect(alb(`${both}, ${prefix}/ssl-redirect: "8443"`)).toEqual([[8443, true]]);
    expect(alb(`${prefix}/listen-ports: nonsense`)).toEqual([[80, false]]);
  });
});

describe('how far an ingress is seen', () => {
  const place = (spec: string, annotations = '{}') => {
    const found = ingress(`${spec}\n${RULE}`, annotations).doors[0]?.place;
    if (found?.kind !== 'proxy') return undefined;
    return [found.class, typeof found.internal === 'boolean' ? found.internal : found.internal.kind];
  };

  test('by class', () => {
    expect(place('')).toEqual([null, false]);
    expect(place('ingressClassName: nginx')).toEqual(['nginx', false]);
    expect(place('', '{ kubernetes.io/ingress.class: traefik }')).toEqual(['traefik', false]);
    expect(place('', '{ kubernetes.io/ingress.class: gce-internal }')).toEqual(['gce-internal', true]);
    expect(place('ingressClassName: nginx-internal')).toEqual(['nginx-internal', 'unknown']);
    expect(place('ingressClassName: constructor')).toEqual(['constructor', false]);
  });

  test('an AWS load balancer is internal unless it is asked to face the internet', () => {
    expect(place('ingressClassName: alb')).toEqual(['alb', true]);
    expect(place('', '{ alb.ingress.kubernetes.io/target-type: ip }')).toEqual([null, true]);
    expect(place('ingressClassName: alb', '{ alb.ingress.kubernetes.io/scheme: internet-facing }')).toEqual([
      'alb',
      false,
    ]);
    expect(place('ingressClassName: web', '{ alb.ingress.kubernetes.io/scheme: internal }')).toEqual(['web', true]);
  });

  test('and whom it lets in', () => {
    const sources = (annotations: string) => ingress(RULE, annotations).doors[0]?.sources?.cidrs;
    expect(sources('{ nginx.ingress.kubernetes.io/whitelist-source-range: "10.0.0.0/8,192.0.2.1/32" }')).toEqual([
      '10.0.0.0/8',
      '192.0.2.1/32',
    ]);
    expect(sources('{ alb.ingress.kubernetes.io/inbound-cidrs: 203.0.113.0/24 }')).toEqual(['203.0.113.0/24']);
    expect(sources('{}')).toBeUndefined();
  });
});
