/**
 * What a profile admits, port by port: the classes and addresses that get in, or the addresses that are got at. Ports that
 * none of its grants tells apart are one atom, and each atom is worked out once (§4.2).
 */
import type { Direction } from '../fragment.ts';
import { ascending, countUpTo } from '../sets/intervals.ts';
import { containsPlace, type PortSet } from '../sets/port-set.ts';
import { type BitSpace, type Bits, type KnownBits, knownBounds } from './bits.ts';
import { admittedBy, unionOfBounds } from './decision.ts';
import type { Peers } from './peers.ts';
import type { AskedPortTable, PortOwner } from './ports.ts';
import { asFarAsThere, askable, inTurn, onlyAllows, type Profile } from './profiles.ts';
import type { ReadyGrant } from './ready-guards.ts';
import type { Bounds } from './relation.ts';

/** The far ends that a profile admits, for one owner of port names. */
export interface Columns {
  /** Where on the line of ports the answer may change, ascending. */
  readonly cuts: readonly number[];
  /** The classes that it admits at a place on the line of ports. */
  classes(place: number): Bounds<KnownBits>;
  /** The parts of the address space of its direction. */
  addresses(place: number): Bounds<KnownBits>;
}

/** Makes columns, each once. */
export type ColumnTable = (profile: Profile, direction: Direction, owner: PortOwner) => Columns;

export function columnTable(space: BitSpace, peers: Peers, ports: AskedPortTable): ColumnTable {
  const made = { ingress: new Map<string, Columns>(), egress: new Map<string, Columns>() };
  return (profile, direction, owner) => {
    const key = `${profile.id} ${typeof owner === 'string' ? owner : `/${owner.key}`}`;
    let columns = made[direction].get(key);
    if (!columns) {
      columns = columnsOf(profile, direction, owner, space, peers, ports);
      made[direction].set(key, columns);
    }
    return columns;
  };
}

function columnsOf(
  profile: Profile,
  direction: Direction,
  owner: PortOwner,
  space: BitSpace,
  peers: Peers,
  ports: AskedPortTable,
): Columns {
  const tiers = profile.tiers(direction);
  const open = inTurn(tiers).flatMap(({ ready }) => ready.grants[direction] ?? []);
  const cuts = cutsOf(open.map((each) => ports.at(each.ports, owner).may));
  const allowing = tiers.length > 0 && onlyAllows(profile, direction);
  const admittedAt = (place: number, numbers: BitSpace, matched: (ready: ReadyGrant) => Bounds<Bits>): Bounds<Bits> => {
    const match = (ready: ReadyGrant) => {
      const { must, may } = ports.at(ready.ports, owner);
      if (!containsPlace(may, place)) return null;
      const matching = matched(ready);
      return must === may || containsPlace(must, place) ? matching : { must: numbers.none, may: matching.may };
    };
    if (!allowing) return admittedBy(numbers, askable(numbers, tiers, direction, match));
    // Where all of them allow, and nothing else is asked, what any of them matches is admitted.
    const allowed: Bounds<Bits>[] = [];
    for (const ready of open) {
      const matching = match(ready);
      if (matching) allowed.push(asFarAsThere(numbers, ready.grant, matching));
    }
    return unionOfBounds(numbers, allowed);
  };
  const column = (numbers: BitSpace, matched: (ready: ReadyGrant) => Bounds<Bits>) => {
    const known = new Array<Bounds<KnownBits> | undefined>(cuts.length + 1);
    return (place: number): Bounds<KnownBits> => {
      const atom = countUpTo(cuts, place);
      known[atom] ??= knownBounds(numbers, admittedAt(place, numbers, matched));
      return known[atom];
    };
  };
  return {
    cuts,
    classes: column(space, classesOf),
    addresses: column(peers.parts[direction].space, ({ grant }) => peers.addresses(grant)),
  };
}

function classesOf({ classes }: ReadyGrant): Bounds<KnownBits> {
  return classes;
}

/** Where sets of ports begin, and where they have ended. */
export function cutsOf(sets: readonly PortSet[]): readonly number[] {
  const cuts: number[] = [];
  for (const { bounds } of new Set(sets)) {
    for (let i = 0; i < bounds.length; i += 2) cuts.push(bounds[i] as number, (bounds[i + 1] as number) + 1);
  }
  return ascending(cuts);
}
