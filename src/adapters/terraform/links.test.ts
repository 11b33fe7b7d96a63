import { describe, expect, test } from 'vitest';
import type { LinkEnd } from '../../graph/fragment.ts';
import { facts } from './facts.fixture.ts';

const NETWORKS = `
  resource "aws_vpc" "a" { cidr_block = "10.1.0.0/16" }
  resource "aws_vpc" "b" { cidr_block = "10.2.0.0/16" }
  resource "aws_subnet" "a" {
    vpc_id     = aws_vpc.a.id
    cidr_block = "10.1.1.0/24"
  }
  resource "aws_subnet" "b" {
    vpc_id     = aws_vpc.b.id
    cidr_block = "10.2.1.0/24"
  }
`;

const endText = ({ segment, addresses, unknown }: LinkEnd): string =>
  `${segment} ${unknown ? 'unknown' : (addresses?.join(' ') ?? 'all')}`.trim();

/** The links of a root module: who sends, to whom, and why nobody is sure. */
async function linksOf(text: string) {
  const { links = [] } = await facts(text);
  return links.map(({ id, senders, receivers, unknown }) => ({
    id,
    senders: senders.map(endText),
    receivers: receivers.map(endText),
    unknown: unknown?.because,
  }));
}

describe('peerings of AWS', () => {
  const peering = (facts: string) => `
    resource "aws_vpc_peering_connection" "it" {
      vpc_id      = aws_vpc.a.id
      peer_vpc_id = aws_vpc.b.id
      ${facts}
    }`;

  test('have the routes of each subnet, by themselves or in its table, and of those that have no table', async () => {
    const text = `${NETWORKS}${peering('auto_accept = true')}
      resource "aws_route_table" "a" {
        vpc_id = aws_vpc.a.id
        route {
          cidr_block                = aws_vpc.b.cidr_block
          vpc_peering_connection_id = aws_vpc_peering_connection.it.id
        }
        route {
          cidr_block     = "0.0.0.0/0"
          nat_gateway_id = "nat-1"
        }
      }
      resource "aws_route_table_association" "a" {
        subnet_id      = aws_subnet.a.id
        route_table_id = aws_route_table.a.id
      }
      resource "aws_route" "b" {
        route_table_id            = aws_vpc.b.main_route_table_id
        destination_cidr_block    = "10.1.0.0/16"
        vpc_peering_connection_id = aws_vpc_peering_connection.it.id
      }`;
    expect(await linksOf(text)).toEqual([
      {
        id: 'aws_vpc_peering_connection.it',
        senders: [
          'subnet:aws_subnet.a 10.2.0.0/16',
          'virtual-network:aws_vpc.a unknown',
          'subnet:aws_subnet.b 10.1.0.0/16',
          'virtual-network:aws_vpc.b unknown',
        ],
        receivers: ['virtual-network:aws_vpc.a 10.1.0.0/16', 'virtual-network:aws_vpc.b 10.2.0.0/16'],
        unknown: undefined,
      },
    ]);
  });

  test('without a route lead nowhere, and are possible until somebody accepts', async () => {
    const [link] = await linksOf(`${NETWORKS}${peering('')}`);
    expect(link?.senders).toEqual([
      'subnet:aws_subnet.a',
      'virtual-network:aws_vpc.a',
      'subnet:aws_subnet.b',
      'virtual-network:aws_vpc.b',
    ]);
    expect(link?.unknown).toContain('whether the other side accepts');
    const accepter = `
      resource "aws_vpc_peering_connection_accepter" "it" {
        vpc_peering_connection_id = aws_vpc_peering_connection.it.id
        auto_accept               = true
      }`;
    expect((await linksOf(`${NETWORKS}${peering('')}${accepter}`))[0]?.unknown).toBeUndefined();
  });

  test('to a network that is not in the code: nobody knows its routes', async () => {
    const text = `
      data "aws_vpc" "theirs" { tags = { Name = "theirs" } }
      resource "aws_vpc" "a" { cidr_block = "10.1.0.0/16" }
      resource "aws_vpc_peering_connection" "it" {
        vpc_id      = aws_vpc.a.id
        peer_vpc_id = data.aws_vpc.theirs.id
        auto_accept = true
      }`;
    const [link] = await linksOf(text);
    expect(link?.senders).toEqual(['virtual-network:aws_vpc.a', 'virtual-network:data.aws_vpc.theirs unknown']);
  });
});

describe('a route that sends everything to a peer', () => {
  const route = (cidr: string) => `${NETWORKS}
    resource "aws_vpc_peering_connection" "it" {
      vpc_id      = aws_vpc.a.id
      peer_vpc_id = aws_vpc.b.id
    }
    resource "aws_route_table" "a" { vpc_id = aws_vpc.a.id }
    resource "aws_route" "a" {
      route_table_id            = aws_route_table.a.id
      destination_cidr_block    = "${cidr}"
      vpc_peering_connection_id = aws_vpc_peering_connection.it.id
    }`;

  test.each([
    ['0.0.0.0/0', true],
    ['128.0.0.0/1', true],
    ['10.0.0.0/8', false],
    ['10.2.0.0/16', false],
    ['8.0.0.0/8', false],
  ])('%s: %s', async (cidr, wide) => {
    const { segments, quote } = await facts(route(cidr));
    const traits = segments.find(({ name }) => name === 'aws_vpc.a')?.traits ?? [];
    expect(traits.map(({ trait, origin }) => [trait, quote(origin)])).toEqual(
      wide ? [['routes-everything', `"${cidr}"`]] : [],
    );
  });
});

describe('transit gateways', () => {
  const attached = `${NETWORKS}
    resource "aws_ec2_transit_gateway_vpc_attachment" "a" {
      transit_gateway_id = aws_ec2_transit_gateway.it.id
      vpc_id             = aws_vpc.a.id
      subnet_ids         = [aws_subnet.a.id]
    }
    resource "aws_ec2_transit_gateway_vpc_attachment" "b" {
      transit_gateway_id = aws_ec2_transit_gateway.it.id
      vpc_id             = aws_vpc.b.id
      subnet_ids         = [aws_subnet.b.id]
    }
    resource "aws_route" "a" {
      route_table_id         = aws_vpc.a.main_route_table_id
      destination_cidr_block = "10.0.0.0/8"
      transit_gateway_id     = aws_ec2_transit_gateway.it.id
    }`;

  test('bring all that is attached together by the table that they start with', async () => {
    const [link, ...others] = await linksOf(`resource "aws_ec2_transit_gateway" "it" {}${attached}`);
    expect(others).toEqual([]);
    expect(link?.senders).toContain('subnet:aws_subnet.a 10.0.0.0/8');
    expect(link?.senders).toContain('subnet:aws_subnet.b');
    expect(link?.receivers).toEqual(['virtual-network:aws_vpc.a 10.1.0.0/16', 'virtual-network:aws_vpc.b 10.2.0.0/16']);
  });

  test('have tables of their own, with routes and what is dropped', async () => {
    const [link, ...others] = await linksOf(`
      resource "aws_ec2_transit_gateway" "it" {
        default_route_table_association = "disable"
        default_route_table_propagation = "disable"
      }
      ${attached}
      resource "aws_ec2_transit_gateway_route_table" "it" { transit_gateway_id = aws_ec2_transit_gateway.it.id }
      resource "aws_ec2_transit_gateway_route_table_association" "a" {
        transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.a.id
        transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.it.id
      }
      resource "aws_ec2_transit_gateway_route_table_propagation" "b" {
        transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.b.id
        transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.it.id
      }
      resource "aws_ec2_transit_gateway_route" "dropped" {
        destination_cidr_block         = "10.2.128.0/17"
        blackhole                      = true
        transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.it.id
      }`);
    expect(others).toEqual([]);
    expect(link?.senders.some((end) => end.includes('aws_vpc.b'))).toBe(false);
    expect(link?.receivers).toEqual(['virtual-network:aws_vpc.b 10.2.0.0/17']);
  });

  test('lead through a firewall in a network of its own, and back to the others', async () => {
    const table = (name: string, of: readonly string[]) => `
      resource "aws_ec2_transit_gateway_route_table" "${name}" { transit_gateway_id = aws_ec2_transit_gateway.it.id }
      ${of
        .map(
          (each) => `resource "aws_ec2_transit_gateway_route_table_association" "${each}" {
        transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.${each}.id
        transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.${name}.id
      }`,
        )
        .join('\n')}`;
    const through = (endpoint: string) =>
      linksOf(`
        resource "aws_ec2_transit_gateway" "it" {
          default_route_table_association = "disable"
          default_route_table_propagation = "disable"
        }
        ${attached}
        resource "aws_vpc" "firewall" { cidr_block = "10.9.0.0/16" }
        resource "aws_subnet" "transit" {
          vpc_id     = aws_vpc.firewall.id
          cidr_block = "10.9.1.0/24"
        }
        resource "aws_subnet" "firewall" {
          vpc_id     = aws_vpc.firewall.id
          cidr_block = "10.9.2.0/24"
        }
        resource "aws_networkfirewall_firewall" "it" { vpc_id = aws_vpc.firewall.id }
        resource "aws_route_table" "transit" {
          vpc_id = aws_vpc.firewall.id
          route {
            cidr_block      = "0.0.0.0/0"
            ${endpoint}
          }
        }
        resource "aws_route_table_association" "transit" {
          subnet_id      = aws_subnet.transit.id
          route_table_id = aws_route_table.transit.id
        }
        resource "aws_route_table" "firewall" {
          vpc_id = aws_vpc.firewall.id
          route {
            cidr_block         = "10.0.0.0/8"
            transit_gateway_id = aws_ec2_transit_gateway.it.id
          }
        }
        resource "aws_route_table_association" "firewall" {
          subnet_id      = aws_subnet.firewall.id
          route_table_id = aws_route_table.firewall.id
        }
        resource "aws_ec2_transit_gateway_vpc_attachment" "firewall" {
          transit_gateway_id     = aws_ec2_transit_gateway.it.id
          vpc_id                 = aws_vpc.firewall.id
          subnet_ids             = [aws_subnet.transit.id]
          appliance_mode_support = "enable"
        }
        ${table('spokes', ['a', 'b'])}
        ${table('inspected', ['firewall'])}
        resource "aws_ec2_transit_gateway_route" "all" {
          destination_cidr_block         = "10.0.0.0/8"
          transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.firewall.id
          transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.spokes.id
        }
        resource "aws_ec2_transit_gateway_route_table_propagation" "b" {
          transit_gateway_attachment_id  = aws_ec2_transit_gateway_vpc_attachment.b.id
          transit_gateway_route_table_id = aws_ec2_transit_gateway_route_table.inspected.id
        }`);
    const spokes = async (endpoint: string) =>
      (await through(endpoint)).find(({ id }) => id === 'aws_ec2_transit_gateway_route_table.spokes')?.receivers;
    const firewall = 'virtual-network:aws_vpc.firewall 10.0.0.0/8';
    const state = 'tolist(aws_networkfirewall_firewall.it.firewall_status[0].sync_states)[0].attachment[0].endpoint_id';
    expect(await spokes(`vpc_endpoint_id = ${state}`)).toEqual([firewall, 'virtual-network:aws_vpc.b unknown']);
    expect(await spokes('gateway_id = "igw-1"')).toEqual([firewall]);
  });

  test('that the code does not make: nobody knows where they lead', async () => {
    const links = await linksOf(`data "aws_ec2_transit_gateway" "it" {}
      ${attached.replaceAll('aws_ec2_transit_gateway.it', 'data.aws_ec2_transit_gateway.it')}`);
    expect(links.map(({ unknown }) => unknown)).toEqual([
      'the routes of the transit gateway data.aws_ec2_transit_gateway.it are not in the code',
    ]);
  });
});

describe('peerings that each side declares', () => {
  test('of Azure', async () => {
    const network = (name: string, range: string) => `
      resource "azurerm_virtual_network" "${name}" {
        name                = "${name}"
        address_space       = ["${range}"]
        resource_group_name = "rg"
        location            = "westeurope"
      }`;
    const half = (from: string, to: string, more = '') => `
      resource "azurerm_virtual_network_peering" "${from}" {
        name                      = "${from}"
        resource_group_name       = "rg"
        virtual_network_name      = azurerm_virtual_network.${from}.name
        remote_virtual_network_id = azurerm_virtual_network.${to}.id
        ${more}
      }`;
    const both = network('a', '10.1.0.0/16') + network('b', '10.2.0.0/16');
    expect(await linksOf(both + half('a', 'b') + half('b', 'a', 'allow_virtual_network_access = false'))).toEqual([
      {
        id: 'azurerm_virtual_network_peering.a',
        senders: ['virtual-network:azurerm_virtual_network.a all'],
        receivers: ['virtual-network:azurerm_virtual_network.b 10.2.0.0/16'],
        unknown: undefined,
      },
    ]);
  });

  test('of Google Cloud, one of them with a network that is not in the code', async () => {
    const links = await linksOf(`
      resource "google_compute_network" "a" { name = "a" }
      resource "google_compute_network_peering" "a" {
        name         = "a"
        network      = google_compute_network.a.self_link
        peer_network = "projects/other/global/networks/theirs"
      }`);
    expect(links).toEqual([
      {
        id: 'google_compute_network_peering.a',
        senders: ['virtual-network:google_compute_network.a all', 'virtual-network:other/theirs unknown'],
        receivers: ['virtual-network:other/theirs all', 'virtual-network:google_compute_network.a all'],
        unknown: undefined,
      },
    ]);
  });
});
