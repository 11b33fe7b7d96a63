/** Which guards have a say about a class, in the order in which they are asked (R23, R24); classes with the same guards share them. */
import { append } from '../../source/multimap.ts';
import type { Direction } from '../fragment.ts';
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
  readonly tiers: Readonly<Record<Direction, readonly Ranked<Member>[]>>;
}

/** The profile that nothing guards. */
export const UNGUARDED: Profile = { id: 0, tiers: { ingress: [], egress: [] } };

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
      const members = numbers.flatMap((number): readonly Member[] => {
        const group = groups[number < 0 ? ~number : number];
        return (group?.guards ?? []).map((ready) => ({ ready, sure: number >= 0 }));
      });
      profile = profileOf(made.size, members);
      made.set(key, profile);
    }
    return profile;
  });
}

/** The profile of these guards; they stay in their order where their tiers and priorities leave it open. */
export function profileOf(id: number, members: readonly Member[]): Profile {
  const readyOf = ({ ready }: Member) => ready;
  let ingress: readonly Ranked<Member>[] | undefined;
  let egress: readonly Ranked<Member>[] | undefined;
  return {
    id,
    tiers: {
      get ingress() {
        ingress ??= ranked(members, readyOf, 'ingress');
        return ingress;
      },
      get egress() {
        egress ??= ranked(members, readyOf, 'egress');
        return egress;
      },
    },
  };
}

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
    return [{ layer, inOrder: [], anywhere: [], together: asked }];
  }
  const layers = new Map<number, M[]>();
  for (const member of asked) append(layers, readyOf(member).guard.layer ?? 0, member);
  return [...layers].sort(([a], [b]) => a - b).flatMap(([number, members]) => tiersOf(number, members, readyOf));
}

/** The tiers of one layer. */
function tiersOf<M>(layer: number, members: readonly M[], readyOf: (member: M) => ReadyGuard): readonly Ranked<M>[] {
  const tiers = new Map<number, { ordered: Map<number, M[]>; anywhere: M[]; together: M[] }>();
  for (const member of members) {
    const { guard } = readyOf(member);
    let tier = tiers.get(guard.tier);
    if (!tier) {
      tier = { ordered: new Map(), anywhere: [], together: [] };
      tiers.set(guard.tier, tier);
    }
    if (guard.priority === null) tier.together.push(member);
    else if (typeof guard.priority === 'number') append(tier.ordered, guard.priority, member);
    else tier.anywhere.push(member);
  }
  return ascending(tiers).map(({ ordered, anywhere, together }) => ({
    layer,
    inOrder: ascending(ordered),
    anywhere,
    together,
  }));
}

function ascending<V>(map: ReadonlyMap<number, V>): readonly V[] {
  return [...map].sort(([a], [b]) => a - b).map(([, value]) => value);
}

/** All of a tier or tiers, in the order in which they are asked. */
export function inTurn<M>(tiers: readonly Ranked<M>[]): readonly M[] {
  return tiers.flatMap(({ inOrder, anywhere, together }) => [...inOrder.flat(), ...anywhere, ...together]);
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
      // What may not be there matches nothing for certain.
      const sure = grant.perhaps ? { must: algebra.none, may: matched.may } : matched;
      steps.push({ verdict: grant.verdict, grant, match: sure });
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
