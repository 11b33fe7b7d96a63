import { describe, expect, test } from 'vitest';
import { parseAddressList } from '../graph/sets/address-set.ts';
import { fileOrigin } from '../source/span.ts';
import { isMeant, stateOf, type Waiver } from './waiver.ts';

const DAY = 86_400_000;
const waiver: Waiver = {
  rule: 'remote-admin-exposed',
  listener: null,
  sources: null,
  reason: 'incident 4711',
  approvedBy: 'security@example.com',
  from: null,
  expires: 10 * DAY,
  origin: fileOrigin('portolan.yaml'),
};
const addresses = (...texts: readonly string[]) => parseAddressList(texts).set;

describe('when it holds', () => {
  test.each([
    [0, null, 'valid'],
    [10 * DAY - 1, null, 'valid'],
    [10 * DAY, null, 'expired'],
    [0, 9 * DAY, 'overlong'],
    [0, 10 * DAY, 'valid'],
    [5 * DAY, 5 * DAY, 'valid'],
  ] as const)('at %d with at most %s: %s', (at, longest, state) => {
    expect(stateOf(waiver, longest, at)).toBe(state);
  });

  test('one with a beginning lasts from there, whenever it is asked for', () => {
    const dated = { ...waiver, from: 2 * DAY };
    expect([0, 2 * DAY, 10 * DAY].map((at) => stateOf(dated, 8 * DAY, at))).toEqual(['early', 'valid', 'expired']);
    expect(stateOf(dated, 7 * DAY, 9 * DAY)).toBe('overlong');
  });
});

describe('what it is for', () => {
  test.each([
    ['prod/bastion:22/tcp', true],
    ['prod/bastion:22', true],
    ['bastion:22', true],
    ['bastion:22/tcp', true],
    ['prod/*', true],
    ['*:22/tcp', true],
    ['prod/bastion:2', false],
    ['bastion:22/udp', false],
    ['dev/bastion:22/tcp', false],
    ['astion:22', false],
  ])('%s: %s', (listener, meant) => {
    expect(isMeant({ listener, sources: null }, { target: 'prod/bastion:22/tcp', sources: null })).toBe(meant);
  });

  test('a workload without a namespace', () => {
    const target = 'db:5432/tcp';
    expect(
      ['db:5432/tcp', 'db:5432', 'db:*'].every((listener) =>
        isMeant({ listener, sources: null }, { target, sources: null }),
      ),
    ).toBe(true);
    expect(isMeant({ listener: '5432', sources: null }, { target, sources: null })).toBe(false);
  });

  test('only while all that may call are among those that it names', () => {
    const office = { listener: null, sources: addresses('203.0.113.0/24') };
    const covers = (...callers: readonly string[]) => isMeant(office, { target: 'a:22/tcp', sources: callers });
    expect([
      covers('203.0.113.7/32'),
      covers('203.0.113.0/24'),
      covers('203.0.112.0/23'),
      covers('203.0.113.0/25', '198.51.100.1/32'),
    ]).toEqual([true, true, false, false]);
    expect(isMeant(office, { target: 'a:22/tcp', sources: null })).toBe(false);
  });
});
