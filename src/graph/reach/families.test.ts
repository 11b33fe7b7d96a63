import { describe, expect, test } from 'vitest';
import { somewhere } from '../fragment.fixture.ts';
import type { GrantFact, Peer } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import { halfOpen } from './families.ts';

const cidr = (text: string): Peer => ({ kind: 'addresses', cidr: text, except: [], origin: somewhere() });

function allow(cidrs: readonly string[], port: number, facts: Partial<GrantFact> = {}): GrantFact {
  const ports = [{ protocol: 'tcp' as const, ports: { from: port, to: port }, origin: somewhere() }];
  const peers = cidrs.map(cidr);
  return { id: cidrs.join(), direction: 'ingress', peers, ports, verdict: 'allow', origin: somewhere(), ...facts };
}

const guard = (grants: readonly GrantFact[], priority: number | null = null) => ({ grants, priority }) as Guard;

describe('a guard that is open in one family of addresses', () => {
  test.each<[string, readonly GrantFact[], string | undefined]>([
    ['all of IPv6 and an office of IPv4', [allow(['192.0.2.0/24', '::/0'], 22)], 'IPv6'],
    [
      'all of IPv4 in two rules, and some of IPv6',
      [allow(['0.0.0.0/1'], 22), allow(['128.0.0.0/1', '2606::/32'], 22)],
      'IPv4',
    ],
    ['all of both', [allow(['0.0.0.0/0'], 22), allow(['0::/0'], 22)], undefined],
    ['IPv6 alone: nothing is limited', [allow(['::/0'], 22)], undefined],
    ['IPv4 alone', [allow(['0.0.0.0/0'], 443)], undefined],
    ['other ports', [allow(['::/0'], 443), allow(['192.0.2.0/24'], 22)], undefined],
    ['what it lets out', [allow(['192.0.2.0/24', '::/0'], 22, { direction: 'egress' })], undefined],
    ['ranges that are not in the code', [allow(['192.0.2.0/24', '::/0', 'var.more'], 22)], undefined],
  ])('%s', (_, grants, family) => {
    expect(halfOpen(guard(grants))?.family).toBe(family);
  });

  test('stands at the rule that opens it, and not where rules are asked in an order', () => {
    const [some, all] = [allow(['192.0.2.0/24'], 22), allow(['::/0'], 22)];
    expect(halfOpen(guard([some, all]))).toEqual({ family: 'IPv6', other: 'IPv4', grant: all });
    expect(halfOpen(guard([some, all], 100))).toBeNull();
  });
});
