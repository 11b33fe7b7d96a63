/** Whom guards let in to a listener: to its port, or to all ports of its range. */
import type { PortRange, Protocol } from '../fragment.ts';
import { portRanges } from '../sets/port-set.ts';
import type { Bounds, ClassSet, GuardedClass, Relation } from './relation.ts';

/** The classes that get in to a port or a range of ports. */
export interface Entrants {
  /** Equal where the same classes get in. */
  readonly key: string;
  /** How many classes surely get in, and how many may, at most. */
  readonly most: Readonly<Record<keyof Bounds<unknown>, number>>;
  /** The classes that surely get in to some of the ports, or that may; one may come twice. */
  readonly candidates: (bound: keyof Bounds<unknown>) => Iterable<GuardedClass>;
  /** Whether a class surely gets in to every port. */
  readonly surely: (one: GuardedClass) => boolean;
  /** Whether it may get in to one of them. */
  readonly maybe: (one: GuardedClass) => boolean;
  /** Whether there may be classes of which nobody can be sure. */
  readonly unsure: boolean;
  /** A port of the range that tells callers apart, if any does. */
  readonly port: number;
}

/** @param ports a port, or a range: what surely gets in there gets in to all of it */
export function entrantsOf(relation: Relation, to: GuardedClass, protocol: Protocol, ports: PortRange): Entrants {
  if (ports.from === ports.to) {
    const { must, may } = relation.callers(to, protocol, ports.from);
    return {
      key: `${must.id} ${may.id}`,
      most: { must: must.size, may: may.size },
      candidates: (bound) => (bound === 'must' ? must : may),
      surely: (one) => must.has(one),
      maybe: (one) => may.has(one),
      unsure: must.id !== may.id,
      port: ports.from,
    };
  }
  const parts = partsOf(relation, to, protocol, ports);
  const covered = coversAll(parts, ports);
  return {
    key: parts.map(({ from, classes }) => `${from} ${classes.must.id} ${classes.may.id}`).join(','),
    most: {
      must: parts[0]?.classes.must.size ?? 0,
      may: parts.reduce((sum, { classes }) => sum + classes.may.size, 0),
    },
    candidates: function* (bound) {
      // Who surely gets in to all ports gets in to those of the first part.
      for (const { classes } of bound === 'must' ? parts.slice(0, 1) : parts) yield* classes[bound];
    },
    surely: (one) => covered && parts.every(({ classes }) => classes.must.has(one)),
    maybe: (one) => parts.some(({ classes }) => classes.may.has(one)),
    unsure:
      parts.length > 0 && !(covered && parts.every(({ classes }) => classes.must.id === parts[0]?.classes.may.id)),
    port: parts[0]?.from ?? ports.from,
  };
}

interface Part extends PortRange {
  readonly classes: Bounds<ClassSet>;
}

/** The parts of a range that are told apart, in order; none for ports that nobody may get to. */
function partsOf(relation: Relation, to: GuardedClass, protocol: Protocol, ports: PortRange): readonly Part[] {
  const { sets } = relation;
  const wanted = sets.of(protocol, ports);
  return relation
    .reachedBy(to)
    .flatMap(({ ports: part, classes }) =>
      portRanges(sets.intersect(part, wanted)).map((range) => ({ ...range.ports, classes })),
    )
    .sort((a, b) => a.from - b.from);
}

function coversAll(parts: readonly Part[], { from, to }: PortRange): boolean {
  return parts.reduce((count, part) => count + part.to - part.from + 1, 0) === to - from + 1;
}
