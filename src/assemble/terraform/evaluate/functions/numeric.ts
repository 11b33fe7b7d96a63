/** Functions of numbers (website/docs/language/functions: "Numeric Functions"). */

import { convertTo } from '../convert.ts';
import { type Datum, isSequence, number } from '../datum.ts';
import { tidy } from '../number.ts';
import { type Call, COUNT, type Func, integer, num, refuse, str, VALUE, whole } from './call.ts';

/** By name. */
export const NUMERIC: Readonly<Record<string, Func>> = {
  abs: one(Math.abs),
  ceil: one(Math.ceil),
  floor: one(Math.floor),
  signum: one(Math.sign),
  log: whole([COUNT, COUNT], ([value, base], call) => real(Math.log(num(value)) / Math.log(num(base)), call)),
  pow: whole([COUNT, COUNT], ([value, power], call) => real(num(value) ** num(power), call)),
  max: extreme(Math.max),
  min: extreme(Math.min),
  parseint: whole([VALUE, COUNT], ([value, base], call) => parsed(value as Datum, integer(base, call), call)),
  sum: whole([VALUE], ([list], call) => {
    if (!list || !isSequence(list) || list.items.length === 0) return refuse(call, 'needs a list with numbers in it');
    const numbers = list.items.map((item) => {
      const value = convertTo(item, 'number');
      return value.kind === 'number' ? value.value : refuse(call, 'is given null', item.origin);
    });
    return real(
      numbers.reduce((sum, next) => tidy(sum + next), 0),
      call,
    );
  }),
};

function one(compute: (value: number) => number): Func {
  return whole([COUNT], ([value], { origin }) => number(compute(num(value)), origin));
}

function extreme(choose: (...values: readonly number[]) => number): Func {
  return whole(
    [COUNT],
    (args, { origin }) =>
      number(
        args.reduce((found, arg) => choose(found, num(arg)), num(args[0])),
        origin,
      ),
    { rest: COUNT },
  );
}

function real(value: number, call: Call): Datum {
  return Number.isNaN(value) ? refuse(call, 'has no result for these numbers') : number(value, call.origin);
}

const DIGITS = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';
/** The digits of more than this are more than a double can be. */
const MOST_DIGITS = 1100;

function parsed(value: Datum, base: number, call: Call): Datum {
  if (value.kind !== 'string') return refuse(call, 'needs a string', value.origin);
  if (base < 2 || base > 62) return refuse(call, 'needs a base between 2 and 62');
  const written = str(value);
  const digits = written.replace(/^[-+]/, '');
  if (digits === '' || digits.length > MOST_DIGITS)
    return refuse(call, 'is given a text that is no number', value.origin);
  let sum = 0;
  for (const letter of digits) {
    const digit = DIGITS.indexOf(base <= 36 ? letter.toLowerCase() : letter);
    if (digit < 0 || digit >= base) return refuse(call, 'is given a text that is no number in this base', value.origin);
    sum = sum * base + digit;
  }
  return real(written.startsWith('-') ? -sum : sum, call);
}
