import { describe, expect, test } from 'vitest';
import { type Facts, facts } from '../facts.fixture.ts';

const NOBODY = 'nobody';
const EVERYBODY = 'everybody';

/** Whom the policy of the one API lets in: the rules of its guard, `perhaps` where they are not sure. */
function callers(found: Facts): readonly string[] | string {
  const [guard] = found.guards;
  if (!guard) return EVERYBODY;
  const rules = guard.grants.map(({ peers, perhaps }) => {
    const whom = peers.map((peer) => {
      if (peer.kind !== 'addresses') return peer.kind;
      return peer.except.length > 0 ? `${peer.cidr} without ${peer.except.join(' ')}` : peer.cidr;
    });
    return `${whom.join(' ')}${perhaps ? ' perhaps' : ''}`;
  });
  return rules.length === 0 ? NOBODY : rules;
}

const API = 'resource "aws_api_gateway_rest_api" "a" {\nname = "a"\n}\nvariable "office" {}\nvariable "else" {}';
const METHOD = (authorization: string) => `resource "aws_api_gateway_method" "m" {
  rest_api_id   = aws_api_gateway_rest_api.a.id
  http_method   = "GET"
  authorization = "${authorization}"
}`;

const policed = (policy: string, more = '') =>
  facts(`${API}
    resource "aws_api_gateway_rest_api_policy" "a" {
      rest_api_id = aws_api_gateway_rest_api.a.id
      policy      = ${policy}
    }
    ${more}`);

const statement = (effect: string, condition = '', more = '') => `{
  Effect    = "${effect}"
  Principal = "*"
  Action    = "execute-api:Invoke"
  Resource  = "\${aws_api_gateway_rest_api.a.execution_arn}/*"
  ${condition && `Condition = { ${condition} }`}
  ${more}
}`;
const policy = (...statements: readonly string[]) => `jsonencode({ Statement = [${statements.join()}] })`;

const OFFICE = '"aws:SourceIp" = ["203.0.113.0/24", "198.51.100.7"]';
const ALL = statement('Allow');

describe('the policy of an API', () => {
  test.each([
    ['lets in everybody', [ALL], EVERYBODY],
    [
      'lets in some addresses',
      [statement('Allow', `IpAddress = { ${OFFICE} }`)],
      ['203.0.113.0/24', '198.51.100.7/32'],
    ],
    [
      'keeps out all others',
      [ALL, statement('Deny', `NotIpAddress = { ${OFFICE} }`)],
      ['203.0.113.0/24', '198.51.100.7/32'],
    ],
    [
      'keeps out some',
      [ALL, statement('Deny', 'IpAddress = { "aws:SourceIp" = "128.0.0.0/1" }')],
      ['::/0', '0.0.0.0/1'],
    ],
    [
      'keeps out few',
      [ALL, statement('Deny', 'IpAddress = { "aws:SourceIp" = "203.0.113.0/24" }')],
      ['0.0.0.0/0 without 203.0.113.0/24 ::/0'],
    ],
    [
      'keeps out a part of those it lets in',
      [
        statement('Allow', `IpAddress = { ${OFFICE} }`),
        statement('Deny', 'IpAddress = { "aws:SourceIp" = "203.0.113.128/25" }'),
      ],
      ['203.0.113.0/25', '198.51.100.7/32'],
    ],
    ['lets in an endpoint alone', [statement('Allow', 'StringEquals = { "aws:SourceVpce" = "vpce-1" }')], NOBODY],
    [
      'keeps out who comes by no endpoint',
      [ALL, statement('Deny', 'StringNotEquals = { "aws:sourceVpc" = "vpc-1" }')],
      NOBODY,
    ],
    ['keeps out an endpoint', [ALL, statement('Deny', 'StringEquals = { "aws:SourceVpce" = "vpce-1" }')], EVERYBODY],
    [
      'lets in addresses, or by an endpoint',
      [
        ALL,
        statement('Deny', `NotIpAddress = { ${OFFICE} }, StringNotEqualsIfExists = { "aws:SourceVpce" = "vpce-1" }`),
      ],
      ['203.0.113.0/24', '198.51.100.7/32'],
    ],
    ['keeps out who speaks no TLS', [ALL, statement('Deny', 'Bool = { "aws:SecureTransport" = "false" }')], EVERYBODY],
    [
      'lets in from a day on',
      [statement('Allow', 'DateGreaterThan = { "aws:CurrentTime" = "2030-01-01T00:00:00Z" }')],
      EVERYBODY,
    ],
    [
      'keeps out from a day on',
      [ALL, statement('Deny', 'DateGreaterThanEquals = { "aws:CurrentTime" = "2030-01-01T00:00:00Z" }')],
      ['0.0.0.0/0 ::/0 perhaps'],
    ],
    [
      'lets in until a day',
      [statement('Allow', 'DateLessThan = { "aws:CurrentTime" = "2030-01-01T00:00:00Z" }')],
      ['0.0.0.0/0 ::/0 perhaps'],
    ],
    ['keeps everybody from a part', [ALL, statement('Deny', '', 'Resource = "execute-api:/*/POST/admin"')], EVERYBODY],
    [
      'keeps everybody out of a stage',
      [ALL, statement('Deny', '', 'Resource = "execute-api:/live/*"')],
      ['0.0.0.0/0 ::/0 perhaps'],
    ],
    ['is about something else', [statement('Allow', '', 'Action = "execute-api:InvalidateCache"')], NOBODY],
    [
      'lets in addresses that are not shown',
      [statement('Allow', 'IpAddress = { "aws:SourceIp" = var.office }')],
      ['unknown'],
    ],
    [
      'asks what cannot be read',
      [statement('Allow', 'StringEquals = { "example:Key" = "1" }')],
      ['0.0.0.0/0 ::/0 perhaps'],
    ],
    [
      'keeps others out where something cannot be read',
      [ALL, statement('Deny', `NotIpAddress = { ${OFFICE} }, StringEquals = { "example:Key" = "1" }`)],
      ['203.0.113.0/24', '198.51.100.7/32', '0.0.0.0/0 ::/0 perhaps'],
    ],
    [
      'is not shown but for the addresses',
      ['var.else', statement('Deny', `NotIpAddress = { ${OFFICE} }`)],
      ['203.0.113.0/24 perhaps', '198.51.100.7/32 perhaps'],
    ],
  ])('%s', async (_, statements, expected) => {
    const found = callers(await policed(policy(...statements), METHOD('NONE')));
    expect(typeof found === 'string' ? found : found.join(' | ')).toBe(
      typeof expected === 'string' ? expected : expected.join(' | '),
    );
  });

  test('is read from a data source, and from what that starts from', async () => {
    const found = await policed(
      'data.aws_iam_policy_document.all.json',
      `data "aws_iam_policy_document" "open" {
        statement {
          actions   = ["execute-api:*"]
          resources = ["*"]
          principals {
            type        = "AWS"
            identifiers = ["*"]
          }
        }
      }
      data "aws_iam_policy_document" "all" {
        source_policy_documents = [data.aws_iam_policy_document.open.json]
        statement {
          effect    = "Deny"
          actions   = ["execute-api:Invoke"]
          resources = ["*"]
          principals {
            type        = "*"
            identifiers = ["*"]
          }
          condition {
            test     = "NotIpAddress"
            variable = "aws:SourceIp"
            values   = ["203.0.113.0/24"]
          }
        }
      }`,
    );
    expect(callers(found)).toEqual(['203.0.113.0/24']);
    expect(found.quote(found.guards[0]?.grants[0]?.origin)).toBe('"203.0.113.0/24"');
  });

  test.each([
    ['a text in the API', 'policy = <<EOT\nTEXT\nEOT'],
    [
      'the description that the API is made from',
      'body = jsonencode({ openapi = "3.0.1", x-amazon-apigateway-policy = TEXT })',
    ],
  ])('is read from %s', async (_, written) => {
    const text =
      '{ "Statement": { "Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*", "Condition": { "IpAddress": { "aws:SourceIp": "203.0.113.0/24" } } } }';
    const code = `resource "aws_api_gateway_rest_api" "a" {\n${written.replace('TEXT', text)}\n}`;
    expect(callers(await facts(code))).toEqual(['203.0.113.0/24']);
  });

  test('that is nowhere in the code lets in nobody knows whom', async () => {
    const found = await policed('var.else');
    expect(callers(found)).toEqual(['unknown']);
    expect(found.notices.map(({ message }) => message).join()).toMatch(/because var\.else has no value/);
  });
});

test.each([
  ['NONE', 'IpAddress = { "aws:SourceIp" = "203.0.113.0/24" }', 'Allow', ['203.0.113.0/24']],
  ['COGNITO_USER_POOLS', 'IpAddress = { "aws:SourceIp" = "203.0.113.0/24" }', 'Allow', ['203.0.113.0/24']],
  ['CUSTOM', 'IpAddress = { "aws:SourceIp" = "203.0.113.0/24" }', 'Allow', EVERYBODY],
  ['AWS_IAM', 'NotIpAddress = { "aws:SourceIp" = "203.0.113.0/24" }', 'Deny', ['203.0.113.0/24']],
])('a method that asks %s, where a policy says %s', async (authorization, condition, effect, expected) => {
  const found = await policed(policy(statement(effect, condition)), METHOD(authorization));
  expect(callers(found)).toEqual(expected);
});

test.each([
  ['"*"', '', 'none'],
  ['{ AWS = "arn:aws:iam::111122223333:root" }', '', 'iam'],
  ['"*"', 'StringEquals = { "aws:PrincipalOrgID" = "o-1" }', 'iam'],
  ['{ AWS = [var.else] }', '', 'unknown'],
])('a method that asks nobody, where a policy lets in %s with { %s }: %s', async (principal, condition, expected) => {
  const found = await policed(policy(statement('Allow', condition, `Principal = ${principal}`)), METHOD('NONE'));
  const [provided] = found.workload('aws_api_gateway_rest_api.a').containers[0]?.provides ?? [];
  expect(provided?.authentication).toBe(expected);
});
