import { expect, test } from 'vitest';
import { facts } from '../facts.fixture.ts';

/** Whom the policy of a backend lets through to it: surely, and perhaps. */
async function callers(policy: string, service = 'security_policy = google_compute_security_policy.p.id') {
  const { gateways } = await facts(`
    resource "google_compute_security_policy" "p" {
      name = "p"
      ${policy}
    }
    resource "google_compute_backend_service" "b" {
      name = "b"
      ${service}
    }
    resource "google_compute_target_tcp_proxy" "t" { backend_service = google_compute_backend_service.b.id }
    resource "google_compute_global_forwarding_rule" "f" {
      target     = google_compute_target_tcp_proxy.t.id
      port_range = "443"
    }`);
  return gateways.flatMap(({ doors }) =>
    doors.map(({ sources, unknown }) => `${unknown ? 'perhaps ' : ''}${sources?.cidrs.join(' ') ?? 'everybody'}`),
  );
}

const rule = (action: string, priority: number, match: string) => `
  rule {
    action   = "${action}"
    priority = ${priority}
    match {
      ${match}
    }
  }`;
const ranges = (...list: readonly string[]) => `config {\n src_ip_ranges = ${JSON.stringify(list)}\n}`;
const expression = (text: string) => `expr {\n expression = "${text}"\n}`;
const LAST = rule('deny(403)', 2_147_483_647, ranges('*'));

test('rules are asked by priority, wherever they are written', async () => {
  const denied = rule('deny(404)', 10, ranges('192.0.2.0/25'));
  expect(await callers(rule('allow', 20, ranges('192.0.2.0/24')) + denied + LAST)).toEqual(['192.0.2.128/25']);
});

test('a policy that says nothing lets everybody through, and one of which the code shows nothing may', async () => {
  expect(await callers('')).toEqual(['everybody']);
  expect(await callers('', 'security_policy = "elsewhere"')).toEqual(['perhaps 0.0.0.0/0 ::/0']);
  expect(await callers('', 'security_policy = ""')).toEqual([]);
});

test.each([
  ["inIpRange(origin.ip, '192.0.2.0/24')", ['192.0.2.0/24']],
  ["inIpRange(origin.ip, '192.0.2.0/25') || inIpRange(origin.ip, '192.0.2.128/25')", ['192.0.2.0/24']],
  ["inIpRange(origin.ip, '192.0.2.0/24') && !inIpRange(origin.ip, '192.0.2.0/25')", ['192.0.2.128/25']],
  ["inIpRange(origin.ip, '192.0.2.0/24') && request.method == 'GET'", ['perhaps 192.0.2.0/24']],
  ["origin.region_code == 'CH'", ['perhaps 0.0.0.0/0 ::/0']],
  ["!(request.method == 'GET' || inIpRange(origin.ip, '192.0.2.0/24') || true)", ['perhaps 0.0.0.0/0 ::/0']],
])('whom %s means', async (text, expected) => {
  expect(await callers(rule('allow', 1, expression(text)) + LAST)).toEqual(expected);
});

test('a policy at the edge is asked too', async () => {
  const service = `security_policy = google_compute_security_policy.p.id
    edge_security_policy = google_compute_security_policy.p.id`;
  expect(await callers(rule('allow', 1, ranges('192.0.2.0/24')) + LAST, service)).toEqual(['192.0.2.0/24']);
});

test('nobody is sent on to the backend who is sent elsewhere', async () => {
  const elsewhere = (type: string) => `
    rule {
      action   = "redirect"
      priority = 1
      redirect_options {
        type   = "${type}"
        target = "https://example.com"
      }
      match {
        ${ranges('*')}
      }
    }`;
  expect(await callers(elsewhere('EXTERNAL_302'))).toEqual(['']);
  expect(await callers(elsewhere('GOOGLE_RECAPTCHA') + LAST)).toEqual(['everybody']);
});
