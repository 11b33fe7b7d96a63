import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';
import { isRefused } from './range.ts';
import { oldestOf, TLS_POLICIES } from './tls-policy.ts';

const portsOf = async (written: string, address: string) =>
  (await facts(written)).workload(address).containers[0]?.provides ?? [];

describe('APIs', () => {
  const api = 'resource "aws_api_gateway_rest_api" "a" { name = "a" }\n';
  const method = (fields: string) =>
    `${api}resource "aws_api_gateway_method" "m" {\nrest_api_id = aws_api_gateway_rest_api.a.id\n${fields}\n}`;

  test.each([
    ['http_method = "GET"\nauthorization = "NONE"', 'none'],
    ['http_method = "GET"\nauthorization = "NONE"\napi_key_required = true', 'token'],
    ['http_method = "GET"\nauthorization = "AWS_IAM"', 'token'],
    ['http_method = "OPTIONS"\nauthorization = "NONE"', 'token'],
  ])('a method { %s } asks for %s', async (fields, authentication) => {
    const [port] = await portsOf(method(fields), 'aws_api_gateway_rest_api.a');
    expect(port?.authentication).toBe(authentication);
  });

  test.each([
    ['', 'unknown'],
    ['body = "{}"', undefined],
  ])('an API { %s } without a method in the code asks for %s', async (fields, authentication) => {
    const [port] = await portsOf(
      `resource "aws_api_gateway_rest_api" "a" {\n${fields}\n}`,
      'aws_api_gateway_rest_api.a',
    );
    expect(port?.authentication).toBe(authentication);
  });

  test('an API with an authorizer may ask by it', async () => {
    const authorizer = 'resource "aws_api_gateway_authorizer" "z" { rest_api_id = aws_api_gateway_rest_api.a.id }';
    const [port] = await portsOf(`${api}${authorizer}`, 'aws_api_gateway_rest_api.a');
    expect(port?.authentication).toBeUndefined();
  });

  test.each([
    ['HTTP', '$default', 'none'],
    ['WEBSOCKET', '$default', 'token'],
    ['WEBSOCKET', '$connect', 'none'],
  ])('a route of an API of %s for %s asks for %s', async (protocol, key, authentication) => {
    const [port] = await portsOf(
      `resource "aws_apigatewayv2_api" "a" { protocol_type = "${protocol}" }
      resource "aws_apigatewayv2_route" "r" {
        api_id    = aws_apigatewayv2_api.a.id
        route_key = "${key}"
      }`,
      'aws_apigatewayv2_api.a',
    );
    expect(port?.authentication).toBe(authentication);
  });

  test.each([
    ['"https://shop.example.com"', 'none'],
    ['"arn:aws:lambda:eu-west-1:111122223333:function:shop"', 'none'],
    ['aws_lambda_function.shop.arn', 'none'],
    // The API refuses what is neither.
    ['"integrations"', undefined],
  ])('a target makes a route that asks for nothing: %s', async (target, asked) => {
    const [port] = await portsOf(
      `resource "aws_apigatewayv2_api" "a" {\n target = ${target}\n}`,
      'aws_apigatewayv2_api.a',
    );
    expect(port?.authentication).toBe(asked);
  });

  test('a method of an API that is elsewhere speaks for itself, without an address', async () => {
    const found = await facts(
      'resource "aws_api_gateway_method" "m" {\nhttp_method = "GET"\nauthorization = "NONE"\n}',
    );
    expect(found.workload('aws_api_gateway_method.m').publicAddresses).toBeUndefined();
  });

  test('a private API without a way that is open to all is no endpoint', async () => {
    const found = await facts(
      'resource "aws_api_gateway_rest_api" "a" {\nendpoint_configuration {\ntypes = ["PRIVATE"]\n}\n}',
    );
    expect(found.workloads).toEqual([]);
  });

  test.each([
    ['security_policy = "TLS_1_2"', 'TLSv1.2'],
    ['security_policy = "TLS_1_0"', 'TLSv1.0'],
    ['', { kind: 'unknown' }],
  ])('a name { %s } takes %j', async (fields, minimum) => {
    const [port] = await portsOf(
      `resource "aws_api_gateway_domain_name" "n" {\n${fields}\n}`,
      'aws_api_gateway_domain_name.n',
    );
    expect(port?.tls).toMatchObject({ minimum });
  });
});

describe('distributions', () => {
  test.each([
    ['', 'TLSv1.0'],
    [
      'viewer_certificate {\ncloudfront_default_certificate = true\nminimum_protocol_version = "TLSv1.2_2021"\n}',
      'TLSv1.0',
    ],
    ['viewer_certificate {\nacm_certificate_arn = "a"\nminimum_protocol_version = "TLSv1.2_2021"\n}', 'TLSv1.2'],
  ])('{ %s } takes %s', async (fields, minimum) => {
    const written = `resource "aws_cloudfront_distribution" "d" {\nenabled = true\n${fields}\n}`;
    const [port] = await portsOf(written, 'aws_cloudfront_distribution.d');
    expect(port?.tls?.minimum).toBe(minimum);
  });

  test.each([
    ['allow-all', [443, 80]],
    ['redirect-to-https', [443]],
  ])('%s answers at %j', async (policy, ports) => {
    const written = `resource "aws_cloudfront_distribution" "d" {
      enabled = true
      default_cache_behavior {
        viewer_protocol_policy = "redirect-to-https"
      }
      ordered_cache_behavior {
        viewer_protocol_policy = "${policy}"
      }
    }`;
    expect((await portsOf(written, 'aws_cloudfront_distribution.d')).map((port) => port.ports?.from)).toEqual(ports);
  });
});

test.each([
  ['principal = "*"', 1],
  ['principal = "*"\nsource_account = "123456789012"', 0],
  ['principal = "s3.amazonaws.com"', 0],
])('a permission { %s } opens %i functions', async (fields, open) => {
  const found = await facts(`resource "aws_lambda_permission" "p" {\n${fields}\n}`);
  expect(found.workloads).toHaveLength(open);
});

test('nodes with a key and no named callers are open to everybody who reaches them', async () => {
  const group = (more: string) =>
    facts(`resource "aws_eks_node_group" "n" {\nremote_access {\nec2_ssh_key = "k"\n${more}\n}\n}`);
  expect((await group('')).rules('aws_eks_node_group.n/remote access')).toEqual(['ingress allow 0.0.0.0/0 tcp/22']);
  expect((await group('source_security_group_ids = ["sg-1"]')).guards).toEqual([]);
});

test('groups of databases open the ports of databases', async () => {
  const found = await facts('resource "aws_db_security_group" "g" {\ningress {\ncidr = "0.0.0.0/0"\n}\n}');
  expect(found.rules('aws_db_security_group.g')).toEqual([
    'ingress allow 0.0.0.0/0 tcp/1433 tcp/1521 tcp/3306 tcp/5432',
  ]);
});

test.each([
  ['Protocol-TLSv1', { minimum: 'TLSv1.0' }],
  ['Protocol-TLSv1.2', { minimum: 'TLSv1.2' }],
  ['DES-CBC3-SHA', { brokenCipher: 'DES-CBC3-SHA' }],
  ['ECDHE-ECDSA-AES128-GCM-SHA256', {}],
])('a policy of a classic load balancer with %s', async (name, tls) => {
  const written = `resource "aws_load_balancer_policy" "p" {
    policy_type_name = "SSLNegotiationPolicyType"
    policy_attribute {
      name  = "${name}"
      value = "true"
    }
  }`;
  const [port] = await portsOf(written, 'aws_load_balancer_policy.p');
  expect(port?.tls).toMatchObject(tls);
});

test.each([
  ['ELBSecurityPolicy-TLS13-1-2-2021-06', 'TLSv1.2'],
  ['ELBSecurityPolicy-TLS13-1-2-Res-PQ-2025-09', 'TLSv1.2'],
  ['ELBSecurityPolicy-2016-08', 'TLSv1.0'],
  ['ELBSecurityPolicy-FS-1-2-Res-2020-10', 'TLSv1.2'],
  ['ELBSecurityPolicy-Of-Our-Own', undefined],
])('%s agrees to %s', (name, version) => {
  expect(oldestOf(TLS_POLICIES.balancer, name)).toBe(version);
});

test.each([
  ['10.0.0.0/8', false],
  ['10.0.0.1/8', true],
  ['0.1.0.0/0', true],
  ['0.0.0.0/0', false],
  ['::/0', false],
  ['2001:db8::1/64', true],
  ['10.0.0.1', true],
  ['/0', true],
])('%s is refused: %s', (range, refused) => {
  expect(isRefused(range)).toBe(refused);
});
