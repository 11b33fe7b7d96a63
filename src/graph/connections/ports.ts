import type { Relation } from '../reach/relation.ts';
import { type PortSet, portRanges } from '../sets/port-set.ts';
import type { Ports } from './view.ts';

/** A set of ports of the relation as plain data: the same object for the same set. */
export function portsIn(set: PortSet, { everyPort }: Relation): Ports {
  const known = MADE.get(set);
  if (known) return known;
  const made = { all: set === everyPort, ranges: portRanges(set) };
  MADE.set(set, made);
  return made;
}

const MADE = new WeakMap<PortSet, Ports>();
