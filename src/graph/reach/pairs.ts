/** What the guards of one end say about one far end: on all ports, or on one. */
import type { Direction } from '../fragment.ts';
import { containsPlace, type PortSet, type PortSets } from '../sets/port-set.ts';
import { type Algebra, admittedBy, type Trace } from './decision.ts';
import type { FarEnd } from './far-end.ts';
import { type AskedPortTable, type PortOwner, portAlgebra } from './ports.ts';
import { askable, type Profile } from './profiles.ts';
import type { Bounds } from './relation.ts';

/** Asks profiles about far ends; `owner` is the end that is called, whose ports are meant whatever leads there (R11). */
export interface Pairs {
  /** The ports that are admitted. */
  ports(profile: Profile, direction: Direction, far: FarEnd, owner: PortOwner): Bounds<PortSet>;
  /** Whether one place on the line of ports is. */
  one(
    profile: Profile,
    direction: Direction,
    far: FarEnd,
    owner: PortOwner,
    place: number,
    trace?: Trace<boolean>,
  ): Bounds<boolean>;
}

const ADMITTED: Bounds<boolean> = { must: true, may: true };

/** One connection: it is in the set, or it is not. */
const ONE: Algebra<boolean> = {
  none: false,
  all: true,
  union: (sets) => sets.includes(true),
  intersect: (a, b) => a && b,
  subtract: (a, b) => a && !b,
  isEmpty: (set) => !set,
};

export function pairs(sets: PortSets, table: AskedPortTable): Pairs {
  const algebra = portAlgebra(sets);
  return {
    ports(profile, direction, far, owner) {
      if (profile.tiers(direction).length === 0) return { must: table.everyPort, may: table.everyPort };
      const tiers = askable(algebra, profile.tiers(direction), direction, (ready) => {
        const meant = far.means(ready);
        if (!meant.may) return null;
        const { must, may } = table.at(ready.ports, owner);
        return { must: meant.must ? must.bounds : algebra.none, may: may.bounds };
      });
      const { must, may } = admittedBy(algebra, tiers);
      return { must: sets.known(must), may: sets.known(may) };
    },
    one(profile, direction, far, owner, place, trace) {
      if (profile.tiers(direction).length === 0) return ADMITTED;
      const tiers = askable(ONE, profile.tiers(direction), direction, (ready) => {
        const { must, may } = table.at(ready.ports, owner);
        if (!containsPlace(may, place)) return null;
        const meant = far.means(ready);
        return meant.may ? { must: meant.must && containsPlace(must, place), may: true } : null;
      });
      return admittedBy(ONE, tiers, trace);
    },
  };
}
