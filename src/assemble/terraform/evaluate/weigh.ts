/** What a value holds, all the way down. */
import { type Datum, isSequence, isStructure, type StructureDatum, type UnknownDatum, unknownDatum } from './datum.ts';
import { type Budget, limit, spend } from './fault.ts';

/** Nothing real is nested deeper; locals can nest a value in itself again and again. */
const DEEPEST = 300;
/** Nothing real holds more, all the way down. */
const LARGEST = 3_000_000;

interface Weight {
  /** How many values it holds, those within others counted as often as they stand there. */
  readonly size: number;
  readonly depth: number;
}

const NOTHING: Weight = { size: 0, depth: 0 };
const weights = new WeakMap<Datum, Weight>();

/**
 * Pays for going through the whole of a value, before it is done: values share their parts, so that a small
 * configuration can hold a value without end. Whatever was weighed can be walked without a bound of its own.
 */
export function weigh(datum: Datum, budget: Budget): void {
  const { size, depth } = weightOf(datum, 0);
  if (size > LARGEST || depth > DEEPEST) throw limit('it is larger or deeper than any real value', datum.origin);
  spend(budget, size, datum.origin);
}

function weightOf(datum: Datum, within: number): Weight {
  const parts = partsOf(datum);
  if (!parts) return NOTHING;
  const known = weights.get(datum);
  if (known) return known;
  if (within > DEEPEST) throw limit('it is nested deeper than any real value', datum.origin);
  let size = 1;
  let depth = 0;
  for (const part of parts) {
    const weight = weightOf(part, within + 1);
    size += 1 + weight.size;
    depth = Math.max(depth, weight.depth);
  }
  const weight = { size, depth: depth + 1 };
  weights.set(datum, weight);
  return weight;
}

/** What stands in a value; undefined of what holds nothing, and of a resource, which is worked out as it is asked for. */
export function partsOf(datum: Datum): Iterable<Datum> | undefined {
  if (isSequence(datum)) return datum.items;
  return isStructure(datum) && !datum.lazy ? datum.entries.values() : undefined;
}

/** The unknown values in `datum`, itself included, added to `found`. The whole of a resource is never known. */
export function unknownsIn(datum: Datum, found: UnknownDatum[] = []): UnknownDatum[] {
  if (datum.kind === 'unknown') found.push(datum);
  else if (isStructure(datum) && datum.lazy) found.push(wholeOf(datum));
  else for (const part of partsOf(datum) ?? []) unknownsIn(part, found);
  return found;
}

/** Whether something in `datum`, or it itself, is sensitive. */
export function holdsSensitive(datum: Datum): boolean {
  if (datum.sensitive) return true;
  for (const part of partsOf(datum) ?? []) if (holdsSensitive(part)) return true;
  return false;
}

function wholeOf({ resource, origin }: StructureDatum): UnknownDatum {
  if (resource === undefined) return unknownDatum('computed', 'it is the whole of a module', origin);
  return unknownDatum('computed', `${resource} is complete only once it exists`, origin, [
    { address: resource, attribute: '' },
  ]);
}
