/** Every function of Terraform 1.11 and OpenTofu 1.9 (website/docs/language/functions), one table a family. */
import type { Origin } from '../../../../source/span.ts';
import { type Datum, isSequence, withMark } from '../datum.ts';
import { derived } from '../derive.ts';
import { spend } from '../fault.ts';
import type { Argument, Call, Func, FunctionContext } from './call.ts';
import { refuse } from './call.ts';
import { CHOICES } from './collection.ts';
import { CONVERSIONS } from './conversion.ts';
import { DIGESTS } from './digest.ts';
import { ENCODINGS } from './encoding.ts';
import { FILES } from './file.ts';
import { FORMATS } from './format.ts';
import { NETWORKS } from './network.ts';
import { notYet } from './not-yet.ts';
import { NUMERIC } from './numeric.ts';
import { SEQUENCES } from './sequence.ts';
import { SETS } from './set.ts';
import { TEXTS } from './text.ts';
import { TIMES } from './time.ts';

export type { Argument, FunctionContext } from './call.ts';

/** Every function by name; `core::` before a name changes nothing. */
export const FUNCTIONS: Readonly<Record<string, Func>> = Object.assign(
  Object.create(null) as Record<string, Func>,
  NUMERIC,
  TEXTS,
  FORMATS,
  CHOICES,
  SEQUENCES,
  SETS,
  ENCODINGS,
  FILES,
  TIMES,
  DIGESTS,
  NETWORKS,
  CONVERSIONS,
);

/** A call as the configuration writes it. */
export interface FunctionCall {
  readonly name: string;
  readonly args: readonly Argument[];
  /** The last argument is a list of arguments (`...`). */
  readonly expand: boolean;
  readonly origin: Origin;
}

/**
 * The value of a call. Its place is that of the call, but where a function hands on what it is given (an item, a choice,
 * a text that is only tidied up): that keeps its own. Throws Fault where Terraform would refuse the call.
 */
export function callFunction({ name, args, expand, origin }: FunctionCall, context: FunctionContext): Datum {
  spend(context.budget, 1 + args.length, origin);
  const bare = name.startsWith('core::') ? name.slice('core::'.length) : name;
  const call: Call = { name: bare, origin, context };
  const func = FUNCTIONS[bare] ?? notYet(`the function ${bare} is not modelled`, 'unmodelled');
  const last = expand ? args.at(-1) : undefined;
  if (!last) return applied(func, args, call);
  const list = last.value();
  const before = args.slice(0, -1);
  if (list.kind === 'unknown') {
    return derived(list, [...before.map((arg) => arg.value()), list, ...(list.some ?? [])]);
  }
  if (!isSequence(list)) return refuse(call, 'is given something that is no list before "..."', last.origin);
  const more = list.items.map((item): Argument => ({ origin: item.origin, value: () => item }));
  return withMark(applied(func, [...before, ...more], call), list.sensitive);
}

function applied(func: Func, args: readonly Argument[], call: Call): Datum {
  if (args.length < func.least) return refuse(call, `needs ${func.least} arguments, and has ${args.length}`);
  if (args.length > func.most) return refuse(call, `takes ${func.most} arguments, and has ${args.length}`);
  return func.run(args, call);
}
