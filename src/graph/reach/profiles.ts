/** Which guards have a say about a class, in the order in which they are asked (R23, R24); classes with the same guards share them. */
import { append } from '../../source/multimap.ts';
import type { Direction, GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import { hasBit, type KnownBits, numbersOf } from './bits.ts';
import type { Algebra, Asked, Step, Tier } from './decision.ts';
import type { ReadyGrant, ReadyGuard } from './ready-guards.ts';
import type { Bounds } from './relation.ts';

/** A guard, and whether it is sure that it applies. */
export interface Member {
  readonly ready: ReadyGuard;
  readonly sure: boolean;
}

/** The guards of one tier that have a say in a direction, as `Tier` has them. */
export interface Ranked<M> {
  readonly layer: number;
  readonly inOrder: readonly (readonly M[])[];
  readonly anywhere: readonly M[];
  readonly together: readonly M[];
}

/** The guards of classes that nothing but the far end tells apart. */
export interface Profile {
  readonly id: number;
  tiers(direction: Direction): readonly Ranked<Member>[];
}

/** The profile that nothing guards. */
export const UNGUARDED: Profile = { id: 0, tiers: () => [] };

/** The profile of each of `count` classes. */
export function profilesOf(guards: readonly ReadyGuard[], count: number): readonly Profile[] {
  const bySubject = new Map<string, { readonly subject: Bounds<KnownBits>; readonly guards: ReadyGuard[] }>();
  for (const ready of guards) {
    const { subject } = ready;
    const key = `${subject.must.id} ${subject.may.id}`;
    const entry = bySubject.get(key);
    if (entry) entry.guards.push(ready);
    else bySubject.set(key, { subject, guards: [ready] });
  }
  const groups = [...bySubject.values()];
  const ofClass = Array.from({ length: count }, (): number[] => []);
  for (const [number, { subject }] of groups.entries()) {
    for (const index of numbersOf(subject.may)) ofClass[index]?.push(hasBit(subject.must, index) ? number : ~number);
  }
  const made = new Map<string, Profile>([['', UNGUARDED]]);
  return ofClass.map((numbers) => {
    const key = numbers.join();
    let profile = made.get(key);
    if (!profile) {
      const members: Member[] = [];
      for (const number of numbers) {
        const group = groups[number < 0 ? ~number : number];
        for (const ready of group?.guards ?? []) members.push({ ready, sure: number >= 0 });
      }
      profile = profileOf(made.size, members);
      made.set(key, profile);
    }
    return profile;
  });
}

/** The profile of these guards; they stay in their order where their tiers and priorities leave it open. */
export function profileOf(id: number, members: readonly Member[]): Profile {
  const made: { [direction in Direction]?: readonly Ranked<Member>[] } = {};
  return {
    id,
    tiers(direction) {
      made[direction] ??= ranked(members, readyOf, direction);
      return made[direction];
    },
  };
}

const readyOf = ({ ready }: Member) => ready;

const NONE: readonly never[] = [];

/** The tiers of what has a say in a direction. */
export function ranked<M>(
  members: readonly M[],
  readyOf: (member: M) => ReadyGuard,
  direction: Direction,
): readonly Ranked<M>[] {
  const asked = members.filter((member) => readyOf(member).grants[direction]);
  const [first] = asked;
  if (!first) return [];
  const { tier: only, layer = 0 } = readyOf(first).guard;
  const alike = (guard: Guard) => guard.priority === null && guard.tier === only && (guard.layer ?? 0) === layer;
  // Guards without priorities in one tier are by far the most.
  if (asked.every((member) => alike(readyOf(member).guard))) {
    return [{ layer, inOrder: NONE, anywhere: NONE, together: asked }];
  }
  const layers = new Map<number, M[]>();
  for (const member of asked) append(layers, readyOf(member).guard.layer ?? 0, member);
  return [...layers].sort(([a], [b]) => a - b).flatMap(([number, members]) => tiersOf(number, members, readyOf));
}

/** The tiers of one layer. */
function tiersOf<M>(layer: number, members: readonly M[], readyOf: (member: M) => ReadyGuard): readonly Ranked<M>[] {
  const tiers = new Map<number, M[]>();
  for (const member of members) append(tiers, readyOf(member).guard.tier, member);
  return ascending(tiers).map((equals) => ({ layer, ...rankedInTier(equals, readyOf) }));
}

function rankedInTier<M>(members: readonly M[], readyOf: (member: M) => ReadyGuard): Omit<Ranked<M>, 'layer'> {
  const together = members.filter((member) => readyOf(member).guard.priority === null);
  if (together.length === members.length) return { inOrder: NONE, anywhere: NONE, together };
  const ordered = new Map<number, M[]>();
  const anywhere: M[] = [];
  for (const member of members) {
    const { priority } = readyOf(member).guard;
    if (typeof priority === 'number') append(ordered, priority, member);
    else if (priority !== null) anywhere.push(member);
  }
  return { inOrder: ascending(ordered), anywhere, together };
}

function ascending<V>(map: ReadonlyMap<number, V>): readonly V[] {
  if (map.size < 2) return [...map.values()];
  return [...map].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** All of a tier or tiers, in the order in which they are asked. */
export function inTurn<M>(tiers: readonly Ranked<M>[]): readonly M[] {
  const [first] = tiers;
  if (first && tiers.length === 1 && isUnordered(first)) return first.together;
  return tiers.flatMap(({ inOrder, anywhere, together }) => [...inOrder.flat(), ...anywhere, ...together]);
}

/** Whether all of a tier are asked beside each other. */
function isUnordered({ inOrder, anywhere }: Ranked<unknown>): boolean {
  return inOrder.length + anywhere.length === 0;
}

/** Whether the guards of a profile surely hold, only allow, and are asked beside each other. */
export function onlyAllows(profile: Profile, direction: Direction): boolean {
  const tiers = profile.tiers(direction);
  const allows = ({ ready, sure }: Member) =>
    sure && ready.grants[direction]?.every(({ grant }) => grant.verdict === 'allow') === true;
  return tiers.length < 2 && tiers.every((tier) => isUnordered(tier) && tier.together.every(allows));
}

/** What a grant matches: what may not be there matches nothing for certain. */
export function asFarAsThere<T>(algebra: Algebra<T>, { perhaps }: GrantFact, match: Bounds<T>): Bounds<T> {
  return perhaps ? { must: algebra.none, may: match.may } : match;
}

/** The tiers of a profile, with what each grant matches; null for nothing at all. */
export function askable<T>(
  algebra: Algebra<T>,
  tiers: readonly Ranked<Member>[],
  direction: Direction,
  match: (ready: ReadyGrant) => Bounds<T> | null,
): readonly Tier<T>[] {
  const everywhere = { must: algebra.all, may: algebra.all };
  const perhaps = { must: algebra.none, may: algebra.all };
  const asked = ({ ready, sure }: Member): Asked<T> => {
    const steps: Step<T>[] = [];
    for (const each of ready.grants[direction] ?? []) {
      const matched = match(each);
      if (!matched) continue;
      const { grant } = each;
      steps.push({ verdict: grant.verdict, grant, match: asFarAsThere(algebra, grant, matched) });
    }
    return { guard: ready.guard, applies: sure ? everywhere : perhaps, steps };
  };
  return tiers.map(({ layer, inOrder, anywhere, together }) => ({
    layer,
    inOrder: inOrder.map((equals) => equals.map(asked)),
    anywhere: anywhere.map(asked),
    together: together.map(asked),
  }));
}
