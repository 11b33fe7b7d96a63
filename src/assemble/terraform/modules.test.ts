import { describe, expect, test } from 'vitest';
import type { Value } from '../../source/value.ts';
import { assembled, bodies, bodiesOf, pieces } from './evaluated.fixture.ts';
import type { TerraformUnit } from './unit.ts';

const ids = (units: readonly TerraformUnit[]) => units.map(({ id }) => id);
const attribute = (unit: TerraformUnit | undefined, address: string, name: string): Value | undefined =>
  unit?.resources.find((resource) => resource.address === address)?.body.entries.get(name)?.value;

const RESOURCE = 'resource "x" "y" {\n  v = 1\n}\n';

describe('which folders are root modules', () => {
  test('those that no other folder calls', async () => {
    const { units } = await assembled({
      'main.tf': RESOURCE,
      'live/prod/main.tf': 'module "a" {\n  source = "../../lib/a/"\n}\n',
      'lib/a/main.tf': `${RESOURCE}module "b" {\n  source = "./b"\n}`,
      'lib/a/b/main.tofu': RESOURCE,
      'lib/a/examples/one/main.tf': 'module "a" {\n  source = "../.."\n}',
      'lib/.terraform/modules/vpc/examples/x/main.tf': RESOURCE,
    });
    expect(ids(units)).toEqual(['terraform:.', 'terraform:lib/a/examples/one', 'terraform:live/prod']);
  });

  test('a module that is called is one as well if it says where its state is, or has variables in files', async () => {
    const { units } = await assembled({
      'main.tf':
        'module "a" {\n  source = "./a"\n}\nmodule "b" {\n  source = "./b"\n}\nmodule "c" {\n  source = "./c"\n}',
      'a/main.tf': 'terraform {\n  backend "s3" {}\n}',
      'b/main.tf': 'variable "v" {\n  default = 1\n}',
      'b/terraform.tfvars': 'v = 2',
      'c/main.tf': RESOURCE,
    });
    expect(ids(units)).toEqual(['terraform:.', 'terraform:a', 'terraform:b']);
  });

  test('modules that only call each other are not left out', async () => {
    const { units, notices } = await assembled({
      'a/main.tf': `${RESOURCE}module "b" {\n  source = "../b"\n}`,
      'b/main.tf': `${RESOURCE}module "a" {\n  source = "../a"\n}`,
    });
    expect(ids(units)).toEqual(['terraform:a']);
    expect(units[0]?.resources.map(({ address }) => address)).toEqual(['module.b.x.y', 'x.y']);
    expect(notices.map(({ code }) => code)).toEqual(['reference-cycle']);
  });
});

describe('files of a module', () => {
  test('override files replace what they name, and a .tofu file replaces the .tf file of its name', async () => {
    const all = await bodies({
      'main.tf':
        'resource "x" "y" {\n  a = 1\n  b = 1\n  c {\n    d = 1\n  }\n}\nlocals {\n  l = 1\n  m = 1\n}\nresource "x" "z" {\n  v = [local.l, local.m]\n}',
      'override.tf': 'resource "x" "y" {\n  b = 2\n  c {\n    d = 2\n  }\n}',
      'z_override.tf': 'locals {\n  l = 2\n}',
      'more.tf': 'resource "x" "old" {}',
      'more.tofu': 'resource "x" "new" {}',
    });
    expect(all).toEqual({ 'x.new': {}, 'x.y': { a: 1, b: 2, c: [{ d: 2 }] }, 'x.z': { v: [2, 1] } });
  });

  test('a block that is declared twice is told', async () => {
    const { notices, units } = await assembled({
      'a.tf': 'resource "x" "y" {\n  v = 1\n}',
      'b.tf': 'resource "x" "y" {\n  v = 2\n}',
    });
    expect(bodiesOf(units[0] as TerraformUnit)).toEqual({ 'x.y': { v: 1 } });
    expect(notices.map(({ code, origin }) => [code, origin.file])).toEqual([['duplicate-key', 'b.tf']]);
  });
});

describe('calls', () => {
  const TEXTS = {
    'main.tf': `module "net" {
  source = "./net"
  cidrs  = ["0.0.0.0/0", module.other.cidr]
}
module "other" {
  source = "./other"
}
`,
    'net/main.tf': `variable "cidrs" {}
module "rule" {
  source = "../rule"
  open   = var.cidrs
}
`,
    'rule/main.tf': `variable "open" {
  type = list(string)
}
resource "x" "y" {
  cidrs = var.open
  port  = 22
}
`,
    'other/main.tf': `output "cidr" {
  value = "10.0.0.0/8"
}
`,
  };

  test('a value has its origin where it is written, and says by which calls it came', async () => {
    const { units } = await assembled(TEXTS);
    const [unit] = units;
    const address = 'module.net.module.rule.x.y';
    const cidrs = attribute(unit, address, 'cidrs');
    const items = cidrs?.kind === 'list' ? cidrs.items : [];
    const calls = ['net/main.tf: module "rule"', 'main.tf: module "net"'];
    expect(items.map(({ origin }) => pieces(TEXTS, origin))).toEqual([
      ['main.tf: "0.0.0.0/0"', ...calls],
      ['other/main.tf: "10.0.0.0/8"', 'main.tf: module "other"', ...calls],
    ]);
    expect(pieces(TEXTS, attribute(unit, address, 'port')?.origin as Value['origin'])).toEqual([
      'rule/main.tf: 22',
      ...calls,
    ]);
    const resource = unit?.resources[0];
    expect(resource?.module).toBe('module.net.module.rule');
    expect(pieces(TEXTS, resource?.origin as Value['origin'])).toEqual(['rule/main.tf: resource "x" "y"', ...calls]);
    expect(unit?.files).toEqual(Object.keys(TEXTS).sort());
  });

  test('make instances, whose outputs are found by their keys', async () => {
    const all = await bodies({
      'main.tf': `
        variable "many" {}
        module "m" {
          source   = "./m"
          for_each = { a = 1, b = 2 }
          n        = each.value
        }
        module "c" {
          source = "./m"
          count  = 2
          n      = count.index
        }
        module "u" {
          source   = "./m"
          for_each = var.many
          n        = 5
        }
        resource "x" "r" {
          v = [module.m["b"].n, module.c[1].n, module.c[*].n, [for k, m in module.m : "\${k}\${m.n}"], module.u["z"].n]
          w = module.m["a"].id
        }`,
      'm/main.tf':
        'variable "n" {}\nresource "x" "y" {\n  v = var.n\n}\noutput "n" {\n  value = var.n\n}\noutput "id" {\n  value = x.y.id\n}',
    });
    expect(all).toEqual({
      'module.c[0].x.y': { v: 0 },
      'module.c[1].x.y': { v: 1 },
      'module.m["a"].x.y': { v: 1 },
      'module.m["b"].x.y': { v: 2 },
      'module.u.x.y': { '?': 'var.many has no value', v: 5 },
      'x.r': {
        v: [2, 1, [0, 1], ['a1', 'b2'], 5],
        w: '?computed: module.m["a"].x.y.id is set when the resource is made → module.m["a"].x.y.id',
      },
    });
  });

  test('may need each other both ways, as long as no value needs itself', async () => {
    const all = await bodies({
      'main.tf':
        'module "a" {\n  source = "./m"\n  in = module.b.base\n}\nmodule "b" {\n  source = "./m"\n  in = module.a.base\n}',
      'm/main.tf': 'variable "in" {}\noutput "base" {\n  value = "base"\n}\nresource "x" "y" {\n  v = var.in\n}',
    });
    expect(all).toEqual({ 'module.a.x.y': { v: 'base' }, 'module.b.x.y': { v: 'base' } });
  });

  test('what is outside of the tree, empty, or not on disk is told, and its outputs are unknown', async () => {
    const { units, notices } = await assembled({
      'main.tf': `
        module "out" {
          source = "../elsewhere"
        }
        module "empty" {
          source = "./empty"
        }
        module "git" {
          source = "git::ssh://git@example.com/net.git?ref=v1"
        }
        module "git2" {
          source = "git::ssh://git@example.com/net.git?ref=v1"
        }
        resource "x" "y" {
          v = [module.out.a, module.empty.a, module.git.a, module.git2.a[0].b]
        }`,
      'empty/readme.md': '',
    });
    const value = attribute(units[0], 'x.y', 'v');
    expect(value?.kind === 'list' && value.items.map((item) => item.kind === 'unknown' && item.reason)).toEqual(
      Array(4).fill('module-absent'),
    );
    expect(notices.map(({ code }) => code)).toEqual(['outside-root', 'file-missing', 'reference-missing']);
    expect(notices[2]?.message).toContain('git::ssh://git@example.com/net.git');
  });

  test('what terraform init has put on disk is found through its list', async () => {
    const manifest = {
      Modules: [
        { Key: '', Source: '', Dir: '.' },
        { Key: 'vpc', Source: 'registry.terraform.io/acme/vpc/aws', Version: '1.0.0', Dir: '.terraform/modules/vpc' },
        { Key: 'vpc.sub', Source: 'acme/sub/aws', Dir: '.terraform/modules/vpc.sub/modules/x' },
      ],
    };
    const { units, notices } = await assembled({
      'live/main.tf': 'module "vpc" {\n  source = "acme/vpc/aws"\n  cidr = "10.0.0.0/8"\n}',
      'live/.terraform/modules/modules.json': JSON.stringify(manifest),
      'live/.terraform/modules/vpc/main.tf':
        'variable "cidr" {}\nmodule "sub" {\n  source = "acme/sub/aws"\n  cidr = var.cidr\n}',
      'live/.terraform/modules/vpc.sub/modules/x/main.tf':
        'variable "cidr" {}\nresource "aws_vpc" "v" {\n  cidr = var.cidr\n}',
      'live/.terraform/modules/vpc/examples/all/main.tf': RESOURCE,
    });
    expect(ids(units)).toEqual(['terraform:live']);
    expect(bodiesOf(units[0] as TerraformUnit)).toEqual({ 'module.vpc.module.sub.aws_vpc.v': { cidr: '10.0.0.0/8' } });
    expect(notices).toEqual([]);
  });

  test('a model stands in for a module that is not on disk, at the place of the call', async () => {
    const texts = {
      'main.tf':
        'module "web" {\n  source = "acme/sg/aws"\n  version = "~> 5.0"\n  cidr = "0.0.0.0/0"\n  other = 1\n}\nresource "x" "y" {\n  v = module.web.id\n  w = module.web.unheard\n}',
    };
    const { units, notices } = await assembled(texts, {
      models: (source, version) =>
        source === 'acme/sg/aws' && version === '~> 5.0'
          ? {
              path: 'model//acme/sg/aws',
              text: 'variable "cidr" {}\nresource "aws_sg" "this" {\n  cidr = var.cidr\n  port = 22\n}\noutput "id" {\n  value = aws_sg.this.id\n}',
            }
          : undefined,
    });
    expect(notices).toEqual([]);
    expect(bodiesOf(units[0] as TerraformUnit)).toEqual({
      'module.web.aws_sg.this': { cidr: '0.0.0.0/0', port: 22 },
      'x.y': {
        v: '?computed: module.web.aws_sg.this.id is set when the resource is made → module.web.aws_sg.this.id',
        w: '?module-absent: the module is not on disk, and nothing is known of its output unheard',
      },
    });
    const address = 'module.web.aws_sg.this';
    const places = ['cidr', 'port'].map((name) =>
      pieces(texts, attribute(units[0], address, name)?.origin as Value['origin']),
    );
    expect(places).toEqual([['main.tf: "0.0.0.0/0"', 'main.tf: module "web"'], ['main.tf: module "web"']]);
    expect(units[0]?.files).toEqual(['main.tf']);
  });
});

describe('providers', () => {
  test('are told as the root module calls them', async () => {
    const { units } = await assembled({
      'main.tf': `
        provider "aws" {}
        provider "aws" {
          alias = "west"
        }
        module "m" {
          source    = "./m"
          providers = { aws = aws.west, aws.other = aws }
        }
        resource "aws_vpc" "a" {}
        resource "aws_vpc" "b" {
          provider = aws.west
        }`,
      'm/main.tf': 'resource "aws_vpc" "c" {}\nresource "aws_vpc" "d" {\n  provider = aws.other\n}',
    });
    expect(units[0]?.resources.map(({ address, provider }) => [address, provider])).toEqual([
      ['aws_vpc.a', 'aws'],
      ['aws_vpc.b', 'aws.west'],
      ['module.m.aws_vpc.c', 'aws.west'],
      ['module.m.aws_vpc.d', 'aws'],
    ]);
  });
});

describe('the JSON syntax', () => {
  test('says the same', async () => {
    const json = {
      '//': 'a comment',
      variable: { port: { type: 'number', default: 22 }, names: { type: 'list(string)', default: ['a', 'b'] } },
      locals: { open: ['0.0.0.0/0'] },
      resource: {
        aws_security_group: {
          web: {
            name: '${var.names[0]}-web',
            ingress: [{ from_port: '${var.port}', cidr_blocks: '${local.open}' }],
            dynamic: { egress: { for_each: '${var.names}', content: { note: '${egress.value}' } } },
            lifecycle: { create_before_destroy: true },
          },
        },
        x: { many: { for_each: '${toset(var.names)}', v: '${each.key}', depends_on: ['aws_security_group.web'] } },
      },
      module: { m: { source: './m', in: 5 } },
      output: { o: { value: '${aws_security_group.web.id}' } },
    };
    const texts = {
      'main.tf.json': JSON.stringify(json),
      'm/main.tf': 'variable "in" {}\nresource "x" "y" {\n  v = var.in\n}',
    };
    expect(await bodies(texts)).toEqual({
      'aws_security_group.web': {
        name: 'a-web',
        ingress: [{ from_port: 22, cidr_blocks: ['0.0.0.0/0'] }],
        egress: [{ note: 'a' }, { note: 'b' }],
      },
      'module.m.x.y': { v: 5 },
      'x.many["a"]': { v: 'a' },
      'x.many["b"]': { v: 'b' },
    });
  });

  test('in files of variables too', async () => {
    const texts = {
      'main.tf': 'variable "a" {}\nresource "x" "y" {\n  v = var.a\n}',
      'terraform.tfvars.json': '{"a": {"b": [1]}}',
    };
    expect(await bodies(texts)).toEqual({ 'x.y': { v: { b: [1] } } });
  });
});
