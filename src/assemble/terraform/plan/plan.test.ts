import { describe, expect, test } from 'vitest';
import { bodiesOf } from '../evaluated.fixture.ts';
import { type Planned, planText, recorded, refers } from './recorded.fixture.ts';
import { BLOCKS, GROUP, PLAN, VPC } from './sample.fixture.ts';

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
