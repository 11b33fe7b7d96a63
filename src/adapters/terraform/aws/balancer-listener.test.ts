import { describe, expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

const listener = async (fields: string) => {
  const found = await facts(`variable "arn" {}
resource "aws_lb_listener" "it" {
  load_balancer_arn = var.arn
  ${fields}
}`);
  const [port] = found.workload('aws_lb_listener.it').containers[0]?.provides ?? [];
  return { found, port };
};

const redirect = (fields: string) => `default_action {\ntype = "redirect"\nredirect {\n${fields}\n}\n}`;

describe('a listener of a load balancer that is not in the code', () => {
  test.each([
    ['port = 80\nprotocol = "HTTP"', 'plaintext', undefined],
    ['port = 443\nprotocol = "HTTPS"', 'tls', 'TLSv1.0'],
    ['port = 443\nprotocol = "TLS"\nssl_policy = "ELBSecurityPolicy-TLS13-1-2-2021-06"', 'tls', 'TLSv1.2'],
    ['port = 5432\nprotocol = "TCP"', undefined, undefined],
    ['port = 80\nprotocol = var.arn', undefined, undefined],
    [`port = 80\nprotocol = "HTTP"\n${redirect('protocol = "HTTPS"')}`, 'tls', undefined],
  ])('%s takes %s, %s', async (fields, transport, version) => {
    const { port } = await listener(fields);
    expect(port?.transport).toBe(transport);
    expect(port?.tls?.minimum).toBe(version);
  });

  test('tells where plaintext goes on', async () => {
    const { found, port } = await listener(
      `port = 80\nprotocol = "HTTP"\n${redirect('protocol = "HTTP"\nport = "80"')}`,
    );
    expect(found.quote(port?.transportOrigin)).toBe('"HTTP"');
  });

  test('is read with its load balancer where that is in the code', async () => {
    const found = await facts(`
      resource "aws_lb" "front" { name = "front" }
      resource "aws_lb_listener" "it" {
        load_balancer_arn = aws_lb.front.arn
        port              = 80
      }`);
    expect(found.workloads.map(({ id }) => id)).toEqual(['aws_lb.front']);
  });
});
