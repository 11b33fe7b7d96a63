import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Requirement } from '../fragment.ts';
import { bitSpace, hasBit, numbersOf } from './bits.ts';
import { labelIndex } from './label-index.ts';
import type { Labelled } from './relation.ts';

const keys = ['a', 'b', 'c'];
const values = ['x', 'y'];
const thing: fc.Arbitrary<Labelled> = fc.record({
  labels: fc
    .dictionary(fc.constantFrom(...keys), fc.constantFrom(...values))
    .map((pairs) => new Map(Object.entries(pairs))),
  open: fc.boolean(),
});
const requirement: fc.Arbitrary<Requirement> = fc.record({
  key: fc.constantFrom(...keys),
  operator: fc.constantFrom('in', 'not-in', 'exists', 'absent'),
  values: fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }),
});

/** Labels that a thing may have: those it has, and each way of filling in those that nobody knows. */
function* completions({ labels, open }: Labelled): Generator<ReadonlyMap<string, string>> {
  const missing = open ? keys.filter((key) => !labels.has(key)) : [];
  const ways = values.length + 2;
  for (let turn = 0; turn < ways ** missing.length; turn++) {
    const filled = new Map(labels);
    for (const [i, key] of missing.entries()) {
      const choice = Math.floor(turn / ways ** i) % ways;
      if (choice > 0) filled.set(key, [...values, 'another'][choice - 1] as string);
    }
    yield filled;
  }
}

function meets(labels: ReadonlyMap<string, string>, { key, operator, values: asked }: Requirement): boolean {
  const value = labels.get(key);
  if (operator === 'exists') return value !== undefined;
  if (operator === 'absent') return value === undefined;
  if (operator === 'in') return value !== undefined && asked.includes(value);
  return value === undefined || !asked.includes(value);
}

test('each requirement is met as by looking at every thing, and every label that it may have (R8)', () => {
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 40 }), requirement, fc.nat(40), fc.nat(40), (things, one, a, b) => {
      const space = bitSpace(things.length);
      const [from, to] = [Math.min(a, b, things.length), Math.min(Math.max(a, b), things.length)];
      const { must, may } = labelIndex(space, things, new Set(keys))([one], from, to);
      for (const [number, each] of things.entries()) {
        const met = [...completions(each)].map((labels) => meets(labels, one));
        const inside = from <= number && number < to;
        expect(hasBit(must, number), 'must').toBe(inside && met.every(Boolean));
        expect(hasBit(may, number), 'may').toBe(inside && met.some(Boolean));
      }
    }),
  );
});

test('several requirements are met together', () => {
  fc.assert(
    fc.property(fc.array(thing, { maxLength: 20 }), fc.array(requirement, { maxLength: 3 }), (things, asked) => {
      const space = bitSpace(things.length);
      const index = labelIndex(space, things, new Set(keys));
      const { must, may } = index(asked, 0, things.length);
      const closed = things.flatMap((each, number) =>
        !each.open && asked.every((one) => meets(each.labels, one)) ? [number] : [],
      );
      expect([...numbersOf(must)].filter((number) => !things[number]?.open)).toEqual(closed);
      expect(space.isEmpty(space.subtract(must, may))).toBe(true);
    }),
  );
});

test('fifty thousand values, or requirements, are looked up one by one', () => {
  const things = Array.from({ length: 5_000 }, (_, i) => ({ labels: new Map([['app', `a${i}`]]), open: false }));
  const space = bitSpace(things.length);
  const index = labelIndex(space, things, new Set(['app', 'other']));
  const many = Array.from({ length: 50_000 }, (_, i) => `a${i * 2}`);
  const start = performance.now();
  expect([...numbersOf(index([{ key: 'app', operator: 'in', values: many }], 0, 5_000).must)]).toHaveLength(2_500);
  const absent = Array.from({ length: 50_000 }, () => ({ key: 'other', operator: 'absent', values: [] }) as const);
  expect([...numbersOf(index(absent, 0, 5_000).must)]).toHaveLength(5_000);
  expect(performance.now() - start).toBeLessThan(2_000);
});
