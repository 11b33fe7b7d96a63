/**
 * What a profile admits, port by port: the classes and addresses that get in, or the addresses that are got at. Ports that
 * none of its grants tells apart are one atom, and each atom is worked out once (§4.2).
 */
import type { Direction, GrantFact } from '../fragment.ts';
import { containsPlace, type PortSet } from '../sets/port-set.ts';
import type { BitSpace, Bits, KnownBits } from './bits.ts';
import { admittedBy } from './decision.ts';
import type { Peers } from './peers.ts';
import type { AskedPortTable, PortOwner } from './ports.ts';
import { askable, grantsOf, type Profile } from './profiles.ts';
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
  const made = new Map<string, Columns>();
  return (profile, direction, owner) => {
    const key = `${direction} ${profile.id} ${keyOf(owner)}`;
    let columns = made.get(key);
    if (!columns) {
      columns = columnsOf(profile, direction, owner, space, peers, ports);
      made.set(key, columns);
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
  const tiers = profile.tiers[direction];
  const opened = new Map<GrantFact, Bounds<PortSet>>();
  for (const { inOrder, anywhere, together } of tiers) {
    for (const { guard } of [...inOrder.flat(), ...anywhere, ...together]) {
      for (const grant of grantsOf(guard, direction)) opened.set(grant, ports.at(ports.of(grant.ports), owner));
    }
  }
  const cuts = cutsOf(new Set([...opened.values()].map(({ may }) => may)));
  const column = (numbers: BitSpace, matched: (grant: GrantFact) => Bounds<Bits>) => {
    const known: Bounds<KnownBits>[] = [];
    return (place: number): Bounds<KnownBits> => {
      const atom = atomOf(cuts, place);
      let found = known[atom];
      if (!found) {
        const asked = askable(numbers, tiers, direction, (grant) => {
          const { must, may } = opened.get(grant) as Bounds<PortSet>;
          if (!containsPlace(may, place)) return null;
          const match = matched(grant);
          return must === may || containsPlace(must, place) ? match : { must: numbers.none, may: match.may };
        });
        const { must, may } = admittedBy(numbers, asked);
        const all = numbers.known(may);
        found = { must: must === may ? all : numbers.known(must), may: all };
        known[atom] = found;
      }
      return found;
    };
  };
  return {
    cuts,
    classes: column(space, peers.classes),
    addresses: column(peers.parts[direction].space, peers.addresses),
  };
}

/** Where sets of ports begin, and where they have ended. */
export function cutsOf(sets: Iterable<PortSet>): readonly number[] {
  const cuts = new Set<number>();
  for (const { bounds } of sets) {
    for (let i = 0; i < bounds.length; i += 2) cuts.add(bounds[i] as number).add((bounds[i + 1] as number) + 1);
  }
  return [...cuts].sort((a, b) => a - b);
}

/** Between which cuts a place is: how many of them are not after it. */
export function atomOf(cuts: readonly number[], place: number): number {
  let low = 0;
  let high = cuts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((cuts[middle] as number) <= place) low = middle + 1;
    else high = middle;
  }
  return low;
}

function keyOf(owner: PortOwner): string {
  return typeof owner === 'string' ? owner : `/${owner.key}`;
}
