/** Values that are made of unknown ones. */
import type { ResourceReference } from '../../../source/value.ts';
import { type Datum, isSequence, isStructure, type StructureDatum, type UnknownDatum } from './datum.ts';
import { equal } from './order.ts';
import { partsOf } from './weigh.ts';

/** The unknown that something made of `parts` is, one of which is unknown: the first of them says why. */
export function derived(because: UnknownDatum, parts: readonly Datum[] = [because]): UnknownDatum {
  const { reason, because: phrase, origin } = because;
  const sensitive = parts.some((part) => part.sensitive);
  return { kind: 'unknown', reason, because: phrase, refers: refersOf(parts), origin, ...(sensitive && { sensitive }) };
}

/** More are no longer links that anybody follows. */
const MOST_REFERENCES = 256;

/** What the values refer to, each once. */
export function refersOf(parts: readonly Datum[]): readonly ResourceReference[] {
  const [only] = parts;
  if (parts.length === 1 && only?.kind === 'unknown') return only.refers;
  const found = new Map<string, ResourceReference>();
  const seen = new Set<Datum>();
  const visit = (datum: Datum) => {
    if (found.size >= MOST_REFERENCES || seen.has(datum)) return;
    seen.add(datum);
    if (datum.kind === 'unknown') {
      for (const reference of datum.refers) found.set(`${reference.address} ${reference.attribute}`, reference);
    } else if (isSequence(datum)) for (const item of datum.items) visit(item);
    else if (isStructure(datum)) {
      if (datum.resource !== undefined) found.set(`${datum.resource} `, { address: datum.resource, attribute: '' });
      else if (!datum.lazy) for (const item of datum.entries.values()) visit(item);
    }
  };
  for (const part of parts) visit(part);
  return [...found.values()];
}

/** The first unknown among the values and in what they hold. */
export function unknownIn(data: Iterable<Datum>, seen = new Set<Datum>()): UnknownDatum | undefined {
  for (const datum of data) {
    if (datum.kind === 'unknown') return datum;
    if (seen.has(datum)) continue;
    seen.add(datum);
    const found = unknownIn(partsOf(datum) ?? [], seen);
    if (found) return found;
  }
  return undefined;
}

/**
 * What is known of a value that is one of `choices`, where `why` keeps it from being known which: all that they agree on.
 * Collections of different lengths are an unknown whose `item` is what all their items agree on.
 */
export function united(choices: readonly Datum[], why: UnknownDatum): Datum {
  const [first] = choices;
  if (!first) return why;
  if (choices.every((choice) => choice === first || same(choice, first))) return first;
  const marked = choices.some((choice) => choice.sensitive) || why.sensitive;
  const value = unitedParts(choices, why) ?? derived(why, [why, ...choices]);
  return marked && !value.sensitive ? { ...value, sensitive: true } : value;
}

function same(one: Datum, other: Datum): boolean {
  return !isLazy(one) && !isLazy(other) && equal(one, other) === true;
}

function isLazy(datum: Datum): datum is StructureDatum {
  return isStructure(datum) && datum.lazy === true;
}

function unitedParts(choices: readonly Datum[], why: UnknownDatum): Datum | undefined {
  const [first] = choices as readonly [Datum, ...Datum[]];
  if (isSequence(first)) {
    const sequences = choices.filter(isSequence);
    if (sequences.length < choices.length) return undefined;
    const ordered = sequences.every(({ kind, items }) => kind === first.kind && items.length === first.items.length);
    if (ordered && first.kind !== 'set') {
      const items = first.items.map((_, index) =>
        united(
          sequences.map((sequence) => sequence.items[index] as Datum),
          why,
        ),
      );
      return { kind: first.kind, items, origin: first.origin };
    }
    return severalOf(
      sequences.flatMap(({ items }) => items),
      choices,
      why,
    );
  }
  if (!isStructure(first)) return undefined;
  const structures = choices.filter(isStructure);
  if (structures.length < choices.length || structures.some(isLazy)) return undefined;
  const keys = [...first.entries.keys()];
  const equalKeys = structures.every(
    ({ entries }) => entries.size === keys.length && keys.every((key) => entries.has(key)),
  );
  if (!equalKeys) {
    return severalOf(
      structures.flatMap(({ entries }) => [...entries.values()]),
      choices,
      why,
    );
  }
  const entries = keys.map((key) => {
    const values = structures.map((structure) => structure.entries.get(key) as Datum);
    return [key, united(values, why)] as const;
  });
  return { kind: first.kind, entries: new Map(entries), origin: first.origin };
}

function severalOf(items: readonly Datum[], choices: readonly Datum[], why: UnknownDatum): UnknownDatum {
  const whole = derived(why, [why, ...choices]);
  return items.length === 0 ? whole : { ...whole, item: united(items, why) };
}
