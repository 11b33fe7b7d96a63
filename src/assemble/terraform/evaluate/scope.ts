/** What an expression may refer to where it stands. */
import type { Expression, Range } from '../../../parsers/hcl/syntax.ts';
import type { Origin } from '../../../source/span.ts';
import type { Machine } from './cell.ts';
import type { Datum, UnknownDatum } from './datum.ts';
import type { Fault } from './fault.ts';

/** The module instance around an expression: what the names that are no iterators stand for. */
export interface Home {
  readonly machine: Machine;
  /** `var.name`, `local.name`, `module.name`; `at` is the reference. */
  variable(name: string, at: Origin): Datum;
  local(name: string, at: Origin): Datum;
  call(name: string, at: Origin): Datum;
  /** `type.name`, `data.type.name`, `ephemeral.type.name`. */
  resource(mode: 'managed' | 'data' | 'ephemeral', type: string, name: string, at: Origin): Datum;
  /** `path.module`, `terraform.workspace`. */
  setting(of: 'path' | 'terraform', name: string, at: Origin): Datum;
  /** What a function makes of its arguments, which are expressions of `scope`. */
  invoke(name: string, args: readonly Expression[], expand: boolean, scope: Scope, at: Origin): Datum;
  /** Tells a fault that nothing in the configuration catches; what has it is this then. */
  refuse(fault: Fault): UnknownDatum;
}

/** A name that something around the expression gives: an iterator, `each`, `count`, `self`. */
export interface Binding {
  readonly name: string;
  readonly value: Datum;
  readonly outer: Binding | null;
}

/** Where an expression stands. */
export interface Scope {
  readonly home: Home;
  /** The file that its offsets are in. */
  readonly file: string;
  readonly names: Binding | null;
  /** Within a splat: the item. */
  readonly item: Datum | null;
}

/** Evaluates an expression. Throws Fault. */
export type Evaluate = (expression: Expression, scope: Scope) => Datum;

/** The place of a node. */
export function placeOf(scope: Scope, { start, end }: Range): Origin {
  return { file: scope.file, start, end };
}

/** The scope with a further name in it. */
export function bind(scope: Scope, name: string, value: Datum): Scope {
  return { ...scope, names: { name, value, outer: scope.names } };
}

/** The value that the nearest binding of `name` gives it. */
export function bound({ names }: Scope, name: string): Datum | undefined {
  for (let binding = names; binding; binding = binding.outer) if (binding.name === name) return binding.value;
  return undefined;
}
