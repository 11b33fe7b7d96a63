import { describe, expect, test } from 'vitest';
import { assembled, bodies, bodiesOf } from './evaluated.fixture.ts';
import type { TerraformUnit } from './unit.ts';

const VARIABLES = `
variable "a" {
  default = "default"
}
variable "b" {
  default = "default"
}
variable "c" {
  default = "default"
}
resource "x" "y" {
  v = "\${var.a} \${var.b} \${var.c}"
}
`;

describe('files of variables', () => {
  test('are read in the order of Terraform, the last one wins', async () => {
    const all = await bodies({
      'main.tf': VARIABLES,
      'terraform.tfvars': 'a = "tfvars"\nb = "tfvars"\nc = "tfvars"',
      'b.auto.tfvars': 'b = "b.auto"\nc = "b.auto"',
      'c.auto.tfvars': 'c = "c.auto"',
    });
    expect(all).toEqual({ 'x.y': { v: 'tfvars b.auto c.auto' } });
  });

  test('each further file is a variant beside the module itself', async () => {
    const { units } = await assembled({
      'infra/main.tf': VARIABLES,
      'infra/terraform.tfvars': 'a = "tfvars"',
      'infra/prod.tfvars': 'b = "prod"',
      'infra/dev.tfvars': 'a = "dev"',
    });
    expect(units.map((unit) => [unit.id, unit.variant, unit.files, bodiesOf(unit)['x.y']])).toEqual([
      ['terraform:infra', null, ['infra/main.tf', 'infra/terraform.tfvars'], { v: 'tfvars default default' }],
      [
        'terraform:infra#dev',
        'dev',
        ['infra/dev.tfvars', 'infra/main.tf', 'infra/terraform.tfvars'],
        { v: 'dev default default' },
      ],
      [
        'terraform:infra#prod',
        'prod',
        ['infra/main.tf', 'infra/prod.tfvars', 'infra/terraform.tfvars'],
        { v: 'tfvars prod default' },
      ],
    ]);
  });

  test('where they give what the module leaves open, nobody applies it without one', async () => {
    const { units, notices } = await assembled({
      'main.tf': 'variable "env" {}\nvariable "left" {}\nresource "x" "y" {\n  v = var.env\n}',
      'prod.tfvars': 'env = "prod"',
      'dev.tfvars': 'env = "dev"',
    });
    expect(units.map((unit) => [unit.id, bodiesOf(unit)['x.y']])).toEqual([
      ['terraform:.#dev', { v: 'dev' }],
      ['terraform:.#prod', { v: 'prod' }],
    ]);
    expect(new Set(notices.map(({ code, message }) => `${code}: ${message}`))).toEqual(
      new Set([
        'variable-unset: Nothing here gives this variable of the root module a value: left. What they decide is unknown; a .tfvars file or a default would say it.',
      ]),
    );
  });

  test('those that a run names are given to every root module', async () => {
    const texts = { 'main.tf': VARIABLES, 'x/prod.tfvars': 'a = "prod"', 'dev.tfvars': 'a = "dev"' };
    const { units } = await assembled(texts, { variableFiles: ['x/prod.tfvars'] });
    expect(units.map((unit) => [unit.id, bodiesOf(unit)['x.y']])).toEqual([
      ['terraform:.', { v: 'prod default default' }],
    ]);
  });
});

describe('declarations', () => {
  test('values are of the declared type, with the defaults of optional attributes', async () => {
    const all = await bodies({
      'main.tf': `
        variable "port" {
          type = string
        }
        variable "rules" {
          type = list(object({
            port  = number
            cidrs = optional(list(string), ["10.0.0.0/8"])
            note  = optional(string)
          }))
        }
        variable "kept" {
          default  = "kept"
          nullable = false
        }
        variable "gone" {
          default = "gone"
        }
        resource "x" "y" {
          port  = var.port
          rules = var.rules
          kept  = var.kept
          gone  = var.gone
        }`,
      'terraform.tfvars': 'port = 80\nrules = [{ port = "22", extra = 1 }]\nkept = null\ngone = null',
    });
    expect(all).toEqual({ 'x.y': { port: '80', rules: [{ port: 22, cidrs: ['10.0.0.0/8'] }], kept: 'kept' } });
  });

  test('a value that Terraform would refuse is told', async () => {
    const { notices, units } = await assembled({
      'main.tf': `
        variable "port" {
          type = number
          validation {
            condition     = var.port > 1000
            error_message = "too low"
          }
        }
        variable "wrong" {
          type    = number
          default = "many"
        }
        resource "x" "y" {
          port  = var.port
          wrong = var.wrong
        }`,
      'terraform.tfvars': 'port = 22',
    });
    expect(bodiesOf(units[0] as TerraformUnit)['x.y']).toMatchObject({ port: 22 });
    expect(notices.map(({ code, message, origin }) => [code, message, origin.file])).toEqual([
      ['invalid-value', 'Terraform would refuse this: a number is needed where a string ("many") is given.', 'main.tf'],
      [
        'invalid-value',
        'The value of var.port does not pass the validation of the variable: Terraform would refuse it.',
        'terraform.tfvars',
      ],
    ]);
  });

  test('a file of variables holds constants; anything else is told', async () => {
    const { units, notices } = await assembled({
      'main.tf':
        'variable "a" {}\nvariable "b" {}\nvariable "c" {}\nresource "x" "y" {\n  v = [var.a, var.b, var.c]\n}',
      'terraform.tfvars': 'a = { b = 1 }.x\nb = -1 + 3\nc = var.a',
    });
    expect(bodiesOf(units[0] as TerraformUnit)['x.y']).toEqual({
      v: ['?unmodelled: this object has no "x"', 2, '?unmodelled: a file of variables can refer to nothing'],
    });
    expect(notices.map(({ code }) => code)).toEqual(['invalid-value']);
  });

  test('an unset variable is unknown at its block', async () => {
    const text = 'variable "cidrs" {\n  type = list(string)\n}\nresource "x" "y" {\n  v = var.cidrs\n}';
    const { units } = await assembled({ 'main.tf': text });
    const value = units[0]?.resources[0]?.body.entries.get('v')?.value;
    expect(value).toMatchObject({ kind: 'unknown', reason: 'no-default', because: 'var.cidrs has no value' });
    expect(text.slice(value?.origin.start, value?.origin.end)).toBe('variable "cidrs"');
  });
});

describe('what is sensitive', () => {
  test('is lowered nowhere, whatever is made of it, and decides nothing', async () => {
    const { units, notices } = await assembled({
      'main.tf': `
        variable "password" {
          type      = string
          sensitive = true
        }
        variable "ports" {
          type      = map(number)
          sensitive = true
        }
        locals {
          nested = { a = [1, "\${var.password}-x"], b = upper(var.password), c = jsonencode({ p = var.password }) }
        }
        resource "x" "y" {
          url    = "http://u:\${var.password}@h"
          nested = local.nested
          len    = length(var.password)
          pick   = var.password == "hunter2" ? "hunter2-a" : "hunter2-b"
          open   = nonsensitive(upper("a"))
          each   = [for k, v in var.ports : k]
          marked = sensitive("hunter2")
          out    = module.m.secret
        }
        resource "x" "many" {
          for_each = var.ports
          v        = each.key
        }
        module "m" {
          source = "./m"
          in     = var.password
        }`,
      'm/main.tf':
        'variable "in" {}\noutput "secret" {\n  value     = "hunter2"\n  sensitive = true\n}\nresource "x" "z" {\n  v = var.in\n}',
      'terraform.tfvars': 'password = "hunter2"\nports = { hunter2 = "hunter2" }',
    });
    const [unit] = units;
    const all = JSON.stringify([bodiesOf(unit as TerraformUnit), notices]);
    expect(all.toLowerCase()).not.toContain('hunter2');
    expect(bodiesOf(unit as TerraformUnit)['x.y']).toMatchObject({
      url: '?sensitive: it is sensitive',
      nested: { a: [1, '?sensitive: it is sensitive'], b: '?sensitive: it is sensitive' },
      open: 'A',
      out: '?sensitive: it is sensitive',
    });
  });
});
