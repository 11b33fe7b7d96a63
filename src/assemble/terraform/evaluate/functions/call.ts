/** How functions are declared and called: what is true of all of them is said here once. */
import type { Origin } from '../../../../source/span.ts';
import type { Reading } from '../../../../source/tree.ts';
import { convert } from '../convert.ts';
import { type Datum, type NumberDatum, type StringDatum, text, type UnknownDatum, withMark } from '../datum.ts';
import { derived } from '../derive.ts';
import { type Budget, Fault, limit, spend, spendText } from '../fault.ts';
import type { Type } from '../types.ts';
import { ANY, NUMBER, STRING } from '../types.ts';
import { holdsSensitive, unknownsIn, weigh } from '../weigh.ts';

/** An argument of a call, evaluated when it is asked for: `try` and `can` ask only for what they need. */
export interface Argument {
  readonly origin: Origin;
  /** Throws the fault that evaluating it ends in, and leaves everything else as it was. */
  value(): Datum;
}

/** What functions see of the world: the files of the scanned tree, and what evaluating may cost. */
export interface FunctionContext {
  readonly budget: Budget;
  /** The folder in which Terraform is run, relative to the root of the tree; empty for the root itself. */
  readonly folder: string;
  /** The files that the tree lists. */
  readonly paths: readonly string[];
  /** A file of the tree. */
  read(path: string): Reading;
  /** Templates are being filled in: they may not name further ones. */
  readonly inTemplate?: boolean;
  /** A template filled in: the text of `file`, or one that the configuration holds where `file` is null. */
  template(source: string, file: string | null, variables: ReadonlyMap<string, Datum>, origin: Origin): Datum;
}

/** One call of a function. */
export interface Call {
  readonly name: string;
  readonly origin: Origin;
  readonly context: FunctionContext;
}

/** A parameter. */
export interface Param {
  readonly type: Type;
  /** Null is a value for it. */
  readonly nullable?: true;
  /** The function itself decides what an unknown argument means. */
  readonly open?: true;
}

/** A function, as the tables hold it. */
export interface Func {
  readonly least: number;
  /** Infinity where the last parameter can be repeated. */
  readonly most: number;
  readonly run: (args: readonly Argument[], call: Call) => Datum;
}

export const TEXT: Param = { type: STRING };
export const COUNT: Param = { type: NUMBER };
/** Any value but null. */
export const VALUE: Param = { type: ANY };
/** Any value, null and unknown ones too. */
export const WHATEVER: Param = { type: ANY, nullable: true, open: true };

/** What a function makes of arguments that are evaluated, converted to its parameters, and not null. */
type Run = (args: readonly Datum[], call: Call) => Datum;

/** How many arguments there may be besides one a parameter. */
interface Arity {
  /** How many of the last parameters may be left out. */
  readonly optional?: number;
  /** A parameter for any number of arguments more. */
  readonly rest?: Param;
}

/**
 * A function of whole values: with anything unknown in an argument its result is unknown, with anything sensitive it is
 * sensitive.
 */
export function whole(params: readonly Param[], run: Run, arity: Arity = {}): Func {
  return declared(params, arity, (args, call) => {
    const unknowns: UnknownDatum[] = [];
    for (const [index, arg] of args.entries()) if (!paramOf(params, arity, index).open) unknownsIn(arg, unknowns);
    const [first] = unknowns;
    const sensitive = args.some(holdsSensitive);
    return withMark(first ? derived(first, unknowns) : run(args, call), sensitive);
  });
}

/**
 * A function that moves the parts of its arguments without looking into them: parts stay unknown or sensitive each by
 * itself, and only what an argument is as a whole makes the result so.
 */
export function moving(params: readonly Param[], run: Run, arity: Arity = {}): Func {
  return declared(params, arity, (args, call) => {
    const unknowns = args.filter(
      (arg, index): arg is UnknownDatum => arg.kind === 'unknown' && !paramOf(params, arity, index).open,
    );
    const [first] = unknowns;
    const sensitive = args.some((arg) => arg.sensitive);
    if (first) return withMark(derived(first, args), sensitive);
    return withMark(run(args, call), sensitive);
  });
}

/** A function that sees its arguments as they are. */
export function own(params: readonly Param[], run: Run, arity: Arity = {}): Func {
  return declared(params, arity, run);
}

function declared(params: readonly Param[], arity: Arity, run: Run): Func {
  return {
    least: params.length - (arity.optional ?? 0),
    most: arity.rest ? Number.POSITIVE_INFINITY : params.length,
    run: (args, call) => {
      const values: Datum[] = [];
      try {
        for (const [index, arg] of args.entries())
          values.push(taken(arg.value(), paramOf(params, arity, index), arg, call));
        return run(values, call);
      } catch (error) {
        throw error instanceof Fault && values.some(holdsSensitive) ? discreet(error, call) : error;
      }
    },
  };
}

/** A fault that does not quote what may be secret. */
function discreet({ origin, code, reason }: Fault, call: Call): Fault {
  return new Fault(`${call.name}() cannot take the sensitive value that it is given`, origin, { code, reason });
}

function paramOf(params: readonly Param[], { rest }: Arity, index: number): Param {
  return params[index] ?? rest ?? WHATEVER;
}

function taken(value: Datum, { type, nullable }: Param, arg: Argument, call: Call): Datum {
  if (value.kind === 'null' && !nullable) return refuse(call, 'is given null', arg.origin);
  if (type.kind !== 'any') return convert(value, type, call.context.budget);
  weigh(value, call.context.budget);
  return value;
}

/** Ends the call: `what` follows the name of the function. */
export function refuse(call: Call, what: string, origin: Origin = call.origin): never {
  throw new Fault(`${call.name}() ${what}`, origin);
}

/** Ends the call at a bound. */
export function refuseSize(call: Call, what: string): never {
  throw limit(`${call.name}() ${what}`, call.origin);
}

/** A text that the function made, at `origin`: paid for before it is kept. */
export function made(value: string, call: Call, origin: Origin = call.origin): StringDatum {
  spendText(call.context.budget, value.length, call.origin);
  return text(value, origin);
}

/** Pays for items about to be made. */
export function paid(count: number, call: Call): void {
  spend(call.context.budget, count, call.origin);
}

/** Pays for text about to be made. */
export function paidText(length: number, call: Call): void {
  spendText(call.context.budget, length, call.origin);
}

/** The string that an argument of a `TEXT` parameter is. */
export function str(datum: Datum | undefined): string {
  return (datum as StringDatum).value;
}

/** The number that an argument of a `COUNT` parameter is. */
export function num(datum: Datum | undefined): number {
  return (datum as NumberDatum).value;
}

/** The whole number that an argument of a `COUNT` parameter is. */
export function integer(datum: Datum | undefined, call: Call): number {
  const value = num(datum);
  if (!Number.isSafeInteger(value)) return refuse(call, 'is given a number that is not whole', datum?.origin);
  return value;
}
