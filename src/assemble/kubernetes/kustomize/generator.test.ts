import { describe, expect, test } from 'vitest';
import { deployment, kustomize, valueAt, wayIn } from './kustomize.fixture.ts';

describe('a generated object', () => {
  // The names are those that kustomize 5.5 gives.
  test('has a name that changes with its content', () => {
    const { objects } = kustomize({
      'kustomization.yaml': `configMapGenerator:
- name: c
  literals: [a=b, 'c="d e"']
  envs: [x.env]
  files: [f.txt, g=f.txt]
secretGenerator:
- name: s
  literals: [p=w]
`,
      'x.env': '# no\n\nX=1\nY="q"\nZ\n',
      'f.txt': 'hello <&>\n',
    });
    expect(Object.keys(objects)).toEqual(['ConfigMap/c-8f5db85dc9', 'Secret/s-m7cg948gg9']);
    expect(objects['ConfigMap/c-8f5db85dc9']).toMatchObject({
      data: { a: 'b', c: 'd e', X: '1', Y: '"q"', Z: '', 'f.txt': 'hello <&>\n', g: 'hello <&>\n' },
    });
    expect(objects['Secret/s-m7cg948gg9']).toMatchObject({ type: 'Opaque', data: { p: 'dw==' } });
  });

  test('is what others refer to', () => {
    const { objects } = kustomize({
      'kustomization.yaml': 'resources: [a.yaml]\nconfigMapGenerator: [{ name: c, literals: [a=b] }]\nnamePrefix: p-\n',
      'a.yaml': deployment('web', 'name: main, envFrom: [{ configMapRef: { name: c } }]'),
    });
    expect(Object.keys(objects)).toEqual(['Deployment/p-web', 'ConfigMap/p-c-4h2mbtbbt6']);
    expect(JSON.stringify(objects['Deployment/p-web'])).toContain('"name":"p-c-4h2mbtbbt6"');
  });

  test('takes the options of all, and its own', () => {
    const { objects } = kustomize({
      'kustomization.yaml': `generatorOptions: { disableNameSuffixHash: true, labels: { a: "1", b: "1" }, immutable: true }
configMapGenerator: [{ name: c, namespace: n, literals: [a=b], options: { labels: { b: "2" } } }]
`,
    });
    expect(objects['ConfigMap/c']).toMatchObject({
      metadata: { namespace: 'n', labels: { a: '1', b: '2' } },
      immutable: true,
    });
  });

  test('is merged into, or put in place of, one that is there', () => {
    const behavior = (text: string) =>
      kustomize(
        {
          'live/kustomization.yaml': `resources: [../base]\nconfigMapGenerator: [{ name: c, behavior: ${text}, literals: [b=2] }]\n`,
          'base/kustomization.yaml':
            'configMapGenerator: [{ name: c, literals: [a=1, b=1] }]\ngeneratorOptions: { disableNameSuffixHash: true }\n',
        },
        'live',
      );
    expect(behavior('merge').objects['ConfigMap/c']).toHaveProperty('data', { a: '1', b: '2' });
    expect(behavior('replace').objects['ConfigMap/c']).toHaveProperty('data', { b: '2' });
    expect(behavior('create').codes).toEqual(['merge-conflict']);
  });

  test('without a name, a source that is there or a base to merge into is told', () => {
    const { codes } = kustomize({
      'kustomization.yaml':
        'configMapGenerator: [{ literals: [a=b] }, { name: c, behavior: merge, envs: [.env], files: ["=x"], literals: [ab, a=1, a=2] }]\n',
    });
    expect(codes).toEqual([
      'invalid-value',
      'reference-missing',
      'invalid-value',
      'invalid-value',
      'merge-conflict',
      'reference-missing',
    ]);
  });

  test('has values where they are written', () => {
    const files = {
      'kustomization.yaml': 'configMapGenerator:\n- name: c\n  literals:\n  - HOST=db:5432\n  envs: [x.env]\n',
      'x.env': 'PORT=80\n',
    };
    const { roots } = kustomize(files);
    expect(wayIn(files, valueAt(roots[0], 'data', 'HOST')?.origin)).toBe('kustomization.yaml: db:5432');
    expect(wayIn(files, valueAt(roots[0], 'data', 'PORT')?.origin)).toBe('x.env: 80 < kustomization.yaml: x.env');
    expect(wayIn(files, valueAt(roots[0], 'metadata', 'name')?.origin)).toBe('kustomization.yaml: c');
  });
});
