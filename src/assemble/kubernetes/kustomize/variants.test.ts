import { describe, expect, test } from 'vitest';
import { memoryTree } from '../../../source/tree.ts';
import { at, textOf } from '../../../source/value.ts';
import { openFiles } from '../../files.ts';
import { kustomizeUnits } from './index.ts';
import { deployment } from './kustomize.fixture.ts';

function units(files: Record<string, string>) {
  const open = openFiles(memoryTree(files));
  const { value, notices } = kustomizeUnits(open.paths, open);
  return {
    units: value.units.map(
      ({ id, objects }) =>
        `${id}: ${objects.map((root) => `${textOf(at(root, 'kind'))}/${textOf(at(root, 'metadata', 'name'))}`).join(' ')}`,
    ),
    codes: notices.map(({ code, origin }) => `${code} ${origin.file}`),
    files: value.units.map((unit) => unit.files),
  };
}

const POLICY =
  'apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: { name: deny }\nspec: { podSelector: {} }\n';
const component = (text: string) => `apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n${text}`;
const patch = (text: string) => component(`patches:\n- patch: '${text}'\n`);

const base = {
  'base/kustomization.yaml': 'resources: [web.yaml]\n',
  'base/web.yaml': deployment('web'),
  'components/policies/kustomization.yaml': component('resources: [deny.yaml]\n'),
  'components/policies/deny.yaml': POLICY,
};

describe('a deployment', () => {
  test('is what nobody builds on', () => {
    const files = {
      ...base,
      'live/kustomization.yaml': 'resources: [../base]\ncomponents: [../components/policies]\n',
      'test/kustomization.yaml': 'resources: [../base]\n',
    };
    expect(units(files)).toMatchObject({
      units: ['kubernetes:live: Deployment/web NetworkPolicy/deny', 'kubernetes:test: Deployment/web'],
      codes: [],
    });
  });

  test('is the first of those that stand in a circle, and one that only an unused component names', () => {
    const files = {
      ...base,
      'a/kustomization.yaml': 'resources: [../b, web.yaml]\n',
      'a/web.yaml': deployment('a'),
      'b/kustomization.yaml': 'resources: [../a]\n',
      'components/policies/kustomization.yaml': component('resources: [../../base]\n'),
    };
    expect(units(files).units).toEqual(['kubernetes:a: Deployment/a', 'kubernetes:base: Deployment/web']);
    expect(units(files).codes).toContain('reference-cycle b/kustomization.yaml');
  });
});

describe('a component that is commented out', () => {
  const offering = (lines: string) => ({ ...base, 'kustomization.yaml': `resources:\n- base\ncomponents:\n${lines}` });

  test('is an alternative of the deployment', () => {
    const result = units(offering('# - components/policies\n# - components/none\n'));
    expect(result.units).toEqual([
      'kubernetes:.: Deployment/web',
      'kubernetes:.#policies: Deployment/web NetworkPolicy/deny',
    ]);
    expect(result.codes).toEqual(['ambiguous-reference kustomization.yaml']);
    expect(result.files[1]).toContain('components/policies/deny.yaml');
  });

  test('is one though others apply it', () => {
    const other = { 'ci/kustomization.yaml': 'resources: [../base]\ncomponents: [../components/policies]\n' };
    expect(units({ ...offering('# - components/policies\n'), ...other }).units).toHaveLength(3);
  });

  test.each([
    ['changes an image', component('images: [{ name: nginx, newTag: "2" }]\n')],
    [
      'takes a workload away',
      patch('{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, $patch: delete }'),
    ],
    ['does nothing', component('resources: []\n')],
  ])('is none where it only %s', (_, text) => {
    const files = { ...offering('# - components/policies\n'), 'components/policies/kustomization.yaml': text };
    expect(units(files).units).toEqual(['kubernetes:.: Deployment/web']);
  });

  test('is one where it opens something, or takes a rule away', () => {
    const opened = patch(
      '{ apiVersion: apps/v1, kind: Deployment, metadata: { name: web }, spec: { template: { spec: { hostNetwork: true } } } }',
    );
    const removed = patch(
      '{ apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: { name: deny }, $patch: delete }',
    );
    const files = (text: string) => ({
      ...offering('# - components/policies\n'),
      'base/web.yaml': `${deployment('web')}---\n${POLICY}`,
      'components/policies/kustomization.yaml': text,
    });
    expect(units(files(opened)).units).toHaveLength(2);
    expect(units(files(removed)).units).toHaveLength(2);
  });

  test('is shown with seven others at most', () => {
    const many = Object.fromEntries(
      Array.from({ length: 12 }, (_, i) => [
        [`c${i}/kustomization.yaml`, component('resources: [deny.yaml]\n')],
        [`c${i}/deny.yaml`, POLICY],
      ]).flat(),
    );
    const lines = Array.from({ length: 12 }, (_, i) => `# - c${i}\n`).join('');
    expect(units({ ...offering(lines), ...many }).units).toHaveLength(9);
  });
});

describe('a component that nobody names', () => {
  test('is an alternative of the deployment in the nearest folder above', () => {
    const files = { ...base, 'kustomization.yaml': 'resources: [base]\n' };
    expect(units(files).units).toEqual([
      'kubernetes:.: Deployment/web',
      'kubernetes:.#policies: Deployment/web NetworkPolicy/deny',
    ]);
  });

  test('is left out, and told, where it fits nothing', () => {
    const lost = patch('{ apiVersion: v1, kind: Service, metadata: { name: other }, spec: { type: NodePort } }');
    const files = {
      ...base,
      'kustomization.yaml': 'resources: [base]\n',
      'components/policies/kustomization.yaml': lost,
    };
    expect(units(files)).toMatchObject({
      units: ['kubernetes:.: Deployment/web'],
      codes: ['not-built components/policies/kustomization.yaml'],
    });
    expect(units(base).codes).toEqual(['not-built components/policies/kustomization.yaml']);
  });
});
