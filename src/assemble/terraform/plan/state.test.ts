import { describe, expect, test } from 'vitest';
import { bodiesOf } from '../evaluated.fixture.ts';
import { planText, recorded, stateText } from './recorded.fixture.ts';

const VPC = { address: 'aws_vpc.main', values: { id: 'vpc-1', cidr_block: '10.0.0.0/16' } };
const SUBNETS = [0, 1].map((index) => ({
  address: `aws_subnet.a[${index}]`,
  values: { id: `subnet-${index}`, vpc_id: 'vpc-1', availability_zone: 'eu-west-1a' },
  dependsOn: ['aws_vpc.main'],
}));

describe('a state by itself', () => {
  test('links ids of what it depends on, and nothing else', async () => {
    const other = { address: 'aws_vpc.other', values: { id: 'eu-west-1a' } };
    const { units } = await recorded({ 'state.json': stateText([VPC, other, ...SUBNETS]) });
    expect(bodiesOf(units[0] as (typeof units)[0])).toMatchObject({
      'aws_subnet.a[1]': {
        id: 'subnet-1',
        vpc_id: '?computed: it is the id of aws_vpc.main, which the provider makes up → aws_vpc.main.id',
        availability_zone: 'eu-west-1a',
      },
    });
  });

  test('never shows what is a secret by its name', async () => {
    const values = {
      id: 'db',
      password: 'hunter22',
      master_user_secret: [{ secret_arn: 'arn:aws:x' }],
      url: 'hunter22',
    };
    const text = stateText([{ address: 'aws_db_instance.x', values, sensitive: { password: true } }]);
    const { units } = await recorded({ 'state.json': text });
    const shown = JSON.stringify(units.map(bodiesOf));
    expect(shown).not.toContain('hunter22');
    expect(shown).toContain('arn:aws:x');
    const unmarked = stateText([{ address: 'aws_db_instance.x', values: { auth_token: 'hunter22' } }]);
    expect(JSON.stringify((await recorded({ 'state.json': unmarked })).units.map(bodiesOf))).not.toContain('hunter22');
  });

  test('says rules that are resources of their own once', async () => {
    const group = {
      address: 'aws_security_group.web',
      values: { id: 'sg-1', ingress: [{ from_port: 22, cidr_blocks: ['0.0.0.0/0'] }], egress: [] },
    };
    const rule = {
      address: 'aws_security_group_rule.ssh',
      values: { security_group_id: 'sg-1', from_port: 22, cidr_blocks: ['0.0.0.0/0'] },
      dependsOn: ['aws_security_group.web'],
    };
    const alone = await recorded({ 'state.json': stateText([group]) });
    expect(bodiesOf(alone.units[0] as (typeof alone.units)[0])).toMatchObject({
      'aws_security_group.web': { ingress: [{ from_port: 22 }] },
    });
    const both = await recorded({ 'state.json': stateText([group, rule]) });
    expect(bodiesOf(both.units[0] as (typeof both.units)[0])).toMatchObject({
      'aws_security_group.web': { id: 'sg-1' },
      'aws_security_group_rule.ssh': { from_port: 22 },
    });
    expect(both.units[0]?.resources[0]?.body.entries.has('ingress')).toBe(false);
  });
});

describe('a state beside its code', () => {
  const code = `resource "aws_vpc" "main" { cidr_block = "10.9.0.0/16" }
resource "aws_subnet" "a" {
  count             = length(var.zones)
  vpc_id            = aws_vpc.main.id
  availability_zone = var.zones[count.index]
}
variable "zones" { type = list(string) }
`;

  test('tells what the code does not show; what the code shows stands', async () => {
    const { units } = await recorded({ 'main.tf': code, 'state.json': stateText([VPC, ...SUBNETS]) });
    expect(units.map(({ id }) => id)).toEqual(['terraform:.']);
    expect(bodiesOf(units[0] as (typeof units)[0])).toEqual({
      'aws_vpc.main': { cidr_block: '10.9.0.0/16' },
      'aws_subnet.a[0]': { vpc_id: expect.stringMatching(/→ aws_vpc\.main\.id$/), availability_zone: 'eu-west-1a' },
      'aws_subnet.a[1]': { vpc_id: expect.stringMatching(/→ aws_vpc\.main\.id$/), availability_zone: 'eu-west-1a' },
    });
  });

  test('makes nothing of what the code has no more, and hides nothing that is new', async () => {
    const gone = { address: 'aws_eip.gone', values: { id: 'eip-1' } };
    const { units } = await recorded({
      'main.tf': `${code}resource "aws_eip" "new" {}`,
      'state.json': stateText([VPC, gone, ...SUBNETS]),
    });
    const addresses = units[0]?.resources.map(({ address }) => address);
    expect(addresses).toEqual(['aws_eip.new', 'aws_subnet.a[0]', 'aws_subnet.a[1]', 'aws_vpc.main']);
  });

  test('is left out where there is a plan', async () => {
    const plan = planText([VPC], { resources: { 'aws_vpc.main': {} } });
    const { units, notices } = await recorded({ 'plan.json': plan, 'state.json': stateText([VPC]) });
    expect(units.map(({ id }) => id)).toEqual(['terraform:plan.json']);
    expect(notices).toMatchObject([{ code: 'not-evaluated', origin: { file: 'state.json' } }]);
  });
});
