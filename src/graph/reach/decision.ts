/**
 * What tiers of guards decide (R4, R23–R26), over any sets: of classes, addresses or ports, or over one connection. What
 * is unsure is carried along as bounds, and the answer is exact for unsure things that have nothing to do with each other:
 * it says `must` where every way in which the unknowns can turn out admits, `may` where one does.
 */
import type { GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import type { Bounds } from './relation.ts';

/** Sets of one kind, and what is done with them. */
export interface Algebra<T> {
  readonly none: T;
  readonly all: T;
  union(sets: readonly T[]): T;
  intersect(a: T, b: T): T;
  /** What is in `a` and not in `b`. */
  subtract(a: T, b: T): T;
  isEmpty(set: T): boolean;
}

/** One rule of a guard: what it matches, as far as the guard applies. */
export interface Step<T> {
  readonly verdict: GrantFact['verdict'];
  /** What says so; null where several grants stand together. */
  readonly grant: GrantFact | null;
  readonly match: Bounds<T>;
}

/** One guard: where it applies, and its rules in their order. */
export interface Asked<T> {
  /** Null where several stand together. */
  readonly guard: Guard | null;
  readonly applies: Bounds<T>;
  readonly steps: readonly Step<T>[];
}

/** The guards of one tier: first those with a priority, then those that are asked together. */
export interface Tier<T> {
  /** Tiers of one layer are asked one after the other; those of another one have to admit too. */
  readonly layer: number;
  /** By priority; guards of one priority stand together. */
  readonly inOrder: readonly (readonly Asked<T>[])[];
  /** Guards whose priority nobody knows. */
  readonly anywhere: readonly Asked<T>[];
  /** Guards that isolate: what they apply to and none of them allows is denied. */
  readonly together: readonly Asked<T>[];
}

/** Told of each guard and step that may decide something; no step where the guard denies by isolating. */
export type Trace<T> = (asked: Asked<T>, step: Step<T> | null, verdict: GrantFact['verdict']) => void;

/** What the decisions so far allow, deny and pass on; what is in two of them nobody knows. */
interface Outcome<T> {
  readonly allow: T[];
  readonly deny: T[];
  readonly pass: T[];
}

/** What every step is asked with. */
interface Course<T> {
  readonly algebra: Algebra<T>;
  readonly outcome: Outcome<T>;
  readonly trace: Trace<T> | undefined;
}

/**
 * What `tiers` admit, asked in their order; what none of them decides is admitted. Tiers of one layer stand together, and
 * what every layer admits is admitted (R62, R73).
 */
export function admittedBy<T>(algebra: Algebra<T>, tiers: readonly Tier<T>[], trace?: Trace<T>): Bounds<T> {
  const [first, ...others] = layersOf(tiers);
  if (!first) return { must: algebra.all, may: algebra.all };
  let admitted = admittedByLayer(algebra, first, trace);
  for (const layer of others) {
    const { must, may } = admittedByLayer(algebra, layer, trace);
    const sure = admitted.must === admitted.may && must === may;
    const both = algebra.intersect(admitted.may, may);
    admitted = { must: sure ? both : algebra.intersect(admitted.must, must), may: both };
  }
  return admitted;
}

function layersOf<T>(tiers: readonly Tier<T>[]): readonly (readonly Tier<T>[])[] {
  const layers: Tier<T>[][] = [];
  for (const tier of tiers) {
    const last = layers.at(-1);
    if (last?.[0]?.layer === tier.layer) last.push(tier);
    else layers.push([tier]);
  }
  return layers;
}

function admittedByLayer<T>(algebra: Algebra<T>, tiers: readonly Tier<T>[], trace: Trace<T> | undefined): Bounds<T> {
  const outcome: Outcome<T> = { allow: [], deny: [], pass: [] };
  const course: Course<T> = { algebra, outcome, trace };
  let open = algebra.all;
  for (const tier of tiers) {
    if (algebra.isEmpty(open)) break;
    outcome.pass.length = 0;
    const left = askTogether(tier.together, askInOrder(tier, open, course), course);
    open = algebra.union([left, ...outcome.pass]);
  }
  outcome.allow.push(open);
  const may = algebra.union(outcome.allow);
  if (tiers.every(isSure)) return { must: may, may };
  return { must: algebra.subtract(algebra.all, algebra.union(outcome.deny)), may };
}

/** Whether nothing in a tier is unsure, so that what it may admit it admits. */
function isSure<T>({ inOrder, anywhere, together }: Tier<T>): boolean {
  return (
    anywhere.length === 0 &&
    inOrder.every((equals) => equals.length === 1 && equals.every(surelySays)) &&
    together.every(surelySays)
  );
}

function surelySays<T>({ applies, steps }: Asked<T>): boolean {
  return applies.must === applies.may && steps.every(({ match }) => match.must === match.may);
}

/** Asks the guards with a priority; answers what may be left undecided. */
function askInOrder<T>({ inOrder, anywhere }: Tier<T>, open: T, course: Course<T>): T {
  const { algebra } = course;
  let left = open;
  for (const equals of inOrder) {
    if (algebra.isEmpty(left)) break;
    left = askEquals(equals, left, course);
  }
  // A guard of unknown priority may come before all others, or after them.
  return anywhere.length === 0 ? left : algebra.intersect(left, askEquals(anywhere, open, course));
}

/** Asks guards in no order: any of them may be the first (R24). */
function askEquals<T>(equals: readonly Asked<T>[], open: T, { algebra, outcome, trace }: Course<T>): T {
  const decided: T[] = [];
  for (const asked of equals) {
    let left = algebra.intersect(open, asked.applies.may);
    for (const run of runsOf(asked.steps, trace !== undefined)) {
      if (algebra.isEmpty(left)) break;
      const [first] = run as readonly [Step<T>, ...Step<T>[]];
      const match = unionOfBounds(algebra, run.map(matchOf));
      const hit = algebra.intersect(left, match.may);
      if (algebra.isEmpty(hit)) continue;
      outcome[first.verdict].push(hit);
      trace?.(asked, first, first.verdict);
      left = algebra.subtract(left, match.must);
    }
    decided.push(algebra.subtract(asked.applies.must, left));
  }
  return algebra.subtract(open, algebra.union(decided));
}

/** Steps with the same verdict one after the other are as good as one, and cheaper; `apart` leaves each by itself. */
function runsOf<T>(steps: readonly Step<T>[], apart: boolean): readonly (readonly Step<T>[])[] {
  const runs: Step<T>[][] = [];
  for (const step of steps) {
    const last = runs.at(-1);
    if (last && !apart && last[0]?.verdict === step.verdict) last.push(step);
    else runs.push([step]);
  }
  return runs;
}

/** Asks guards that only allow; answers what may be left to the next tier because none of them applies. */
function askTogether<T>(together: readonly Asked<T>[], open: T, { algebra, outcome, trace }: Course<T>): T {
  if (together.length === 0 || algebra.isEmpty(open)) return open;
  const granted = together.map(({ steps }) => unionOfBounds(algebra, steps.map(matchOf)));
  const certain = algebra.union(
    together.map(({ applies }, i) => algebra.intersect(applies.must, (granted[i] as Bounds<T>).must)),
  );
  const isolated = algebra.union(together.map(({ applies }) => applies.must));
  const denied = algebra.subtract(algebra.intersect(open, isolated), certain);
  if (!algebra.isEmpty(denied)) outcome.deny.push(denied);
  for (const [i, asked] of together.entries()) {
    const { applies, steps } = asked;
    const { must, may } = granted[i] as Bounds<T>;
    const here = algebra.intersect(open, applies.may);
    const allowed = algebra.intersect(here, may);
    if (!algebra.isEmpty(allowed)) outcome.allow.push(allowed);
    if (applies.must === applies.may && !trace) continue;
    // Where a guard applies its own grants do too: only what it does not grant is denied by its applying.
    const left = algebra.subtract(algebra.subtract(here, must), certain);
    if (!algebra.isEmpty(left)) outcome.deny.push(left);
    if (!trace) continue;
    for (const step of steps)
      if (!algebra.isEmpty(algebra.intersect(here, step.match.may))) trace(asked, step, 'allow');
    if (!algebra.isEmpty(left)) trace(asked, null, 'deny');
  }
  return algebra.subtract(open, isolated);
}

/** What any of `parts` holds; one set where none of them is unsure. */
export function unionOfBounds<T>(algebra: Algebra<T>, parts: readonly Bounds<T>[]): Bounds<T> {
  if (parts.length === 1) return parts[0] as Bounds<T>;
  const may = algebra.union(parts.map((part) => part.may));
  const sure = parts.every((part) => part.must === part.may);
  return { must: sure ? may : algebra.union(parts.map((part) => part.must)), may };
}

function matchOf<T>({ match }: Step<T>): Bounds<T> {
  return match;
}
