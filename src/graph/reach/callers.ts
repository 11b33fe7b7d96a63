/** Who gets to a class: whom its own guards let in, of those whom theirs let out (R5). */
import { type BitSpace, countBits, hasBit, type KnownBits, numbersOf } from './bits.ts';
import type { Columns } from './columns.ts';
import type { LetOut } from './egress-index.ts';
import type { KnownClass } from './guarded-classes.ts';
import type { Bounds, ClassSet, GuardedClass } from './relation.ts';

/** The classes that get to `to` at a place on the line of ports. */
export type CallersAt = (to: KnownClass, place: number) => Bounds<KnownBits>;

export function callersAt(
  space: BitSpace,
  classes: readonly KnownClass[],
  letIn: (to: KnownClass) => Columns,
  letOut: (to: KnownClass) => LetOut,
): CallersAt {
  const machines = (every: boolean) => {
    const beside = classes.filter(({ machine }) => machine === 'every' || (machine === 'one' && !every));
    return space.known(space.of(beside.map((each) => each.class.index)));
  };
  // What runs on the machine of a workload gets in whatever guards say (R16).
  const beside = { must: machines(true), may: machines(false) };
  const both = remembered((a, b) => space.known(space.intersect(a, b)));
  const either = remembered((a, b) => space.known(space.union([a, b])));
  return (to, place) => {
    const into = letIn(to).classes(place);
    const out = letOut(to).callers(place);
    const may = both(either(into.may, beside.may), out.may);
    const sure = into.must === into.may && out.must === out.may && beside.must === beside.may;
    return { must: sure ? may : both(either(into.must, beside.must), out.must), may };
  };
}

type Operation = (a: KnownBits, b: KnownBits) => KnownBits;

/** An operation of which a set with itself is the set. */
function remembered(operation: Operation): Operation {
  const results = new Map<number, KnownBits>();
  return (a, b) => {
    if (a === b) return a;
    const key = a.id * 0x400_0000 + b.id;
    let found = results.get(key);
    if (!found) {
      found = operation(a, b);
      results.set(key, found);
    }
    return found;
  };
}

/** Sets of classes as others see them, each one object. */
export function classSets(classes: readonly GuardedClass[]): (bits: KnownBits) => ClassSet {
  const made = new Map<number, ClassSet>();
  return (bits) => {
    let set = made.get(bits.id);
    if (!set) {
      set = {
        id: bits.id,
        size: countBits(bits),
        has: ({ index }) => hasBit(bits, index),
        *[Symbol.iterator]() {
          for (const index of numbersOf(bits)) yield classes[index] as GuardedClass;
        },
      };
      made.set(bits.id, set);
    }
    return set;
  };
}
