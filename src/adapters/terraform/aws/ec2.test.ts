import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const NETWORK = `
  resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
  resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
  resource "aws_subnet" "it" {
    vpc_id                  = aws_vpc.main.id
    cidr_block              = "10.0.1.0/24"
    map_public_ip_on_launch = true
  }
  resource "aws_instance" "web" { subnet_id = aws_subnet.it.id }`;

/** Whether the instance has a public address that is reached: `no`, `yes`, or why nobody knows. */
async function isPublic(written: string): Promise<string> {
  const { publicAddresses = [] } = (await facts(written)).workload('aws_instance.web');
  const [first] = publicAddresses;
  return first ? (first.unknown?.because ?? 'yes') : 'no';
}

describe('the routes of a subnet (R63, R64)', () => {
  test('lead nowhere outside unless somebody says so', async () => {
    expect(await isPublic(NETWORK)).toBe('no');
  });

  test.each([
    [
      'by a table of its own',
      `resource "aws_route_table" "out" {
         vpc_id = aws_vpc.main.id
         route {
           cidr_block = "0.0.0.0/0"
           gateway_id = aws_internet_gateway.main.id
         }
       }
       resource "aws_route_table_association" "it" {
         subnet_id      = aws_subnet.it.id
         route_table_id = aws_route_table.out.id
       }`,
    ],
    [
      'by a route that stands alone',
      `resource "aws_route_table" "out" { vpc_id = aws_vpc.main.id }
       resource "aws_route" "out" {
         route_table_id         = aws_route_table.out.id
         destination_cidr_block = "0.0.0.0/0"
         gateway_id             = aws_internet_gateway.main.id
       }
       resource "aws_route_table_association" "it" {
         subnet_id      = aws_subnet.it.id
         route_table_id = aws_route_table.out.id
       }`,
    ],
    [
      'by the main table',
      `resource "aws_default_route_table" "main" {
         default_route_table_id = aws_vpc.main.default_route_table_id
         route {
           cidr_block = "0.0.0.0/0"
           gateway_id = aws_internet_gateway.main.id
         }
       }`,
    ],
  ])('lead to an internet gateway %s', async (_, routes) => {
    expect(await isPublic(`${NETWORK}\n${routes}`)).toBe('yes');
  });

  test('to a NAT gateway let out alone', async () => {
    const routes = `
      resource "aws_route_table" "out" {
        vpc_id = aws_vpc.main.id
        route {
          cidr_block     = "0.0.0.0/0"
          nat_gateway_id = aws_nat_gateway.main.id
        }
      }
      resource "aws_nat_gateway" "main" { subnet_id = aws_subnet.it.id }
      resource "aws_route_table_association" "it" {
        subnet_id      = aws_subnet.it.id
        route_table_id = aws_route_table.out.id
      }`;
    expect(await isPublic(`${NETWORK}\n${routes}`)).toBe('no');
  });

  test('that are not in the code leave it open', async () => {
    const routes = `
      variable "table" {}
      resource "aws_route_table_association" "it" {
        subnet_id      = aws_subnet.it.id
        route_table_id = var.table
      }`;
    expect(await isPublic(`${NETWORK}\n${routes}`)).toMatch(/route table/);
  });
});

describe('public addresses', () => {
  test.each([
    ['resource "aws_instance" "web" {}', 'yes'],
    ['resource "aws_instance" "web" { associate_public_ip_address = false }', 'no'],
    [
      'variable "public" { type = bool }\nresource "aws_instance" "web" { associate_public_ip_address = var.public }',
      'var.public has no value',
    ],
    [
      'resource "aws_instance" "web" { associate_public_ip_address = false }\nresource "aws_eip" "web" { instance = aws_instance.web.id }',
      'yes',
    ],
    ['variable "subnet" {}\nresource "aws_instance" "web" { subnet_id = var.subnet }', 'var.subnet has no value'],
  ])('%s: %s', async (written, answer) => {
    expect(await isPublic(written)).toContain(answer);
  });
});

test('a group of machines is what its template says', async () => {
  const found = await facts(`
    resource "aws_security_group" "web" {}
    resource "aws_launch_template" "web" {
      network_interfaces {
        associate_public_ip_address = true
        security_groups             = [aws_security_group.web.id]
      }
    }
    resource "aws_autoscaling_group" "web" {
      min_size = 1
      max_size = 3
      launch_template { id = aws_launch_template.web.id }
    }`);
  expect(found.guardsOf('aws_autoscaling_group.web')).toEqual(['aws_security_group.web']);
  expect(found.workload('aws_autoscaling_group.web').publicAddresses).toHaveLength(1);
});

test('whoever is given an address in its user data calls it', async () => {
  const found = await facts(`
    resource "aws_db_instance" "db" { engine = "mysql" }
    resource "aws_instance" "web" { user_data = "DB=\${aws_db_instance.db.address}" }`);
  expect(found.needs).toMatchObject([
    { from: { workload: 'aws_instance.web' }, to: { workload: 'aws_db_instance.db' } },
  ]);
});

describe('addresses of IPv6 (S10)', () => {
  const network = (route: string, subnet = '', instance = '') => `
    resource "aws_vpc" "main" {
      cidr_block                       = "10.0.0.0/16"
      assign_generated_ipv6_cidr_block = true
    }
    resource "aws_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
    resource "aws_egress_only_internet_gateway" "main" { vpc_id = aws_vpc.main.id }
    resource "aws_route_table" "out" {
      vpc_id = aws_vpc.main.id
      route {
        ${route}
      }
    }
    resource "aws_route_table_association" "it" {
      subnet_id      = aws_subnet.it.id
      route_table_id = aws_route_table.out.id
    }
    resource "aws_subnet" "it" {
      vpc_id          = aws_vpc.main.id
      cidr_block      = "10.0.1.0/24"
      ipv6_cidr_block = cidrsubnet(aws_vpc.main.ipv6_cidr_block, 8, 1)
      ${subnet}
    }
    resource "aws_instance" "web" {
      subnet_id = aws_subnet.it.id
      ${instance}
    }`;
  const SIX = 'ipv6_cidr_block = "::/0"\ngateway_id = aws_internet_gateway.main.id';
  const FOUR = 'cidr_block = "0.0.0.0/0"\ngateway_id = aws_internet_gateway.main.id';
  const OUT = 'ipv6_cidr_block = "::/0"\negress_only_gateway_id = aws_egress_only_internet_gateway.main.id';
  const GIVEN = 'assign_ipv6_address_on_creation = true';
  const MAPPED = 'map_public_ip_on_launch = true';

  test.each([
    ['that the subnet gives', network(SIX, GIVEN), ['ipv6']],
    ['that it counts', network(SIX, '', 'ipv6_address_count = 1'), ['ipv6']],
    ['that it names', network(SIX, '', 'ipv6_addresses = ["2001:db8::5"]'), ['ipv6']],
    ['of which it asks for none', network(SIX, GIVEN, 'ipv6_address_count = 0'), []],
    ['beside one of IPv4 that is not routed', network(SIX, `${GIVEN}\n${MAPPED}`), ['ipv6']],
    ['that are not routed, beside one of IPv4', network(FOUR, `${GIVEN}\n${MAPPED}`), ['ipv4']],
    ['that lead out alone', network(OUT, GIVEN), []],
    ['that there are none of', network(SIX), []],
  ])('%s', async (_, written, families) => {
    const { publicAddresses = [] } = (await facts(written)).workload('aws_instance.web');
    expect(publicAddresses.map(({ family }) => family)).toEqual(families);
  });
});

describe('templates that nothing here uses', () => {
  const asking = 'network_interfaces {\n associate_public_ip_address = true\n}';

  test.each([
    ['aws_launch_template', asking],
    ['aws_launch_configuration', 'associate_public_ip_address = true'],
  ])('%s gives what is made of it a public address', async (type, body) => {
    const found = await facts(`resource "${type}" "it" {\n${body}\n}`);
    expect(found.workload(`${type}.it`).publicAddresses).toMatchObject([{ asked: true, unknown: {} }]);
  });

  test('stand for nothing where they ask for none, or where nobody knows', async () => {
    const told = ['associate_public_ip_address = false', 'associate_public_ip_address = var.open', ''];
    for (const body of told) {
      const found = await facts(`variable "open" {}\nresource "aws_launch_configuration" "it" {\n${body}\n}`);
      expect(found.workloads).toEqual([]);
    }
  });

  test('are read with the group that is made of them', async () => {
    const group = `resource "aws_autoscaling_group" "web" {
      launch_template {
        id = aws_launch_template.it.id
      }
    }`;
    const found = await facts(`resource "aws_launch_template" "it" {\n${asking}\n}\n${group}`);
    expect(found.workloads.map(({ id }) => id)).toEqual(['aws_autoscaling_group.web']);
  });
});
