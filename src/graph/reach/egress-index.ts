/**
 * Who is let out to a class, for all callers at once: the decision of every caller's guards turned round, so that the sets
 * are of callers and the far end is fixed (§4.2). Grants are found by the classes that they speak of; those that speak of
 * everybody are worked out once for all of them.
 */
import type { GrantFact } from '../fragment.ts';
import { containsPlace } from '../sets/port-set.ts';
import type { Guard } from '../vocabulary.ts';
import { type BitSpace, type Bits, countBits, hasBit, type KnownBits, numbersOf } from './bits.ts';
import { atomOf, cutsOf } from './columns.ts';
import { type Asked, admittedBy, type Step, type Tier } from './decision.ts';
import type { KnownClass } from './guarded-classes.ts';
import type { Peers } from './peers.ts';
import type { AskedPorts, AskedPortTable } from './ports.ts';
import { grantsOf, type Ranked, ranked } from './profiles.ts';
import type { Bounds } from './relation.ts';
import type { Selecting } from './selectors.ts';

/** Who is let out to a class. */
export interface LetOut {
  /** Where on the line of ports the answer may change, ascending. */
  cuts(): readonly number[];
  callers(place: number): Bounds<KnownBits>;
}

/** What allows or denies as one: a guard, or all guards of a tier that are asked together and surely apply. */
interface Holder {
  readonly guard: Guard | null;
  readonly applies: Bounds<Bits>;
}

/** A grant, or all equal ones of a holder. */
interface Row {
  readonly holder: Holder;
  readonly verdict: GrantFact['verdict'];
  readonly grant: GrantFact | null;
  readonly peers: Bounds<KnownBits>;
  readonly ports: AskedPorts;
  /** Whom it lets out, as far as its holder applies. */
  readonly subjects: Bits;
}

/** Rows that speak of everybody at ports with numbers: the same for every far end. */
interface Everywhere {
  readonly cuts: readonly number[];
  readonly rows: readonly Row[];
  /** What they let out together, by atom. */
  readonly known: Map<number, Bits>;
}

export function egressIndex(
  space: BitSpace,
  classCount: number,
  guards: readonly Guard[],
  select: Selecting,
  peers: Peers,
  ports: AskedPortTable,
): (to: KnownClass) => LetOut {
  const tiers = ranked(guards, (guard) => guard, 'egress').map((tier) => tierRows(space, tier, select, peers, ports));
  const everywhere = new Map<Holder, Everywhere>();
  const spread: Row[] = [];
  const near: number[][] = [];
  const wide: number[] = [];
  for (const { rows, merged } of tiers) {
    const plain = rows.filter(({ holder, peers: { must }, ports: { named } }) => {
      return holder === merged && must === space.all && named.length === 0;
    });
    if (merged)
      everywhere.set(merged, { cuts: cutsOf(plain.map((row) => row.ports.numbered)), rows: plain, known: new Map() });
    const others = new Set(plain);
    for (const row of rows) {
      if (others.has(row)) continue;
      const number = spread.push(row) - 1;
      // A row that speaks of many classes is looked at for each of them instead of being listed with each.
      if (countBits(row.peers.may) > 64 + classCount / 16) wide.push(number);
      else {
        for (const index of numbersOf(row.peers.may)) {
          near[index] ??= [];
          near[index].push(number);
        }
      }
    }
  }
  const commonCuts = [...everywhere.values()].flatMap(({ cuts }) => cuts);
  const shared = [...new Set(commonCuts)].sort((a, b) => a - b);

  const views = new Map<string, LetOut>();
  const ofClass: LetOut[] = [];
  return (to) => {
    const { index } = to.class;
    let found = ofClass[index];
    if (!found) {
      const numbers = [
        ...(near[index] ?? []),
        ...wide.filter((number) => hasBit((spread[number] as Row).peers.may, index)),
      ];
      const marked = numbers.map((number) => (hasBit((spread[number] as Row).peers.must, index) ? number : ~number));
      const key = `${to.machine ?? ''} ${marked.join()} ${to.named.key}`;
      found = views.get(key) ?? viewOf(marked.sort(inOrder), to);
      views.set(key, found);
      ofClass[index] = found;
    }
    return found;
  };

  /** @param numbers those of rows in `spread`, the complement of one that may or may not speak of the class */
  function viewOf(numbers: readonly number[], to: KnownClass): LetOut {
    const opened = new Map<Holder, { row: Row; sure: boolean; ports: ReturnType<AskedPortTable['at']> }[]>();
    for (const number of numbers) {
      const row = spread[number < 0 ? ~number : number] as Row;
      const list = opened.get(row.holder) ?? [];
      list.push({ row, sure: number >= 0, ports: ports.at(row.ports, to.named) });
      opened.set(row.holder, list);
    }
    const own = cutsOf(new Set([...opened.values()].flat().map((each) => each.ports.may)));
    const asked =
      (place: number) =>
      (holder: Holder): Asked<Bits> => {
        const steps: Step<Bits>[] = [];
        const common = everywhere.get(holder);
        if (common) {
          const let_ = letOutEverywhere(space, common, place);
          steps.push({ verdict: 'allow', grant: null, match: { must: let_, may: let_ } });
        }
        for (const { row, sure, ports: at } of opened.get(holder) ?? []) {
          if (!containsPlace(at.may, place)) continue;
          const must = sure && containsPlace(at.must, place) ? row.subjects : space.none;
          steps.push({ verdict: row.verdict, grant: row.grant, match: { must, may: row.subjects } });
        }
        return { guard: holder.guard, applies: holder.applies, steps };
      };
    const known = new Map<number, Bounds<KnownBits>>();
    return {
      cuts: () => (own.length === 0 ? shared : [...new Set([...shared, ...own])].sort((a, b) => a - b)),
      callers(place) {
        const atom = atomOf(shared, place) * (own.length + 1) + atomOf(own, place);
        let found = known.get(atom);
        if (!found) {
          const { must, may } = admittedBy(
            space,
            tiers.map((tier) => speaking(tier, opened, asked(place))),
          );
          // What runs on the machine of a caller is reached past its guards (R16).
          found = {
            must: to.machine === 'every' ? space.all : space.known(must),
            may: to.machine ? space.all : space.known(may),
          };
          known.set(atom, found);
        }
        return found;
      },
    };
  }
}

/** The holders of a tier that say anything; those that are asked together always do, because they isolate. */
function speaking(
  { inOrder, anywhere, together }: Ranked<Holder>,
  opened: ReadonlyMap<Holder, unknown>,
  asked: (holder: Holder) => Asked<Bits>,
): Tier<Bits> {
  const some = (holders: readonly Holder[]) => holders.filter((holder) => opened.has(holder)).map(asked);
  return {
    inOrder: inOrder.map(some).filter((equals) => equals.length > 0),
    anywhere: some(anywhere),
    together: together.map(asked),
  };
}

function letOutEverywhere(space: BitSpace, { cuts, rows, known }: Everywhere, place: number): Bits {
  const atom = atomOf(cuts, place);
  let found = known.get(atom);
  if (!found) {
    found = space.union(rows.flatMap((row) => (containsPlace(row.ports.numbered, place) ? [row.subjects] : [])));
    known.set(atom, found);
  }
  return found;
}

/** The holders of a tier, and their rows in the order in which they are asked. */
interface TierRows extends Ranked<Holder> {
  /** What stands for all guards that are asked together and surely apply. */
  readonly merged: Holder | null;
  readonly rows: readonly Row[];
}

function tierRows(
  space: BitSpace,
  tier: Ranked<Guard>,
  select: Selecting,
  peers: Peers,
  ports: AskedPortTable,
): TierRows {
  const rows: Row[] = [];
  const single = (guard: Guard, applies: Bounds<Bits> = select(guard.subject)): Holder => {
    const holder = { guard, applies };
    for (const grant of grantsOf(guard, 'egress')) {
      const { verdict } = grant;
      rows.push({
        holder,
        verdict,
        grant,
        peers: peers.classes(grant),
        ports: ports.of(grant.ports),
        subjects: space.all,
      });
    }
    return holder;
  };
  const inOrder = tier.inOrder.map((equals) => equals.map((guard) => single(guard)));
  const anywhere = tier.anywhere.map((guard) => single(guard));

  const isolated: Bits[] = [];
  const equal = new Map<string, { peers: Bounds<KnownBits>; ports: AskedPorts; subjects: Bits[] }>();
  const unsure: Holder[] = [];
  for (const guard of tier.together) {
    const { must, may } = select(guard.subject);
    if (must !== may) unsure.push(single(guard, { must: space.none, may: space.subtract(may, must) }));
    if (space.isEmpty(must)) continue;
    isolated.push(must);
    for (const grant of grantsOf(guard, 'egress')) {
      const spoken = peers.classes(grant);
      const asked = ports.of(grant.ports);
      const key = `${spoken.must.id} ${spoken.may.id} ${asked.id}`;
      const entry = equal.get(key);
      if (entry) entry.subjects.push(must);
      else equal.set(key, { peers: spoken, ports: asked, subjects: [must] });
    }
  }
  const applies = space.known(space.union(isolated));
  const merged = isolated.length === 0 ? null : { guard: null, applies: { must: applies, may: applies } };
  if (merged) {
    for (const { subjects, ...row } of equal.values()) {
      rows.push({ ...row, holder: merged, verdict: 'allow', grant: null, subjects: space.known(space.union(subjects)) });
    }
  }
  return { inOrder, anywhere, together: merged ? [merged, ...unsure] : unsure, merged, rows };
}

/** By the place of the row, however it is marked. */
const inOrder = (a: number, b: number) => (a < 0 ? ~a : a) - (b < 0 ? ~b : b);
