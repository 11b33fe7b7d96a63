import { describe, expect, test } from 'vitest';
import entries from '../../generated/modules.json' with { type: 'json' };
import { parseHcl } from '../../parsers/hcl/index.ts';
import { loadModels, registryName } from './model-table.ts';
import { outsideModels } from './models.ts';

const models = await loadModels();

describe('what a call names as its source', () => {
  test.each([
    ['terraform-aws-modules/vpc/aws', 'terraform-aws-modules/vpc/aws'],
    ['registry.terraform.io/terraform-aws-modules/vpc/aws', 'terraform-aws-modules/vpc/aws'],
    ['tfr:///terraform-aws-modules/vpc/aws?version=5.1.0', 'terraform-aws-modules/vpc/aws'],
    ['terraform-aws-modules/vpc/aws//modules/vpc-endpoints', 'terraform-aws-modules/vpc/aws//modules/vpc-endpoints'],
    ['github.com/terraform-aws-modules/terraform-aws-vpc', 'terraform-aws-modules/vpc/aws'],
    ['git::https://github.com/terraform-aws-modules/terraform-aws-vpc.git?ref=v5.1.0', 'terraform-aws-modules/vpc/aws'],
    ['git@github.com:terraform-aws-modules/terraform-aws-vpc.git', 'terraform-aws-modules/vpc/aws'],
    [
      'git::ssh://git@github.com/terraform-aws-modules/terraform-aws-vpc.git//modules/vpc-endpoints?ref=v5',
      'terraform-aws-modules/vpc/aws//modules/vpc-endpoints',
    ],
    ['app.terraform.io/acme/vpc/aws', undefined],
    ['git::https://git.example.org/vpc.git', undefined],
    ['../modules/vpc', undefined],
    ['./vpc/a/b', undefined],
    ['', undefined],
  ])('%s', (source, name) => {
    expect(registryName(source)).toBe(name);
  });
});

describe('the major version that a model is told', () => {
  const major = (source: string, version?: string) => /major = (\d+)/.exec(models(source, version)?.text ?? '')?.[1];
  const vpc = 'terraform-aws-modules/vpc/aws';

  test.each([
    [undefined, '6'],
    ['5.21.0', '5'],
    ['~> 3.14', '3'],
    ['>= 3.0', '6'],
    ['>= 3.0, < 5.0', '4'],
    ['>= 3.0, < 5.2', '5'],
    ['= 2.78.0', '2'],
    ['not a version', '6'],
  ])('%s', (version, expected) => {
    expect(major(vpc, version)).toBe(expected);
  });

  test('may stand in the source', () => {
    expect(major('github.com/terraform-aws-modules/terraform-aws-vpc?ref=v4.0.1')).toBe('4');
  });
});

test('a submodule may be the module with something preset', () => {
  const text = models('terraform-aws-modules/security-group/aws//modules/http-80')?.text;
  expect(text).toContain('preset = {"rules":["http-80-tcp"]}');
  expect(models('terraform-aws-modules/security-group/aws')?.text).toContain('preset = {}');
  expect(models('terraform-aws-modules/security-group/aws//modules/nothing')).toBeUndefined();
});

test('a module that nobody modelled has no model', () => {
  expect(models('acme/vpc/aws')).toBeUndefined();
});

test.each(entries.flatMap(({ sources }) => sources))('the model of %s is Terraform', (source) => {
  const model = models(source);
  const file = parseHcl({ path: model?.path ?? '', format: 'hcl', text: model?.text ?? '' });
  expect(file.notices).toEqual([]);
  const declared = new Set(
    file.body.items.flatMap((item) =>
      item.kind === 'block' && item.type === 'variable' ? item.labels.map(({ text }) => text) : [],
    ),
  );
  const used = [...(model?.text ?? '').matchAll(/\bvar\.(\w+)/g)].map(([, name]) => name ?? '');
  expect(used.filter((name) => !declared.has(name))).toEqual([]);
  expect([...declared].filter((name) => !used.includes(name))).toEqual([]);
});

test('what a model says is shown at the call of the module', () => {
  const call = { file: 'main.tf', start: 1, end: 2 };
  const outer = { file: 'root.tf', start: 3, end: 4 };
  const inside = { file: 'model//a/b/c@1/main.tf', start: 5, end: 6 };
  expect(outsideModels({ ...inside, via: { ...call, via: outer } })).toEqual({ ...call, via: outer });
  expect(outsideModels({ ...outer, via: { ...inside, via: call } })).toEqual({ ...outer, via: call });
  expect(outsideModels({ ...inside, via: { ...inside, via: call } })).toEqual(call);
});
