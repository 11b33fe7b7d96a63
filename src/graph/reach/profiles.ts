/** Which guards have a say about a class, in the order in which they are asked (R23, R24); classes with the same guards share them. */
import type { Direction, GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
import { hasBit, type KnownBits, numbersOf } from './bits.ts';
import type { Algebra, Asked, Tier } from './decision.ts';
import type { Bounds } from './relation.ts';
import type { Selecting } from './selectors.ts';

/** A guard, and whether it is sure that it applies. */
export interface Member {
  readonly guard: Guard;
  readonly sure: boolean;
}

/** The guards of one tier that have a say in a direction, as `Tier` has them. */
export interface Ranked<M> {
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
export function profilesOf(guards: readonly Guard[], count: number, select: Selecting): readonly Profile[] {
  const bySubject = new Map<string, { readonly subject: Bounds<KnownBits>; readonly guards: Guard[] }>();
  for (const guard of guards) {
    const subject = select(guard.subject);
    const key = `${subject.must.id} ${subject.may.id}`;
    const entry = bySubject.get(key);
    if (entry) entry.guards.push(guard);
    else bySubject.set(key, { subject, guards: [guard] });
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
      profile = newProfile(
        made.size,
        numbers.flatMap((number): readonly Member[] => {
          const group = groups[number < 0 ? ~number : number];
          return (group?.guards ?? []).map((guard) => ({ guard, sure: number >= 0 }));
        }),
      );
      made.set(key, profile);
    }
    return profile;
  });
}

/** A profile of these guards alone. */
export function profileFor(members: readonly Member[]): Profile {
  return members.length === 0 ? UNGUARDED : newProfile(-1, members);
}

function newProfile(id: number, members: readonly Member[]): Profile {
  let ingress: readonly Ranked<Member>[] | undefined;
  let egress: readonly Ranked<Member>[] | undefined;
  const guardOf = ({ guard }: Member) => guard;
  return {
    id,
    tiers: {
      get ingress() {
        ingress ??= ranked(members, guardOf, 'ingress');
        return ingress;
      },
      get egress() {
        egress ??= ranked(members, guardOf, 'egress');
        return egress;
      },
    },
  };
}

/** The tiers of what has a say in a direction; guards of one tier and priority stay in their order. */
export function ranked<M>(
  members: readonly M[],
  guardOf: (member: M) => Guard,
  direction: Direction,
): readonly Ranked<M>[] {
  const tiers = new Map<number, { ordered: Map<number, M[]>; anywhere: M[]; together: M[] }>();
  for (const member of members) {
    const guard = guardOf(member);
    if (!hasSay(guard, direction)) continue;
    let tier = tiers.get(guard.tier);
    if (!tier) {
      tier = { ordered: new Map(), anywhere: [], together: [] };
      tiers.set(guard.tier, tier);
    }
    if (guard.priority === null) tier.together.push(member);
    else if (typeof guard.priority !== 'number') tier.anywhere.push(member);
    else {
      const equals = tier.ordered.get(guard.priority);
      if (equals) equals.push(member);
      else tier.ordered.set(guard.priority, [member]);
    }
  }
  const ascending = <V>(map: ReadonlyMap<number, V>) => [...map].sort(([a], [b]) => a - b).map(([, value]) => value);
  return ascending(tiers).map(({ ordered, anywhere, together }) => ({
    inOrder: ascending(ordered),
    anywhere,
    together,
  }));
}

/** Whether a guard says anything about a direction: grants of one that it does not isolate are dead without a priority (R3). */
export function hasSay({ priority, isolates, grants }: Guard, direction: Direction): boolean {
  return priority === null ? isolates.includes(direction) : grants.some((grant) => grant.direction === direction);
}

/** The grants of a guard that count in a direction. */
export function grantsOf({ priority, grants }: Guard, direction: Direction): readonly GrantFact[] {
  return grants.filter((grant) => grant.direction === direction && (priority !== null || grant.verdict === 'allow'));
}

/** The tiers of a profile, with what each grant matches; null for nothing at all. */
export function askable<T>(
  algebra: Algebra<T>,
  tiers: readonly Ranked<Member>[],
  direction: Direction,
  match: (grant: GrantFact) => Bounds<T> | null,
): readonly Tier<T>[] {
  const everywhere = { must: algebra.all, may: algebra.all };
  const perhaps = { must: algebra.none, may: algebra.all };
  const ready = ({ guard, sure }: Member): Asked<T> => ({
    guard,
    applies: sure ? everywhere : perhaps,
    steps: grantsOf(guard, direction).flatMap((grant) => {
      const matched = match(grant);
      return matched ? [{ verdict: grant.verdict, grant, match: matched }] : [];
    }),
  });
  return tiers.map(({ inOrder, anywhere, together }) => ({
    inOrder: inOrder.map((equals) => equals.map(ready)),
    anywhere: anywhere.map(ready),
    together: together.map(ready),
  }));
}
