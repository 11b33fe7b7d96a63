/** Which item of one list is which of another: providers answer sets in an order of their own. */
import { entriesOf, textOf, type Value } from '../../../source/value.ts';
import { differ } from './differ.ts';

/** More pairs than this are not compared: items are taken in their order. */
const MOST_PAIRS = 20_000;

/**
 * For each of `items` the item of `written` that it stands for; undefined where none may be it. Equal texts find each
 * other first; of mappings, those that say most alike. What may stand for several (a block that is made an unknown
 * number of times) does.
 */
export function aligned(items: readonly Value[], written: readonly Value[]): readonly (Value | undefined)[] {
  if (items.length * written.length > MOST_PAIRS) return items.map((_, index) => written[index]);
  const free = new Set(written);
  const found = items.map((item) => {
    const text = textOf(item);
    if (text === undefined) return undefined;
    for (const each of free) if (textOf(each) === text) return taken(free, each);
    return undefined;
  });
  return items.map((item, index) => {
    const before = found[index];
    if (before) return before;
    const best = closest(item, free) ?? closest(item, written);
    return best ? taken(free, best) : undefined;
  });
}

function taken(free: Set<Value>, value: Value): Value {
  if (value.kind !== 'mapping' || !value.uncertain) free.delete(value);
  return value;
}

function closest(item: Value, among: Iterable<Value>): Value | undefined {
  let best: Value | undefined;
  let most = -1;
  for (const each of among) {
    if (differ(item, each)) continue;
    const score = alike(item, each);
    if (score > most) [best, most] = [each, score];
  }
  return best;
}

/** How many texts two mappings share under the same names. */
function alike(a: Value, b: Value): number {
  if (a.kind !== 'mapping' || b.kind !== 'mapping') return 0;
  let score = 0;
  for (const { key, value } of entriesOf(a)) {
    const text = textOf(value);
    if (text !== undefined && text === textOf(b.entries.get(key)?.value)) score++;
  }
  return score;
}
