import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Algebra, type Asked, admittedBy, type Step, type Tier } from './decision.ts';
import type { Bounds } from './relation.ts';

/** Sets of the points 0 to 3 as bits. */
const POINTS = 4;
const algebra: Algebra<number> = {
  none: 0,
  all: (1 << POINTS) - 1,
  union: (sets) => sets.reduce((a, b) => a | b, 0),
  intersect: (a, b) => a & b,
  subtract: (a, b) => a & ~b,
  isEmpty: (set) => set === 0,
};

type Verdict = Step<number>['verdict'];
type Answer = 'allow' | 'deny';

/** What one guard says of one point, however the unknowns turn out; null where it says nothing. */
function saidOf({ applies, steps }: Asked<number>, bit: number, isolates: boolean): ReadonlySet<Verdict | null> {
  const said = new Set<Verdict | null>();
  const has = (set: number) => (set & bit) !== 0;
  if (!has(applies.must)) said.add(null);
  if (!has(applies.may)) return said;
  // Each step that may match either does or not.
  const unsure = steps.filter(({ match }) => has(match.may) && !has(match.must));
  for (let turn = 0; turn < 1 << unsure.length; turn++) {
    const first = steps.find(
      (step) => has(step.match.must) || (turn >> unsure.indexOf(step)) & 1 & Number(unsure.includes(step)),
    );
    said.add(first?.verdict ?? (isolates ? 'deny' : null));
  }
  return said;
}

/** All orders of a list. */
function orders<T>(list: readonly T[]): readonly (readonly T[])[] {
  if (list.length < 2) return [list];
  return list.flatMap((one, i) => orders([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]));
}

/** What guards in one order may say; null where the rest of the tier is to be asked. */
function inOneOrder(guards: readonly ReadonlySet<Verdict | null>[]): ReadonlySet<Verdict | null> {
  let open = true;
  const said = new Set<Verdict | null>();
  for (const each of guards) {
    if (!open) break;
    for (const verdict of each) if (verdict !== null) said.add(verdict);
    open = each.has(null);
  }
  if (open) said.add(null);
  return said;
}

/** What comes of all layers: every one of them admits, or one of them denies. */
function answers(tiers: readonly Tier<number>[], bit: number): ReadonlySet<Answer> {
  const layers = [0, 1].map((layer) =>
    answersOfLayer(
      tiers.filter((tier) => tier.layer === layer),
      bit,
    ),
  );
  const found = new Set<Answer>();
  if (layers.every((each) => each.has('allow'))) found.add('allow');
  if (layers.some((each) => each.has('deny'))) found.add('deny');
  return found;
}

function answersOfLayer(tiers: readonly Tier<number>[], bit: number): ReadonlySet<Answer> {
  const found = new Set<Answer>();
  for (const { inOrder, anywhere, together } of tiers) {
    // Every place that guards of unknown priority can have among the others, whose equals can stand in any order.
    const known = inOrder.reduce<readonly (readonly Asked<number>[])[]>(
      (before, equals) => before.flatMap((list) => orders(equals).map((order) => [...list, ...order])),
      [[]],
    );
    const all = anywhere.reduce(
      (before, one) =>
        before.flatMap((list) => [...list, null].map((_, i) => [...list.slice(0, i), one, ...list.slice(i)])),
      known,
    );
    const first = new Set(all.flatMap((list) => [...inOneOrder(list.map((guard) => saidOf(guard, bit, false)))]));
    let open = first.has('pass');
    for (const answer of ['allow', 'deny'] as const) if (first.has(answer)) found.add(answer);
    if (first.has(null)) {
      const choices = together.map((guard) => [...saidOf(guard, bit, true)]);
      const turns = choices.reduce<readonly (readonly (Verdict | null)[])[]>(
        (before, each) => before.flatMap((turn) => each.map((verdict) => [...turn, verdict])),
        [[]],
      );
      for (const turn of turns) {
        if (turn.includes('allow')) found.add('allow');
        else if (turn.includes('deny')) found.add('deny');
        else open = true;
      }
    }
    if (!open) return found;
  }
  return found.add('allow');
}

const set = fc.integer({ min: 0, max: algebra.all });
const sure = set.map((one): Bounds<number> => ({ must: one, may: one }));
const unsure = fc.tuple(set, set).map(([a, b]): Bounds<number> => ({ must: a & b, may: a | b }));
const bounds = fc.oneof(sure, unsure);
const asked = (verdicts: readonly Verdict[]): fc.Arbitrary<Asked<number>> =>
  fc.record({
    guard: fc.constant(null),
    applies: bounds,
    steps: fc.array(fc.record({ grant: fc.constant(null), verdict: fc.constantFrom(...verdicts), match: bounds }), {
      maxLength: 3,
    }),
  });
const tier: fc.Arbitrary<Tier<number>> = fc.record({
  layer: fc.constantFrom(0, 0, 1),
  inOrder: fc.array(fc.array(asked(['allow', 'deny', 'pass']), { minLength: 1, maxLength: 2 }), { maxLength: 2 }),
  anywhere: fc.array(asked(['allow', 'deny', 'pass']), { maxLength: 1 }),
  together: fc.array(asked(['allow']), { maxLength: 3 }),
});

describe('what tiers decide', () => {
  test('is what comes of every way in which the unknowns can turn out', () => {
    fc.assert(
      fc.property(fc.array(tier, { maxLength: 3 }), (any) => {
        const tiers = any.sort((a, b) => a.layer - b.layer);
        const admitted = admittedBy(algebra, tiers);
        for (let point = 0; point < POINTS; point++) {
          const expected = answers(tiers, 1 << point);
          expect((admitted.may >> point) & 1, 'may').toBe(Number(expected.has('allow')));
          expect((admitted.must >> point) & 1, 'must').toBe(Number(!expected.has('deny')));
        }
      }),
      { numRuns: 2_000 },
    );
  });

  test('tells who may decide', () => {
    const all = { must: algebra.all, may: algebra.all };
    const step = (verdict: Verdict, match: number): Step<number> => ({
      verdict,
      grant: null,
      match: { must: match, may: match },
    });
    const guard = (...steps: Step<number>[]): Asked<number> => ({ guard: null, applies: all, steps });
    const told: string[] = [];
    const [first, second] = [guard(step('deny', 1), step('pass', 2), step('allow', 3)), guard(step('allow', 4))];
    admittedBy(algebra, [{ layer: 0, inOrder: [[first]], anywhere: [], together: [second] }], (by, at, verdict) => {
      const number = at ? by.steps.indexOf(at) : 'isolates';
      told.push(`${by.steps === first.steps ? 'first' : 'second'} ${number} ${verdict}`);
    });
    expect(told).toEqual(['first 0 deny', 'first 1 pass', 'second 0 allow', 'second isolates deny']);
  });
});
