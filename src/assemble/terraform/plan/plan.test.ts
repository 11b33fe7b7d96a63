import { describe, expect, test } from 'vitest';
import { bodiesOf } from '../evaluated.fixture.ts';
import { constant, type Planned, planText, recorded, refers } from './recorded.fixture.ts';

const CODE = `resource "aws_vpc" "main" {
  cidr_block = "10.0.0.0/16"
}
resource "aws_security_group" "web" {
  vpc_id = aws_vpc.main.id
  ingress {
    from_port   = 443
    to_port     = 443
    protocol    = "tcp"
    cidr_blocks = ["0.0.0.0/0"]
  }
  ingress {
    from_port   = 22
    to_port     = 22
    protocol    = "tcp"
    cidr_blocks = var.admins
  }
}
variable "admins" {}
`;

const VPC: Planned = {
  address: 'aws_vpc.main',
  values: { cidr_block: '10.0.0.0/16', ipv6_cidr_block: null },
  unknown: { id: true },
};
/** The blocks of a set stand in an order of the provider's. */
const GROUP: Planned = {
  address: 'aws_security_group.web',
  values: {
    ingress: [
      { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['192.0.2.0/24'], description: '' },
      { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], description: '' },
    ],
    timeouts: null,
  },
  unknown: { id: true, vpc_id: true, ingress: [{ cidr_blocks: [false] }, {}] },
};
const BLOCKS = {
  resources: {
    'aws_vpc.main': { cidr_block: constant('10.0.0.0/16') },
    'aws_security_group.web': {
      vpc_id: refers('aws_vpc.main.id', 'aws_vpc.main'),
      ingress: [
        {
          from_port: constant(443),
          to_port: constant(443),
          protocol: constant('tcp'),
          cidr_blocks: constant(['0.0.0.0/0']),
        },
        {
          from_port: constant(22),
          to_port: constant(22),
          protocol: constant('tcp'),
          cidr_blocks: refers('var.admins'),
        },
      ],
    },
  },
};
const PLAN = planText([VPC, GROUP], BLOCKS);

const body = async (texts: Readonly<Record<string, string>>, address: string) => {
  const { units } = await recorded(texts);
  expect(units).toHaveLength(1);
  return bodiesOf(units[0] as (typeof units)[0])[address];
};

describe('a plan by itself', () => {
  test('is a unit of its file, with what is unknown and what it refers to', async () => {
    const { units, notices } = await recorded({ 'plans/prod.json': PLAN });
    expect(notices).toEqual([]);
    expect(units).toMatchObject([{ id: 'terraform:plans/prod.json', root: 'plans/prod.json', variant: null }]);
    expect(bodiesOf(units[0] as (typeof units)[0])).toEqual({
      'aws_security_group.web': {
        vpc_id: '?computed: aws_security_group.web.vpc_id is known only after apply → aws_vpc.main.id',
        ingress: [
          { from_port: 22, to_port: 22, protocol: 'tcp', cidr_blocks: ['192.0.2.0/24'], description: '' },
          { from_port: 443, to_port: 443, protocol: 'tcp', cidr_blocks: ['0.0.0.0/0'], description: '' },
        ],
      },
      'aws_vpc.main': { cidr_block: '10.0.0.0/16' },
    });
  });

  test('gives every value its own place', async () => {
    const { origin } = await recorded({ 'plan.json': PLAN });
    expect(origin('aws_security_group.web')).toEqual(['plan.json: "aws_security_group.web"']);
    expect(origin('aws_security_group.web', 'ingress', 0, 'cidr_blocks', 0)).toEqual(['plan.json: "192.0.2.0/24"']);
    expect(origin('aws_security_group.web', 'ingress', 1, 'cidr_blocks', 0)).toEqual(['plan.json: "0.0.0.0/0"']);
    expect(origin('aws_security_group.web', 'vpc_id')).toEqual(['plan.json: true']);
  });

  test('is told by what stands in it, whatever it is called', async () => {
    const { units } = await recorded({ 'a.json': PLAN, 'tfplan.json': '{"plan": true}', 'b.yaml': PLAN });
    expect(units.map(({ id }) => id)).toEqual(['terraform:a.json']);
  });

  test('of a format that is not known is a notice', async () => {
    const { units, notices } = await recorded({ 'a.json': PLAN.replace('"1.2"', '"2.0"') });
    expect(units).toEqual([]);
    expect(notices).toMatchObject([{ code: 'unsupported-construct', origin: { file: 'a.json' } }]);
  });

  test('that takes everything away deploys nothing', async () => {
    const { units, notices } = await recorded({ 'a.json': planText([], BLOCKS) });
    expect(units).toEqual([]);
    expect(notices).toMatchObject([{ code: 'no-effect' }]);
  });

  test('may be cut down to its changes', async () => {
    const { resource_changes, format_version } = JSON.parse(PLAN) as Record<string, unknown>;
    const { units } = await recorded({ 'a.json': JSON.stringify({ format_version, resource_changes }) });
    expect(units[0]?.resources.map(({ address }) => address)).toEqual(['aws_security_group.web', 'aws_vpc.main']);
  });

  test('holds what data sources answered', async () => {
    const resources = [
      {
        address: 'data.aws_vpc.other',
        mode: 'data',
        type: 'aws_vpc',
        name: 'other',
        values: { cidr_block: '10.9.0.0/16' },
      },
      { address: 'aws_vpc.main', mode: 'managed', type: 'aws_vpc', name: 'main', values: { cidr_block: 'before' } },
    ];
    const prior_state = { format_version: '1.0', values: { root_module: { resources } } };
    const text = planText([VPC], BLOCKS, { prior_state });
    expect(await body({ 'a.json': text }, 'data.aws_vpc.other')).toEqual({ cidr_block: '10.9.0.0/16' });
    expect(await body({ 'a.json': text }, 'aws_vpc.main')).toMatchObject({ cidr_block: '10.0.0.0/16' });
  });
});

describe('what a plan refers to', () => {
  const subnet: Planned = {
    address: 'module.net["a"].aws_subnet.x[1]',
    values: {},
    unknown: { id: true, vpc_id: true },
  };
  const instance: Planned = {
    address: 'aws_instance.x',
    values: {},
    unknown: { subnet_id: true, vpc_security_group_ids: true },
  };
  const configured = {
    resources: {
      ...BLOCKS.resources,
      'aws_instance.x': {
        subnet_id: refers('module.net["a"].subnets[1]', 'module.net["a"].subnets', 'module.net["a"]', 'module.net'),
        vpc_security_group_ids: refers(
          'aws_security_group.web.id',
          'aws_security_group.web',
          'local.nothing',
          'each.key',
        ),
      },
    },
    calls: {
      net: {
        expressions: { vpc: refers('aws_vpc.main.id', 'aws_vpc.main') },
        module: {
          resources: { 'aws_subnet.x': { vpc_id: refers('var.vpc') } },
          outputs: { subnets: ['aws_subnet.x'] },
        },
      },
    },
  };
  const text = planText([VPC, GROUP, subnet, instance], configured);

  test('is followed through variables and outputs of modules', async () => {
    expect(await body({ 'a.json': text }, 'module.net["a"].aws_subnet.x[1]')).toMatchObject({
      vpc_id: expect.stringMatching(/after apply → aws_vpc\.main\.id$/),
    });
    expect(await body({ 'a.json': text }, 'aws_instance.x')).toEqual({
      subnet_id: expect.stringMatching(/after apply → module\.net\["a"\]\.aws_subnet\.x\.$/),
      vpc_security_group_ids: expect.stringMatching(/after apply → aws_security_group\.web\.id$/),
    });
  });

  test('is a link where the id is known already', async () => {
    const known = [
      { ...VPC, values: { ...VPC.values, id: 'vpc-1' }, unknown: {} },
      { ...subnet, values: { id: 'subnet-1', vpc_id: 'vpc-1' }, unknown: {} },
      { ...instance, values: { subnet_id: 'subnet-1', vpc_security_group_ids: ['sg-other'] }, unknown: {} },
    ];
    expect(await body({ 'a.json': planText(known, configured) }, 'module.net["a"].aws_subnet.x[1]')).toEqual({
      id: 'subnet-1',
      vpc_id: '?computed: it is the id of aws_vpc.main, which the provider makes up → aws_vpc.main.id',
    });
    expect(await body({ 'a.json': planText(known, configured) }, 'aws_instance.x')).toEqual({
      subnet_id: expect.stringMatching(/→ module\.net\["a"\]\.aws_subnet\.x\[1\]\.id$/),
      vpc_security_group_ids: ['sg-other'],
    });
  });

  test('may go in circles, and ends', async () => {
    const circle = {
      resources: { 'aws_instance.x': { subnet_id: refers('module.a.out') } },
      calls: {
        a: {
          expressions: { in: refers('module.a.out') },
          module: { outputs: { out: ['var.in'] }, resources: {} },
        },
      },
    };
    const { units } = await recorded({ 'a.json': planText([instance], circle) });
    expect(units).toHaveLength(1);
  });
});

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
