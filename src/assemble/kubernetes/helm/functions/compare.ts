/** Comparisons and truth. */
import { bool, type Datum, isTrue, kindName } from '../datum.ts';
import { Fault } from '../fault.ts';
import type { Func } from '../machine.ts';
import { any, fixed, open, variadic } from './arguments.ts';

/** By name. */
export const COMPARING: Readonly<Record<string, Func>> = {
  eq: variadic(2, (args) => bool(args.slice(1).some((other) => equal(any(args, 0), other)))),
  ne: fixed(2, (args) => bool(!equal(any(args, 0), any(args, 1)))),
  lt: fixed(2, (args) => bool(less(any(args, 0), any(args, 1)))),
  le: fixed(2, (args) => bool(less(any(args, 0), any(args, 1)) || equal(any(args, 0), any(args, 1)))),
  gt: fixed(2, (args) => bool(less(any(args, 1), any(args, 0)))),
  ge: fixed(2, (args) => bool(less(any(args, 1), any(args, 0)) || equal(any(args, 1), any(args, 0)))),
  not: open(fixed(1, (args) => bool(!isTrue(any(args, 0))))),
};

/** Go compares what is of one kind; nothing equals nothing, and nothing else. */
function equal(one: Datum, other: Datum): boolean {
  if (one.kind === 'nil' || other.kind === 'nil') return one.kind === other.kind;
  const [left, right] = [scalarOf(one), scalarOf(other)];
  if (left === undefined || one.kind !== other.kind) throw incomparable(one, other);
  return left === right;
}

function less(one: Datum, other: Datum): boolean {
  const [left, right] = [scalarOf(one), scalarOf(other)];
  if (left === undefined || right === undefined || one.kind !== other.kind || one.kind === 'bool') {
    throw incomparable(one, other);
  }
  return left < right;
}

function scalarOf(datum: Datum): string | number | boolean | undefined {
  if (datum.kind === 'text') return datum.text;
  return datum.kind === 'bool' || datum.kind === 'int' || datum.kind === 'float' ? datum.value : undefined;
}

function incomparable(one: Datum, other: Datum): Fault {
  return new Fault(`${kindName(one)} and ${kindName(other)} cannot be compared`);
}
