/** Calls of functions. */
import type { Expression } from '../../parsers/hcl/syntax.ts';
import type { Origin } from '../../source/span.ts';
import { type Datum, unknownDatum } from './evaluate/datum.ts';
import { refersOf } from './evaluate/derive.ts';
import { evaluate } from './evaluate/expression.ts';
import type { Scope } from './evaluate/scope.ts';
import type { ModuleInstance } from './run.ts';

/** What a function makes of its arguments. */
export function invoke(
  _instance: ModuleInstance,
  name: string,
  args: readonly Expression[],
  _expand: boolean,
  scope: Scope,
  at: Origin,
): Datum {
  const values = args.map((arg) => evaluate(arg, scope));
  return unknownDatum('unmodelled', `the function ${name} is not modelled`, at, refersOf(values));
}
