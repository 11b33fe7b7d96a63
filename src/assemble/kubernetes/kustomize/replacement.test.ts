import { describe, expect, test } from 'vitest';
import { deployment, kustomize } from './kustomize.fixture.ts';
import { partsOf } from './replacement-path.ts';

const RESOURCES = [
  deployment(
    'web',
    'name: main, image: "nginx:1", env: [{ name: HOST, value: placeholder }], ports: [{ containerPort: 80 }]',
  ),
  'apiVersion: v1\nkind: Service\nmetadata: { name: db, labels: { tier: back } }\nspec: { ports: [{ port: 5432 }] }\n',
  'apiVersion: v1\nkind: ConfigMap\nmetadata: { name: c }\ndata: { url: "http://old:1/x", empty: "" }\n',
].join('---\n');

function replaced(source: string, target: string) {
  return kustomize({
    'kustomization.yaml': `resources: [a.yaml]\nreplacements: [{ source: { ${source} }, targets: [{ ${target} }] }]\n`,
    'a.yaml': RESOURCES,
  });
}

const container = (objects: Readonly<Record<string, unknown>>) =>
  (objects['Deployment/web'] as { spec: { template: { spec: { containers: Record<string, unknown>[] } } } }).spec
    .template.spec.containers[0];

describe('a replacement', () => {
  test.each([
    ['spec.template.spec.containers.[name=main].env.[name=HOST].value', { env: [{ name: 'HOST', value: 'db' }] }],
    ['spec.template.spec.containers.0.image', { image: 'db' }],
    ['spec.template.spec.containers.*.name', { name: 'db' }],
  ])('of %s', (path, expected) => {
    const { objects, codes } = replaced('kind: Service', `select: { kind: Deployment }, fieldPaths: ["${path}"]`);
    expect(codes).toEqual([]);
    expect(container(objects)).toMatchObject(expected);
  });

  test('of a part between delimiters, from a part', () => {
    const { objects } = replaced(
      'kind: Deployment, fieldPath: spec.template.spec.containers.0.image, options: { delimiter: ":", index: 0 }',
      'select: { kind: ConfigMap }, fieldPaths: [data.url], options: { delimiter: "/", index: 2 }',
    );
    expect(objects['ConfigMap/c']).toHaveProperty('data.url', 'http://nginx/x');
  });

  test('keeps the type of what it replaces', () => {
    const { objects } = replaced(
      'kind: Service, fieldPath: spec.ports.0.port',
      'select: { kind: Deployment }, fieldPaths: [spec.template.spec.containers.0.ports.0.containerPort, spec.template.spec.containers.0.image]',
    );
    expect(container(objects)).toMatchObject({ image: '5432', ports: [{ containerPort: 5432 }] });
  });

  test('makes a field only where it may', () => {
    const path = 'fieldPaths: ["metadata.annotations.[a.b/c]"]';
    expect(replaced('kind: Service', `select: { kind: ConfigMap }, ${path}`).codes).toEqual(['reference-missing']);
    const { objects } = replaced('kind: Service', `select: { kind: ConfigMap }, ${path}, options: { create: true }`);
    expect(objects['ConfigMap/c']).toHaveProperty('metadata.annotations', { 'a.b/c': 'db' });
  });

  test('leaves out what its target rejects', () => {
    const target =
      'select: { name: "" }, reject: [{ kind: Deployment }, { labelSelector: tier=back }], fieldPaths: [metadata.name]';
    const { objects } = replaced('kind: Deployment', target);
    expect(Object.keys(objects)).toEqual(['Deployment/web', 'Service/db', 'ConfigMap/web']);
  });

  test('without one source is told; an empty text is one', () => {
    expect(replaced('version: v1', 'select: { kind: Service }').codes).toEqual(['reference-missing']);
    expect(replaced('kind: None', 'select: { kind: Service }').codes).toEqual(['reference-missing']);
    expect(replaced('kind: ConfigMap, fieldPath: data.none', 'select: { kind: Service }').codes).toEqual([
      'reference-missing',
    ]);
    const empty = replaced(
      'kind: ConfigMap, fieldPath: data.empty',
      'select: { kind: Service }, fieldPaths: [spec.ports.0.port]',
    );
    expect(empty.codes).toEqual([]);
  });

  test('stands in a file of its own too', () => {
    const { objects } = kustomize({
      'kustomization.yaml': 'resources: [a.yaml]\nreplacements: [{ path: r.yaml }]\n',
      'a.yaml': RESOURCES,
      'r.yaml': '- source: { kind: Service }\n  targets: [{ select: { kind: ConfigMap }, fieldPaths: [data.url] }]\n',
    });
    expect(objects['ConfigMap/c']).toHaveProperty('data.url', 'db');
  });
});

test.each([
  ['a.b', ['a', 'b']],
  ['a.[b.c/d].e', ['a', 'b.c/d', 'e']],
  ['a.[n=x.y].b', ['a', '[n=x.y]', 'b']],
  ['a.b\\.c', ['a', 'b.c']],
  ['a.[b', ['a', '[b']],
])('the path %s', (text, parts) => expect(partsOf(text)).toEqual(parts));

describe('a variable', () => {
  const vars = (field: string, objref: string) =>
    kustomize({
      'kustomization.yaml': `resources: [a.yaml]\nnamePrefix: p-\nvars: [{ name: V, objref: { ${objref} }, ${field} }]\n`,
      'a.yaml': `${deployment('web', 'name: main, args: ["--db=$(V):$(V)", "$(V)", "$$(V)", "$(NONE)"]')}---\n${RESOURCES.split('---\n')[1]}`,
    });
  const args = (objects: Readonly<Record<string, unknown>>) =>
    (objects['Deployment/p-web'] as { spec: { template: { spec: { containers: { args: unknown[] }[] } } } }).spec
      .template.spec.containers[0]?.args;

  test('stands for the name that its object has in the end', () => {
    const { objects, codes } = vars('fieldref: {}', 'kind: Service, name: db, apiVersion: v1');
    expect(codes).toEqual([]);
    expect(args(objects)).toEqual(['--db=p-db:p-db', 'p-db', '$(V)', '$(NONE)']);
  });

  test('stands for a field, and keeps its type', () => {
    const { objects } = vars(
      'fieldref: { fieldpath: "spec.ports[0].port" }',
      'kind: Service, name: db, apiVersion: v1',
    );
    expect(args(objects)).toEqual(['--db=5432:5432', 5432, '$(V)', '$(NONE)']);
  });

  test('of nothing is told', () => {
    expect(vars('fieldref: {}', 'kind: Service, name: none, apiVersion: v1').codes).toEqual(['reference-missing']);
  });
});

test('configurations add fields and references', () => {
  const { objects } = kustomize({
    'kustomization.yaml':
      'resources: [a.yaml]\nnamePrefix: p-\nnamespace: n\nimages: [{ name: nginx, newTag: "2" }]\nconfigurations: [c.yaml]\n',
    'a.yaml': `apiVersion: example.com/v1
kind: Widget
metadata: { name: w }
spec: { settings: c, image: nginx }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: c }
`,
    'c.yaml': `nameReference:
- kind: ConfigMap
  fieldSpecs: [{ path: spec/settings, kind: Widget }]
images: [{ path: spec/image, kind: Widget }]
namespace: [{ path: spec/space, kind: Widget, create: true }]
`,
  });
  expect(objects['Widget/p-w']).toMatchObject({ spec: { settings: 'p-c', image: 'nginx:2', space: 'n' } });
});
