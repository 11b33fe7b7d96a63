/** What is known of collections of which nobody knows how many items they have. */
import { type Datum, isSequence, type UnknownDatum } from '../datum.ts';
import { derived, united } from '../derive.ts';
import { distinctItems } from '../order.ts';

/** The items of a list, or what is known of them. */
export interface Items {
  /** Items that are there for sure. */
  readonly known: readonly Datum[];
  /** What keeps the others from being known; undefined where there are no others. */
  readonly why: UnknownDatum | undefined;
  /** What the others are, each. */
  readonly others: readonly Datum[];
}

/** The items of a sequence, or of one that is unknown; undefined of any other value. */
export function itemsOf(datum: Datum): Items | undefined {
  if (isSequence(datum)) return { known: datum.items, why: undefined, others: [] };
  if (datum.kind !== 'unknown') return undefined;
  return { known: datum.some ?? [], why: datum, others: [datum.item ?? derived(datum)] };
}

/** The items of all of them together, in their order. */
export function together(all: readonly Items[]): Items {
  return {
    known: all.flatMap(({ known }) => known),
    why: all.find(({ why }) => why)?.why,
    others: all.flatMap(({ others }) => others),
  };
}

/** More items of a collection are not told apart where others are unknown. */
const MOST_SOME = 1000;

/** The unknown collection that these items make with others: it still tells what is among them. */
export function unknownCollection({ known, others }: Items, why: UnknownDatum): UnknownDatum {
  const whole = derived(why, [why, ...known, ...others]);
  const item = united([...known.slice(0, MOST_SOME), ...others], why);
  return { ...whole, item, some: distinctItems(known.slice(0, MOST_SOME)) };
}
