/**
 * Who is let out to a class, for all callers at once: the decision of every caller's guards turned round, so that the sets
 * are of callers and the far end is fixed (§4.2). Grants that speak of the same classes are one row, found by these.
 */
import { append } from '../../source/multimap.ts';
import type { GrantFact } from '../fragment.ts';
import { ascending, countUpTo } from '../sets/intervals.ts';
import { containsPlace } from '../sets/port-set.ts';
import type { Guard } from '../vocabulary.ts';
import { type BitSpace, type Bits, countBits, hasBit, type KnownBits, numbersOf } from './bits.ts';
import { cutsOf } from './columns.ts';
import { type Asked, admittedBy, type Step, type Tier } from './decision.ts';
import type { KnownClass } from './guarded-classes.ts';
import type { AskedPorts, AskedPortTable, PortOwner } from './ports.ts';
import { type Ranked, ranked } from './profiles.ts';
import type { ReadyGuard } from './ready-guards.ts';
import type { Bounds } from './relation.ts';

/** Who is let out to a class. */
export interface LetOut {
  /** Where on the line of ports the answer may change, ascending. */
  readonly cuts: readonly number[];
  callers(place: number): Bounds<KnownBits>;
}

/** What allows or denies as one: a guard, or all guards of a tier that are asked together and surely apply. */
interface Holder {
  readonly guard: Guard | null;
  readonly applies: Bounds<Bits>;
}

/** A grant of one guard, or all grants of a holder that speak of the same classes. */
interface Row {
  readonly holder: Holder;
  readonly verdict: GrantFact['verdict'];
  readonly grant: GrantFact | null;
  readonly peers: Bounds<KnownBits>;
  readonly entries: readonly Entry[];
}

/** Ports, and whom of a holder's callers they are open to. */
interface Entry {
  readonly ports: AskedPorts;
  readonly callers: Bits;
}

/** Whom a row lets out at each place on the line of ports. */
interface Opening {
  readonly cuts: readonly number[];
  at(place: number): Bounds<Bits>;
}

/** @param size how many classes there are */
export function egressIndex(
  space: BitSpace,
  size: number,
  guards: readonly ReadyGuard[],
  ports: AskedPortTable,
): (to: KnownClass) => LetOut {
  const rows: Row[] = [];
  const tiers = ranked(guards, (ready) => ready, 'egress').map((tier) => holdersOf(space, tier, rows));
  const near: number[][] = [];
  const wide: number[] = [];
  for (const [number, { peers: spoken }] of rows.entries()) {
    // A row that speaks of many classes is looked at for each of them instead of being listed with each.
    if (countBits(spoken.may) > 64 + size / 16) wide.push(number);
    else {
      for (const index of numbersOf(spoken.may)) {
        near[index] ??= [];
        near[index].push(number);
      }
    }
  }
  const openings = openingTable(space, rows, ports);
  const views = new Map<string, LetOut>();
  const ofClass: LetOut[] = [];
  return (to) => {
    const { index } = to.class;
    let found = ofClass[index];
    if (!found) {
      const speaking = wide.filter((number) => hasBit((rows[number] as Row).peers.may, index));
      const numbers = ascending([...(near[index] ?? []), ...speaking]);
      const marked = numbers.map((number) => (hasBit((rows[number] as Row).peers.must, index) ? number : ~number));
      const key = `${to.machine ?? ''} ${marked.join()} ${to.named.key}`;
      found = views.get(key);
      if (!found) {
        const open = numbers.map((number, i) => {
          const sure = (marked[i] as number) >= 0;
          return { row: rows[number] as Row, sure, opening: openings(number, to.named) };
        });
        found = viewOf(space, tiers, open, to.machine);
        views.set(key, found);
      }
      ofClass[index] = found;
    }
    return found;
  };
}

/** A row that speaks of a class, and whether it surely does. */
interface Speaking {
  readonly row: Row;
  readonly sure: boolean;
  readonly opening: Opening;
}

function viewOf(
  space: BitSpace,
  tiers: readonly Ranked<Holder>[],
  speaking: readonly Speaking[],
  machine: KnownClass['machine'],
): LetOut {
  const byHolder = new Map<Holder, Speaking[]>();
  for (const each of speaking) append(byHolder, each.row.holder, each);
  const asked =
    (place: number) =>
    (holder: Holder): Asked<Bits> => {
      const steps: Step<Bits>[] = [];
      for (const { row, sure, opening } of byHolder.get(holder) ?? []) {
        const match = opening.at(place);
        if (match.may === space.none) continue;
        const { verdict, grant } = row;
        steps.push({ verdict, grant, match: sure ? match : { must: space.none, may: match.may } });
      }
      return { guard: holder.guard, applies: holder.applies, steps };
    };
  const some = (holders: readonly Holder[]) => holders.filter((holder) => byHolder.has(holder));
  // Those that are asked together always have a say, because they isolate.
  const ranks = tiers.map(({ layer, inOrder, anywhere, together }) => ({
    layer,
    inOrder: inOrder.map(some).filter((equals) => equals.length > 0),
    anywhere: some(anywhere),
    together,
  }));
  const cuts = ascending(speaking.flatMap(({ opening }) => opening.cuts));
  const known = new Array<Bounds<KnownBits> | undefined>(cuts.length + 1);
  return {
    cuts,
    callers(place) {
      const atom = countUpTo(cuts, place);
      let found = known[atom];
      if (!found) {
        const ask = asked(place);
        const { must, may } = admittedBy(
          space,
          ranks.map(
            ({ layer, inOrder, anywhere, together }): Tier<Bits> => ({
              layer,
              inOrder: inOrder.map((equals) => equals.map(ask)),
              anywhere: anywhere.map(ask),
              together: together.map(ask),
            }),
          ),
        );
        // What runs on the machine of a caller is reached past its guards (R16).
        const sure = machine === 'every' ? space.all : space.known(must);
        found = { must: sure, may: machine ? space.all : must === may ? sure : space.known(may) };
        known[atom] = found;
      }
      return found;
    },
  };
}

/** The openings of rows, each made once; where a row asks for names of ports, once for those that the far end has. */
function openingTable(
  space: BitSpace,
  rows: readonly Row[],
  ports: AskedPortTable,
): (number: number, owner: KnownClass['named']) => Opening {
  const made = new Map<string, Opening>();
  return (number, owner) => {
    const row = rows[number] as Row;
    const named = row.entries.some((entry) => entry.ports.named.length > 0);
    const key = named ? `${number} ${owner.key}` : `${number}`;
    let opening = made.get(key);
    if (!opening) {
      opening = openingOf(space, row, owner, ports);
      made.set(key, opening);
    }
    return opening;
  };
}

function openingOf(space: BitSpace, { entries }: Row, owner: PortOwner, ports: AskedPortTable): Opening {
  const open = entries.map((entry) => ({ callers: entry.callers, at: ports.at(entry.ports, owner) }));
  const cuts = cutsOf(open.map(({ at }) => at.may));
  const known = new Array<Bounds<Bits> | undefined>(cuts.length + 1);
  return {
    cuts,
    at(place) {
      const atom = countUpTo(cuts, place);
      let found = known[atom];
      if (!found) {
        const letOut = (bound: 'must' | 'may') =>
          space.union(open.flatMap(({ callers, at }) => (containsPlace(at[bound], place) ? [callers] : [])));
        const may = letOut('may');
        found = { must: open.every(({ at }) => at.must === at.may) ? may : letOut('must'), may };
        known[atom] = found;
      }
      return found;
    },
  };
}

/** The holders of a tier; adds their rows in the order in which they are asked. */
function holdersOf(space: BitSpace, tier: Ranked<ReadyGuard>, rows: Row[]): Ranked<Holder> {
  const single = ({ guard, subject, grants }: ReadyGuard, applies: Bounds<Bits> = subject): Holder => {
    const holder = { guard, applies };
    for (const { grant, classes, ports } of grants.egress ?? []) {
      rows.push({ holder, verdict: grant.verdict, grant, peers: classes, entries: [{ ports, callers: space.all }] });
    }
    return holder;
  };
  const { layer } = tier;
  const inOrder = tier.inOrder.map((equals) => equals.map((ready) => single(ready)));
  const anywhere = tier.anywhere.map((ready) => single(ready));

  const isolated: Bits[] = [];
  const spoken = new Map<string, { peers: Bounds<KnownBits>; open: Map<AskedPorts, Bits[]> }>();
  const unsure: Holder[] = [];
  for (const ready of tier.together) {
    const { must, may } = ready.subject;
    if (must !== may) unsure.push(single(ready, { must: space.none, may: space.subtract(may, must) }));
    if (must === space.none) continue;
    isolated.push(must);
    for (const { classes, ports } of ready.grants.egress ?? []) {
      const key = `${classes.must.id} ${classes.may.id}`;
      let entry = spoken.get(key);
      if (!entry) {
        entry = { peers: classes, open: new Map() };
        spoken.set(key, entry);
      }
      append(entry.open, ports, must);
    }
  }
  if (isolated.length === 0) return { layer, inOrder, anywhere, together: unsure };
  const applies = space.known(space.union(isolated));
  const merged = { guard: null, applies: { must: applies, may: applies } };
  for (const { peers, open } of spoken.values()) {
    const entries = [...open].map(([ports, callers]) => ({ ports, callers: space.known(space.union(callers)) }));
    rows.push({ holder: merged, verdict: 'allow', grant: null, peers, entries });
  }
  return { layer, inOrder, anywhere, together: [merged, ...unsure] };
}
