import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const group = (inside: string) => facts(`resource "aws_security_group" "it" {\n${inside}\n}`);
const ingress = (fields: string) => group(`ingress {\n${fields}\n}`);

describe('rules of a group', () => {
  test('speak of each source by itself, where it is written', async () => {
    const found = await ingress(
      'from_port = 22\nto_port = 22\nprotocol = "tcp"\ncidr_blocks = ["10.0.0.0/8", "0.0.0.0/0"]',
    );
    expect(found.rules('aws_security_group.it')).toEqual([
      'ingress allow 0.0.0.0/0 tcp/22',
      'ingress allow 10.0.0.0/8 tcp/22',
    ]);
    const [first] = found.guard('aws_security_group.it').grants;
    expect(found.quote(first?.origin)).toBe('"0.0.0.0/0"');
  });

  test('of everybody in both families are one', async () => {
    const found = await ingress(
      'from_port = 443\nto_port = 443\nprotocol = "tcp"\ncidr_blocks = ["0.0.0.0/0"]\nipv6_cidr_blocks = ["::/0"]',
    );
    expect(found.rules('aws_security_group.it')).toEqual(['ingress allow 0.0.0.0/0 ::/0 tcp/443']);
  });

  test.each([
    ['protocol = "-1"\nfrom_port = 22\nto_port = 22', 'everything'],
    ['protocol = "6"\nfrom_port = 22\nto_port = 23', 'tcp/22-23'],
    ['protocol = "tcp"\nfrom_port = 0\nto_port = 65535', 'tcp/1-65535'],
    ['protocol = "udp"\nfrom_port = "53"\nto_port = "53"', 'udp/53'],
    // Port 0 alone is no port, and neither has ICMP any (R60).
    ['protocol = "tcp"\nfrom_port = 0\nto_port = 0', 'other/*'],
    ['protocol = "icmp"\nfrom_port = -1\nto_port = -1', 'other/*'],
    ['protocol = "50"\nfrom_port = 0\nto_port = 0', 'other/*'],
  ])('read ports as AWS does: %s', async (fields, ports) => {
    const found = await ingress(`${fields}\ncidr_blocks = ["10.0.0.0/8"]`);
    expect(found.rules('aws_security_group.it')).toEqual([`ingress allow 10.0.0.0/8 ${ports}`]);
  });

  test('without a source speak of nobody', async () => {
    const found = await ingress('from_port = 22\nto_port = 22\nprotocol = "tcp"\ncidr_blocks = []');
    expect(found.rules('aws_security_group.it')).toEqual([]);
  });

  test('of ports or sources that are not in the code are possible, and say why', async () => {
    const found = await facts(`
      variable "port" {}
      variable "office" { type = list(string) }
      resource "aws_security_group" "it" {
        ingress {
          from_port   = var.port
          to_port     = var.port
          protocol    = "tcp"
          cidr_blocks = ["0.0.0.0/0"]
        }
        ingress {
          from_port   = 22
          to_port     = 22
          protocol    = "tcp"
          cidr_blocks = var.office
        }
      }`);
    expect(found.rules('aws_security_group.it')).toEqual([
      'ingress allow 0.0.0.0/0 tcp/* perhaps',
      'ingress allow unknown anybody tcp/22',
    ]);
    expect(found.notices.map(({ code }) => code)).toEqual(['not-evaluated', 'not-evaluated']);
    expect(found.notices.map(({ message }) => message).join('\n')).toMatch(/var\.port[\s\S]*var\.office/);
  });

  test('that may not be there are possible', async () => {
    const found = await facts(`
      variable "open" { type = bool }
      variable "ports" { type = list(number) }
      resource "aws_security_group" "it" {
        dynamic "ingress" {
          for_each = var.ports
          content {
            from_port   = 22
            to_port     = 22
            protocol    = "tcp"
            cidr_blocks = ["0.0.0.0/0"]
          }
        }
      }
      resource "aws_vpc_security_group_ingress_rule" "it" {
        count             = var.open ? 1 : 0
        security_group_id = aws_security_group.it.id
        ip_protocol       = "tcp"
        from_port         = 443
        to_port           = 443
        cidr_ipv4         = "0.0.0.0/0"
      }`);
    expect(found.rules('aws_security_group.it')).toEqual([
      'ingress allow 0.0.0.0/0 tcp/22 perhaps',
      'ingress allow 0.0.0.0/0 tcp/443 perhaps',
    ]);
  });
});

describe('sources', () => {
  test('are groups, the group itself, and prefix lists', async () => {
    const found = await facts(`
      resource "aws_security_group" "front" {}
      resource "aws_ec2_managed_prefix_list" "office" {
        name           = "office"
        address_family = "IPv4"
        max_entries    = 2
        entry { cidr = "203.0.113.0/29" }
      }
      data "aws_ec2_managed_prefix_list" "cdn" { name = "com.amazonaws.global.cloudfront.origin-facing" }
      resource "aws_security_group" "it" {
        ingress {
          from_port       = 80
          to_port         = 80
          protocol        = "tcp"
          self            = true
          security_groups = [aws_security_group.front.id]
          prefix_list_ids = [aws_ec2_managed_prefix_list.office.id, data.aws_ec2_managed_prefix_list.cdn.id]
        }
      }`);
    expect(found.rules('aws_security_group.it')).toEqual([
      'ingress allow 203.0.113.0/29 tcp/80',
      'ingress allow unknown anybody tcp/80',
      'ingress allow aws_security_group.front tcp/80',
      'ingress allow aws_security_group.it tcp/80',
    ]);
  });
});

describe('who has a group', () => {
  test('names it, however the rule of it is written', async () => {
    const found = await facts(`
      resource "aws_security_group" "it" {}
      resource "aws_instance" "web" { vpc_security_group_ids = [aws_security_group.it.id] }`);
    expect(found.guardsOf('aws_instance.web')).toEqual(['aws_security_group.it']);
    expect(found.guard('aws_security_group.it')).toMatchObject({ isolates: ['ingress', 'egress'], priority: null });
  });

  test('has the default group where it names none, and the one that the code takes over', async () => {
    const unmanaged = await facts('resource "aws_instance" "web" {}');
    const [id] = unmanaged.guardsOf('aws_instance.web');
    expect(unmanaged.guard(id as string).grants.map(({ implicit }) => implicit)).toEqual([true, true, true]);
    const managed = await facts(`
      resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
      resource "aws_subnet" "main" {
        vpc_id     = aws_vpc.main.id
        cidr_block = "10.0.0.0/24"
      }
      resource "aws_default_security_group" "main" { vpc_id = aws_vpc.main.id }
      resource "aws_instance" "web" { subnet_id = aws_subnet.main.id }`);
    expect(managed.guardsOf('aws_instance.web')).toEqual(['aws_default_security_group.main']);
    expect(managed.rules('aws_default_security_group.main')).toEqual([]);
  });

  test('may have groups that the code does not show', async () => {
    const found = await facts(`
      variable "groups" { type = list(string) }
      resource "aws_instance" "web" { vpc_security_group_ids = var.groups }`);
    expect(found.guardsOf('aws_instance.web')).toEqual(['aws_instance.web/unseen']);
    // Nobody here wrote its rules.
    expect(found.rules('aws_instance.web/unseen')).toEqual([]);
    expect(found.guard('aws_instance.web/unseen').grants).toMatchObject([
      { direction: 'ingress', verdict: 'allow', peers: [{ kind: 'unknown', of: 'anybody' }], ports: [] },
      { direction: 'egress', verdict: 'allow', peers: [{ kind: 'unknown', of: 'anybody' }], ports: [] },
    ]);
  });

  test('a rule whose group is not in the code opens something unseen', async () => {
    const found = await facts(`
      variable "group" {}
      resource "aws_security_group_rule" "it" {
        type              = "ingress"
        security_group_id = var.group
        protocol          = "tcp"
        from_port         = 22
        to_port           = 22
        cidr_blocks       = ["0.0.0.0/0"]
      }`);
    expect(found.rules('aws_security_group_rule.it')).toEqual(['ingress allow 0.0.0.0/0 tcp/22']);
    expect(found.guard('aws_security_group_rule.it').users).toMatchObject({ kind: 'unknown' });
  });
});

describe('what a group and its rules are for', () => {
  const of = async (code: string) => {
    const found = await facts(code);
    const { grants, traits } = found.guard('aws_security_group.it');
    return {
      group: (traits ?? []).map(({ trait }) => trait),
      rules: grants.map((grant) => (grant.traits ?? []).map(({ origin }) => found.quote(origin))),
    };
  };
  const group = (description: string, rule: string) => `resource "aws_security_group" "it" {
    ${description}
    ingress {
      ${rule}
      from_port   = 443
      to_port     = 443
      protocol    = "tcp"
      cidr_blocks = ["10.0.0.0/8", "192.168.0.0/16"]
    }
  }`;

  test('is said once for a rule with several sources', async () => {
    expect(await of(group('', ''))).toEqual({ group: ['undescribed'], rules: [['ingress'], []] });
  });

  test.each(['description = ""', 'description = "Managed by Terraform"', 'description = null'])(
    'is not said by %s',
    async (description) => {
      expect(await of(group(description, description))).toMatchObject({ group: ['undescribed'] });
    },
  );

  test.each(['description = "The shop"', 'description = var.why'])('is said by %s', async (description) => {
    const code = `variable "why" {}\n${group(description, description)}`;
    expect(await of(code)).toEqual({ group: [], rules: [[], []] });
  });
});

test('the range of a network is not the internet, whichever network it is', async () => {
  const found = await facts(`
    data "aws_vpc" "main" { default = true }
    resource "aws_security_group" "g" {
      ingress {
        from_port   = 22
        to_port     = 22
        protocol    = "tcp"
        cidr_blocks = [data.aws_vpc.main.cidr_block, "0.1.0.0/0"]
      }
    }`);
  expect(found.guard('aws_security_group.g').grants).toMatchObject([{ peers: [{ kind: 'unknown', of: 'workloads' }] }]);
  expect(found.notices.map(({ message }) => message).join()).toMatch(/Terraform refuses 0\.1\.0\.0\/0/);
});
