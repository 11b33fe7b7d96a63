/** Whether code has changed since a plan of it was made. */
import type { Origin } from '../../../source/span.ts';
import { at, entriesOf, itemsOf, type Mapping, type Value } from '../../../source/value.ts';
import type { Resource } from '../unit.ts';
import { blockOf, stepsOf } from './address.ts';
import { differ } from './differ.ts';
import type { Instance } from './instance.ts';
import type { Recording } from './recording.ts';
import { fits } from './values.ts';

/**
 * Whether the code has `resource` otherwise than the configuration in the plan: a block that the plan does not know, or
 * constants that are others now. What a model of a module makes is no code.
 */
export function isChanged(resource: Resource, plan: Recording, instances: readonly Instance[]): boolean {
  if (plan.blocks.size === 0) return false;
  if (!plan.blocks.has(blockOf(resource.address))) return !isModelled(resource);
  const expressions = instances[0]?.expressions;
  if (!expressions) return false;
  return [...entriesOf(expressions)].some(({ key, value }) => {
    const written = at(resource.body, key);
    const constant = at(value, 'constant_value');
    if (constant) return written === undefined || differ(constant, written);
    return (
      value.kind === 'list' &&
      otherBlocks(
        value.items,
        written,
        instances.flatMap(({ body }) => at(body, key) ?? []),
      )
    );
  });
}

/** Whether nested blocks are others: one that the plan has is gone, or one is there that it has not planned. */
function otherBlocks(expressions: readonly Value[], written: Value | undefined, planned: readonly Value[]): boolean {
  if (written?.kind === 'unknown') return false;
  const items = itemsOf(written);
  if (items.length * expressions.length > MOST_PAIRS) return false;
  if (expressions.some((expression) => !items.some((item) => fits(item, expression)))) return true;
  // A block that a dynamic one makes stands in no expression of the plan, but in what it plans.
  const known = planned.flatMap(itemsOf).slice(0, MOST_PAIRS);
  return items.some(
    (item) => !expressions.some((expression) => fits(item, expression)) && !known.some((each) => isWithin(item, each)),
  );
}

/** More pairs of nested blocks than this are not compared. */
const MOST_PAIRS = 10_000;

/** Whether nothing in `item` is said otherwise by `planned`, which says more. */
function isWithin(item: Value, planned: Value): boolean {
  if (item.kind !== 'mapping' || planned.kind !== 'mapping') return !differ(item, planned);
  return [...(item as Mapping).entries].every(([key, { value }]) => !differ(value, at(planned, key)));
}

/**
 * Whether a model of a module makes it: a block of a module on disk has come through as many calls as there are modules
 * around it, and what a model makes stands at the call.
 */
export function isModelled({ module, origin }: Resource): boolean {
  const calls = stepsOf(module).filter(({ isKey }) => !isKey).length / 2;
  let hops = 0;
  for (let via: Origin | undefined = origin.via; via && hops < calls; via = via.via) hops++;
  return hops < calls;
}
