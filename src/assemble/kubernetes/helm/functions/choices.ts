/** Defaults, and what a value is. */
import { bool, type Datum, kindName, NIL, typeName } from '../datum.ts';
import type { Func } from '../machine.ts';
import { plain } from '../text.ts';
import { type Args, any, fixed, isEmpty, open, string, truth, variadic } from './arguments.ts';
import { sameDatum } from './same.ts';

/** By name. */
export const CHOICES: Readonly<Record<string, Func>> = {
  default: open(variadic(1, (args) => (isEmpty(any(args, 1)) ? any(args, 0) : any(args, 1)))),
  empty: open(fixed(1, (args) => bool(isEmpty(any(args, 0))))),
  coalesce: open(variadic(0, (args) => args.find((arg) => !isEmpty(arg)) ?? NIL)),
  all: open(variadic(0, (args) => bool(!args.some(isEmpty)))),
  any: open(variadic(0, (args) => bool(args.some((arg) => !isEmpty(arg))))),
  ternary: open(fixed(3, ternary)),
  kindOf: open(fixed(1, (args) => plain(kindName(any(args, 0))))),
  kindIs: open(fixed(2, (args) => bool(kindName(any(args, 1)) === string(args, 0)))),
  typeOf: open(fixed(1, (args) => plain(typeName(any(args, 0))))),
  typeIs: open(fixed(2, (args) => bool(typeName(any(args, 1)) === string(args, 0)))),
  typeIsLike: open(
    fixed(2, (args) => {
      const [like, type] = [string(args, 0), typeName(any(args, 1))];
      return bool(like === type || `*${like}` === type);
    }),
  ),
  deepEqual: fixed(2, (args) => bool(sameDatum(any(args, 0), any(args, 1)))),
};

function ternary(args: Args): Datum {
  const condition = any(args, 2);
  return condition.kind === 'opaque' ? condition : any(args, truth(args, 2) ? 0 : 1);
}
