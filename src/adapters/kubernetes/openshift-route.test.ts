import { describe, expect, test } from 'vitest';
import { sample } from './sample.fixture.ts';

function route(spec: string, annotations = '{}') {
  const found = sample(
    `apiVersion: route.openshift.io/v1\nkind: Route\nmetadata:\n  name: web\n  namespace: shop\n  annotations: ${annotations}\nspec:\n${spec.replace(/^/gm, '  ')}\n`,
  );
  return { ...found, doors: found.gateway('web').doors };
}
const TO = 'to: { kind: Service, name: web }\n';

describe('routes of OpenShift', () => {
  test('lead from the router to all ports of a Service, or to one of it or of its pods', () => {
    const { doors, covered } = route('host: A.example\npath: /api\nto:\n  kind: Service\n  name: web');
    expect(doors).toMatchObject([
      {
        place: { kind: 'proxy', class: 'openshift', internal: false },
        ports: { from: 80, to: 80 },
        tls: false,
        http: { hosts: ['a.example'], paths: ['/api'] },
        target: { gateway: 'service', namespace: 'shop', name: 'web', port: null, loose: true },
        by: { namespace: 'openshift-ingress' },
      },
    ]);
    expect(doors.map(({ origin }) => covered(origin))).toEqual(['name: web']);
    expect(route(`${TO}port: { targetPort: http }`).doors).toMatchObject([{ target: { port: 'http' } }]);
    expect(route(`${TO}port: { targetPort: 8080 }`).doors).toMatchObject([{ target: { port: 8080 } }]);
  });

  test('the ports of the router', () => {
    const ports = (tls: string) => route(`${TO}tls: ${tls}`).doors.map((door) => [door.ports?.from, door.tls]);
    expect(ports('{ termination: edge }')).toEqual([[443, true]]);
    expect(ports('{ termination: passthrough }')).toEqual([[443, true]]);
    expect(ports('{ termination: reencrypt, insecureEdgeTerminationPolicy: Redirect }')).toEqual([[443, true]]);
    expect(ports('{ termination: edge, insecureEdgeTerminationPolicy: Allow }')).toEqual([
      [80, false],
      [443, true],
    ]);
  });

  test('hosts that are written, made up, or wild', () => {
    const hosts = (spec: string) => route(`${TO}${spec}`).doors[0]?.http?.hosts;
    expect(hosts('')).toEqual(['web-shop.*']);
    expect(hosts('subdomain: shop')).toEqual(['shop.*']);
    expect(hosts('host: a.b.example\nwildcardPolicy: Subdomain')).toEqual(['*.b.example']);
    expect(hosts('host: a.b.example\nwildcardPolicy: None')).toEqual(['a.b.example']);
  });

  test('several backends, and those that get nothing', () => {
    const others =
      'alternateBackends: [{ kind: Service, name: b }, { kind: Service, name: c, weight: 0 }, { kind: Pod, name: d }]';
    const { doors, notices } = route(`${TO}${others}`);
    expect(doors).toMatchObject([{ target: { name: 'web' } }, { target: { name: 'b' } }]);
    expect(notices).toMatchObject([{ code: 'invalid-value' }]);
    const many = Array.from({ length: 5_000 }, (_, i) => `{ kind: Service, name: s${i} }`).join(', ');
    expect(route(`${TO}alternateBackends: [${many}]`)).toMatchObject({ notices: [{ code: 'expansion-limit' }] });
  });

  test('whom the router lets in', () => {
    const annotations = '{ haproxy.router.openshift.io/ip_whitelist: "192.0.2.0/24 10.0.0.0/8" }';
    expect(route(TO, annotations).doors[0]?.sources?.cidrs).toEqual(['192.0.2.0/24', '10.0.0.0/8']);
  });
});
