import { describe, expect, test } from 'vitest';
import { sample } from './sample.fixture.ts';

describe('segments', () => {
  test('a cluster that is open, and namespaces that are not; defined ones stand where they are defined', () => {
    const { fragment, covered } = sample(`apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
---
apiVersion: v1
kind: Service
metadata: { name: other, namespace: back }
---
apiVersion: v1
kind: Namespace
metadata: { name: back, labels: { team: a } }
`);
    expect(fragment.segments).toMatchObject([
      { key: 'cluster', kind: 'cluster', open: true },
      { key: 'namespace:back', name: 'back', kind: 'namespace', open: false },
      { key: 'namespace:shop', name: 'shop', open: false },
    ]);
    const [, back, shop] = fragment.segments;
    expect(back && covered(back.origin)).toBe('back');
    expect(shop && covered(shop.origin)).toBe('shop');
  });

  test('every namespace is labelled with its name; all its labels are known only where it is defined', () => {
    const { fragment } = sample(`apiVersion: v1
kind: Namespace
metadata: { name: back, labels: { team: a, kubernetes.io/metadata.name: lies } }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
---
apiVersion: v1
kind: Service
metadata: { name: api }
`);
    const told = fragment.segments.map(({ name, labels, labelsOpen }) => [name, labels && [...labels], labelsOpen]);
    const named = (name: string) => ['kubernetes.io/metadata.name', name];
    expect(told).toEqual([
      ['cluster', undefined, undefined],
      ['back', [['team', 'a'], named('back')], undefined],
      ['shop', [named('shop')], true],
      ['default', [named('default')], true],
    ]);
  });
});

describe('configs', () => {
  test('the entries of a ConfigMap, each where it stands', () => {
    const { fragment, covered } = sample(`apiVersion: v1
kind: ConfigMap
metadata: { name: conf, namespace: shop }
data:
  url: http://api:8080
  port: 80
  app.conf: |
    upstream api:9000
binaryData: { x: AAAA }
`);
    const [config] = fragment.configs;
    expect(config).toMatchObject({ kind: 'config', namespace: 'shop', name: 'conf' });
    expect(config?.entries.map(({ name, value }) => [name, value])).toEqual([
      ['url', 'http://api:8080'],
      ['port', '80'],
      ['app.conf', 'upstream api:9000\n'],
    ]);
    expect(config && covered(config.entries[0]?.origin ?? config.origin)).toBe('url: http://api:8080');
  });

  test('a Secret shows its keys and never its values', () => {
    const { fragment } = sample(`apiVersion: v1
kind: Secret
metadata: { name: db }
data: { password: cGFzc3dvcmQ= }
stringData: { url: postgres://hidden }
`);
    expect(fragment.configs[0]?.entries.map(({ name }) => name)).toEqual(['password', 'url']);
    expect(JSON.stringify(fragment)).not.toMatch(/cGFzc3dvcmQ|hidden/);
  });
});

describe('definitions', () => {
  const keys = (text: string) => sample(text).fragment.definitions.map(({ key }) => key);

  test('go by kind, namespace and name, whatever the version of the API', () => {
    const head = (version: string, kind: string) =>
      `apiVersion: ${version}\nkind: ${kind}\nmetadata: { name: web }\nspec: { template: { spec: { containers: [] } } }\n`;
    expect(keys(head('apps/v1', 'Deployment'))).toEqual(['deployment/default/web']);
    expect(keys(head('extensions/v1beta1', 'Deployment'))).toEqual(['deployment/default/web']);
    expect(keys(head('argoproj.io/v1alpha1', 'Rollout'))).toEqual(['rollout.argoproj.io/default/web']);
  });

  test('differ where the objects differ', () => {
    const digest = (port: number) =>
      sample(`apiVersion: v1\nkind: Service\nmetadata: { name: web }\nspec: { ports: [{ port: ${port} }] }\n`).fragment
        .definitions[0]?.digest;
    expect(digest(80)).toBe(digest(80));
    expect(digest(80)).not.toBe(digest(81));
  });
});

describe('pods that ask to be scraped', () => {
  test('are needed by the platform', () => {
    const { fragment, covered } = sample(`apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    metadata:
      annotations:
        prometheus.io/scrape: "true"
        prometheus.io/port: "9090"
    spec: { containers: [] }
`);
    expect(fragment.needs).toMatchObject([
      {
        from: { kind: 'platform' },
        to: { kind: 'workload', workload: 'deployment/default/web' },
        port: 9090,
        kind: 'scrape',
      },
    ]);
    expect(fragment.needs.map(({ origin }) => covered(origin))).toEqual(['prometheus.io/port: "9090"']);
  });
});

describe('Knative', () => {
  const knative = (labels: string) =>
    sample(`apiVersion: serving.knative.dev/v1
kind: Service
metadata: { name: hello, labels: { ${labels} } }
spec: { template: { spec: { containers: [{ image: x, ports: [{ containerPort: 9000 }] }] } } }
`);

  test('a Service of it is a workload with a name and a route', () => {
    const { workload, gateway, fragment } = knative('');
    expect(workload('hello').kind).toBe('knative-service');
    expect(gateway('hello').names[0]).toEqual({ name: 'hello', within: 'namespace:default' });
    expect(gateway('hello').doors).toMatchObject([
      { place: { kind: 'segment', segment: 'cluster' }, ports: { from: 80 }, target: { ports: { from: 9000 } } },
      { place: { kind: 'proxy', class: 'knative' } },
    ]);
    expect(fragment.definitions[0]?.key).toBe('service.serving.knative.dev/default/hello');
  });

  test('unless it is kept inside', () => {
    expect(knative('networking.knative.dev/visibility: cluster-local').gateway('hello').doors).toHaveLength(1);
  });
});

describe('kinds that are not read', () => {
  test('are told once each', () => {
    const authorization = (name: string) =>
      `apiVersion: security.istio.io/v1\nkind: AuthorizationPolicy\nmetadata: { name: ${name} }\n---\n`;
    const calico = 'apiVersion: projectcalico.org/v3\nkind: NetworkPolicy\nmetadata: { name: x }\nspec: {}\n---\n';
    const { notices, fragment } = sample(
      `${authorization('a')}${authorization('b')}${calico}apiVersion: v1\nkind: Service\nmetadata: { name: web }\n`,
    );
    expect(notices.map(({ code }) => code)).toEqual(['unsupported-construct', 'unsupported-construct']);
    expect(fragment.guards).toEqual([]);
  });
});
