import { describe, expect, test } from 'vitest';
import { deployment, kustomize } from './kustomize.fixture.ts';

const FILES = {
  'a.yaml': [
    deployment('web'),
    deployment('api').replace('name: api', 'name: api, namespace: back, labels: { tier: back }'),
    'apiVersion: v1\nkind: Service\nmetadata: { name: web, annotations: { note: x } }\nspec: {}\n',
  ].join('---\n'),
};

function patched(patches: string) {
  return kustomize({ ...FILES, 'kustomization.yaml': `resources: [a.yaml]\n${patches}` });
}

/** The names of the objects that a target picks. */
function picked(target: string): readonly string[] {
  const { objects } = patched(
    `patches: [{ target: { ${target} }, patch: '[{ "op": "add", "path": "/metadata/labels", "value": { "hit": "1" } }]' }]\n`,
  );
  return Object.keys(objects).filter((key) => JSON.stringify(objects[key]).includes('"hit"'));
}

describe('the target of a patch', () => {
  test.each([
    ['kind: Deployment', ['Deployment/web', 'Deployment/api']],
    ['kind: "Dep.*|Serv.*", name: web', ['Deployment/web', 'Service/web']],
    ['name: we', []],
    ['group: apps, version: v1, name: a.*', ['Deployment/api']],
    ['namespace: default', ['Deployment/web', 'Service/web']],
    ['labelSelector: "tier=back"', ['Deployment/api']],
    ['labelSelector: "!tier", kind: Deployment', ['Deployment/web']],
    ['labelSelector: "tier notin (back,front)"', ['Deployment/web', 'Service/web']],
    ['annotationSelector: "note in (x, y)"', ['Service/web']],
    ['', ['Deployment/web', 'Deployment/api', 'Service/web']],
  ])('{ %s }', (target, expected) => expect(picked(target)).toEqual(expected));

  test('that picks nothing, or cannot be read, is told', () => {
    const op = `patch: '[{ "op": "remove", "path": "/spec" }]'`;
    expect(patched(`patches: [{ target: { kind: Pod }, ${op} }]\n`).codes).toEqual(['no-effect']);
    expect(patched(`patches: [{ target: { kind: "(" }, ${op} }]\n`).codes).toEqual(['invalid-value']);
    expect(patched(`patches: [{ target: { labelSelector: "a=(" }, ${op} }]\n`).codes).toEqual(['invalid-value']);
  });
});

describe('a strategic merge patch', () => {
  const patch = (text: string, more = '') => `patches:\n- patch: '${text}'\n${more}`;

  test('without a target is for the object that it names, in its namespace', () => {
    const named = (namespace: string) =>
      patched(
        patch(`{ apiVersion: apps/v1, kind: Deployment, metadata: { name: api${namespace} }, spec: { replicas: 2 } }`),
      );
    expect(named(', namespace: back').objects['Deployment/api']).toHaveProperty('spec.replicas', 2);
    expect(named('').codes).toEqual(['reference-missing']);
  });

  test('deletes', () => {
    const { objects, codes } = patched(
      patch('{ apiVersion: v1, kind: Service, metadata: { name: web }, $patch: delete }'),
    );
    expect(Object.keys(objects)).toEqual(['Deployment/web', 'Deployment/api']);
    expect(codes).toEqual([]);
  });

  test('with a target changes neither name nor kind, unless it may', () => {
    const text = '{ apiVersion: v1, kind: StatefulSet, metadata: { name: other }, spec: { replicas: 2 } }';
    const target = '  target: { name: web, kind: Deployment }\n';
    expect(Object.keys(patched(patch(text, target)).objects)).toContain('Deployment/web');
    const free = patched(patch(text, `${target}  options: { allowNameChange: true, allowKindChange: true }\n`));
    expect(Object.keys(free.objects)).toEqual(['StatefulSet/other', 'Deployment/api', 'Service/web']);
  });

  test('with a target is one document; what is no patch is told', () => {
    const two = 'patches:\n- target: { kind: Service }\n  patch: |\n    kind: A\n    ---\n    kind: B\n';
    expect(patched(two).codes).toEqual(['invalid-value']);
    expect(patched('patches: [{ patch: "just text" }]\n').codes).toEqual(['invalid-value']);
    expect(patched(`patches: [{ patch: '[{ "op": "remove", "path": "/spec" }]' }]\n`).codes).toEqual(['invalid-value']);
  });

  test('in patchesStrategicMerge is text or a file', () => {
    const { objects, codes } = kustomize({
      ...FILES,
      'kustomization.yaml':
        'resources: [a.yaml]\npatchesStrategicMerge:\n- p.yaml\n- |-\n  apiVersion: v1\n  kind: Service\n  metadata: { name: web }\n  spec: { type: NodePort }\n',
      'p.yaml': 'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web }\nspec: { replicas: 7 }\n',
    });
    expect(codes).toEqual([]);
    expect(objects['Deployment/web']).toHaveProperty('spec.replicas', 7);
    expect(objects['Service/web']).toHaveProperty('spec.type', 'NodePort');
  });

  test('in YAML that cannot be read is told at its place in the file', () => {
    const { notices } = patched('patches:\n- patch: |-\n    kind: [\n');
    expect(notices[0]).toMatchObject({ code: 'syntax-error', origin: { file: 'kustomization.yaml' } });
    expect(notices[0]?.origin.start).toBeGreaterThan(40);
  });
});

describe('a JSON patch', () => {
  test('that cannot be applied is not applied at all', () => {
    const ops = '[{ "op": "add", "path": "/spec/a", "value": 1 }, { "op": "remove", "path": "/spec/none" }]';
    const { objects, notices } = patched(`patches: [{ target: { kind: Service }, patch: '${ops}' }]\n`);
    expect(objects['Service/web']).toHaveProperty('spec', {});
    expect(notices).toMatchObject([{ code: 'reference-missing', message: expect.stringContaining('/spec/none') }]);
  });

  test('may change the kind, and add an annotation where there were none', () => {
    const ops =
      '- { op: replace, path: /kind, value: StatefulSet }\n    - { op: add, path: /metadata/annotations/a, value: b }\n';
    const { objects, codes } = patched(`patches:\n- target: { kind: Deployment, name: web }\n  patch: |-\n    ${ops}`);
    expect(codes).toEqual([]);
    expect(objects['StatefulSet/web']).toHaveProperty('metadata.annotations', { a: 'b' });
  });

  test('in patchesJson6902 comes after the prefix', () => {
    const { objects } = patched(
      `namePrefix: a-\npatchesJson6902:\n- target: { version: v1, kind: Service, name: web }\n  patch: '[{ "op": "replace", "path": "/metadata/name", "value": "own" }]'\n`,
    );
    expect(Object.keys(objects)).toContain('Service/own');
  });
});
