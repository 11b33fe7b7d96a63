import { describe, expect, test } from 'vitest';
import { memoryTree } from '../../source/tree.ts';
import { at, type Mapping, textOf } from '../../source/value.ts';
import { openFiles } from '../files.ts';
import { chartsOf, NO_CHARTS } from './chart.ts';
import { ignoreComments } from './ignore.ts';
import { assembleKubernetes } from './index.ts';
import { kustomizeUnits } from './kustomize/index.ts';

function assemble(files: Record<string, string>) {
  return assembleKubernetes(openFiles(memoryTree(files)), NO_CHARTS, kustomizeUnits);
}

/** Units as `id: kind/name …`. */
function summary(files: Record<string, string>): string[] {
  return assemble(files).value.map(
    ({ id, objects }) =>
      `${id}: ${objects.map((object) => `${textOf(at(object, 'kind'))}/${textOf(at(object, 'metadata', 'name'))}`).join(' ')}`,
  );
}

const nameOf = (object: Mapping): string | undefined => textOf(at(object, 'metadata', 'name'));

function notices(files: Record<string, string>): string[] {
  return assemble(files).notices.map(({ code, origin }) => `${code} ${origin.file}`);
}

const service = (name: string, port = 80) =>
  `apiVersion: v1\nkind: Service\nmetadata: { name: ${name} }\nspec: { ports: [{ port: ${port} }] }\n`;
const pod = (name: string, image = 'web:1') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: a, image: "${image}" }] }\n`;

describe('manifests', () => {
  test('the files of a folder are one unit, those of the folder below another', () => {
    const files = { 'k8s/pod.yaml': pod('web'), 'k8s/service.yml': service('web'), 'k8s/db/pod.yaml': pod('db') };
    expect(summary(files)).toEqual(['kubernetes:k8s: Pod/web Service/web', 'kubernetes:k8s/db: Pod/db']);
    expect(assemble(files).value[0]).toMatchObject({
      technology: 'kubernetes',
      root: 'k8s',
      variant: null,
      files: ['k8s/pod.yaml', 'k8s/service.yml'],
    });
  });

  test('manifests at the root are a unit too, in JSON as in YAML', () => {
    const json = '{"apiVersion": "v1", "kind": "Service", "metadata": {"name": "web"}, "spec": {}}';
    expect(summary({ 'web.json': json })).toEqual(['kubernetes:.: Service/web']);
  });

  test('several documents in a file, with empty ones, a mark and CRLF', () => {
    const text = `\uFEFF---\n${pod('web')}---\n---\n# nothing\n---\n${service('web')}...\n`.replaceAll('\n', '\r\n');
    expect(summary({ 'all.yaml': text.slice(1) })).toEqual(['kubernetes:.: Pod/web Service/web']);
  });

  test('a bad document leaves the others', () => {
    expect(summary({ 'all.yaml': `${pod('web')}---\nkind: [\n---\n${service('web')}` })).toEqual([
      'kubernetes:.: Pod/web Service/web',
    ]);
  });

  test('lists are taken apart; their items may leave out what the list says', () => {
    const list =
      'apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: Pod\n  metadata: { name: web }\n  spec: { containers: [] }\n';
    expect(summary({ 'list.yaml': list })).toEqual(['kubernetes:.: Pod/web']);
    const policies =
      'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicyList\nitems:\n- metadata: { name: one }\n- metadata: { name: two }\n';
    expect(summary({ 'list.yaml': policies })).toEqual(['kubernetes:.: NetworkPolicy/one NetworkPolicy/two']);
    const nested = `apiVersion: v1\nkind: List\nitems:\n- apiVersion: v1\n  kind: PodList\n  items:\n  - metadata: { name: a }\n    spec: { containers: [] }\n`;
    expect(summary({ 'list.yaml': nested })).toEqual(['kubernetes:.: Pod/a']);
  });

  test('lists without end are cut off, with a notice', () => {
    let list = '{apiVersion: v1, kind: List, items: []}';
    for (let i = 0; i < 8; i++) list = `{apiVersion: v1, kind: List, items: [${list}]}`;
    expect(notices({ 'list.yaml': list })).toEqual(['depth-limit list.yaml']);
  });

  test('what is no manifest makes no unit', () => {
    const files = {
      'crd.yaml': 'apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: x }\n',
      'kind.yaml': 'apiVersion: kind.x-k8s.io/v1alpha4\nkind: Cluster\nnodes: []\n',
      'skaffold.yaml': 'apiVersion: skaffold/v4beta1\nkind: Config\n',
      'kubeconfig.yaml': 'apiVersion: v1\nkind: Config\nclusters: []\n',
      'schema.json': '{"properties": {"apiVersion": {"type": "string"}, "kind": {"type": "string"}}}',
      'role.yaml': 'apiVersion: v1\nkind: ServiceAccount\nmetadata: { name: x }\n',
      'values.yaml': 'kind: web\nservice: { apiVersion: v1 }\n',
      'scalar.yaml': 'apiVersion kind\n',
      '.github/workflows/ci.yaml': 'on: push\njobs: {}\n',
    };
    expect(assemble(files)).toEqual({ value: [], notices: [] });
  });

  test('a manifest with half a head is told', () => {
    expect(notices({ 'a.yaml': '# apiVersion\nkind: Service\nmetadata: { name: web }\n' })).toEqual([
      'invalid-value a.yaml',
    ]);
    expect(notices({ 'a.yaml': 'apiVersion: v1 # kind\nmetadata: { name: web }\n' })).toEqual(['invalid-value a.yaml']);
  });
});

describe('alternatives in one folder', () => {
  test('files that define one object differently are variants, each with the files that both share', () => {
    const files = { 'web-v1.yaml': pod('web'), 'web-v2.yaml': pod('web', 'web:2'), 'db.yaml': pod('db') };
    expect(summary(files)).toEqual(['kubernetes:.#web-v1: Pod/db Pod/web', 'kubernetes:.#web-v2: Pod/db Pod/web']);
    expect(assemble(files).value[1]).toMatchObject({ variant: 'web-v2', files: ['db.yaml', 'web-v2.yaml'] });
  });

  test('a file for all and a file for each part are two variants', () => {
    const files = {
      'all.yaml': `${pod('web')}---\n${pod('db')}`,
      'web.yaml': pod('web', 'x'),
      'db.yaml': pod('db', 'x'),
    };
    expect(summary(files)).toEqual(['kubernetes:.#all: Pod/web Pod/db', 'kubernetes:.#db: Pod/db Pod/web']);
  });

  test('files of one stage go together by their names', () => {
    const files = {
      'api-dev.yaml': pod('api', 'dev'),
      'api-live.yaml': pod('api', 'live'),
      'api-test.yaml': pod('api', 'test'),
      'db-live.yaml': pod('db', 'live'),
      'db-test.yaml': pod('db', 'test'),
    };
    expect(assemble(files).value.map((unit) => unit.files)).toEqual([
      ['api-dev.yaml'],
      ['api-live.yaml', 'db-live.yaml'],
      ['api-test.yaml', 'db-test.yaml'],
    ]);
  });

  test('the same object twice is one', () => {
    expect(summary({ 'a.yaml': pod('web'), 'b.json': pod('web'), 'c.yaml': service('web') })).toEqual([
      'kubernetes:.: Pod/web Service/web',
    ]);
  });

  test('of an object that one file defines twice the last stands', () => {
    const files = { 'a.yaml': `${service('web', 80)}---\n${service('web', 90)}` };
    expect(notices(files)).toEqual(['merge-conflict a.yaml']);
    const port = at(assemble(files).value[0]?.objects[0], 'spec', 'ports');
    expect(port).toMatchObject({
      items: [
        { entries: new Map([['port', expect.objectContaining({ value: expect.objectContaining({ value: 90 }) })]]) },
      ],
    });
  });

  test('objects in different namespaces, and objects that get a name, are different', () => {
    const there = pod('web', 'x').replace('name: web', 'name: web, namespace: there');
    const job = (image: string) => pod('', image).replace('name: ', 'generateName: run-');
    expect(summary({ 'a.yaml': pod('web'), 'b.yaml': there, 'c.yaml': job('1'), 'd.yaml': job('2') })).toHaveLength(1);
  });

  test('a folder full of contradictions is a collection of examples', () => {
    const files = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [`examples/${i + 10}.yaml`, pod('web', `v${i}`)]),
    );
    const { value, notices } = assemble(files);
    expect(value).toHaveLength(12);
    expect(value[0]).toMatchObject({ id: 'kubernetes:examples/10.yaml', root: 'examples/10.yaml', variant: null });
    expect(notices).toMatchObject([{ code: 'ambiguous-reference' }]);
  });
});

describe('charts', () => {
  test('are units of their own; nothing of them is taken for manifests', async () => {
    const files = openFiles(
      memoryTree({
        'chart/Chart.yaml': 'apiVersion: v2\nname: web\n',
        'chart/values.yaml': 'kind: x\n',
        'chart/templates/web.yaml': pod('web'),
        'chart/crds/crd.yaml': pod('crd'),
        'chart/charts/db/Chart.yaml': 'apiVersion: v2\nname: db\n',
        'chart/charts/db/templates/db.yaml': pod('{{ .Release.Name }}-db'),
        'templates/pod.yaml': pod('plain'),
      }),
    );
    const { value } = assembleKubernetes(files, await chartsOf(files));
    expect(value.map(({ id, objects }) => `${id}: ${objects.map(nameOf).sort().join(' ')}`)).toEqual([
      'kubernetes:chart: web web-db',
      'kubernetes:templates: plain',
    ]);
  });

  test('a chart at the root', async () => {
    const files = openFiles(
      memoryTree({ 'Chart.yaml': 'name: web\n', 'templates/web.yaml': pod('web'), 'k8s/pod.yaml': pod('db') }),
    );
    const { value } = assembleKubernetes(files, await chartsOf(files));
    expect(value.map(({ id }) => id)).toEqual(['kubernetes:.', 'kubernetes:k8s']);
  });
});

describe('kustomizations', () => {
  const kustomization = (text: string) => `apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n${text}`;

  test('are what they build; a file beside them is deployed alone', () => {
    const files = {
      'app/kustomization.yaml': kustomization('resources: [web.yaml, parts/db.yaml]\n'),
      'app/web.yaml': pod('web'),
      'app/parts/db.yaml': pod('db'),
      'app/parts/other.yaml': pod('other'),
      'app/load.yaml': pod('load'),
    };
    expect(summary(files)).toEqual([
      'kubernetes:app: Pod/web Pod/db',
      'kubernetes:app/load.yaml: Pod/load',
      'kubernetes:app/parts: Pod/other',
    ]);
    expect(assemble(files).value[0]?.files).toEqual(['app/kustomization.yaml', 'app/parts/db.yaml', 'app/web.yaml']);
    expect(notices(files)).toEqual([]);
  });

  test('patches and the files of generators are no manifests; an overlay stands for its base', () => {
    const files = {
      'base/kustomization.yaml': kustomization('resources:\n- web.yaml\n'),
      'base/web.yaml': pod('web'),
      'live/kustomization.yaml': kustomization(
        'resources: [../base, proxy.yaml]\npatches:\n- path: patches/web.yaml\n- path: image.yaml\npatchesStrategicMerge: [more.yaml]\nconfigMapGenerator:\n- name: c\n  files: [pod.yaml=config/pod.yaml]\n',
      ),
      'live/proxy.yaml': pod('proxy'),
      'live/patches/web.yaml': pod('web', 'patched'),
      'live/image.yaml': pod('web', 'patched'),
      'live/more.yaml': pod('web', 'patched'),
      'live/config/pod.yaml': pod('data'),
    };
    expect(summary(files)).toEqual(['kubernetes:live: Pod/web Pod/proxy ConfigMap/c-hbfmtb2h9k']);
    expect(notices(files)).toEqual([]);
    expect(assemble(files).value[0]?.files).toEqual(Object.keys(files).sort());
  });

  test('components are not deployed, which is told once', () => {
    const component = 'apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\nresources: [web.yaml]\n';
    const files = {
      'c/kustomization.yaml': component,
      'c/web.yaml': pod('web'),
      'c/other.yaml': pod('other'),
      'd/kustomization.yaml': component,
      'd/web.yaml': pod('web'),
    };
    expect(summary(files)).toEqual([]);
    expect(notices(files)).toEqual(['not-built c/kustomization.yaml']);
  });

  test('a base that everybody builds on is deployed by each, as long as it is not too much', () => {
    const folders = Array.from({ length: 40 }, (_, i) => [`k${i}/kustomization.yaml`, 'resources: [../base]\n']);
    const base = { 'base/kustomization.yaml': 'resources: [web.yaml]\n' };
    const small = { ...base, 'base/web.yaml': pod('web'), ...Object.fromEntries(folders) };
    expect(assemble(small).value).toHaveLength(40);
    const large = { ...small, 'base/web.yaml': pod('web', 'x'.repeat(4 * 1024 * 1024)) };
    const { value, notices: said } = assemble(large);
    expect(value).toHaveLength(7);
    expect(said.map(({ code }) => code)).toEqual(['expansion-limit']);
  });

  test('what is not there, or lies outside, is told', () => {
    const files = {
      'app/kustomization.yaml': 'resources: [missing.yaml, https://example.com/x.yaml, ../../outside.yaml]\n',
    };
    expect(notices(files)).toEqual([
      'not-built app/kustomization.yaml',
      'reference-missing app/kustomization.yaml',
      'outside-root app/kustomization.yaml',
    ]);
  });
});

describe('the annotation that accepts findings', () => {
  test('is a comment that covers the object', () => {
    const text = `apiVersion: v1
kind: Service
metadata:
  name: web
  annotations:
    portolan.dev/ignore: |
      node-port -- the lab has no load balancer
      host-port -- neither
spec: {}
`;
    const [unit] = assemble({ 'a.yaml': text }).value;
    const comments = unit ? ignoreComments(unit) : [];
    expect(comments.map((comment) => comment.text)).toEqual([
      'portolan:ignore node-port -- the lab has no load balancer',
      'portolan:ignore host-port -- neither',
    ]);
    expect(comments[0]?.covers).toMatchObject({ file: 'a.yaml', start: 0 });
    expect(text.slice(comments[0]?.origin.start)).toMatch(/^\|/);
  });
});
