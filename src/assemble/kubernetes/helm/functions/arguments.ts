/** What functions ask of their arguments. A wrong type is a fault, as it is in Go. */
import { type Datum, type Dict, dict, isTrue, kindName, type List, NIL } from '../datum.ts';
import { Fault } from '../fault.ts';
import type { Caller, Func } from '../machine.ts';
import type { Text } from '../text.ts';

/** What a function is called with. */
export type Args = readonly Datum[];
/** What a function makes of its arguments; it throws Fault where they are wrong. */
export type Run = (args: Args, caller: Caller) => Datum;

/** A function of exactly `count` arguments. */
export const fixed = (count: number, run: Run): Func => ({ least: count, most: count, opaque: false, run });

/** A function of `least` arguments or more. */
export const variadic = (least: number, run: Run): Func => ({
  least,
  most: Number.POSITIVE_INFINITY,
  opaque: false,
  run,
});

/** The same function, taking also values that exist only at deployment. */
export const open = (func: Func): Func => ({ ...func, opaque: true });

/** The argument `index`, or nothing. */
export const any = (args: Args, index: number): Datum => args[index] ?? NIL;

/** A text with its places. */
export function text(args: Args, index: number): Text {
  const arg = any(args, index);
  return arg.kind === 'text' ? arg : wanted('a text', arg);
}

/** A text without its places. */
export function string(args: Args, index: number): string {
  return text(args, index).text;
}

/** A whole number: a number of a values file is a float, and none until `int` has made it one. */
export function whole(args: Args, index: number): number {
  const arg = any(args, index);
  return arg.kind === 'int' ? arg.value : wanted('a whole number', arg);
}

/** A truth value. */
export function truth(args: Args, index: number): boolean {
  const arg = any(args, index);
  return arg.kind === 'bool' ? arg.value : wanted('true or false', arg);
}

/** A map; nothing at all is an empty one. */
export function map(args: Args, index: number): Dict {
  const arg = any(args, index);
  return arg.kind === 'dict' ? arg : arg.kind === 'nil' ? dict() : wanted('a map', arg);
}

/** A list. */
export function sequence(args: Args, index: number): List {
  const arg = any(args, index);
  return arg.kind === 'list' ? arg : wanted('a list', arg);
}

/** What has fields of its own, as a map has. */
export function slotsOf(datum: Datum): ReadonlyMap<string, { readonly value: Datum }> | undefined {
  if (datum.kind === 'dict') return datum.slots;
  return datum.kind === 'struct' ? datum.slots?.() : undefined;
}

/** Whether sprig takes a value for nothing: as Go's truth has it, except that what is made at deployment is something. */
export function isEmpty(datum: Datum): boolean {
  return datum.kind === 'opaque' ? false : !isTrue(datum);
}

/** Ends the rendering: the argument is of another type. */
export function wanted(what: string, found: Datum): never {
  throw new Fault(`${what} is wanted where ${found.kind === 'nil' ? 'nothing' : kindName(found)} is`);
}

/** The texts of a list, those that are nothing left out; of anything else its own. */
export function textsOf(datum: Datum, show: (item: Datum) => Text): readonly Text[] {
  if (datum.kind === 'nil') return [];
  if (datum.kind !== 'list') return [show(datum)];
  return datum.items.filter(({ kind }) => kind !== 'nil').map(show);
}
