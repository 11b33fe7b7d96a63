import fc from 'fast-check';
import { expect, test } from 'vitest';
import { deployment, kustomize } from './kustomize.fixture.ts';

const FIELDS = [
  'resources',
  'bases',
  'components',
  'namespace',
  'namePrefix',
  'nameSuffix',
  'labels',
  'commonLabels',
  'commonAnnotations',
  'images',
  'imageTags',
  'replicas',
  'patches',
  'patchesStrategicMerge',
  'patchesJson6902',
  'replacements',
  'vars',
  'configMapGenerator',
  'secretGenerator',
  'generatorOptions',
  'configurations',
  'helmCharts',
];
/** Words that mean something in some of them, and some that have undone programs. */
const WORDS = [
  'web',
  'a.yaml',
  '../a.yaml',
  'part',
  'name',
  'path',
  'patch',
  'target',
  'kind',
  'Deployment',
  'metadata',
  'spec',
  'annotations',
  'op',
  'add',
  '/spec/a',
  '/-',
  'value',
  '$patch',
  'delete',
  'replace',
  'source',
  'targets',
  'select',
  'fieldPaths',
  'spec.template.*',
  '[name=(]',
  '(',
  '.*',
  'constructor',
  '__proto__',
  'toString',
  'pairs',
  'count',
  'newTag',
  'literals',
  'a=b',
  'files',
  'envs',
  'objref',
  'fieldref',
  'options',
  'create',
  '',
];

const json = fc.letrec((tie) => ({
  value: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom<unknown>(...WORDS, null, true, 0, -1, 1e9),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.dictionary(fc.constantFrom(...WORDS), tie('value'), { maxKeys: 4 }),
  ),
})).value;

test('a kustomization that says anything at all is built, and ends', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.constantFrom(...FIELDS), json, { maxKeys: 4 }), json, (fields, manifest) => {
      const { notices } = kustomize({
        'kustomization.yaml': JSON.stringify({ resources: ['a.yaml', 'b.yaml', 'part'], ...fields }),
        'a.yaml': deployment('web'),
        'b.yaml': JSON.stringify({ apiVersion: 'v1', kind: 'Service', metadata: { name: 'b' }, spec: manifest }),
        'part/kustomization.yaml': JSON.stringify({ ...fields, resources: ['c.yaml'] }),
        'part/c.yaml': JSON.stringify({
          apiVersion: 'apps/v1',
          kind: 'Deployment',
          metadata: manifest,
          spec: manifest,
        }),
      });
      for (const { message } of notices) expect(message).not.toContain('undefined');
    }),
    { numRuns: 1000 },
  );
});
