import { describe, expect, test } from 'vitest';
import { deployment, kustomize, valueAt, wayIn } from './kustomize.fixture.ts';

const SERVICE = `apiVersion: v1
kind: Service
metadata: { name: web }
spec: { selector: { app: web }, ports: [{ port: 80 }] }
`;
const CONFIG = 'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: settings }\ndata: { a: "1" }\n';

describe('resources', () => {
  test('are files, folders with kustomizations, and what these build on', () => {
    const files = {
      'live/kustomization.yaml': 'resources: [../stage, extra.yaml]\n',
      'live/extra.yaml': CONFIG,
      'stage/kustomization.yml': 'bases: [../base]\n',
      'base/Kustomization': 'resources: [web.yaml]\n',
      'base/web.yaml': `${deployment('web')}---\n${SERVICE}`,
    };
    const { objects, files: read, codes } = kustomize(files, 'live');
    expect(Object.keys(objects)).toEqual(['Deployment/web', 'Service/web', 'ConfigMap/settings']);
    expect(read).toEqual(Object.keys(files).sort());
    expect(codes).toEqual([]);
  });

  test('what is elsewhere, missing, twice or of the wrong kind is told and left out', () => {
    const files = {
      'kustomization.yaml':
        'resources: [https://x.example/y.yaml, "github.com/a/b?ref=v1", none.yaml, a.yaml, b.yaml, part, empty]\ncomponents: [base]\nhelmCharts: [{name: x}]\n',
      'a.yaml': SERVICE,
      'b.yaml': SERVICE,
      'part/kustomization.yaml': 'kind: Component\nresources: []\n',
      'base/kustomization.yaml': 'resources: []\n',
      'empty/file.txt': '',
    };
    const { objects, codes } = kustomize(files);
    expect(Object.keys(objects)).toEqual(['Service/web']);
    expect(codes).toEqual([
      'not-built',
      'reference-missing',
      'merge-conflict',
      'invalid-value',
      'reference-missing',
      'reference-missing',
    ]);
  });

  test('a file outside of the folder is read and told; one outside of the tree is not read', () => {
    const files = { 'app/kustomization.yaml': 'resources: [../web.yaml, ../../etc/web.yaml]\n', 'web.yaml': SERVICE };
    const { objects, codes } = kustomize(files, 'app');
    expect(Object.keys(objects)).toEqual(['Service/web']);
    expect(codes).toEqual(['unsupported-construct', 'outside-root']);
  });

  test('circles are broken, and nesting ends', () => {
    const circle = { 'a/kustomization.yaml': 'resources: [../b]\n', 'b/kustomization.yaml': 'resources: [../a]\n' };
    expect(kustomize(circle, 'a').codes).toEqual(['reference-cycle']);
    const deep = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => [`k${i}/kustomization.yaml`, `resources: [../k${i + 1}]\n`]),
    );
    expect(kustomize(deep, 'k0').codes).toEqual(['depth-limit']);
  });

  test('objects that are doubled with every layer are cut off', () => {
    const doubling = Object.fromEntries(
      Array.from({ length: 13 }, (_, i) =>
        ['l', 'r'].map((side) => [
          `${side}${i}/kustomization.yaml`,
          `resources: [../l${i + 1}, ../r${i + 1}]\nnamePrefix: ${side}\n`,
        ]),
      ).flat(),
    );
    const leaf = { 'kustomization.yaml': 'resources: [l0]\n', 'web.yaml': SERVICE };
    const ends = ['l13', 'r13'].flatMap((folder) => [
      [`${folder}/kustomization.yaml`, `resources: [web.yaml]\nnamePrefix: ${folder[0]}\n`],
      [`${folder}/web.yaml`, SERVICE],
    ]);
    const { objects, codes } = kustomize({ ...doubling, ...leaf, ...Object.fromEntries(ends) });
    expect(Object.keys(objects)).toHaveLength(5000);
    expect(new Set(codes)).toEqual(new Set(['expansion-limit']));
  });

  test('objects for other programs stay at home', () => {
    const local = CONFIG.replace(
      'name: settings',
      'name: s, annotations: { config.kubernetes.io/local-config: "true" }',
    );
    expect(kustomize({ 'kustomization.yaml': 'resources: [a.yaml]\n', 'a.yaml': local }).objects).toEqual({});
  });
});

describe('components', () => {
  test('change what is there before the layer does, in their order, and bring components of their own', () => {
    const component = (text: string) => `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${text}`;
    const { objects, codes } = kustomize(
      {
        'kustomization.yaml': 'resources: [web.yaml]\ncomponents: [one, two]\nnamePrefix: live-\n',
        'web.yaml': SERVICE,
        'one/kustomization.yaml': component('namePrefix: one-\ncomponents: [../three]\n'),
        'two/kustomization.yaml': component(
          'patches: [{patch: "{apiVersion: v1, kind: Service, metadata: {name: web}, spec: {type: NodePort}}"}]\n',
        ),
        'three/kustomization.yaml': component('resources: [config.yaml]\n'),
        'three/config.yaml': CONFIG,
      },
      '.',
    );
    expect(codes).toEqual([]);
    expect(Object.keys(objects)).toEqual(['Service/live-one-web', 'ConfigMap/live-one-settings']);
    expect(objects['Service/live-one-web']).toMatchObject({ spec: { type: 'NodePort' } });
  });

  test('that name each other twice do not take for ever', () => {
    const files = Object.fromEntries(
      Array.from({ length: 18 }, (_, i) =>
        ['a', 'b'].map((side) => [
          `${side}${i}/kustomization.yaml`,
          `kind: Component\ncomponents: [../a${i + 1}, ../b${i + 1}]\n`,
        ]),
      ).flat(),
    );
    const started = performance.now();
    kustomize({ ...files, 'kustomization.yaml': 'components: [a0]\n' });
    expect(performance.now() - started).toBeLessThan(5000);
  });
});

describe('what every object gets', () => {
  test('a namespace: everything that can be in one, the Namespace itself, and the account default', () => {
    const binding = `apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata: { name: b }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: r }
subjects: [{ kind: ServiceAccount, name: default, namespace: old }, { kind: ServiceAccount, name: own, namespace: old }]
`;
    const files = {
      'kustomization.yaml': 'namespace: shop\nresources: [a.yaml]\n',
      'a.yaml': `${SERVICE}---\napiVersion: v1\nkind: Namespace\nmetadata: { name: x }\n---\n${binding}`,
    };
    const { objects, roots } = kustomize(files);
    expect(objects).toMatchObject({
      'Service/web': { metadata: { namespace: 'shop' } },
      'Namespace/shop': { metadata: { name: 'shop' } },
    });
    expect(objects['ClusterRoleBinding/b']).toMatchObject({
      metadata: { name: 'b' },
      subjects: [{ namespace: 'shop' }, { namespace: 'old' }],
    });
    expect(objects['ClusterRoleBinding/b']).not.toHaveProperty('metadata.namespace');
    expect(wayIn(files, valueAt(roots[0], 'metadata', 'namespace')?.origin)).toBe('kustomization.yaml: shop');
  });

  test('prefixes and suffixes, in the references too, but for what keeps its name', () => {
    const pod = `apiVersion: v1
kind: Pod
metadata: { name: p }
spec:
  serviceAccountName: own
  volumes: [{ name: v, configMap: { name: settings } }, { name: w, secret: { secretName: other } }]
  containers: [{ name: a, envFrom: [{ configMapRef: { name: settings } }] }]
`;
    const ingress = `apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: i }
spec: { defaultBackend: { service: { name: web, port: { number: 80 } } } }
`;
    const account = 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: own }\n';
    const { objects } = kustomize({
      'kustomization.yaml': 'namePrefix: a-\nnameSuffix: -z\nresources: [a.yaml]\n',
      'a.yaml': [
        pod,
        ingress,
        account,
        CONFIG,
        SERVICE,
        'apiVersion: v1\nkind: Namespace\nmetadata: { name: n }\n',
      ].join('---\n'),
    });
    expect(Object.keys(objects)).toEqual([
      'Pod/a-p-z',
      'Ingress/a-i-z',
      'ServiceAccount/a-own-z',
      'ConfigMap/a-settings-z',
      'Service/a-web-z',
      'Namespace/n',
    ]);
    expect(objects['Pod/a-p-z']).toMatchObject({
      spec: {
        serviceAccountName: 'a-own-z',
        volumes: [{ configMap: { name: 'a-settings-z' } }, { secret: { secretName: 'other' } }],
        containers: [{ envFrom: [{ configMapRef: { name: 'a-settings-z' } }] }],
      },
    });
    expect(objects['Ingress/a-i-z']).toMatchObject({ spec: { defaultBackend: { service: { name: 'a-web-z' } } } });
  });

  test('labels: of the object alone, of its pods, or of the selectors too', () => {
    const labels = (more: string) =>
      kustomize({
        'kustomization.yaml': `labels: [{ pairs: { team: a }, ${more} }]\nresources: [a.yaml]\n`,
        'a.yaml': `${deployment('web')}---\n${SERVICE}`,
      }).objects;
    const team = { team: 'a' };
    expect(labels('')['Deployment/web']).toMatchObject({ metadata: { labels: team } });
    expect(labels('')['Deployment/web']).toHaveProperty('spec.template.metadata.labels', { app: 'web' });
    expect(labels('includeTemplates: true')['Deployment/web']).toMatchObject({
      spec: { selector: { matchLabels: { app: 'web' } }, template: { metadata: { labels: { app: 'web', ...team } } } },
    });
    const all = labels('includeSelectors: true');
    expect(all['Deployment/web']).toHaveProperty('spec.selector.matchLabels', { app: 'web', ...team });
    expect(all['Service/web']).toHaveProperty('spec.selector', { app: 'web', ...team });
  });

  test('commonLabels and commonAnnotations, each at its line', () => {
    const files = {
      'kustomization.yaml': 'commonLabels:\n  env: live\ncommonAnnotations: { note: "1" }\nresources: [a.yaml]\n',
      'a.yaml': SERVICE,
    };
    const { roots } = kustomize(files);
    expect(wayIn(files, valueAt(roots[0], 'spec', 'selector', 'env')?.origin)).toBe('kustomization.yaml: live');
    expect(valueAt(roots[0], 'metadata', 'annotations', 'note')).toMatchObject({ value: '1' });
  });

  test('images by name, tag, digest and suffix; replicas by name', () => {
    const image = (entry: string, before: string) => {
      const { objects } = kustomize({
        'kustomization.yaml': `images: [{ ${entry} }]\nresources: [a.yaml]\n`,
        'a.yaml': deployment('web', `name: main, image: "${before}"`),
      });
      const { spec } = objects['Deployment/web'] as {
        spec: { template: { spec: { containers: { image: string }[] } } };
      };
      return spec.template.spec.containers[0]?.image;
    };
    expect(image('name: nginx, newTag: "2"', 'nginx:1@sha256:ab')).toBe('nginx:2');
    expect(image('name: nginx, newName: reg:5000/n', 'nginx:1')).toBe('reg:5000/n:1');
    expect(image('name: reg:5000/n, digest: sha256:ab', 'reg:5000/n:1')).toBe('reg:5000/n@sha256:ab');
    expect(image('name: nginx, newTag: "2"', 'my/nginx:1')).toBe('my/nginx:1');
    expect(image('name: "ngi.x", newTag: "2"', 'nginx')).toBe('nginx');
    expect(image('name: "ngi.+", newTag: "2"', 'nginx')).toBe('nginx:2');

    const files = {
      'kustomization.yaml': 'replicas: [{ name: web, count: 3 }, { name: none, count: 1 }]\nresources: [a.yaml]\n',
      'a.yaml': deployment('web'),
    };
    const { objects, codes } = kustomize(files);
    expect(objects['Deployment/web']).toHaveProperty('spec.replicas', 3);
    expect(codes).toEqual(['reference-missing']);
  });
});

describe('a value stands where a person would edit it', () => {
  const files = {
    'live/kustomization.yaml': `resources:
- ../base
images:
- { name: nginx, newTag: "2" }
patches:
- path: patch.yaml
- patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata: { name: web }
    spec:
      replicas: 4
- target: { kind: Service }
  patch: '[{ "op": "add", "path": "/spec/type", "value": "NodePort" }]'
namePrefix: live-
`,
    'live/patch.yaml': `apiVersion: apps/v1
kind: Deployment
metadata: { name: web }
spec:
  template:
    spec:
      hostNetwork: true
      containers:
      - name: main
        ports: [{ containerPort: 8080 }]
`,
    'base/kustomization.yaml': 'resources: [web.yaml]\n',
    'base/web.yaml': `${deployment('web')}---\n${SERVICE}`,
  };
  const { roots } = kustomize(files, 'live');
  const [web, service] = roots;
  const way = (root: typeof web, ...path: (string | number)[]) => wayIn(files, valueAt(root, ...path)?.origin);

  test.each([
    ['base', 'base/web.yaml: web < live/kustomization.yaml: ../base', ['spec', 'selector', 'matchLabels', 'app']],
    [
      'patch file',
      'live/patch.yaml: true < live/kustomization.yaml: patch.yaml',
      ['spec', 'template', 'spec', 'hostNetwork'],
    ],
    ['inline patch', 'live/kustomization.yaml: 4', ['spec', 'replicas']],
  ])('of the %s', (_, expected, path) => expect(way(web, ...path)).toBe(expected));

  test('of a list that a patch adds to, each item where it is written', () => {
    const container = ['spec', 'template', 'spec', 'containers', 0];
    expect(way(web, ...container, 'ports', 0, 'containerPort')).toMatch(/^live\/patch.yaml: 8080/);
    expect(way(web, ...container, 'name')).toMatch(/^base\/web.yaml: main/);
    expect(way(web, ...container, 'image')).toBe(
      'live/kustomization.yaml: "2" < base/web.yaml: "nginx:1" < live/kustomization.yaml: ../base',
    );
  });

  test('of a JSON patch, and of a name with a prefix', () => {
    expect(way(service, 'spec', 'type')).toBe('live/kustomization.yaml: "NodePort"');
    expect(valueAt(service, 'metadata', 'name')).toMatchObject({ value: 'live-web' });
    expect(way(service, 'metadata', 'name')).toMatch(/^base\/web.yaml: web < .*live-$/);
  });
});
