/** Numbers: conversions as Helm makes them, and arithmetic. */
import { type Datum, float, int, int64, list, originOfDatum } from '../datum.ts';
import { Fault, spend } from '../fault.ts';
import type { Caller, Func } from '../machine.ts';
import { goText } from '../print.ts';
import { plain } from '../text.ts';
import { type Args, any, fixed, string, variadic, whole } from './arguments.ts';

/** Arithmetic over whole numbers. */
const reduce = (least: number, step: (sum: number, next: number) => number, start?: number): Func =>
  variadic(least, (args) => {
    const numbers = args.map(toInt);
    return int64(
      start === undefined
        ? numbers.slice(1).reduce((sum, next) => step(sum, next), numbers[0] ?? 0)
        : numbers.reduce((sum, next) => step(sum, next), start),
    );
  });

const reduceFloats = (step: (sum: number, next: number) => number): Func =>
  variadic(1, (args) => {
    const numbers = args.map(toFloat);
    // Decimal arithmetic: sums of a few digits come out as they are written.
    return float(numbers.slice(1).reduce((sum, next) => Number(step(sum, next).toPrecision(15)), numbers[0] ?? 0));
  });

/** By name. */
export const NUMBERS: Readonly<Record<string, Func>> = {
  int: fixed(1, (args) => int(toInt(any(args, 0)), originOfDatum(any(args, 0)))),
  int64: fixed(1, (args) => int64(toInt(any(args, 0)), originOfDatum(any(args, 0)))),
  float64: fixed(1, (args) => float(toFloat(any(args, 0)), originOfDatum(any(args, 0)))),
  atoi: fixed(1, (args) =>
    int(/^[-+]?\d+$/.test(string(args, 0)) ? Number(string(args, 0)) : 0, originOfDatum(any(args, 0))),
  ),
  toDecimal: fixed(1, (args) => {
    const digits = goText(any(args, 0));
    return int64(/^-?[0-7]+$/.test(digits) ? Number.parseInt(digits, 8) : 0);
  }),
  add: reduce(0, (sum, next) => sum + next, 0),
  add1: fixed(1, (args) => int64(toInt(any(args, 0)) + 1)),
  sub: fixed(2, (args) => int64(toInt(any(args, 0)) - toInt(any(args, 1)))),
  mul: reduce(1, (sum, next) => sum * next),
  div: fixed(2, (args) => int64(Math.trunc(toInt(any(args, 0)) / divisor(toInt(any(args, 1)))))),
  mod: fixed(2, (args) => int64(toInt(any(args, 0)) % divisor(toInt(any(args, 1))))),
  max: reduce(1, Math.max),
  biggest: reduce(1, Math.max),
  min: reduce(1, Math.min),
  addf: reduceFloats((sum, next) => sum + next),
  add1f: fixed(1, (args) => float(toFloat(any(args, 0)) + 1)),
  subf: reduceFloats((sum, next) => sum - next),
  mulf: reduceFloats((sum, next) => sum * next),
  divf: reduceFloats((sum, next) => sum / divisor(next)),
  maxf: reduceFloats(Math.max),
  minf: reduceFloats(Math.min),
  ceil: fixed(1, (args) => float(Math.ceil(toFloat(any(args, 0))))),
  floor: fixed(1, (args) => float(Math.floor(toFloat(any(args, 0))))),
  round: variadic(2, (args) => {
    const scale = 10 ** whole(args, 1);
    const scaled = toFloat(any(args, 0)) * scale;
    const up = args[2] ? toFloat(args[2]) : 0.5;
    return float((scaled % 1 >= up ? Math.ceil(scaled) : Math.floor(scaled)) / scale);
  }),
  until: fixed(1, (args, caller) => steps(0, whole(args, 0), whole(args, 0) < 0 ? -1 : 1, caller)),
  untilStep: fixed(3, (args, caller) => steps(whole(args, 0), whole(args, 1), whole(args, 2), caller)),
  seq: variadic(0, (args, caller) => sequence(args, caller)),
};

function divisor(value: number): number {
  if (value === 0) throw new Fault('a number is divided by zero');
  return value;
}

function steps(start: number, stop: number, step: number, { machine }: Caller): Datum {
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step));
  spend(machine.budget, count);
  return list(Array.from({ length: count }, (_, index) => int(start + index * step)));
}

function sequence(args: Args, caller: Caller): Datum {
  const numbers = args.map((_, index) => whole(args, index));
  if (numbers.length === 0 || numbers.length > 3) return plain('');
  const [start, end] =
    numbers.length === 1 ? [1, numbers[0] as number] : [numbers[0] as number, numbers.at(-1) as number];
  const down = end < start;
  const step = numbers.length === 3 ? (numbers[1] as number) : down ? -1 : 1;
  if (numbers.length === 3 && down && step > 0) return plain('');
  const found = steps(start, end + (down ? -1 : 1), step, caller);
  return plain(goText(found).slice(1, -1));
}

/** A whole number of anything, as Helm's `int` has it: texts in Go's notation, zero for what is none. */
export function toInt(datum: Datum): number {
  switch (datum.kind) {
    case 'int':
      return datum.value;
    case 'float':
      return Math.trunc(datum.value);
    case 'bool':
      return datum.value ? 1 : 0;
    case 'text':
      return integerIn(datum.text.replace(/\.0*$/, ''));
    default:
      return 0;
  }
}

function integerIn(text: string): number {
  const match = /^([-+]?)(0[xX][\da-fA-F]+|0[bB][01]+|0[oO]?[0-7]+|0|[1-9]\d*)$/.exec(text);
  if (!match) return 0;
  const digits = match[2] as string;
  const value = /^0[0-7]/.test(digits) ? Number.parseInt(digits, 8) : Number(digits);
  return match[1] === '-' ? -value : value;
}

/** A number of anything, as Helm's `float64` has it: zero for what is none. */
export function toFloat(datum: Datum): number {
  switch (datum.kind) {
    case 'int':
    case 'float':
      return datum.value;
    case 'bool':
      return datum.value ? 1 : 0;
    case 'text':
      return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(datum.text) ? Number(datum.text) : 0;
    default:
      return 0;
  }
}
