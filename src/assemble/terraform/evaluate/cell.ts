/** What is worked out once, when something asks for it: the order in which things are written never matters. */
import type { Origin } from '../../../source/span.ts';
import { type Budget, Fault } from './fault.ts';

/** Something that is worked out at most once: a local value, an output, an attribute, the instances of a block. */
export interface Cell<T> {
  /** What it is called: `module.net.local.cidrs`. */
  readonly name: () => string;
  /** Where it is written. */
  readonly origin: () => Origin;
  readonly compute: () => T;
  /** What it is where computing it ends in a fault. */
  readonly failed: (fault: Fault) => T;
  state: 'idle' | 'running' | 'done';
  value: T | undefined;
  /** It needs itself: that is its value, whatever computing it would say. */
  cycle: Fault | null;
}

/** What the evaluation of one unit shares. */
export interface Machine {
  readonly budget: Budget;
  /** How deep the evaluation stands in expressions and cells. */
  depth: number;
  /** The cells that wait for the one that is computed, outermost first. */
  readonly running: Cell<unknown>[];
}

/** A cell that nothing has asked for yet. */
export function cell<T>(parts: Pick<Cell<T>, 'name' | 'origin' | 'compute' | 'failed'>): Cell<T> {
  return { ...parts, state: 'idle', value: undefined, cycle: null };
}

/** Deeper than this, what a cell needs is computed first, from an empty stack (`settle`). */
const UNWOUND_AT = 400;
/** One cell within another takes as much of the stack as so many levels of an expression. */
const CELL_DEPTH = 6;

/** Not a fault: it ends the computation of every cell around, and only `settle` catches it. */
class TooDeep {
  readonly cell: Cell<unknown>;

  constructor(deep: Cell<unknown>) {
    this.cell = deep;
  }
}

/** The value of a cell, for a computation that another cell waits for. */
export function demand<T>(machine: Machine, asked: Cell<T>): T {
  if (asked.state === 'done') return asked.value as T;
  if (asked.state === 'running') throw cycleOf(machine.running.slice(machine.running.lastIndexOf(asked)));
  if (!asked.cycle && machine.depth > UNWOUND_AT) throw new TooDeep(asked);
  const { depth } = machine;
  const found = asked.cycle ?? computed(machine, asked);
  machine.depth = depth;
  asked.value = found instanceof Fault ? asked.failed(found) : (found as T);
  asked.state = 'done';
  return asked.value;
}

function computed<T>(machine: Machine, asked: Cell<T>): T | Fault {
  const { depth } = machine;
  asked.state = 'running';
  machine.running.push(asked);
  machine.depth += CELL_DEPTH;
  try {
    const value = asked.compute();
    return asked.cycle ?? value;
  } catch (error) {
    if (error instanceof Fault) return asked.cycle ?? error;
    asked.state = 'idle';
    machine.depth = depth;
    throw error;
  } finally {
    machine.running.pop();
  }
}

/**
 * The value of a cell, for the one who goes through a unit. Chains of any length end: what stands too deep for the stack
 * is computed first, and the cells that waited for it again.
 */
export function settle<T>(machine: Machine, asked: Cell<T>): T {
  const waiting: Cell<unknown>[] = [asked];
  const known = new Set(waiting);
  for (;;) {
    const next = waiting.at(-1) as Cell<unknown>;
    try {
      demand(machine, next);
      waiting.pop();
      known.delete(next);
      if (waiting.length === 0) return asked.value as T;
    } catch (error) {
      if (!(error instanceof TooDeep)) throw error;
      if (known.has(error.cell)) cycleOf(waiting.slice(waiting.indexOf(error.cell)));
      else waiting.push(error.cell);
      known.add(error.cell);
    }
  }
}

/** The longest chain that a message shows; whoever reads it finds the rest. */
const SHOWN = 12;

/** Marks cells that need each other in a circle. The fault is the same wherever the circle was entered. */
function cycleOf(members: readonly Cell<unknown>[]): Fault {
  const names = members.map((member) => member.name());
  const first = names.indexOf(names.toSorted()[0] as string);
  const chain = [...names.slice(first), ...names.slice(0, first + 1)];
  const shown = chain.length > SHOWN ? [...chain.slice(0, SHOWN), '…', chain[0]] : chain;
  const origin = (members[first] as Cell<unknown>).origin();
  const fault = new Fault(`${names[first]} needs itself: ${shown.join(' → ')}`, origin, { code: 'reference-cycle' });
  for (const member of members) member.cycle ??= fault;
  return fault;
}
