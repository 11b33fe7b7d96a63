/** Functions of sets (zclconf/go-cty function/stdlib/set.go, and collection.go for setproduct). */
import { convert, unified } from '../convert.ts';
import { type Datum, isSequence, type SequenceDatum, sequence } from '../datum.ts';
import { derived } from '../derive.ts';
import { keyOf, makeSet } from '../order.ts';
import { ANY, setOf } from '../types.ts';
import { unknownsIn } from '../weigh.ts';
import { type Call, type Func, own, type Param, paid, refuse, refuseSize, VALUE } from './call.ts';
import { itemsOf, together, unknownCollection } from './partial.ts';

const SET: Param = { type: setOf(ANY) };
/** Terraform itself makes no more instances than anybody waits for. */
const MOST_PRODUCT = 200_000;

/** By name. */
export const SETS: Readonly<Record<string, Func>> = {
  setunion: own(
    [SET],
    (args, call) => {
      const all = together(args.map((arg) => itemsOf(arg) ?? refuse(call, 'needs sets', arg.origin)));
      if (all.why) return marked(args, unknownCollection(all, all.why));
      const sets = sameSets(args, call);
      return marked(
        args,
        makeSet(
          sets.flatMap(({ items }) => items),
          call.origin,
        ),
      );
    },
    { rest: SET },
  ),
  setintersection: own(
    [SET],
    (args, call) =>
      known(args, call, (first, others) => {
        const keys = others.map(keysOf);
        return first.filter((item) => keys.every((each) => each.has(keyOf(item) as string)));
      }),
    { rest: SET },
  ),
  setsubtract: own([SET, SET], (args, call) =>
    known(args, call, (first, others) => {
      const keys = others.map(keysOf);
      return first.filter((item) => !keys.some((each) => each.has(keyOf(item) as string)));
    }),
  ),
  setproduct: own([VALUE, VALUE], product, { rest: VALUE }),
};

/** The result has the marks of what it is made from. */
function marked(args: readonly Datum[], made: Datum): Datum {
  return args.some((arg) => arg.sensitive) && !made.sensitive ? { ...made, sensitive: true } : made;
}

function sameSets(args: readonly Datum[], call: Call): readonly SequenceDatum[] {
  const same = unified(args) ?? refuse(call, 'needs sets of one type');
  return same.map((set) => convert(set, setOf(ANY), call.context.budget)).filter(isSequence);
}

function known(
  args: readonly Datum[],
  call: Call,
  choose: (first: readonly Datum[], others: readonly (readonly Datum[])[]) => readonly Datum[],
): Datum {
  const [why] = args.flatMap((arg) => unknownsIn(arg));
  if (why) return marked(args, derived(why, args));
  const [first, ...others] = sameSets(args, call).map(({ items }) => items);
  return marked(args, makeSet(choose(first ?? [], others), call.origin));
}

function keysOf(items: readonly Datum[]): ReadonlySet<string> {
  return new Set(items.map((item) => keyOf(item) as string));
}

/** Each item of the one with each of the other, in that order; a list unless one of them is a set. */
function product(args: readonly Datum[], call: Call): Datum {
  const [why] = args.filter((arg) => arg.kind === 'unknown');
  if (why?.kind === 'unknown') return marked(args, derived(why, args));
  const sides = args.map((arg) => {
    if (!isSequence(arg)) return refuse(call, 'needs sets or lists', arg.origin);
    return unified(arg.items) ?? refuse(call, 'needs items of one type', arg.origin);
  });
  const count = sides.reduce((total, items) => total * items.length, 1);
  if (count > MOST_PRODUCT) return refuseSize(call, 'makes more items than any real configuration has');
  paid(count * args.length, call);
  let rows: readonly (readonly Datum[])[] = [[]];
  for (const items of sides) rows = rows.flatMap((row) => items.map((item) => [...row, item]));
  const tuples = rows.map((row) => sequence('tuple', row, call.origin));
  const lists = args.every(({ kind }) => kind !== 'set');
  return marked(args, lists ? sequence('list', tuples, call.origin) : makeSet(tuples, call.origin));
}
