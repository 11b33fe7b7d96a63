import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readIpv4 } from '../../../../source/ip-address.ts';
import { evaluated } from '../console.fixture.ts';
import type { Datum } from '../datum.ts';

/** A value as plain data. */
function plain(datum: Datum): unknown {
  if ('items' in datum) return datum.items.map(plain);
  return 'value' in datum ? datum.value : null;
}

const answer = (expression: string) => plain(evaluated(expression));
const words = fc.array(fc.stringMatching(/^[a-e]{0,2}$/), { maxLength: 8 });
const list = (values: readonly unknown[]) => JSON.stringify(values);

describe('sets', () => {
  test('what two have in common and what one has alone make up that one', () => {
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [one, other] = [list(a), list(b)];
        expect(answer(`setunion(setintersection(${one}, ${other}), setsubtract(${one}, ${other}))`)).toEqual(
          [...new Set(a)].sort(),
        );
        expect(answer(`setunion(${one}, ${other})`)).toEqual(answer(`setunion(${other}, ${one})`));
        expect(answer(`setunion(${one}, ${other})`)).toEqual(answer(`toset(concat(${one}, ${other}))`));
        expect(answer(`length(setproduct(${one}, ${other}))`)).toBe(a.length * b.length);
      }),
    );
  });

  test('sorting is a matter of the items alone', () => {
    fc.assert(
      fc.property(words, (a) => {
        expect(answer(`sort(${list(a)})`)).toEqual([...a].sort());
        expect(answer(`sort(reverse(sort(${list(a)})))`)).toEqual(answer(`sort(${list(a)})`));
        expect(answer(`distinct(sort(${list(a)}))`)).toEqual(answer(`tolist(toset(${list(a)}))`));
      }),
    );
  });

  test('a list in chunks and flattened again is the list', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 1, max: 9 }), (a, size) => {
        expect(answer(`flatten(chunklist(${list(a)}, ${size}))`)).toEqual(a);
      }),
    );
  });

  test('keys and values zipped are the map', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.stringMatching(/^[a-z]{1,3}$/), fc.integer()), (map) => {
        const source = `jsondecode(${JSON.stringify(JSON.stringify(map))})`;
        expect(answer(`jsonencode(zipmap(keys(${source}), values(${source}))) == jsonencode(${source})`)).toBe(true);
      }),
    );
  });
});

describe('networks', () => {
  const prefix = fc.record({
    parts: fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 4, maxLength: 4 }),
    length: fc.integer({ min: 0, max: 24 }),
  });

  test('the subnets of a prefix lie in it one after the other', () => {
    fc.assert(
      fc.property(prefix, fc.integer({ min: 1, max: 8 }), fc.nat(), (base, bits, seed) => {
        const [cidr, number] = [`${base.parts.join('.')}/${base.length}`, seed % 2 ** bits];
        const subnet = String(answer(`cidrsubnet("${cidr}", ${bits}, ${number})`));
        expect(answer(`cidrcontains("${cidr}", "${subnet}")`)).toBe(true);
        const start = readIpv4(String(answer(`cidrhost("${cidr}", 0)`))) as number;
        const size = 2 ** (32 - base.length - bits);
        expect(readIpv4(subnet.split('/')[0] as string)).toBe(start + number * size);
        expect(subnet.endsWith(`/${base.length + bits}`)).toBe(true);
        if (number > 0) return;
        expect(answer(`cidrsubnets("${cidr}", ${bits}, ${bits})`)).toEqual([
          subnet,
          answer(`cidrsubnet("${cidr}", ${bits}, 1)`),
        ]);
      }),
    );
  });

  test('the last host is the one before the first, from behind', () => {
    fc.assert(
      fc.property(prefix, (base) => {
        const cidr = `${base.parts.join('.')}/${base.length}`;
        expect(answer(`cidrhost("${cidr}", -1)`)).toBe(answer(`cidrhost("${cidr}", ${2 ** (32 - base.length) - 1})`));
      }),
    );
  });
});

describe('texts', () => {
  test('what is joined is split again', () => {
    fc.assert(
      fc.property(fc.array(fc.stringMatching(/^[a-c]*$/), { minLength: 1 }), (a) => {
        expect(answer(`split(",", join(",", ${list(a)}))`)).toEqual(a);
      }),
    );
  });

  test('what is encoded is decoded again', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (any) => {
        // Strings of the language are in Unicode's normal form C.
        const value = any.normalize('NFC');
        const written = `jsondecode(${JSON.stringify(JSON.stringify(value)).replace(/[$%](?=\{)/g, (sign) => sign + sign)})`;
        expect(answer(`base64decode(base64encode(${written}))`)).toBe(value);
        expect(answer(`urldecode(urlencode(${written}))`)).toBe(value);
      }),
    );
  });
});
