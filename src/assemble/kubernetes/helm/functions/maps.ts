/** Maps. `set`, `unset` and the merges change the first of them in place, which charts rely on. */
import { bool, type Datum, type Dict, dict, guardDepth, isTrue, list, NIL, type Slot, sortedSlots } from '../datum.ts';
import { Fault, spend } from '../fault.ts';
import type { Caller, Func } from '../machine.ts';
import { shown } from '../print.ts';
import { marked, plain } from '../text.ts';
import { type Args, any, fixed, isEmpty, map, open, slotsOf, string, variadic } from './arguments.ts';

const MERGE = open(variadic(1, (args, caller) => merged(args, false, caller)));
const OVERWRITE = open(variadic(1, (args, caller) => merged(args, true, caller)));
const COPY = open(fixed(1, (args, caller) => deepCopy(any(args, 0), caller)));

/** By name. */
export const MAPS: Readonly<Record<string, Func>> = {
  dict: open(
    variadic(0, (args) => {
      const made = dict();
      for (let i = 0; i < args.length; i += 2) made.slots.set(keyOf(any(args, i)), { value: args[i + 1] ?? plain('') });
      return made;
    }),
  ),
  get: fixed(2, (args) => slots(args, 0).get(string(args, 1))?.value ?? plain('')),
  set: open(
    fixed(3, (args) => {
      const changed = map(args, 0);
      changed.slots.set(string(args, 1), { value: any(args, 2) });
      return changed;
    }),
  ),
  unset: fixed(2, (args) => {
    map(args, 0).slots.delete(string(args, 1));
    return any(args, 0);
  }),
  hasKey: fixed(2, (args) => bool(slots(args, 0).has(string(args, 1)))),
  keys: variadic(0, (args) =>
    list(args.flatMap((arg) => sortedSlots(arg).map(([key, slot]) => marked(key, slot.keyOrigin)))),
  ),
  values: fixed(1, (args) => list(sortedSlots(map(args, 0)).map(([, { value }]) => value))),
  pluck: variadic(1, (args) =>
    list(args.slice(1).flatMap((_, index) => map(args, index + 1).slots.get(string(args, 0))?.value ?? [])),
  ),
  pick: variadic(1, (args) =>
    chosen(map(args, 0), (key) => args.slice(1).some((_, index) => string(args, index + 1) === key)),
  ),
  omit: variadic(1, (args) =>
    chosen(map(args, 0), (key) => !args.slice(1).some((_, index) => string(args, index + 1) === key)),
  ),
  dig: open(variadic(3, dig)),
  merge: MERGE,
  mustMerge: MERGE,
  mergeOverwrite: OVERWRITE,
  mustMergeOverwrite: OVERWRITE,
  deepCopy: COPY,
  mustDeepCopy: COPY,
};

function keyOf(datum: Datum): string {
  return datum.kind === 'nil' ? '<nil>' : shown(datum).text;
}

/** The entries of what has some. */
function slots(args: Args, index: number): ReadonlyMap<string, { readonly value: Datum }> {
  return slotsOf(any(args, index)) ?? map(args, index).slots;
}

function chosen(source: Dict, keeps: (key: string) => boolean): Dict {
  return { kind: 'dict', slots: new Map([...source.slots].filter(([key]) => keeps(key))) };
}

function dig(args: Args): Datum {
  let value = any(args, args.length - 1);
  for (let index = 0; index < args.length - 2; index++) {
    if (value.kind !== 'dict') throw new Fault('"dig" meets something that is no map');
    const slot = value.slots.get(string(args, index));
    if (!slot) return any(args, args.length - 2);
    value = slot.value;
  }
  return value;
}

function merged(args: Args, overwrite: boolean, { machine }: Caller): Datum {
  const target = map(args, 0);
  for (const [index] of args.entries())
    if (index > 0) mergeInto(target, map(args, index), overwrite, machine.budget, 0);
  return target;
}

/** Adds what `target` lacks or has empty; with `overwrite` also what it has, unless the other is empty. */
function mergeInto(
  target: Dict,
  source: Dict,
  overwrite: boolean,
  budget: Caller['machine']['budget'],
  depth: number,
): void {
  guardDepth(depth);
  spend(budget, source.slots.size);
  for (const [key, slot] of source.slots) {
    const there = target.slots.get(key);
    if (slot.value.kind === 'nil') {
      if (overwrite || !there) target.slots.set(key, slot);
    } else if (there?.value.kind === 'dict' && slot.value.kind === 'dict') {
      mergeInto(there.value, slot.value, overwrite, budget, depth + 1);
    } else if (!there || isEmpty(there.value) || (overwrite && !isBlank(slot.value))) target.slots.set(key, slot);
  }
}

function isBlank(datum: Datum): boolean {
  return datum.kind === 'list' && !isTrue(datum);
}

/** A copy that can be changed without changing the original. */
export function deepCopy(datum: Datum, caller: Caller, depth = 0): Datum {
  guardDepth(depth);
  spend(caller.machine.budget, 1);
  if (datum.kind === 'list') return { ...datum, items: datum.items.map((item) => deepCopy(item, caller, depth + 1)) };
  if (datum.kind !== 'dict') return datum.kind === 'nil' ? NIL : datum;
  const copied = new Map<string, Slot>();
  for (const [key, slot] of datum.slots) copied.set(key, { ...slot, value: deepCopy(slot.value, caller, depth + 1) });
  return { ...datum, slots: copied };
}
