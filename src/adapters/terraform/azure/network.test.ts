import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const traitsOf = (list: readonly { readonly trait: string; readonly unknown?: unknown }[] | undefined) =>
  (list ?? []).map(({ trait, unknown }) => (unknown ? `${trait}?` : trait));

describe('subnets', () => {
  const subnet = (body: string, more = '') =>
    facts(`
      resource "azurerm_virtual_network" "main" {
        name          = "main"
        address_space = ["10.0.0.0/16"]
      }
      resource "azurerm_subnet" "it" {
        virtual_network_name = azurerm_virtual_network.main.name
        address_prefixes     = ["10.0.1.0/24"]
        ${body}
      }
      ${more}`);
  const group = 'resource "azurerm_network_security_group" "it" { name = "it" }';
  const card = `resource "azurerm_network_interface" "it" {
    name = "it"
    ip_configuration {
      name      = "a"
      subnet_id = azurerm_subnet.it.id
    }
  }`;

  test.each([
    ['no group', 'name = "web"', '', ['unguarded']],
    [
      'a group',
      'name = "web"',
      `${group}
      resource "azurerm_subnet_network_security_group_association" "it" {
        subnet_id                 = azurerm_subnet.it.id
        network_security_group_id = azurerm_network_security_group.it.id
      }`,
      [],
    ],
    ['a name of the platform', 'name = "AzureBastionSubnet"', '', []],
    ['a delegation', 'name = "db"\ndelegation {\nname = "db"\n}', '', []],
    [
      'interfaces that have groups',
      'name = "web"',
      `${group}
      ${card}
      resource "azurerm_network_interface_security_group_association" "it" {
        network_interface_id      = azurerm_network_interface.it.id
        network_security_group_id = azurerm_network_security_group.it.id
      }`,
      [],
    ],
    ['interfaces without', 'name = "web"', card, ['unguarded']],
    [
      'an association of something else',
      'name = "web"',
      'variable "subnet" {}\nresource "azurerm_subnet_network_security_group_association" "it" { subnet_id = var.subnet }',
      ['unguarded?'],
    ],
  ])('with %s', async (_, body, more, traits) => {
    const found = await subnet(body, more);
    const segment = found.segments.find(({ key }) => key === 'subnet:azurerm_subnet.it');
    expect(traitsOf(segment?.traits)).toEqual(traits);
  });

  test('in the block of their network name their group there', async () => {
    const found = await facts(`
      resource "azurerm_virtual_network" "main" {
        subnet {
          name             = "open"
          address_prefixes = ["10.0.1.0/24"]
        }
        subnet {
          name             = "held"
          address_prefixes = ["10.0.2.0/24"]
          security_group   = "some"
        }
      }`);
    expect(found.segments.map(({ name, traits }) => `${name} ${traitsOf(traits)}`.trim())).toEqual([
      'azurerm_virtual_network.main',
      'azurerm_virtual_network.main/open unguarded',
      'azurerm_virtual_network.main/held',
    ]);
  });
});

describe('interfaces', () => {
  const card = (body: string) => `resource "azurerm_network_interface" "it" {\nname = "it"\n${body}\n}`;
  const machine = `resource "azurerm_linux_virtual_machine" "it" {
    network_interface_ids = [azurerm_network_interface.it.id]
  }`;

  test('that no machine here has stand for one', async () => {
    const alone = await facts(card('ip_configuration {\npublic_ip_address_id = "some"\n}'));
    expect(alone.workload('azurerm_network_interface.it').publicAddresses).toMatchObject([{ asked: true }]);
    const none = await facts(card('ip_configuration {\npublic_ip_address_id = ""\n}'));
    expect(none.workload('azurerm_network_interface.it').publicAddresses).toBeUndefined();
    const used = await facts(`${card('')}\n${machine}`);
    expect(used.workloads.map(({ id }) => id)).toEqual(['azurerm_linux_virtual_machine.it']);
  });

  test.each(['ip_forwarding_enabled', 'enable_ip_forwarding'])('with %s make routers of machines', async (name) => {
    const found = await facts(`${card(`${name} = true`)}\n${machine}`);
    const { traits } = found.workload('azurerm_linux_virtual_machine.it');
    expect(traitsOf(traits)).toEqual(['forwards-packets']);
    expect(found.quote(traits?.[0]?.origin)).toBe('true');
    const off = await facts(`${card(`${name} = false`)}\n${machine}`);
    expect(off.workload('azurerm_linux_virtual_machine.it').traits).toBeUndefined();
  });
});

describe('rules of security groups', () => {
  const rule = (ports: string, source: string) =>
    facts(`resource "azurerm_network_security_group" "it" {
      name = "it"
      security_rule {
        name                       = "it"
        priority                   = 100
        direction                  = "inbound"
        access                     = "allow"
        protocol                   = "tcp"
        destination_port_range     = "${ports}"
        source_address_prefix      = "${source}"
        destination_address_prefix = "*"
      }
    }`);
  const IT = 'azurerm_network_security_group.it';

  test.each([
    ['22-80, 443', '*', 'ingress allow 0.0.0.0/0 ::/0 tcp/22-80 tcp/443'],
    ['22', '0.0.0.0', 'ingress allow 0.0.0.0/0 ::/0 tcp/22'],
    ['22', '/0', 'ingress allow 0.0.0.0/0 ::/0 tcp/22'],
    ['22', 'any', 'ingress allow 0.0.0.0/0 ::/0 tcp/22'],
    ['22', 'Internet', 'ingress allow 0.0.0.0/0 ::/0 tcp/22'],
    ['*', '10.0.0.0/8', 'ingress allow 10.0.0.0/8 tcp/*'],
  ])('for the ports %s from %s', async (ports, source, text) => {
    expect((await rule(ports, source)).rules(IT)).toEqual([text]);
  });

  test('for AzureCloud are open to whatever runs there', async () => {
    const found = await rule('22', 'AzureCloud.westeurope');
    expect(found.guard(IT).grants[0]).toMatchObject({ traits: [{ trait: 'open-to-platform' }] });
  });

  test('without an address before the slash are told, and let nobody in', async () => {
    const found = await rule('22', '/26');
    expect(found.rules(IT)).toEqual([]);
    expect(found.notices).toMatchObject([{ code: 'invalid-value' }]);
  });
});

describe('ways in that change the address', () => {
  const machine = `
    resource "azurerm_network_interface" "it" {
      name = "it"
      ip_configuration {
        name               = "a"
        private_ip_address = "10.0.1.4"
      }
    }
    resource "azurerm_linux_virtual_machine" "it" {
      network_interface_ids = [azurerm_network_interface.it.id]
    }`;

  test('are NAT rules of load balancers', async () => {
    const found = await facts(`
      ${machine}
      resource "azurerm_lb" "front" {
        name = "front"
        frontend_ip_configuration {
          public_ip_address_id = "some"
        }
      }
      resource "azurerm_lb_nat_rule" "ssh" {
        name            = "ssh"
        loadbalancer_id = azurerm_lb.front.id
        protocol        = "Tcp"
        frontend_port   = 2201
        backend_port    = 22
      }
      resource "azurerm_network_interface_nat_rule_association" "it" {
        network_interface_id = azurerm_network_interface.it.id
        nat_rule_id          = azurerm_lb_nat_rule.ssh.id
      }`);
    const gateway = found.gateways.find(({ id }) => id === 'gateway/azurerm_lb_nat_rule.ssh');
    expect(gateway?.doors).toMatchObject([
      {
        place: { kind: 'balancer', internal: false },
        ports: { from: 2201, to: 2201 },
        target: { workload: 'azurerm_linux_virtual_machine.it', ports: { from: 22, to: 22 } },
      },
    ]);
  });

  test('are NAT rules of firewalls, for whom they name', async () => {
    const found = await facts(`
      ${machine}
      resource "azurerm_firewall_nat_rule_collection" "in" {
        name = "in"
        rule {
          name                  = "web"
          source_addresses      = ["203.0.113.0/24"]
          destination_ports     = ["8443"]
          destination_addresses = ["198.51.100.1"]
          translated_address    = "10.0.1.4"
          translated_port       = 443
          protocols             = ["TCP"]
        }
      }`);
    expect(found.gateways.at(-1)?.doors).toMatchObject([
      {
        ports: { from: 8443, to: 8443 },
        sources: { cidrs: ['203.0.113.0/24'] },
        target: { workload: 'azurerm_linux_virtual_machine.it', ports: { from: 443, to: 443 } },
      },
    ]);
  });
});

test('whom the group of a subnet is for, is not known from who is here', async () => {
  const found = await facts(`
    resource "azurerm_network_security_group" "it" { name = "it" }
    resource "azurerm_subnet" "it" { name = "a" }
    resource "azurerm_subnet_network_security_group_association" "it" {
      subnet_id                 = azurerm_subnet.it.id
      network_security_group_id = azurerm_network_security_group.it.id
    }`);
  expect(found.guards.map(({ id, users }) => [id, typeof users])).toEqual([
    ['azurerm_network_security_group.it/subnet', 'object'],
  ]);
});

test.each([
  ['', 'ipv4'],
  ['ip_version = "IPv6"', 'ipv6'],
])('a public address is of one family: %s', async (version, family) => {
  const found = await facts(`
    resource "azurerm_public_ip" "it" {
      name                = "it"
      location            = "westeurope"
      resource_group_name = "shop"
      allocation_method   = "Static"
      sku                 = "Basic"
      ${version}
    }
    resource "azurerm_network_interface" "it" {
      name                = "it"
      location            = "westeurope"
      resource_group_name = "shop"
      ip_configuration {
        name                 = "it"
        public_ip_address_id = azurerm_public_ip.it.id
      }
    }
    resource "azurerm_linux_virtual_machine" "it" {
      name                  = "it"
      network_interface_ids = [azurerm_network_interface.it.id]
    }`);
  expect(found.workload('azurerm_linux_virtual_machine.it').publicAddresses).toMatchObject([{ family }]);
});
