import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const NETWORKS = `
  resource "azurerm_virtual_network" "a" {
    name          = "a"
    address_space = ["10.0.0.0/16"]
  }
  resource "azurerm_virtual_network" "b" {
    name          = "b"
    address_space = ["10.1.0.0/16"]
  }
  resource "azurerm_subnet" "bastion" {
    name                 = "AzureBastionSubnet"
    virtual_network_name = azurerm_virtual_network.a.name
    address_prefixes     = ["10.0.9.0/26"]
  }
  resource "azurerm_subnet" "a" {
    name                 = "a"
    virtual_network_name = azurerm_virtual_network.a.name
    address_prefixes     = ["10.0.1.0/24"]
  }
  resource "azurerm_subnet" "b" {
    name                 = "b"
    virtual_network_name = azurerm_virtual_network.b.name
    address_prefixes     = ["10.1.1.0/24"]
  }`;
const PEERED = `resource "azurerm_virtual_network_peering" "it" {
  virtual_network_name      = azurerm_virtual_network.a.name
  remote_virtual_network_id = azurerm_virtual_network.b.id
}`;
const standard = (fields = '') => `resource "azurerm_bastion_host" "it" {
  sku = "Standard"
  ${fields}
  ip_configuration {
    subnet_id            = azurerm_subnet.bastion.id
    public_ip_address_id = "some"
  }
}`;
const developer = `resource "azurerm_bastion_host" "it" {
  sku                = "Developer"
  virtual_network_id = azurerm_virtual_network.a.id
}`;
const machine = (network: string) => `
  resource "azurerm_network_interface" "it" {
    name = "it"
    ip_configuration {
      name      = "a"
      subnet_id = azurerm_subnet.${network}.id
    }
  }
  resource "azurerm_linux_virtual_machine" "it" {
    name                  = "it"
    network_interface_ids = [azurerm_network_interface.it.id]
  }`;
const MACHINE = 'azurerm_linux_virtual_machine.it';

describe('hosts of Bastion', () => {
  test.each([
    ['a', standard(), true],
    ['b', standard(), false],
    ['b', `${standard()}\n${PEERED}`, true],
    ['a', developer, true],
    ['b', `${developer}\n${PEERED}`, false],
  ])('lead to a machine in %s beside %s: %s', async (network, host, admitted) => {
    const found = await facts(`${NETWORKS}\n${host}\n${machine(network)}`);
    const traits = (found.workload(MACHINE).traits ?? []).map(({ trait }) => trait);
    expect(traits.includes('admits-by-session')).toBe(admitted);
  });

  test('answer the internet at a port that asks who it is, and stand where they call from', async () => {
    const found = await facts(`${NETWORKS}\n${standard()}`);
    const host = found.workload('azurerm_bastion_host.it');
    expect(host).toMatchObject({ purpose: 'front', ranges: ['10.0.9.0/26'], publicAddresses: [{ asked: true }] });
    expect(host.answersOnly).toBeUndefined();
    expect(host.containers[0]?.provides).toMatchObject([{ ports: { from: 443, to: 443 }, authentication: 'iam' }]);
  });

  test.each([
    ['shareable_link_enabled = true', 'basic'],
    ['shareable_link_enabled = false', 'iam'],
    ['shareable_link_enabled = var.links', 'unknown'],
  ])('with %s ask for %s', async (field, asked) => {
    const found = await facts(`variable "links" {}\n${NETWORKS}\n${standard(field)}`);
    const [provided] = found.workload('azurerm_bastion_host.it').containers[0]?.provides ?? [];
    expect(provided?.authentication).toBe(asked);
  });

  test('for developers have no address of their own', async () => {
    const found = await facts(`${NETWORKS}\n${developer}`);
    expect(found.workload('azurerm_bastion_host.it').publicAddresses).toBeUndefined();
  });
});

test.each([
  ['"10.0.9.0/26"', true],
  ['azurerm_subnet.bastion.address_prefixes[0]', true],
  ['azurerm_subnet.unsaid.address_prefixes[0]', true],
  ['"10.0.9.0/24"', false],
  ['azurerm_subnet.a.address_prefixes[0]', false],
  ['"*"', false],
])('a rule for %s is for hosts of Bastion alone: %s', async (source, own) => {
  const found = await facts(`
    ${NETWORKS}
    variable "prefixes" {}
    resource "azurerm_subnet" "unsaid" {
      name             = "AzureBastionSubnet"
      address_prefixes = var.prefixes
    }
    resource "azurerm_network_security_group" "it" {
      name = "it"
      security_rule {
        priority               = 100
        direction              = "Inbound"
        access                 = "Allow"
        protocol               = "Tcp"
        destination_port_range = "22"
        source_address_prefix  = ${source}
      }
    }`);
  const [grant] = found.guard('azurerm_network_security_group.it').grants;
  expect((grant?.traits ?? []).map(({ trait }) => trait)).toEqual(own ? ['open-to-sessions'] : []);
});

describe('ports that Defender opens on request', () => {
  const policy = (body: string) => `resource "azapi_resource" "it" {
    type = "Microsoft.Security/locations/jitNetworkAccessPolicies@2020-01-01"
    body = ${body}
  }`;
  const of = (id: string, ports = '[{ number = 22, maxRequestAccessDuration = "PT3H" }]') =>
    `{ properties = { virtualMachines = [{ id = ${id}, ports = ${ports} }] } }`;

  test.each([
    [of(`${MACHINE}.id`), true],
    [`jsonencode(${of(`${MACHINE}.id`)})`, true],
    [of(`${MACHINE}.id`, '[]'), false],
    [of('"/subscriptions/0/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/other"'), false],
  ])('by %s: %s', async (body, admitted) => {
    const found = await facts(`${NETWORKS}\n${machine('a')}\n${policy(body)}`);
    expect((found.workload(MACHINE).traits ?? []).length > 0).toBe(admitted);
  });
});
