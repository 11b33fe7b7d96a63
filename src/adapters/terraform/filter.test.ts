import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  ALL_ADDRESSES,
  cidrsOf,
  covers,
  intersect,
  isEmpty,
  parseAddressList,
  subtract,
} from '../../graph/sets/address-set.ts';
import type { Origin } from '../../source/span.ts';
import { unknown } from '../../source/value.ts';
import { both, decided, doorsBehind, type FilterRule, meantBy, perhapsAnybody, unreachedBy } from './filter.ts';

const HERE: Origin = { file: 'main.tf', start: 0, end: 1 };
const because = unknown('nobody says', HERE);
const written = (text: string) => ({ kind: 'written', text, origin: HERE }) as const;
const rule = (verdict: FilterRule['verdict'], ...cidrs: readonly string[]): FilterRule => ({
  verdict,
  meant: meantBy(cidrs.map(written)),
});
const said = (rules: readonly FilterRule[], otherwise: FilterRule['verdict'] = 'deny') => {
  const { must, may } = decided(rules, otherwise, HERE);
  return [cidrsOf(must), cidrsOf(subtract(may, must))];
};

describe('rules in their order', () => {
  test('the first that matches decides', () => {
    expect(said([rule('deny', '10.0.0.0/9'), rule('allow', '10.0.0.0/8')])).toEqual([['10.128.0.0/9'], []]);
    expect(said([rule('allow', '10.0.0.0/8'), rule('deny', '10.0.0.0/9')])).toEqual([['10.0.0.0/8'], []]);
  });

  test('what one allows of whom nobody knows whom it means is possible, and certain where what follows allows it too', () => {
    const hidden: FilterRule = { verdict: 'allow', meant: perhapsAnybody(because) };
    expect(said([rule('allow', '10.0.0.0/8'), hidden])[0]).toEqual(['10.0.0.0/8']);
    expect(said([hidden, rule('allow', '10.0.0.0/8')])[0]).toEqual(['10.0.0.0/8']);
    expect(said([hidden], 'allow')).toEqual([['0.0.0.0/0', '::/0'], []]);
    expect(said([rule('deny', '0.0.0.0/0', '::/0'), hidden])).toEqual([[], []]);
  });

  test('a denial of which nobody knows whom it means denies nobody', () => {
    expect(said([{ verdict: 'deny', meant: perhapsAnybody(because) }], 'allow')[0]).toEqual(['0.0.0.0/0', '::/0']);
  });

  test('agree with each address taken by itself', () => {
    const cidr = fc
      .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
      .map(([end, length]) => `192.0.2.${end}/${length}`);
    const rules = fc.array(fc.tuple(fc.constantFrom('allow', 'deny'), fc.array(cidr, { maxLength: 3 })), {
      maxLength: 6,
    });
    fc.assert(
      fc.property(rules, fc.constantFrom('allow', 'deny'), fc.integer({ min: 0, max: 15 }), (list, otherwise, end) => {
        const one = parseAddressList([`192.0.2.${end}`]).set;
        const first = list.find(([, cidrs]) => covers(parseAddressList(cidrs).set, one));
        const { must } = decided(
          list.map(([verdict, cidrs]) => rule(verdict as 'allow', ...cidrs)),
          otherwise as 'allow',
          HERE,
        );
        expect(isEmpty(intersect(must, one))).toBe((first?.[0] ?? otherwise) === 'deny');
      }),
    );
  });
});

test('two filters both have to let somebody through', () => {
  const outer = decided([rule('allow', '10.0.0.0/8')], 'deny', HERE);
  const inner = decided([rule('allow', '10.1.0.0/16', '192.0.2.0/24')], 'deny', HERE);
  expect(cidrsOf(both(outer, inner)?.must ?? ALL_ADDRESSES)).toEqual(['10.1.0.0/16']);
  expect(both(outer, undefined)).toBe(outer);
});

describe('a door', () => {
  const door = {};
  test('of no filter, and of one that lets everybody through, stays as it is', () => {
    expect(doorsBehind(door, undefined)).toEqual([door]);
    expect(doorsBehind(door, decided([], 'allow', HERE))).toEqual([door]);
  });

  test('is one for whom a filter surely lets through, and one for whom it may', () => {
    const hidden: FilterRule = { verdict: 'allow', meant: { ...meantBy([written('192.0.2.0/24')]), because } };
    const some = { ...hidden, meant: { ...perhapsAnybody(because), may: hidden.meant.may } };
    expect(doorsBehind(door, decided([rule('allow', '10.0.0.0/8'), some], 'deny', HERE))).toEqual([
      { sources: { cidrs: ['10.0.0.0/8'], origin: HERE } },
      { unknown: because, sources: { cidrs: ['192.0.2.0/24'], origin: HERE } },
    ]);
    expect(doorsBehind(door, decided([], 'deny', HERE))).toEqual([{ sources: { cidrs: [], origin: HERE } }]);
  });

  test('is not reached by the internet where every filter lets in somebody alone', () => {
    const shut = decided([], 'deny', HERE);
    expect(unreachedBy([shut])?.because).toBe('its policy lets in nobody');
    expect(unreachedBy([shut, decided([rule('allow', '192.0.2.0/24')], 'deny', HERE)])?.because).toBe(
      'its policy lets in 192.0.2.0/24 alone',
    );
    expect(unreachedBy([shut, undefined])).toBeUndefined();
  });
});
