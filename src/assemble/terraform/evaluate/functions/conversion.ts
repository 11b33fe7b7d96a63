/** Functions of types, marks and failures (website/docs/language/functions: "Type Conversion Functions"). */

import { convert } from '../convert.ts';
import { bool, type Datum, withMark } from '../datum.ts';
import { derived } from '../derive.ts';
import { Fault } from '../fault.ts';
import { ANY, BOOL, listOf, mapOf, NUMBER, STRING, setOf, type Type } from '../types.ts';
import { unknownsIn } from '../weigh.ts';
import { type Argument, type Call, type Func, own, refuse, WHATEVER } from './call.ts';

/** By name. A value that is converted, marked or tried keeps its place. */
export const CONVERSIONS: Readonly<Record<string, Func>> = {
  tostring: conversion(STRING),
  tonumber: conversion(NUMBER),
  tobool: conversion(BOOL),
  tolist: conversion(listOf(ANY)),
  toset: conversion(setOf(ANY)),
  tomap: conversion(mapOf(ANY)),
  sensitive: own([WHATEVER], ([value]) => withMark(value as Datum, true)),
  nonsensitive: own([WHATEVER], ([value]) => unmarked(value as Datum)),
  issensitive: own([WHATEVER], ([value], call) => {
    if (value?.sensitive) return bool(true, call.origin);
    return value?.kind === 'unknown' ? derived(value) : bool(false, call.origin);
  }),
  ephemeralasnull: own([WHATEVER], ([value]) => value as Datum),
  try: { least: 1, most: Number.POSITIVE_INFINITY, run: tried },
  can: {
    least: 1,
    most: 1,
    run: ([arg], call) => {
      const value = attempted(arg as Argument);
      const [why] = value instanceof Fault ? [] : unknownsIn(value);
      return why ? derived(why, [value as Datum]) : bool(!(value instanceof Fault), call.origin);
    },
  },
};

function conversion(type: Type): Func {
  return own([WHATEVER], ([value], { context }) => convert(value as Datum, type, context.budget));
}

function unmarked(value: Datum): Datum {
  if (!value.sensitive) return value;
  const { sensitive: _, ...plain } = value;
  return plain;
}

/** The first argument that has a value. One that is unknown may have one. */
function tried(args: readonly Argument[], call: Call): Datum {
  for (const arg of args) {
    const value = attempted(arg);
    if (!(value instanceof Fault)) return value;
  }
  return refuse(call, 'has no argument that has a value');
}

/** The value of an argument, or the fault that it ends in; bounds and circles are nothing that anybody tries. */
function attempted(arg: Argument): Datum | Fault {
  try {
    return arg.value();
  } catch (error) {
    if (!(error instanceof Fault) || error.isLimit || error.code === 'reference-cycle') throw error;
    return error;
  }
}
