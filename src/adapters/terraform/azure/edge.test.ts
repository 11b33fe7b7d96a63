import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const portsOf = async (written: string, address: string) => {
  const found = await facts(written);
  const workload = found.workload(address);
  const ports = (workload.containers[0]?.provides ?? []).map(({ ports: range, transport, tls }) =>
    `${transport} ${range?.from ?? ''} ${tls?.minimum ?? ''}`.trim(),
  );
  return { found, workload, ports };
};

describe('application gateways', () => {
  const gateway = (more: string, front = 'public_ip_address_id = "some"') => `
    resource "azurerm_application_gateway" "it" {
      name = "it"
      frontend_port {
        name = "plain"
        port = 80
      }
      frontend_port {
        name = "secure"
        port = 443
      }
      frontend_ip_configuration {
        name = "front"
        ${front}
      }
      http_listener {
        name                           = "secure"
        frontend_ip_configuration_name = "front"
        frontend_port_name             = "secure"
        protocol                       = "Https"
      }
      http_listener {
        name                           = "plain"
        frontend_ip_configuration_name = "front"
        frontend_port_name             = "plain"
        protocol                       = "Http"
      }
      ${more}
    }`;
  const IT = 'azurerm_application_gateway.it';

  test('listen at the ports of their listeners', async () => {
    const { workload, ports } = await portsOf(gateway(''), IT);
    expect(ports).toEqual(['tls 443 TLSv1.2', 'plaintext 80']);
    expect(workload.publicAddresses).toHaveLength(1);
    const inside = await portsOf(gateway('', 'private_ip_address = "10.0.0.4"'), IT);
    expect(inside.workload.publicAddresses).toBeUndefined();
  });

  test.each([
    ['policy_name = "AppGwSslPolicy20150501"', 'tls 443 TLSv1.0'],
    ['policy_name = "AppGwSslPolicy20220101S"', 'tls 443 TLSv1.2'],
    ['min_protocol_version = "TLSv1_1"', 'tls 443 TLSv1.1'],
  ])('with %s agree to what it says', async (policy, text) => {
    const { ports } = await portsOf(gateway(`ssl_policy {\n${policy}\n}`), IT);
    expect(ports[0]).toBe(text);
  });

  test('that lead plaintext to TLS serve none', async () => {
    const { ports } = await portsOf(
      gateway(`
        request_routing_rule {
          http_listener_name          = "plain"
          redirect_configuration_name = "up"
        }
        redirect_configuration {
          name                 = "up"
          target_listener_name = "secure"
        }`),
      IT,
    );
    expect(ports).toEqual(['tls 443 TLSv1.2']);
  });
});

describe('distributions', () => {
  test.each([
    ['', ['tls', 'plaintext']],
    ['is_http_allowed = false', ['tls']],
  ])('of the CDN with "%s" speak %j', async (body, spoken) => {
    const { ports } = await portsOf(`resource "azurerm_cdn_endpoint" "it" {\n${body}\n}`, 'azurerm_cdn_endpoint.it');
    expect(ports).toEqual(spoken);
  });

  test.each([
    ['https_redirect_enabled = false', ['tls', 'plaintext']],
    ['', ['tls']],
  ])('of Front Door with routes that say "%s" speak %j', async (body, spoken) => {
    const { ports } = await portsOf(
      `resource "azurerm_cdn_frontdoor_endpoint" "it" { name = "it" }
      resource "azurerm_cdn_frontdoor_route" "it" {
        cdn_frontdoor_endpoint_id = azurerm_cdn_frontdoor_endpoint.it.id
        supported_protocols       = ["Http", "Https"]
        ${body}
      }`,
      'azurerm_cdn_frontdoor_endpoint.it',
    );
    expect(ports).toEqual(spoken);
  });
});

test.each([
  ['', 1, 'tls  TLSv1.2'],
  ['virtual_network_type = "Internal"', 0, 'tls  TLSv1.2'],
  ['security {\nfrontend_tls10_enabled = true\n}', 1, 'tls  TLSv1.0'],
])('API Management with "%s" has %i public addresses and speaks %s', async (body, count, text) => {
  const { workload, ports } = await portsOf(
    `resource "azurerm_api_management" "it" {\n${body}\n}`,
    'azurerm_api_management.it',
  );
  expect(workload.publicAddresses ?? []).toHaveLength(count);
  expect(ports).toEqual([text]);
});

describe('containers', () => {
  test.each([
    ['', 1],
    ['ip_address_type = "Private"', 0],
  ])('of a group with "%s" have %i public addresses', async (body, count) => {
    const { workload } = await portsOf(
      `resource "azurerm_container_group" "it" {
        ${body}
        container {
          name  = "web"
          image = "example/web:1"
          ports { port = 8080 }
        }
      }`,
      'azurerm_container_group.it',
    );
    expect(workload.publicAddresses ?? []).toHaveLength(count);
    expect(workload.containers).toMatchObject([
      { image: { reference: 'example/web:1' }, ports: [{ ports: { from: 8080, to: 8080 }, protocol: 'tcp' }] },
    ]);
  });

  const app = (ingress: string, environment = '') => `
    resource "azurerm_container_app_environment" "it" {\n${environment}\n}
    resource "azurerm_container_app" "it" {
      container_app_environment_id = azurerm_container_app_environment.it.id
      ${ingress}
      template {
        container {
          name  = "api"
          image = "example/api:1"
        }
      }
    }`;

  test.each([
    ['ingress {\nexternal_enabled = true\ntarget_port = 8080\n}', '', 1, ['tls 443']],
    [
      'ingress {\nexternal_enabled = true\nallow_insecure_connections = true\ntarget_port = 80\n}',
      '',
      1,
      ['tls 443', 'plaintext 80'],
    ],
    ['ingress {\ntarget_port = 8080\n}', '', 0, ['tls 443']],
    [
      'ingress {\nexternal_enabled = true\ntarget_port = 8080\n}',
      'internal_load_balancer_enabled = true',
      0,
      ['tls 443'],
    ],
    ['', '', 0, []],
  ])('of an app with "%s" and "%s" have %i public addresses', async (ingress, environment, count, spoken) => {
    const { workload, ports } = await portsOf(app(ingress, environment), 'azurerm_container_app.it');
    expect(workload.publicAddresses ?? []).toHaveLength(count);
    expect(ports).toEqual(spoken);
  });
});
