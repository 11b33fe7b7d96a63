import { describe, expect, test } from 'vitest';
import { door, somewhere } from '../fragment.fixture.ts';
import type { DoorFact, Place } from '../fragment.ts';
import { cidrsOf } from '../sets/address-set.ts';
import { type Assumptions, NO_ASSUMPTIONS } from '../vocabulary.ts';
import { type Access, accessThrough, hostAccess } from './access.ts';

const unknown: Assumptions = NO_ASSUMPTIONS;
const said = (accesses: readonly Access[]) => accesses.map(({ scope, verdict }) => `${scope} ${verdict}`);

function through(place: Place, facts: Partial<DoorFact> = {}, assume = unknown): readonly Access[] {
  return accessThrough(door(place, 80, { kind: 'outside', name: null, origin: somewhere() }, facts), assume);
}

describe('a private link', () => {
  test('named accounts stand outside, whatever addresses they have', () => {
    const [access, ...others] = through({ kind: 'private-link', consumers: ['arn:aws:iam::1:root'] });
    expect(others).toEqual([]);
    expect(access).toMatchObject({ scope: 'external', verdict: 'reachable', accounts: ['arn:aws:iam::1:root'] });
    expect(access && cidrsOf(access.addresses)).toEqual([]);
  });

  test('whoever has an account is the internet', () => {
    expect(said(through({ kind: 'private-link', consumers: 'anybody' }))).toEqual(['internet reachable']);
  });
});

describe('a port of a machine', () => {
  test.each([
    ['0.0.0.0', ['internet possible', 'network reachable']],
    ['::', ['internet possible', 'network reachable']],
    ['', ['internet possible', 'network reachable']],
    ['127.0.0.1', ['host reachable']],
    ['127.8.0.1', ['host reachable']],
    ['::1', ['host reachable']],
    ['localhost', ['host reachable']],
    ['192.168.1.10', ['network reachable']],
    ['100.64.0.7', ['network reachable']],
    ['fd00::1', ['network reachable']],
    ['8.8.8.8', ['internet possible', 'network reachable']],
  ])('at %j', (address, expected) => {
    expect(said(hostAccess(address, unknown))).toEqual(expected);
  });

  test('what is assumed of hosts decides about the internet', () => {
    expect(said(hostAccess('0.0.0.0', { ...unknown, internetFacingHosts: true }))).toEqual([
      'internet reachable',
      'network reachable',
    ]);
    expect(said(hostAccess('0.0.0.0', { ...unknown, internetFacingHosts: false }))).toEqual(['network reachable']);
  });

  test('of every machine of a cluster it is as of one at every address', () => {
    expect(through({ kind: 'nodes' })).toEqual(hostAccess('0.0.0.0', unknown));
  });
});

describe('a balancer or a proxy', () => {
  const because = { kind: 'unknown', because: 'var.internal has no value', origin: somewhere() } as const;

  test('faces the internet unless it is internal', () => {
    expect(said(through({ kind: 'balancer', internal: false }))).toEqual(['internet reachable']);
    expect(said(through({ kind: 'proxy', class: null, internal: true }))).toEqual(['network reachable']);
    const either = through({ kind: 'balancer', internal: because });
    expect(said(either)).toEqual(['internet possible', 'network reachable']);
    expect(either[0]?.because).toEqual(['var.internal has no value']);
  });

  test.each<[string, string[], string[]]>([
    ['everybody', ['0.0.0.0/0', '::/0'], ['internet reachable']],
    ['half of the internet', ['0.0.0.0/1'], ['internet reachable']],
    ['everybody in two halves', ['0.0.0.0/1', '128.0.0.0/1'], ['internet reachable']],
    ['everybody in IPv6 alone', ['::/0'], ['internet reachable']],
    ['the same, written otherwise', ['0::/0'], ['internet reachable']],
    ['more than 2^24 public addresses', ['8.0.0.0/7'], ['internet reachable']],
    ['2^24 of them', ['8.0.0.0/8'], ['external reachable']],
    ['more than that in pieces', ['8.0.0.0/8', '11.0.0.0/16'], ['internet reachable']],
    ['two addresses', ['203.0.113.6/31'], ['external reachable']],
    ['a /16 of IPv6', ['2606::/16'], ['internet reachable']],
    ['half of that', ['2606::/17'], ['external reachable']],
    ['an office', ['203.0.113.0/24'], ['external reachable']],
    ['a LAN', ['10.0.0.0/8'], ['network reachable']],
    ['an office and a LAN', ['203.0.113.7/32', '10.0.0.0/8'], ['external reachable', 'network reachable']],
    ['the probes of a platform', ['35.191.0.0/16', '130.211.0.0/22', '168.63.129.16/32'], []],
    ['these and an office', ['35.235.240.0/20', '203.0.113.0/24'], ['external reachable']],
    ['nobody', [], []],
  ])('lets in whom its sources say: %s', (_, cidrs, expected) => {
    expect(said(through({ kind: 'balancer', internal: false }, { sources: { cidrs, origin: somewhere() } }))).toEqual(
      expected,
    );
  });

  test('the addresses of an exposure are those that both the place and the sources let in', () => {
    const [office, lan] = through(
      { kind: 'nodes' },
      { sources: { cidrs: ['203.0.113.0/24', '10.1.0.0/16'], origin: somewhere() } },
    );
    expect([office?.scope, ...cidrsOf(office?.addresses ?? { v4: [], v6: [] })]).toEqual([
      'external',
      '203.0.113.0/24',
    ]);
    expect(office?.verdict).toBe('possible');
    expect([lan?.scope, lan?.verdict]).toEqual(['network', 'reachable']);
  });

  test('a source that is no address leaves everything possible', () => {
    const accesses = through(
      { kind: 'balancer', internal: false },
      { sources: { cidrs: ['10.0.0.0/8', 'office'], origin: somewhere() } },
    );
    expect(said(accesses)).toEqual(['internet possible']);
    expect(accesses[0]?.because).toEqual(['"office" is no address']);
  });
});

test('a door whose place the code does not show is only possible', () => {
  const reason = { kind: 'unknown', because: 'BIND has no value', origin: somewhere() } as const;
  const accesses = through({ kind: 'host', address: '0.0.0.0' }, { unknown: reason });
  expect(said(accesses)).toEqual(['internet possible', 'network possible']);
  expect(accesses[1]?.because).toEqual(['BIND has no value']);
});

test('a door inside a segment opens nothing to the outside', () => {
  expect(through({ kind: 'segment', segment: 'cluster' })).toEqual([]);
});
