/** Equality of values, and the order of sets (zclconf/go-cty: Value.Equals, set_internals.go). */

import type { Origin } from '../../../source/span.ts';
import { type Datum, isSequence, isStructure, type SequenceDatum } from './datum.ts';
import { numberText } from './number.ts';

/** The order of strings in Terraform: by UTF-8 bytes, which is by code points. */
export function comparePoints(one: string, other: string): number {
  const length = Math.min(one.length, other.length);
  for (let at = 0; at < length; at++) {
    const [a, b] = [one.charCodeAt(at), other.charCodeAt(at)];
    // Halves of a pair stand below U+E000 but mean what stands above.
    if (a !== b) return a >= 0xd800 && b >= 0xd800 ? rotated(a) - rotated(b) : a - b;
  }
  return one.length - other.length;
}

function rotated(unit: number): number {
  return unit >= 0xe000 ? unit - 0x800 : unit + 0x2000;
}

/** The entries of a map or an object in the order in which Terraform goes through them. */
export function sortedEntries(entries: ReadonlyMap<string, Datum>): readonly (readonly [string, Datum])[] {
  return [...entries].sort(([one], [other]) => comparePoints(one, other));
}

/** Entries as a map holds them: in order. */
export function sortedMap(entries: ReadonlyMap<string, Datum>): ReadonlyMap<string, Datum> {
  return new Map(sortedEntries(entries));
}

/** Whether two values are equal, of one type included; undefined where that depends on what is unknown. */
export function equal(one: Datum, other: Datum): boolean | undefined {
  if (one.kind === 'unknown' || other.kind === 'unknown') return undefined;
  if (one.kind !== other.kind) return false;
  if (isSequence(one)) return sequencesEqual(one, other as SequenceDatum);
  if (isStructure(one) && isStructure(other)) {
    if (one.lazy || other.lazy) return one === other || undefined;
    if (one.entries.size !== other.entries.size) return false;
    let all: boolean | undefined = true;
    for (const [key, value] of one.entries) {
      const against = other.entries.get(key);
      const same = against ? equal(value, against) : false;
      if (same === false) return false;
      if (same === undefined) all = undefined;
    }
    return all;
  }
  return 'value' in one && 'value' in other ? one.value === other.value : true;
}

function sequencesEqual(one: SequenceDatum, other: SequenceDatum): boolean | undefined {
  if (one.kind === 'set' && (keyOf(one) === undefined || keyOf(other) === undefined)) return undefined;
  if (one.items.length !== other.items.length) return false;
  let all: boolean | undefined = true;
  for (const [index, item] of one.items.entries()) {
    const same = equal(item, other.items[index] as Datum);
    if (same === false) return false;
    if (same === undefined) all = undefined;
  }
  return all;
}

/** Equal for values that are equal, of one type included; undefined of a value with something unknown in it. */
export function keyOf(datum: Datum): string | undefined {
  switch (datum.kind) {
    case 'unknown':
      return undefined;
    case 'null':
      return '~';
    case 'bool':
      return datum.value ? 'T' : 'F';
    case 'number':
      return numberText(datum.value);
    case 'string':
      return JSON.stringify(datum.value);
    case 'map':
    case 'object': {
      const parts: string[] = [];
      for (const [name, value] of sortedEntries(datum.entries)) {
        const key = keyOf(value);
        if (key === undefined) return undefined;
        parts.push(datum.kind === 'map' ? `${JSON.stringify(name)}:${key};` : `${JSON.stringify(name)}=${key};`);
      }
      return datum.kind === 'map' ? `{${parts.join('')}}` : `<${parts.join('')}>`;
    }
    default: {
      const parts: string[] = [];
      for (const item of datum.items) {
        const key = keyOf(item);
        if (key === undefined) return undefined;
        parts.push(`${key};`);
      }
      return datum.kind === 'tuple' ? `(${parts.join('')})` : `${datum.kind}[${parts.join('')}]`;
    }
  }
}

/** The items, each once: the first of equal ones stays, and whatever has something unknown in it. */
export function distinctItems(items: readonly Datum[]): readonly Datum[] {
  const seen = new Set<string>();
  return items.filter((item) => {
    const key = keyOf(item);
    if (key === undefined) return true;
    return !seen.has(key) && seen.add(key);
  });
}

/** The set of these items, which are of one type. */
export function makeSet(items: readonly Datum[], origin: Origin): SequenceDatum {
  return { kind: 'set', items: distinctItems(items).toSorted(compareInSet), origin };
}

/** Strings by bytes, numbers by size, false before true; then null, then what is unknown. */
function compareInSet(one: Datum, other: Datum): number {
  const ranks = rank(one) - rank(other);
  if (ranks !== 0) return ranks;
  if (one.kind === 'string' && other.kind === 'string') return comparePoints(one.value, other.value);
  if ('value' in one && 'value' in other) return Number(one.value) - Number(other.value);
  if (one.kind === 'unknown' || one.kind === 'null') return 0;
  return comparePoints(placeInSet(one), placeInSet(other));
}

function rank({ kind }: Datum): number {
  return kind === 'unknown' ? 2 : kind === 'null' ? 1 : 0;
}

/** What cty compares of values that have no order of their own. */
function placeInSet(datum: Datum): string {
  switch (datum.kind) {
    case 'unknown':
      return '?';
    case 'null':
      return '~';
    case 'bool':
      return datum.value ? 'T' : 'F';
    case 'number':
      return numberText(Number(datum.value.toPrecision(10)));
    case 'string':
      return JSON.stringify(datum.value);
    case 'map':
      return `{${[...datum.entries].map(([name, value]) => `${JSON.stringify(name)}:${placeInSet(value)};`).join('')}}`;
    case 'object':
      return `<${sortedEntries(datum.entries)
        .map(([, value]) => `${placeInSet(value)};`)
        .join('')}>`;
    case 'tuple':
      return `<${datum.items.map((item) => `${placeInSet(item)};`).join('')}>`;
    default:
      return `[${datum.items.map((item) => `${placeInSet(item)};`).join('')}]`;
  }
}
