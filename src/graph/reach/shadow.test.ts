import { describe, expect, test } from 'vitest';
import type { GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import { grant, guard, ordered } from './guarded.fixture.ts';
import { naiveVerdict } from './naive.fixture.ts';
import { randomCluster } from './random-cluster.fixture.ts';
import { shadowsOf } from './shadow.ts';

/** Which grants of `guards` change nothing, by their places; behind `<` what makes it so. */
function shadowed(...guards: readonly Guard[]): readonly string[] {
  const named = guards.map((each, i) => ({ ...each, name: `g${i}` }));
  const nameOf = (holder: Guard, one: GrantFact) => `${holder.name}.${holder.grants.indexOf(one)}`;
  return [...shadowsOf(named)].map(([one, by]) => {
    const holder = named.find(({ grants }) => grants.includes(one)) as Guard;
    return `${nameOf(holder, one)} < ${by.grant ? nameOf(by.guard, by.grant) : by.guard.name}`;
  });
}

const ingress = (...said: readonly [peers?: readonly string[], ports?: readonly string[]]) => grant('ingress', ...said);

describe('guards that are asked together', () => {
  test('of two grants that say the same the later is needless', () => {
    const same = () => guard('shop app=web', [ingress(['shop app=a'], ['80'])]);
    expect(shadowed(same(), same())).toEqual(['g1.0 < g0.0']);
    const [one, two] = [ingress(['shop app=a'], ['80']), ingress(['shop app=a'], ['80'])];
    expect(shadowed(guard('shop', [one, two]))).toEqual(['g0.1 < g0.0']);
  });

  test.each([
    ['everybody covers somebody', ingress(), ingress(['shop app=a'])],
    ['every port covers one', ingress(['shop app=a']), ingress(['shop app=a'], ['80'])],
    ['every port of a protocol covers one', ingress([], ['tcp']), ingress([], ['80'])],
    ['a range of ports covers its parts', ingress([], ['80-90']), ingress([], ['85'])],
    ['fewer labels cover more', ingress(['shop app=a']), ingress(['shop app=a tier=x'])],
    ['more values cover fewer', ingress(['shop app=a|b']), ingress(['shop app=a'])],
    ['having a label covers one value of it', ingress(['shop app']), ingress(['shop app=a'])],
    ['fewer exclusions cover more', ingress(['shop app!=a']), ingress(['shop app!=a|b'])],
    ['every namespace covers one', ingress(['{} app=a']), ingress(['shop app=a'])],
    ['a wide range covers a narrow one', ingress(['10.0.0.0/8']), ingress(['10.1.0.0/16 -10.1.2.0/24'])],
  ])('%s', (_, wide, narrow) => {
    expect(shadowed(guard('shop', [wide, narrow]))).toEqual(['g0.1 < g0.0']);
    expect(shadowed(guard('shop', [narrow, wide]))).toEqual(['g0.0 < g0.1']);
  });

  test.each([
    ['other ports', ingress([], ['80']), ingress([], ['81'])],
    ['a port by name', ingress([], ['80']), ingress([], ['http'])],
    ['another protocol', ingress([], ['udp']), ingress([], ['80'])],
    ['another namespace', ingress(['shop']), ingress(['bank'])],
    ['namespaces by label', ingress(['{team=a}']), ingress(['shop'])],
    ['addresses and workloads', ingress(['0.0.0.0/0']), ingress(['shop'])],
    ['a hole in the range', ingress(['10.0.0.0/8 -10.1.0.0/16']), ingress(['10.1.2.0/24'])],
    ['what nobody knows', ingress(['?names']), ingress(['?names'])],
  ])('%s cover nothing', (_, one, two) => {
    expect(shadowed(guard('shop', [one, two]))).toEqual([]);
  });

  test('only guards of at least as many workloads cover', () => {
    const all = guard('shop', [ingress(['shop'])]);
    const some = guard('shop app=web', [ingress(['shop'])]);
    expect(shadowed(all, some)).toEqual(['g1.0 < g0.0']);
    expect(shadowed(guard('shop', [ingress(['shop app=a'])]), some)).toEqual([]);
    expect(shadowed(some, guard('bank', [ingress(['shop'])]))).toEqual([]);
  });

  test('a grant in a direction that its guard leaves open changes nothing', () => {
    expect(shadowed(guard('shop', [ingress(), grant('egress')], { isolates: ['ingress'] }))).toEqual(['g0.1 < g0']);
  });
});

describe('guards that are asked in order', () => {
  test('what is decided before is never asked, whatever the answer', () => {
    const one = (priority: number, verdict: 'allow' | 'deny' | 'pass') =>
      ordered(0, priority, '{}', [grant('ingress', ['shop'], [], verdict)]);
    expect(shadowed(one(2, 'allow'), one(1, 'deny'))).toEqual(['g0.0 < g1.0']);
    expect(shadowed(one(1, 'pass'), one(2, 'deny'))).toEqual(['g1.0 < g0.0']);
    expect(shadowed(one(1, 'allow'), one(1, 'deny'))).toEqual([]);
  });

  test('of one guard the first grant that speaks of it', () => {
    const grants = [grant('ingress', [], ['80'], 'deny'), grant('ingress', ['shop'], ['80'])];
    expect(shadowed(ordered(0, 1, '{}', grants))).toEqual(['g0.1 < g0.0']);
    expect(shadowed(ordered(0, 1, '{}', [...grants].reverse()))).toEqual([]);
  });

  test('a tier that passes leaves the next one its say; one that decides does not', () => {
    const first = (verdict: 'deny' | 'pass') => ordered(0, 1, '{}', [grant('ingress', [], [], verdict)]);
    const second = guard('shop', [ingress(['shop'])]);
    expect(shadowed(first('deny'), second)).toEqual(['g1.0 < g0.0']);
    expect(shadowed(first('pass'), second)).toEqual([]);
  });

  test('guards that isolate leave nothing to what is asked last', () => {
    const last = ordered(2, 1, 'shop app=web', [ingress(['shop']), grant('egress')]);
    expect(shadowed(guard('shop', [], { isolates: ['ingress'] }), last)).toEqual(['g1.0 < g0']);
    expect(shadowed(guard('shop app=db', [], { isolates: ['ingress'] }), last)).toEqual([]);
  });
});

test('without what is shadowed every answer stays the same; some that were open are sure then', () => {
  let tried = 0;
  for (let seed = 0; seed < 60; seed++) {
    const { input, asked } = randomCluster(seed, 100);
    for (const needless of [...shadowsOf(input.guards).keys()].slice(0, 3)) {
      tried++;
      const guards = input.guards.map((each) => ({ ...each, grants: each.grants.filter((one) => one !== needless) }));
      for (const { from, to, protocol, port } of asked) {
        const before = naiveVerdict(input, from, to, protocol, port);
        const after = naiveVerdict({ ...input, guards }, from, to, protocol, port);
        if (before !== 'possible') expect(after, `${seed} ${needless.id}`).toBe(before);
      }
    }
  }
  expect(tried).toBeGreaterThan(20);
});

test('thousands of guards of one namespace are compared up to a limit', () => {
  const guards = Array.from({ length: 5000 }, (_, i) => guard('shop', [ingress([`shop app=a${i}`])]));
  expect(shadowsOf(guards).size).toBe(0);
});
