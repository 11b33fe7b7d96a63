/** The ports that grants speak of, by number or by the names that the workloads at the far end give them (R11–R13, R28). */
import { counted } from '../../source/counted.ts';
import type { DeclaredPort, GrantPort } from '../fragment.ts';
import { both, combine, either, NUMBERS, onlyFirst } from '../sets/intervals.ts';
import { LAST_PORT, type PortSet, type PortSets, PROTOCOLS } from '../sets/port-set.ts';
import type { Algebra } from './decision.ts';
import type { Bounds } from './relation.ts';

/** What a grant says of ports; equal ones are one object. */
export interface AskedPorts {
  readonly id: number;
  /** Without those that it names. */
  readonly numbered: Bounds<PortSet>;
  /** Ports by name, whose number is each workload's own matter. */
  readonly named: readonly GrantPort[];
}

/** The far end as far as names of ports go: what a workload declares, nothing (addresses), or nobody knows (strangers). */
export type PortOwner = { readonly key: string; readonly declared: readonly DeclaredPort[] } | 'addresses' | 'stranger';

/** The ports of one run. */
export interface AskedPortTable {
  readonly everyPort: PortSet;
  of(ports: readonly GrantPort[]): AskedPorts;
  /** The ports at the far end that are meant. A name that nothing there has means none. */
  at(asked: AskedPorts, owner: PortOwner): Bounds<PortSet>;
}

const NONE: readonly never[] = [];

export function askedPorts(sets: PortSets): AskedPortTable {
  const algebra = portAlgebra(sets);
  const range = (protocol: GrantPort['protocol'], ports: GrantPort['ports']): readonly number[] => {
    if (protocol === 'other') return algebra.none;
    const numbers = typeof ports === 'object' && ports !== null ? ports : { from: 1, to: LAST_PORT };
    if (protocol) return sets.of(protocol, numbers).bounds;
    return algebra.union(PROTOCOLS.map((each) => sets.of(each, numbers).bounds));
  };
  const table = new Map<string | PortSet, AskedPorts>();
  const resolved = new Map<string, Bounds<PortSet>>();
  const everyPort = sets.known(algebra.all);
  const numberedIn = (ports: readonly GrantPort[]): PortSet => {
    if (ports.length === 0) return everyPort;
    const numbered = ports.filter((port) => typeof port.ports !== 'string');
    return sets.known(algebra.union(numbered.map((port) => range(port.protocol, port.ports))));
  };
  return {
    everyPort,
    of(ports) {
      const [only] = ports;
      // By far the most ask for one port: its set says which, where a text would have to be made.
      const single = ports.length === 1 && only && typeof only.ports !== 'string' ? only : null;
      const key = single ? sets.known(range(single.protocol, single.ports)) : ports.map(portKey).join();
      let asked = table.get(key);
      if (!asked) {
        const named = single ? NONE : ports.filter((port) => typeof port.ports === 'string');
        const set = typeof key === 'string' ? numberedIn(ports) : key;
        asked = { id: table.size, numbered: { must: set, may: set }, named };
        table.set(key, asked);
      }
      return asked;
    },
    at(asked, owner) {
      const { numbered, named } = asked;
      if (named.length === 0 || owner === 'addresses') return numbered;
      const key = owner === 'stranger' ? `${asked.id}` : `${asked.id} ${owner.key}`;
      let known = resolved.get(key);
      if (!known) {
        const bounds = named.flatMap((port) =>
          owner === 'stranger'
            ? [range(port.protocol, null)]
            : calledSo(port, owner.declared).map((each) => range(each.protocol, each.ports)),
        );
        const may = sets.known(algebra.union([numbered.must.bounds, ...bounds]));
        known = { must: owner === 'stranger' ? numbered.must : may, may };
        resolved.set(key, known);
      }
      return known;
    },
  };
}

/** The same for ports that ask for the same; names stand behind their length. */
function portKey({ protocol, ports }: GrantPort): string {
  if (typeof ports === 'string') return `${protocol}/${counted(ports)}`;
  return ports === null ? `${protocol}` : `${protocol} ${ports.from}-${ports.to}`;
}

/** The declared ports that a grant means by a name: those of that name, and of its protocol where it has one. */
export function calledSo({ protocol, ports }: GrantPort, declared: readonly DeclaredPort[]): readonly DeclaredPort[] {
  return declared.filter((each) => each.name === ports && (protocol === null || each.protocol === protocol));
}

/** Sets of ports as bounds: only what is kept goes into the table of a run, which forgets nothing. */
export function portAlgebra(sets: PortSets): Algebra<readonly number[]> {
  const all = PROTOCOLS.flatMap((protocol) => sets.of(protocol, { from: 1, to: LAST_PORT }).bounds);
  return {
    none: [],
    all,
    union(list) {
      let left = list;
      while (left.length > 1) {
        const halves: (readonly number[])[] = [];
        for (let i = 0; i < left.length; i += 2) {
          const [a, b] = [left[i] as readonly number[], left[i + 1]];
          halves.push(b === undefined || a === b ? a : combine(NUMBERS, a, b, either));
        }
        left = halves;
      }
      return left[0] ?? [];
    },
    intersect: (a, b) => (a === b || b === all ? a : a === all ? b : combine(NUMBERS, a, b, both)),
    subtract: (a, b) => (a === b ? [] : b.length === 0 ? a : combine(NUMBERS, a, b, onlyFirst)),
    isEmpty: (bounds) => bounds.length === 0,
  };
}
