import { describe, expect, test } from 'vitest';
import { facts } from './facts.fixture.ts';

describe('network security groups (R72–R74)', () => {
  const rule = (priority: number) => `
    security_rule {
      name                       = "r${priority}"
      priority                   = ${priority}
      direction                  = "Inbound"
      access                     = "Allow"
      protocol                   = "Tcp"
      source_port_range          = "*"
      destination_port_range     = "22"
      source_address_prefix      = "10.0.0.0/8"
      destination_address_prefix = "*"
    }`;
  const group = (...rules: string[]) =>
    facts(`resource "azurerm_network_security_group" "it" {\nname = "it"\n${rules.join('\n')}\n}`);

  test('stand in the order of their numbers, wherever they are written', async () => {
    const found = await facts(`
      resource "azurerm_network_security_group" "it" {
        name = "it"
        ${rule(300)}
        ${rule(100)}
      }
      resource "azurerm_network_security_rule" "it" {
        name                        = "it"
        network_security_group_name = azurerm_network_security_group.it.name
        priority                    = 200
        direction                   = "Inbound"
        access                      = "Deny"
        protocol                    = "*"
        source_port_range           = "*"
        destination_port_ranges     = ["80", "8000-8010"]
        source_address_prefixes     = ["203.0.113.0/24"]
        destination_address_prefix  = "*"
      }`);
    expect(found.rules('azurerm_network_security_group.it')).toEqual([
      'ingress allow 10.0.0.0/8 tcp/22',
      'ingress deny 203.0.113.0/24 any/80 any/8000-8010',
      'ingress allow 10.0.0.0/8 tcp/22',
    ]);
    expect(found.guard('azurerm_network_security_group.it').grants.at(-1)).toMatchObject({
      verdict: 'deny',
      peers: [],
      implicit: true,
    });
  });

  test.each([
    ['*', 'ingress allow 0.0.0.0/0 ::/0 tcp/22'],
    ['VirtualNetwork', 'ingress allow azurerm virtual network tcp/22'],
    ['AzureLoadBalancer', 'ingress allow 168.63.129.16/32 tcp/22'],
    ['Storage', 'ingress allow unknown tcp/22'],
  ])('read the source %s', async (source, text) => {
    const found = await group(rule(100).replace('"10.0.0.0/8"', `"${source}"`));
    expect(found.rules('azurerm_network_security_group.it')).toEqual([text]);
  });

  test('for one address of what they guard may be for none of it', async () => {
    const found = await group(
      rule(100).replace('destination_address_prefix = "*"', 'destination_address_prefix = "10.0.0.4"'),
    );
    expect(found.rules('azurerm_network_security_group.it')).toEqual(['ingress allow 10.0.0.0/8 tcp/22 perhaps']);
  });

  test('of a subnet are a layer of their own', async () => {
    const found = await facts(`
      resource "azurerm_network_security_group" "it" { name = "it" }
      resource "azurerm_subnet" "a" {
        name                 = "a"
        virtual_network_name = "main"
        address_prefixes     = ["10.0.0.0/24"]
      }
      resource "azurerm_subnet_network_security_group_association" "a" {
        subnet_id                 = azurerm_subnet.a.id
        network_security_group_id = azurerm_network_security_group.it.id
      }
      resource "azurerm_network_interface" "a" {
        name = "a"
        ip_configuration {
          name      = "a"
          subnet_id = azurerm_subnet.a.id
        }
      }
      resource "azurerm_linux_virtual_machine" "a" {
        name                  = "a"
        network_interface_ids = [azurerm_network_interface.a.id]
      }`);
    expect(found.guardsOf('azurerm_linux_virtual_machine.a')).toEqual(['azurerm_network_security_group.it/subnet']);
    expect(found.guard('azurerm_network_security_group.it/subnet').layer).toBe(1);
  });

  test.each([
    ['"Basic"', 'open'],
    ['"Standard"', 'closed'],
    ['var.sku', 'unknown'],
  ])('that are not there leave a %s address %s (R75)', async (sku, answer) => {
    const found = await facts(`
      variable "sku" {}
      resource "azurerm_public_ip" "a" {
        name = "a"
        sku  = ${sku}
      }
      resource "azurerm_network_interface" "a" {
        name = "a"
        ip_configuration {
          name                 = "a"
          public_ip_address_id = azurerm_public_ip.a.id
        }
      }
      resource "azurerm_linux_virtual_machine" "a" {
        name                  = "a"
        network_interface_ids = [azurerm_network_interface.a.id]
      }`);
    const [address] = found.workload('azurerm_linux_virtual_machine.a').publicAddresses ?? [];
    expect(address ? (address.unknown ? 'unknown' : 'open') : 'closed').toBe(answer);
  });
});

describe('firewall rules of Google Cloud (R77, R78)', () => {
  const rule = (fields: string) =>
    facts(`
    resource "google_compute_network" "main" { name = "main" }
    resource "google_compute_firewall" "it" {
      name    = "it"
      network = google_compute_network.main.name
      ${fields}
    }`);

  test('say what they let in, and to whom', async () => {
    const found = await rule(`
      target_tags   = ["web"]
      source_ranges = ["10.0.0.0/8"]
      source_tags   = ["proxy"]
      allow {
        protocol = "tcp"
        ports    = ["80", "8000-8010"]
      }
      allow { protocol = "icmp" }`);
    expect(found.rules('google_compute_firewall.it')).toEqual([
      'ingress allow 10.0.0.0/8 tcp/80 tcp/8000-8010',
      'ingress allow google_compute_network.main tag proxy tcp/80 tcp/8000-8010',
      'ingress allow 10.0.0.0/8 other/*',
      'ingress allow google_compute_network.main tag proxy other/*',
    ]);
    expect(found.guard('google_compute_firewall.it').subject.requirements[0]?.key).toBe(
      'google_compute_network.main tag web',
    );
  });

  test('without sources are for everybody, without targets for all of the network', async () => {
    const found = await rule('allow { protocol = "all" }');
    expect(found.rules('google_compute_firewall.it')).toEqual(['ingress allow 0.0.0.0/0 ::/0 everything']);
    expect(found.guard('google_compute_firewall.it')).toMatchObject({ priority: 1000.5 });
  });

  test('are for what stands elsewhere where no machine is here', async () => {
    const machine = 'allow { protocol = "tcp" }\n}\nresource "google_compute_instance" "vm" {\nname = "vm"';
    expect((await rule('allow { protocol = "tcp" }')).guard('google_compute_firewall.it').users).toMatchObject({
      kind: 'unknown',
    });
    expect((await rule(machine)).guard('google_compute_firewall.it').users).toBe('here');
  });

  test('that deny come before those of their priority that allow', async () => {
    const found = await rule(
      'priority = 900\ndirection = "EGRESS"\ndestination_ranges = ["0.0.0.0/0"]\ndeny { protocol = "tcp" }',
    );
    expect(found.rules('google_compute_firewall.it')).toEqual(['egress deny 0.0.0.0/0 tcp/*']);
    expect(found.guard('google_compute_firewall.it').priority).toBe(900);
  });

  test('of the default network are not in the code', async () => {
    const found = await facts(`
      resource "google_compute_instance" "web" {
        name = "web"
        network_interface {
          network = "default"
          access_config {}
        }
      }`);
    expect(found.guardsOf('google_compute_instance.web')).toEqual(['implied rules of default']);
    expect(found.guard('implied rules of default').grants).toMatchObject([
      { peers: [{ kind: 'unknown', of: 'anybody' }] },
    ]);
  });
});

test('an instance of a workload is what its address says', async () => {
  const found = await facts({
    'main.tf': 'module "web" {\n  source   = "./web"\n  for_each = toset(["a", "b"])\n}',
    'web/main.tf': 'resource "aws_instance" "this" { count = 2 }',
  });
  expect(found.workloads.map(({ id }) => id)).toEqual([
    'module.web["a"].aws_instance.this[0]',
    'module.web["a"].aws_instance.this[1]',
    'module.web["b"].aws_instance.this[0]',
    'module.web["b"].aws_instance.this[1]',
  ]);
});

describe('an address of which the code shows the length alone', () => {
  const rule = (cidr: string) => `
    variable "office" { type = string }
    resource "aws_security_group" "it" {
      ingress {
        protocol    = "tcp"
        from_port   = 22
        to_port     = 22
        cidr_blocks = [${cidr}]
      }
    }`;

  test.each([
    ['"${var.office}/32"', 'ingress allow unknown workloads tcp/22'],
    ['"${var.office}/24"', 'ingress allow unknown workloads tcp/22'],
    ['"${var.office}/0"', 'ingress allow unknown anybody tcp/22'],
    ['"${var.office}"', 'ingress allow unknown anybody tcp/22'],
    ['"10.0.0.0/${var.office}"', 'ingress allow unknown anybody tcp/22'],
  ])('%s', async (cidr, expected) => {
    expect((await facts(rule(cidr))).rules('aws_security_group.it')).toEqual([expected]);
  });
});
