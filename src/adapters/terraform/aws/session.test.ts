import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const traits = async (written: string) =>
  ((await facts(written)).workload('aws_instance.it').traits ?? []).map(({ trait }) => trait);

const machine = (fields: string) => `resource "aws_instance" "it" {\nvpc_security_group_ids = ["sg-1"]\n${fields}\n}`;

describe('sessions of Systems Manager', () => {
  const profile = 'resource "aws_iam_instance_profile" "p" { role = aws_iam_role.r.name }';
  const own = machine('iam_instance_profile = aws_iam_instance_profile.p.name');

  test.each([
    [
      'resource "aws_iam_role" "r" { managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"] }',
      true,
    ],
    ['resource "aws_iam_role" "r" { managed_policy_arns = ["arn:aws:iam::aws:policy/ReadOnlyAccess"] }', false],
    [
      `resource "aws_iam_role" "r" { name = "r" }
      resource "aws_iam_role_policy_attachment" "a" {
        role       = aws_iam_role.r.name
        policy_arn = "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"
      }`,
      true,
    ],
    [
      `resource "aws_iam_role" "r" { name = "r" }
      data "aws_iam_policy" "agent" { name = "AmazonSSMManagedInstanceCore" }
      resource "aws_iam_role_policy_attachment" "a" {
        role       = aws_iam_role.r.name
        policy_arn = data.aws_iam_policy.agent.arn
      }`,
      true,
    ],
  ])('with %s', async (role, admitted) => {
    expect((await traits(`${role}\n${profile}\n${own}`)).includes('admits-by-session')).toBe(admitted);
  });
});

test.each([
  ['a', true],
  ['b', false],
])('an endpoint of Instance Connect in network a leads to a machine in %s: %s', async (network, admitted) => {
  const found = await traits(`
    resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
    resource "aws_vpc" "b" { cidr_block = "10.1.0.0/16" }
    resource "aws_subnet" "a" { vpc_id = aws_vpc.a.id }
    resource "aws_subnet" "a2" { vpc_id = aws_vpc.a.id }
    resource "aws_subnet" "b" { vpc_id = aws_vpc.b.id }
    resource "aws_ec2_instance_connect_endpoint" "e" { subnet_id = aws_subnet.a2.id }
    ${machine(`subnet_id = aws_subnet.${network}.id`)}`);
  expect(found.includes('admits-by-session')).toBe(admitted);
});

describe('a permission to start sessions', () => {
  const AGENT = `
    resource "aws_iam_role" "r" { managed_policy_arns = ["arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore"] }
    resource "aws_iam_instance_profile" "p" { role = aws_iam_role.r.name }
    ${machine('iam_instance_profile = aws_iam_instance_profile.p.name')}`;
  const permission = (action: string, resource: string, condition: string) => `${AGENT}
    resource "aws_iam_policy" "repair" {
      policy = jsonencode({
        Statement = [{ Effect = "Allow", Action = "${action}", Resource = ${resource}, Condition = { ${condition} } }]
      })
    }`;
  const ENDS = 'DateLessThan = { "aws:CurrentTime" = "2027-01-01T00:00:00Z" }';
  const UNTIL = 'until 2027-01-01T00:00:00Z';

  test.each([
    ['that ends', permission('ssm:StartSession', '"*"', ENDS), UNTIL],
    ['for the machine', permission('ssm:*', 'aws_instance.it.arn', ENDS), UNTIL],
    [
      'for another machine',
      `${permission('ssm:StartSession', 'aws_instance.other.arn', ENDS)}\nresource "aws_instance" "other" {}`,
      undefined,
    ],
    [
      'for machines by a tag',
      permission('ssm:StartSession', '"*"', `${ENDS}, StringLike = { "ssm:resourceTag/a" = "b" }`),
      undefined,
    ],
    ['that begins', permission('ssm:StartSession', '"*"', ENDS.replace('Less', 'Greater')), undefined],
    ['for something else', permission('ssm:GetParameter', '"*"', ENDS), undefined],
    ['that is not written', AGENT, undefined],
  ])('%s', async (_, written, reason) => {
    const found = await facts(written);
    const [trait] = found.workload('aws_instance.it').traits?.filter((one) => one.trait === 'admits-by-session') ?? [];
    expect(trait).toBeDefined();
    expect(trait?.because).toBe(reason);
    if (reason) expect(found.quote(trait?.origin)).toBe('"2027-01-01T00:00:00Z"');
  });

  test('to open tunnels through an endpoint of Instance Connect, in a data source', async () => {
    const found = await facts(`
      resource "aws_vpc" "a" { cidr_block = "10.0.0.0/16" }
      resource "aws_subnet" "a" { vpc_id = aws_vpc.a.id }
      resource "aws_ec2_instance_connect_endpoint" "e" { subnet_id = aws_subnet.a.id }
      ${machine('subnet_id = aws_subnet.a.id')}
      data "aws_iam_policy_document" "repair" {
        statement {
          actions   = ["ec2-instance-connect:OpenTunnel"]
          resources = ["*"]
          condition {
            test     = "DateLessThan"
            variable = "aws:CurrentTime"
            values   = ["2027-01-01T00:00:00Z"]
          }
        }
      }
      resource "aws_iam_role" "operator" {
        inline_policy {
          name   = "repair"
          policy = data.aws_iam_policy_document.repair.json
        }
      }`);
    const reasons = (found.workload('aws_instance.it').traits ?? []).map(({ because }) => because);
    expect(reasons).toContain(UNTIL);
  });
});
