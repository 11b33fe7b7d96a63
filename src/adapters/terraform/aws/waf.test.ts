import { expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

/** Whom the web ACL of a load balancer lets through: surely, and perhaps. */
async function callers(acl: string, arn = 'aws_wafv2_web_acl.a.arn'): Promise<readonly string[]> {
  const { gateways } = await facts(`
    resource "aws_lb" "b" { name = "b" }
    resource "aws_instance" "m" { ami = "ami-1" }
    resource "aws_lb_target_group" "g" { port = 8080 }
    resource "aws_lb_target_group_attachment" "g" {
      target_group_arn = aws_lb_target_group.g.arn
      target_id        = aws_instance.m.id
    }
    resource "aws_lb_listener" "l" {
      load_balancer_arn = aws_lb.b.arn
      port              = 80
      default_action {
        type             = "forward"
        target_group_arn = aws_lb_target_group.g.arn
      }
    }
    resource "aws_wafv2_ip_set" "office" { addresses = ["203.0.113.0/24"] }
    resource "aws_wafv2_web_acl" "a" { ${acl} }
    resource "aws_wafv2_web_acl_association" "a" {
      resource_arn = aws_lb.b.arn
      web_acl_arn  = ${arn}
    }`);
  return gateways.flatMap(({ doors }) =>
    doors.map(({ sources, unknown }) => `${unknown ? 'perhaps ' : ''}${sources?.cidrs.join(' ') ?? 'everybody'}`),
  );
}

const rule = (action: string, statement: string, priority = 1) => `
  rule {
    priority = ${priority}
    action {
      ${action} {}
    }
    statement {
      ${statement}
    }
  }`;
const OFFICE = 'ip_set_reference_statement {\n arn = aws_wafv2_ip_set.office.arn\n}';
const last = (action: string) => `
  default_action {
    ${action} {}
  }`;
const PLACE = 'geo_match_statement {\n country_codes = ["CH"]\n}';

test.each([
  ['a list of who is let in', rule('allow', OFFICE) + last('block'), ['203.0.113.0/24']],
  ['nobody', last('block'), ['']],
  ['everybody', last('allow'), ['everybody']],
  [
    'who is in no list',
    rule('block', `not_statement {\n statement {\n ${OFFICE}\n}\n}`) + last('allow'),
    ['203.0.113.0/24'],
  ],
  ['a denial by what requests look like', rule('block', PLACE) + last('allow'), ['everybody']],
  ['what is only counted', rule('count', OFFICE) + last('block'), ['']],
  ['who is in a place', rule('allow', PLACE) + last('block'), ['perhaps 0.0.0.0/0 ::/0']],
  [
    'a list and a place',
    rule('allow', `and_statement {\n statement {\n ${OFFICE}\n}\n statement {\n ${PLACE}\n}\n}`) + last('block'),
    ['perhaps 203.0.113.0/24'],
  ],
  ['the first that matches', rule('block', OFFICE, 2) + rule('allow', OFFICE, 1) + last('block'), ['203.0.113.0/24']],
])('%s', async (_, acl, expected) => {
  expect(await callers(acl)).toEqual(expected);
});

test('a web ACL that the code does not show may let in anybody', async () => {
  expect(await callers('', '"arn:aws:wafv2:elsewhere"')).toEqual(['perhaps 0.0.0.0/0 ::/0']);
});
