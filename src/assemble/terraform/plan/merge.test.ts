import { describe, expect, test } from 'vitest';
import { bodiesOf } from '../evaluated.fixture.ts';
import { constant, type Planned, planText, recorded, refers } from './recorded.fixture.ts';
import { BLOCKS, CODE, GROUP, PLAN, VPC } from './sample.fixture.ts';

describe('a plan beside its code', () => {
  const texts = { 'infra/main.tf': CODE, 'infra/plan.json': PLAN };

  test('counts once, and says what the code alone does, and more', async () => {
    const { units, notices } = await recorded(texts);
    expect(notices.filter(({ code }) => code !== 'variable-unset')).toEqual([]);
    expect(units).toMatchObject([{ id: 'terraform:infra', files: ['infra/main.tf', 'infra/plan.json'] }]);
    const merged = bodiesOf(units[0] as (typeof units)[0]) as Record<string, Record<string, unknown>>;
    expect(merged['aws_security_group.web']).toMatchObject({
      vpc_id: expect.stringMatching(/→ aws_vpc\.main\.id$/),
      ingress: [
        { from_port: 22, cidr_blocks: ['192.0.2.0/24'] },
        { from_port: 443, cidr_blocks: ['0.0.0.0/0'] },
      ],
    });
  });

  test('has the places of the code, each value its own', async () => {
    const { origin } = await recorded(texts);
    expect(origin('aws_security_group.web')).toEqual(['infra/main.tf: resource "aws_security_group" "web"']);
    expect(origin('aws_security_group.web', 'ingress', 0, 'from_port')).toEqual(['infra/main.tf: 22']);
    expect(origin('aws_security_group.web', 'ingress', 1, 'cidr_blocks', 0)).toEqual(['infra/main.tf: "0.0.0.0/0"']);
    expect(origin('aws_security_group.web', 'vpc_id')).toEqual(['infra/main.tf: aws_vpc.main.id']);
  });

  test('may lie elsewhere', async () => {
    const { units } = await recorded({ 'infra/main.tf': CODE, 'plans/a.json': PLAN });
    expect(units.map(({ id }) => id)).toEqual(['terraform:infra']);
    const other = CODE.replaceAll('"web"', '"other"').replaceAll('"main"', '"else"').replaceAll('vpc.main', 'vpc.else');
    const apart = await recorded({ 'infra/main.tf': other, 'plans/a.json': PLAN });
    expect(apart.units.map(({ id }) => id)).toEqual(['terraform:infra', 'terraform:plans/a.json']);
  });

  test('leaves what has changed since as the code has it', async () => {
    const opened = CODE.replace('cidr_blocks = ["0.0.0.0/0"]', 'cidr_blocks = ["203.0.113.0/24"]');
    const { units, notices } = await recorded({
      'main.tf': `${opened}resource "aws_eip" "new" {}\n`,
      'plan.json': PLAN,
    });
    const bodies = bodiesOf(units[0] as (typeof units)[0]);
    expect(bodies).toMatchObject({
      'aws_eip.new': {},
      'aws_security_group.web': { ingress: [{ from_port: 443, cidr_blocks: ['203.0.113.0/24'] }, { from_port: 22 }] },
      'aws_vpc.main': { cidr_block: '10.0.0.0/16' },
    });
    expect(notices.filter(({ code }) => code === 'not-evaluated')).toMatchObject([
      {
        message: expect.stringMatching(
          /has changed since the plan plan\.json was made: of aws_eip\.new, and of 1 more/,
        ),
      },
    ]);
  });

  test('makes nothing of code that is gone', async () => {
    const { units, notices } = await recorded({
      'main.tf': CODE.replace(/resource "aws_vpc"[^}]*}/, ''),
      'plan.json': PLAN,
    });
    expect(units[0]?.resources.map(({ address }) => address)).toEqual(['aws_security_group.web']);
    expect(notices.filter(({ code }) => code === 'not-evaluated')).toHaveLength(1);
  });

  test('of a part leaves the rest as the code has it', async () => {
    const part = planText([VPC], BLOCKS, { complete: false });
    const { units } = await recorded({ 'main.tf': CODE, 'plan.json': part });
    expect(units[0]?.resources.map(({ address }) => address)).toEqual(['aws_security_group.web', 'aws_vpc.main']);
    const whole = await recorded({ 'main.tf': CODE, 'plan.json': planText([VPC], BLOCKS) });
    expect(whole.units[0]?.resources.map(({ address }) => address)).toEqual(['aws_vpc.main']);
  });

  test('finds what other variables make', async () => {
    const code = `${CODE}variable "extra" { default = false }\nresource "aws_eip" "x" {\n  count  = var.extra ? 1 : 0\n  domain = "vpc"\n}\n`;
    const text = planText([VPC, GROUP, { address: 'aws_eip.x[0]', values: { domain: 'vpc' } }], {
      resources: { ...BLOCKS.resources, 'aws_eip.x': { domain: constant('vpc') } },
    });
    const { origin } = await recorded({ 'main.tf': code, 'plan.json': text });
    expect(origin('aws_eip.x[0]')).toEqual(['main.tf: resource "aws_eip" "x"']);
    expect(origin('aws_eip.x[0]', 'domain')).toEqual(['main.tf: "vpc"']);
  });

  test('is of the set of variables that it agrees with', async () => {
    const code = `${CODE.replace('variable "admins" {}', 'variable "admins" { default = ["198.51.100.0/24"] }')}`;
    const { units } = await recorded({
      'main.tf': code,
      'prod.tfvars': 'admins = ["192.0.2.0/24"]\n',
      'dev.tfvars': 'admins = ["10.0.0.0/8"]\n',
      'plan.json': PLAN,
    });
    expect(units.filter(({ files }) => files.includes('plan.json')).map(({ id }) => id)).toEqual(['terraform:.#prod']);
    expect(units).toHaveLength(3);
  });

  test('leaves a dynamic block over something unknown as the code has it', async () => {
    const code = `data "http" "ports" { url = "https://example.org" }
resource "aws_security_group" "web" {
  dynamic "ingress" {
    for_each = jsondecode(data.http.ports.response_body)
    content {
      from_port   = ingress.value
      cidr_blocks = ["0.0.0.0/0"]
    }
  }
}
`;
    const group = { address: 'aws_security_group.web', values: {}, unknown: { id: true, ingress: true, arn: true } };
    const text = planText([group], { resources: { 'aws_security_group.web': {} } });
    const { units } = await recorded({ 'main.tf': code, 'plan.json': text });
    expect(bodiesOf(units[0] as (typeof units)[0])['aws_security_group.web']).toEqual({
      ingress: [{ '?': expect.any(String), cidr_blocks: ['0.0.0.0/0'], from_port: expect.any(String) }],
    });
    const alone = await recorded({ 'plan.json': text });
    expect(bodiesOf(alone.units[0] as (typeof alone.units)[0])['aws_security_group.web']).toEqual({});
  });

  test('is one of several deployments where there are several', async () => {
    const { units } = await recorded({ 'main.tf': CODE, 'a.json': PLAN, 'b.json': PLAN });
    expect(units.map(({ id }) => id)).toEqual(['terraform:.#a.json', 'terraform:.#b.json']);
  });

  test('knows what a module makes that is not on disk', async () => {
    const code = `${CODE}module "db" {\n  source  = "acme/db/aws"\n  open_to = ["10.1.0.0/16"]\n}\n`;
    const rule: Planned = {
      address: 'module.db.aws_security_group_rule.in',
      values: { cidr_blocks: ['10.1.0.0/16'], from_port: 5432 },
    };
    const text = planText([VPC, GROUP, rule], {
      ...BLOCKS,
      calls: {
        db: {
          expressions: { open_to: constant(['10.1.0.0/16']) },
          module: {
            resources: {
              'aws_security_group_rule.in': { cidr_blocks: refers('var.open_to'), from_port: constant(5432) },
            },
          },
        },
      },
    });
    const { origin } = await recorded({ 'main.tf': code, 'plan.json': text });
    expect(origin('module.db.aws_security_group_rule.in')).toEqual(['main.tf: module "db"']);
    expect(origin('module.db.aws_security_group_rule.in', 'cidr_blocks', 0)).toEqual([
      'main.tf: "10.1.0.0/16"',
      'main.tf: module "db"',
    ]);
    expect(origin('module.db.aws_security_group_rule.in', 'from_port')).toEqual(['main.tf: module "db"']);
  });

  test('takes the place of a model', async () => {
    const code = `module "vpc" {\n  source = "terraform-aws-modules/vpc/aws"\n  cidr   = "10.3.0.0/16"\n}\n${CODE}`;
    const vpc: Planned = { address: 'module.vpc.aws_vpc.this[0]', values: { cidr_block: '10.3.0.0/16' } };
    const text = planText([VPC, GROUP, vpc], {
      ...BLOCKS,
      calls: { vpc: { module: { resources: { 'aws_vpc.this': { cidr_block: refers('var.cidr') } } } } },
    });
    const { units, origin } = await recorded({ 'main.tf': code, 'plan.json': text });
    expect(units[0]?.resources.map(({ address }) => address)).toEqual([
      'aws_security_group.web',
      'aws_vpc.main',
      'module.vpc.aws_vpc.this[0]',
    ]);
    expect(origin('module.vpc.aws_vpc.this[0]', 'cidr_block')).toEqual([
      'main.tf: "10.3.0.0/16"',
      'main.tf: module "vpc"',
    ]);
  });

  test('tells the parts of an encoded text where they are written', async () => {
    const code = `resource "aws_ecs_task_definition" "x" {
  container_definitions = jsonencode([{ name = "web", image = var.image }])
}
variable "image" {}
`;
    const containers = JSON.stringify([{ image: 'nginx:1', name: 'web' }]);
    const text = planText([{ address: 'aws_ecs_task_definition.x', values: { container_definitions: containers } }], {
      resources: { 'aws_ecs_task_definition.x': { container_definitions: refers('var.image') } },
    });
    const { units } = await recorded({ 'main.tf': code, 'plan.json': text });
    const value = units[0]?.resources[0]?.body.entries.get('container_definitions')?.value;
    const encodes = value?.kind === 'scalar' ? value.encodes : undefined;
    expect(encodes).toMatchObject({ kind: 'list', origin: { file: 'main.tf' } });
    expect(
      JSON.stringify(
        encodes &&
          [...(encodes.kind === 'list' ? encodes.items : [])].map((item) =>
            item.kind === 'mapping' ? item.entries.get('image')?.value : null,
          ),
      ),
    ).toContain('nginx:1');
  });
});
