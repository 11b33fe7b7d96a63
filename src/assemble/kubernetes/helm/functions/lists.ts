/** Lists. They are never changed in place: each function answers a new one. */
import { bool, type Datum, int, kindName, list, NIL } from '../datum.ts';
import { Fault, spend } from '../fault.ts';
import type { Func } from '../machine.ts';
import { goText, shown } from '../print.ts';
import { sliceText } from '../text.ts';
import { type Args, any, fixed, isEmpty, open, sequence, slotsOf, textsOf, variadic, whole } from './arguments.ts';
import { toInt } from './numbers.ts';
import { sameDatum } from './same.ts';

/** A function of one list. */
const of = (make: (items: readonly Datum[]) => Datum): Func =>
  fixed(1, (args, { machine }) => {
    const items = any(args, 0).kind === 'nil' ? [] : sequence(args, 0).items;
    spend(machine.budget, items.length);
    return make(items);
  });

const FIRST = of((items) => items[0] ?? NIL);
const LAST = of((items) => items.at(-1) ?? NIL);
const REST = of((items) => (items.length === 0 ? NIL : list(items.slice(1))));
const INITIAL = of((items) => (items.length === 0 ? NIL : list(items.slice(0, -1))));
const REVERSE = of((items) => list([...items].reverse()));
const COMPACT = of((items) => list(items.filter((item) => !isEmpty(item))));
const APPEND = open(
  fixed(2, (args, { machine }) => list(grown(machine.budget, [...sequence(args, 0).items, any(args, 1)]))),
);
const PREPEND = open(
  fixed(2, (args, { machine }) => list(grown(machine.budget, [any(args, 1), ...sequence(args, 0).items]))),
);
const HAS = fixed(2, (args, { machine }) => {
  if (any(args, 1).kind === 'nil') return bool(false);
  const { items } = sequence(args, 1);
  spend(machine.budget, items.length);
  return bool(items.some((item) => sameDatum(item, any(args, 0))));
});
const WITHOUT = variadic(1, (args, { machine }) => {
  const { items } = sequence(args, 0);
  spend(machine.budget, items.length * args.length);
  return list(items.filter((item) => !args.slice(1).some((other) => sameDatum(item, other))));
});
const UNIQ = of((items) => list(distinct(items)));
const SLICE = variadic(1, (args) => part(args));
const CHUNK = fixed(2, (args, { machine }) => {
  const [size, { items }] = [whole(args, 0), sequence(args, 1)];
  if (size <= 0) throw new Fault('a size is not above zero');
  spend(machine.budget, items.length);
  return list(
    Array.from({ length: Math.ceil(items.length / size) }, (_, i) => list(items.slice(i * size, (i + 1) * size))),
  );
});

/** By name. */
export const LISTS: Readonly<Record<string, Func>> = {
  list: open(variadic(0, (args) => list([...args]))),
  tuple: open(variadic(0, (args) => list([...args]))),
  first: FIRST,
  mustFirst: FIRST,
  last: LAST,
  mustLast: LAST,
  rest: REST,
  mustRest: REST,
  initial: INITIAL,
  mustInitial: INITIAL,
  reverse: REVERSE,
  mustReverse: REVERSE,
  compact: COMPACT,
  mustCompact: COMPACT,
  append: APPEND,
  mustAppend: APPEND,
  push: APPEND,
  mustPush: APPEND,
  prepend: PREPEND,
  mustPrepend: PREPEND,
  has: HAS,
  mustHas: HAS,
  without: WITHOUT,
  mustWithout: WITHOUT,
  uniq: UNIQ,
  mustUniq: UNIQ,
  slice: SLICE,
  mustSlice: SLICE,
  chunk: CHUNK,
  mustChunk: CHUNK,
  concat: variadic(0, (args, { machine }) =>
    list(
      grown(
        machine.budget,
        args.flatMap((_, index) => sequence(args, index).items),
      ),
    ),
  ),
  sortAlpha: fixed(1, (args, { machine }) => {
    const texts = [...textsOf(any(args, 0), shown)];
    spend(machine.budget, texts.length);
    return list(texts.sort((one, other) => (one.text < other.text ? -1 : one.text > other.text ? 1 : 0)));
  }),
  index: variadic(1, (args) => indexed(args)),
  len: fixed(1, (args) => int(lengthOf(any(args, 0)))),
};

function grown(budget: Parameters<typeof spend>[0], items: readonly Datum[]): readonly Datum[] {
  spend(budget, items.length);
  return items;
}

/** Each value once. Texts and numbers are looked up; only collections are compared with each other. */
function distinct(items: readonly Datum[]): readonly Datum[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = `${item.kind} ${goText(item)}`;
    return !seen.has(key) && seen.add(key);
  });
}

function part(args: Args): Datum {
  const { items } = sequence(args, 0);
  if (items.length === 0) return NIL;
  const start = args[1] ? toInt(args[1]) : 0;
  const end = args[2] ? toInt(args[2]) : items.length;
  if (start < 0 || end > items.length || start > end) throw new Fault('an index is out of range');
  return list(items.slice(start, end));
}

function indexed(args: Args): Datum {
  let value = any(args, 0);
  for (const key of args.slice(1)) {
    if (value.kind === 'nil') throw new Fault('something is looked up where nothing is');
    const slots = slotsOf(value);
    if (slots) {
      if (key.kind !== 'text') throw new Fault('a map is asked for a key that is no text');
      value = slots.get(key.text)?.value ?? NIL;
    } else value = element(value, key);
  }
  return value;
}

function element(value: Datum, key: Datum): Datum {
  const at = key.kind === 'int' ? key.value : -1;
  if (value.kind === 'list') {
    const item = value.items[at];
    if (item) return item;
  } else if (value.kind === 'text' && at >= 0 && at < value.text.length) {
    return int(sliceText(value, at, at + 1).text.charCodeAt(0));
  }
  throw new Fault(
    key.kind === 'int' ? `there is no item ${key.value}` : 'a list is asked for an item that is no number',
  );
}

function lengthOf(datum: Datum): number {
  if (datum.kind === 'text') return Buffer.byteLength(datum.text);
  if (datum.kind === 'list') return datum.items.length;
  const slots = slotsOf(datum);
  if (slots) return slots.size;
  throw new Fault(datum.kind === 'nil' ? 'the length of nothing is asked for' : `${kindName(datum)} has no length`);
}
