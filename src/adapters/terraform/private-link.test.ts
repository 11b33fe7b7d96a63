import { describe, expect, test } from 'vitest';
import { facts } from './facts.fixture.ts';

/** Who gets in by private links, and whether somebody has to be asked: `anybody`, `a b`, with `?` where it is not sure. */
async function consumers(code: string): Promise<readonly string[]> {
  const { gateways } = await facts(code);
  return gateways
    .filter(({ kind }) => kind === 'private-link')
    .flatMap(({ doors }) => doors)
    .map(({ place, unknown }) => {
      if (place.kind !== 'private-link') throw new Error(place.kind);
      const named = place.consumers === 'anybody' ? 'anybody' : place.consumers.join(' ');
      return unknown ? `${named}?` : named;
    });
}

describe('endpoint services of AWS', () => {
  const service = (said: string, more = '') =>
    consumers(`
      resource "aws_lb" "a" {
        internal           = true
        load_balancer_type = "network"
      }
      resource "aws_lb_listener" "a" {
        load_balancer_arn = aws_lb.a.arn
        port              = 443
        protocol          = "TCP"
      }
      data "aws_caller_identity" "own" {}
      variable "partner" {}
      variable "partners" {}
      resource "aws_vpc_endpoint_service" "a" {
        network_load_balancer_arns = [aws_lb.a.arn]
        ${said}
      }
      ${more}`);

  test.each([
    ['acceptance_required = false', []],
    ['acceptance_required = false\nallowed_principals = ["*"]', ['anybody']],
    ['acceptance_required = true\nallowed_principals = ["*"]', ['anybody?']],
    ['acceptance_required = true\nallowed_principals = ["arn:aws:iam::1:root"]', ['arn:aws:iam::1:root']],
    ['acceptance_required = true\nallowed_principals = [var.partner]', ['?']],
    [
      'acceptance_required = true\nallowed_principals = concat(var.partners, [data.aws_caller_identity.own.arn])',
      ['?'],
    ],
    ['acceptance_required = true\nallowed_principals = ["arn:aws:iam::${data.aws_caller_identity.own.id}:root"]', []],
  ])('%s', async (said, expected) => {
    expect(await service(said)).toEqual(expected);
  });

  test('principals apart count as well', async () => {
    const apart = `resource "aws_vpc_endpoint_service_allowed_principal" "b" {
      vpc_endpoint_service_id = aws_vpc_endpoint_service.a.id
      principal_arn           = "arn:aws:iam::2:root"
    }`;
    expect(await service('acceptance_required = true', apart)).toEqual(['arn:aws:iam::2:root']);
  });
});

test.each([
  ['', []],
  ['visibility_subscription_ids = ["one"]', ['one']],
  ['visibility_subscription_ids = ["*"]', ['anybody?']],
  ['visibility_subscription_ids = ["*"]\nauto_approval_subscription_ids = ["*"]', ['anybody']],
])('link services of Azure: %s', async (said, expected) => {
  const code = `
    resource "azurerm_network_interface" "a" {}
    resource "azurerm_lb" "a" {
      frontend_ip_configuration {
        name = "inside"
      }
    }
    resource "azurerm_lb_backend_address_pool" "a" {
      loadbalancer_id = azurerm_lb.a.id
    }
    resource "azurerm_network_interface_backend_address_pool_association" "a" {
      network_interface_id    = azurerm_network_interface.a.id
      backend_address_pool_id = azurerm_lb_backend_address_pool.a.id
    }
    resource "azurerm_lb_rule" "a" {
      loadbalancer_id          = azurerm_lb.a.id
      protocol                 = "Tcp"
      frontend_port            = 443
      backend_port             = 8443
      backend_address_pool_ids = [azurerm_lb_backend_address_pool.a.id]
    }
    resource "azurerm_private_link_service" "a" {
      load_balancer_frontend_ip_configuration_ids = [azurerm_lb.a.frontend_ip_configuration[0].id]
      ${said}
    }`;
  expect(await consumers(code)).toEqual(expected);
});

test.each([
  ['connection_preference = "ACCEPT_AUTOMATIC"', ['anybody']],
  ['connection_preference = "ACCEPT_MANUAL"', []],
  [
    'connection_preference = "ACCEPT_MANUAL"\nconsumer_accept_lists {\nproject_id_or_num = "one"\nconnection_limit = 4\n}',
    ['one'],
  ],
])('service attachments of Google Cloud: %s', async (said, expected) => {
  const code = `
    resource "google_compute_region_target_http_proxy" "a" {}
    resource "google_compute_forwarding_rule" "a" {
      load_balancing_scheme = "INTERNAL_MANAGED"
      port_range            = "80"
      target                = google_compute_region_target_http_proxy.a.id
    }
    resource "google_compute_service_attachment" "a" {
      target_service = google_compute_forwarding_rule.a.id
      ${said}
    }`;
  expect(await consumers(code)).toEqual(expected);
});
