import { describe, expect, test } from 'vitest';
import { facts } from './facts.fixture.ts';

/** The sites that a root module shows: who is there, and who answers to whom of them. */
async function sitesIn(text: string): Promise<readonly string[]> {
  const { sites = [] } = await facts(text);
  return sites.map(({ name, ranges, receivers, unknown }) => {
    const ends = receivers.map(
      ({ segment, addresses, unknown: hidden }) => `${segment} ${hidden ? 'unknown' : (addresses?.join(' ') ?? 'all')}`,
    );
    return `${name} ${ranges.join(' ')}: ${ends.join(', ')}${unknown ? ' perhaps' : ''}`;
  });
}

describe('AWS', () => {
  const network = (facts: string) => `
    resource "aws_vpc" "v" { cidr_block = "10.1.0.0/16" }
    resource "aws_subnet" "s" {
      vpc_id     = aws_vpc.v.id
      cidr_block = "10.1.1.0/24"
    }
    resource "aws_route_table" "t" {
      vpc_id = aws_vpc.v.id
      ${facts}
    }
    resource "aws_route_table_association" "a" {
      subnet_id      = aws_subnet.s.id
      route_table_id = aws_route_table.t.id
    }
    resource "aws_customer_gateway" "c" {
      bgp_asn    = 65000
      ip_address = "203.0.113.1"
      type       = "ipsec.1"
    }`;
  const gateway = `
    resource "aws_vpn_gateway" "g" { vpc_id = aws_vpc.v.id }
    resource "aws_vpn_connection" "c" {
      vpn_gateway_id      = aws_vpn_gateway.g.id
      customer_gateway_id = aws_customer_gateway.c.id
      type                = "ipsec.1"
      static_routes_only  = true
    }`;
  const told = `
    resource "aws_vpn_connection_route" "r" {
      vpn_connection_id      = aws_vpn_connection.c.id
      destination_cidr_block = "192.168.0.0/16"
    }`;
  const SUBNET = 'subnet:aws_subnet.s';

  test('static routes count where the table of a subnet takes them in', async () => {
    expect(await sitesIn(network('') + gateway + told)).toEqual([]);
    const inside = network('propagating_vgws = [aws_vpn_gateway.g.id]');
    const [site] = await sitesIn(inside + gateway + told);
    expect(site).toContain(`aws_vpn_connection.c 192.168.0.0/16: ${SUBNET} 192.168.0.0/16`);
    const apart = `
      resource "aws_vpn_gateway_route_propagation" "p" {
        vpn_gateway_id = aws_vpn_gateway.g.id
        route_table_id = aws_route_table.t.id
      }`;
    expect(await sitesIn(network('') + gateway + told + apart)).toEqual([site]);
  });

  test('a route to the gateway says who is behind it, unless it is for everywhere', async () => {
    const route = (cidr: string) => network(`route {\n cidr_block = "${cidr}"\n gateway_id = aws_vpn_gateway.g.id\n}`);
    expect(await sitesIn(route('172.20.0.0/16') + gateway)).toEqual([
      expect.stringContaining(`172.20.0.0/16: ${SUBNET} 172.20.0.0/16`),
    ]);
    expect(await sitesIn(route('0.0.0.0/0') + gateway)).toEqual([]);
    expect(await sitesIn(route('0.0.0.0/0') + gateway + told)).toEqual([
      expect.stringContaining(`192.168.0.0/16: ${SUBNET} 0.0.0.0/0`),
    ]);
  });

  test('a transit gateway leads on by its own routes', async () => {
    const transit = `
      resource "aws_ec2_transit_gateway" "g" {}
      resource "aws_ec2_transit_gateway_vpc_attachment" "v" {
        transit_gateway_id = aws_ec2_transit_gateway.g.id
        vpc_id             = aws_vpc.v.id
        subnet_ids         = [aws_subnet.s.id]
      }
      resource "aws_vpn_connection" "c" {
        transit_gateway_id  = aws_ec2_transit_gateway.g.id
        customer_gateway_id = aws_customer_gateway.c.id
        type                = "ipsec.1"
      }
      resource "aws_ec2_transit_gateway_route" "r" {
        destination_cidr_block         = "192.168.0.0/16"
        transit_gateway_attachment_id  = aws_vpn_connection.c.transit_gateway_attachment_id
        transit_gateway_route_table_id = aws_ec2_transit_gateway.g.association_default_route_table_id
      }`;
    const route = 'route {\n cidr_block = "192.168.7.0/24"\n transit_gateway_id = aws_ec2_transit_gateway.g.id\n}';
    expect(await sitesIn(network(route) + transit)).toEqual([
      expect.stringContaining(`c 192.168.0.0/16: ${SUBNET} 192.168.7.0/24`),
    ]);
  });
});

describe('Google Cloud', () => {
  const NETWORK = `
    resource "google_compute_network" "n" { name = "n" }
    resource "google_compute_vpn_gateway" "g" { network = google_compute_network.n.id }
    resource "google_compute_vpn_tunnel" "t" {
      target_vpn_gateway = google_compute_vpn_gateway.g.id
      peer_ip            = "203.0.113.1"
    }`;
  const route = (more = '') => `
    resource "google_compute_route" "r" {
      network             = google_compute_network.n.name
      dest_range          = "192.168.0.0/16"
      next_hop_vpn_tunnel = google_compute_vpn_tunnel.t.id
      ${more}
    }`;
  const SITE = 'google_compute_vpn_tunnel.t 192.168.0.0/16: virtual-network:google_compute_network.n all';

  test('a route through a tunnel says who is behind it, for some machines where it names tags', async () => {
    expect(await sitesIn(NETWORK)).toEqual([]);
    expect(await sitesIn(NETWORK + route())).toEqual([SITE]);
    expect(await sitesIn(NETWORK + route('tags = ["web"]'))).toEqual([`${SITE} perhaps`]);
  });

  test('what peers of a router are said to have counts, for tunnels and lines alike', async () => {
    const peer = (more = '') => `
      resource "google_compute_router" "r" { network = google_compute_network.n.name }
      resource "google_compute_interconnect_attachment" "i" { router = google_compute_router.r.id }
      resource "google_compute_router_peer" "p" {
        router   = google_compute_router.r.name
        peer_asn = 65000
        ${more}
      }`;
    const learned = 'custom_learned_ip_ranges {\n range = "192.168.0.0/16"\n}';
    expect(await sitesIn(NETWORK + peer())).toEqual([]);
    expect(await sitesIn(NETWORK + peer(learned))).toEqual([SITE.replace('vpn_tunnel.t', 'router_peer.p')]);
    expect(await sitesIn(NETWORK + peer(`${learned}\nenable = false`))).toEqual([]);
  });
});

describe('Azure', () => {
  const network = (type: string, more = '') => `
    resource "azurerm_virtual_network" "v" {
      name          = "v"
      address_space = ["10.1.0.0/16"]
    }
    resource "azurerm_subnet" "gateway" {
      name                 = "GatewaySubnet"
      virtual_network_name = azurerm_virtual_network.v.name
      address_prefixes     = ["10.1.255.0/27"]
    }
    resource "azurerm_subnet" "s" {
      name                 = "s"
      virtual_network_name = azurerm_virtual_network.v.name
      address_prefixes     = ["10.1.1.0/24"]
    }
    resource "azurerm_virtual_network_gateway" "g" {
      type = "Vpn"
      ip_configuration { subnet_id = azurerm_subnet.gateway.id }
    }
    resource "azurerm_local_network_gateway" "l" {
      gateway_address = "203.0.113.1"
      address_space   = ["192.168.0.0/16", "198.51.100.0/24"]
    }
    resource "azurerm_virtual_network_gateway_connection" "c" {
      type                       = "${type}"
      virtual_network_gateway_id = azurerm_virtual_network_gateway.g.id
      local_network_gateway_id   = azurerm_local_network_gateway.l.id
    }
    ${more}`;
  const SITE =
    'azurerm_local_network_gateway.l 192.168.0.0/16 198.51.100.0/24: virtual-network:azurerm_virtual_network.v all';

  test('the addresses of a local gateway are there for the network of the other gateway', async () => {
    expect(await sitesIn(network('IPsec'))).toEqual([SITE]);
    expect(await sitesIn(network('ExpressRoute'))).toEqual([]);
  });

  test('a table that takes no routes of gateways leaves no way back', async () => {
    const table = `
      resource "azurerm_route_table" "t" { bgp_route_propagation_enabled = false }
      resource "azurerm_subnet_route_table_association" "a" {
        subnet_id      = azurerm_subnet.s.id
        route_table_id = azurerm_route_table.t.id
      }`;
    expect(await sitesIn(network('IPsec', table))).toEqual([`${SITE}, subnet:azurerm_subnet.s `]);
  });
});
