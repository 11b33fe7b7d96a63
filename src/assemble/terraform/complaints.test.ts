/** What people complain about in other tools for Terraform, each with what is right here. */
import { expect, test } from 'vitest';
import { assembled, bodies, bodiesOf } from './evaluated.fixture.ts';
import type { TerraformUnit } from './unit.ts';

test('a value from a variable is unknown, with the reason and the place, never a failure', async () => {
  const text =
    'variable "cidr" {}\nresource "aws_security_group_rule" "r" {\n  cidr_blocks = [var.cidr, "10.0.0.0/8"]\n}';
  const { units, notices } = await assembled({ 'main.tf': text });
  const value = units[0]?.resources[0]?.body.entries.get('cidr_blocks')?.value;
  const [first, second] = value?.kind === 'list' ? value.items : [];
  expect(first).toMatchObject({
    kind: 'unknown',
    because: 'var.cidr has no value',
    origin: { file: 'main.tf', start: 0 },
  });
  expect(second).toMatchObject({ kind: 'scalar', value: '10.0.0.0/8' });
  expect(notices.map(({ code }) => code)).toEqual(['variable-unset']);
});

test('each.value is resolved in resources and in what they hand to modules', async () => {
  const all = await bodies({
    'main.tf': `
      locals {
        rules = { ssh = { port = 22, cidrs = ["10.0.0.0/8"] }, web = { port = 443, cidrs = ["0.0.0.0/0"] } }
      }
      resource "aws_security_group_rule" "r" {
        for_each    = local.rules
        from_port   = each.value.port
        to_port     = each.value["port"]
        cidr_blocks = each.value.cidrs
        description = each.key
      }
      module "m" {
        for_each = local.rules
        source   = "./m"
        rule     = each.value
      }`,
    'm/main.tf': 'variable "rule" {}\nresource "x" "y" {\n  v = var.rule.port\n}',
  });
  expect(all).toMatchObject({
    'aws_security_group_rule.r["ssh"]': { from_port: 22, to_port: 22, cidr_blocks: ['10.0.0.0/8'], description: 'ssh' },
    'aws_security_group_rule.r["web"]': { from_port: 443, to_port: 443, cidr_blocks: ['0.0.0.0/0'] },
    'module.m["ssh"].x.y': { v: 22 },
    'module.m["web"].x.y': { v: 443 },
  });
});

test('a for expression in the for_each of a module is worked out', async () => {
  const all = await bodies({
    'main.tf': `
      variable "services" {
        default = [{ name = "web", ports = [80, 443] }, { name = "db", ports = [] }]
      }
      module "rule" {
        source   = "./rule"
        for_each = merge([for s in var.services : { for p in s.ports : "\${s.name}-\${p}" => p }]...)
        port     = each.value
      }`,
    'rule/main.tf': 'variable "port" {}\nresource "x" "y" {\n  port = var.port\n}',
  });
  expect(all).toEqual({
    'module.rule["web-443"].x.y': { port: 443 },
    'module.rule["web-80"].x.y': { port: 80 },
  });
});

/** Modules in a chain, named so that each stands before or behind the next in the alphabet. */
function chain(names: readonly string[]): Readonly<Record<string, string>> {
  const calls = names.map((name, index) => {
    const given = index + 1 < names.length ? `module.${names[index + 1]}.out` : '"0.0.0.0/0"';
    return `module "${name}" {\n  source = "./m"\n  in = ${given}\n}`;
  });
  return {
    'main.tf': calls.join('\n'),
    'm/main.tf':
      'variable "in" {}\nlocals {\n  z = local.a\n  a = var.in\n}\nresource "x" "y" {\n  v = local.z\n}\noutput "out" {\n  value = local.z\n}',
  };
}

test('the order of names decides nothing', async () => {
  for (const names of [
    ['a', 'b', 'c', 'd'],
    ['d', 'c', 'b', 'a'],
    ['b', 'd', 'a', 'c'],
  ]) {
    expect(Object.values(await bodies(chain(names)))).toEqual(Array(4).fill({ v: '0.0.0.0/0' }));
  }
});

test('for_each over locals that are made of other locals, in any order and any file', async () => {
  const all = await bodies({
    'a.tf': 'resource "x" "y" {\n  for_each = local.last\n  v = each.value\n}',
    'b.tf': 'locals {\n  last = { for k in local.middle : k => upper(k) }\n}',
    'c.tf': 'locals {\n  middle = toset(concat(local.first, ["b"]))\n  first = ["a"]\n}',
  });
  expect(all).toEqual({ 'x.y["a"]': { v: 'A' }, 'x.y["b"]': { v: 'B' } });
});

test('a private module that is not on disk drops nothing else, and is told', async () => {
  const { units, notices } = await assembled({
    'main.tf': `
      module "private" {
        source = "git@github.com:acme/secret.git"
      }
      resource "x" "y" {
        v = 1
        w = module.private.thing
      }`,
  });
  expect(bodiesOf(units[0] as TerraformUnit)).toEqual({
    'x.y': { v: 1, w: '?module-absent: the module git@github.com:acme/secret.git is not on disk (module.private)' },
  });
  expect(notices.map(({ code, message }) => [code, message.includes('git@github.com:acme/secret.git')])).toEqual([
    ['reference-missing', true],
  ]);
});

test('a module that calls itself ends', async () => {
  const { units, notices } = await assembled({
    'main.tf':
      'resource "x" "y" {\n  v = module.self.out\n}\nmodule "self" {\n  source = "./"\n  count = 3\n}\noutput "out" {\n  value = 1\n}',
  });
  expect(Object.keys(bodiesOf(units[0] as TerraformUnit))).toEqual(['x.y']);
  expect(notices.map(({ code }) => code)).toContain('reference-cycle');
});

test('examples of downloaded modules are not scanned', async () => {
  const { units } = await assembled({
    'main.tf': 'resource "x" "y" {}',
    '.terraform/modules/vpc/main.tf': 'resource "x" "z" {}',
    '.terraform/modules/vpc/examples/open/main.tf': 'resource "x" "z" {}',
  });
  expect(units.map(({ id }) => id)).toEqual(['terraform:.']);
});

test('rules that a dynamic block makes are there', async () => {
  const all = await bodies(`
    resource "aws_security_group" "g" {
      dynamic "ingress" {
        for_each = toset([22, 3389])
        content {
          from_port   = ingress.value
          cidr_blocks = ["0.0.0.0/0"]
        }
      }
    }`);
  expect(all['aws_security_group.g']).toEqual({
    ingress: [
      { from_port: 22, cidr_blocks: ['0.0.0.0/0'] },
      { from_port: 3389, cidr_blocks: ['0.0.0.0/0'] },
    ],
  });
});
