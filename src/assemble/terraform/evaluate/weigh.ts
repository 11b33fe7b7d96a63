/** What a value holds, all the way down. */
import { type Datum, isSequence, isStructure, type UnknownDatum, unknownDatum } from './datum.ts';
import { type Budget, limit, spend } from './fault.ts';

/** Nothing real is nested deeper; locals can nest a value in itself again and again. */
const DEEPEST = 300;

/**
 * Pays for going through the whole of a value, before it is done: values share their parts, so that a small
 * configuration can hold a value without end. Whatever was weighed can be walked without a bound of its own.
 */
export function weigh(datum: Datum, budget: Budget, depth = 0): void {
  const items = partsOf(datum);
  if (!items) return;
  if (depth > DEEPEST) throw limit('it is nested deeper than any real value', datum.origin);
  spend(budget, 1, datum.origin);
  for (const item of items) weigh(item, budget, depth + 1);
}

/** What stands in a value; undefined of what holds nothing, and of a resource, which is worked out as it is asked for. */
export function partsOf(datum: Datum): Iterable<Datum> | undefined {
  if (isSequence(datum)) return datum.items;
  return isStructure(datum) && !datum.lazy ? datum.entries.values() : undefined;
}

/** The unknown values in `datum`, itself included, added to `found`. The whole of a resource is never known. */
export function unknownsIn(datum: Datum, found: UnknownDatum[] = []): UnknownDatum[] {
  if (datum.kind === 'unknown') found.push(datum);
  else if (isStructure(datum) && datum.resource !== undefined) found.push(wholeOf(datum.resource, datum));
  else for (const part of partsOf(datum) ?? []) unknownsIn(part, found);
  return found;
}

/** Whether something in `datum`, or it itself, is sensitive. */
export function holdsSensitive(datum: Datum): boolean {
  if (datum.sensitive) return true;
  for (const part of partsOf(datum) ?? []) if (holdsSensitive(part)) return true;
  return false;
}

function wholeOf(resource: string, { origin }: Datum): UnknownDatum {
  return unknownDatum('computed', `${resource} is complete only once it exists`, origin, [
    { address: resource, attribute: '' },
  ]);
}
