/** JSON as Terraform writes and reads it (zclconf/go-cty cty/json). */
import type { Origin } from '../../../../source/span.ts';
import { bool, type Datum, isSequence, isStructure, nothing, number, sequence, structure, text } from '../datum.ts';
import { numberText } from '../number.ts';
import { comparePoints, sortedEntries } from '../order.ts';

/** A value in which nothing is unknown, as JSON without blanks; members in the order of their names. */
export function jsonText(datum: Datum): string {
  if (isSequence(datum)) return `[${datum.items.map(jsonText).join()}]`;
  if (isStructure(datum)) {
    return `{${sortedEntries(datum.entries)
      .map(([key, value]) => `${jsonString(key)}:${jsonText(value)}`)
      .join()}}`;
  }
  switch (datum.kind) {
    case 'string':
      return jsonString(datum.value);
    case 'number':
      return numberText(datum.value);
    case 'bool':
      return String(datum.value);
    default:
      return 'null';
  }
}

/** A string in JSON, safe within HTML, as Go writes it. */
export function jsonString(value: string): string {
  return JSON.stringify(value).replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/** The value of a JSON text, all of it at `origin`; undefined of a text that is no JSON. */
export function readJson(source: string, origin: Origin): Datum | undefined {
  try {
    return datumOf(JSON.parse(source), origin);
  } catch {
    // No JSON, or nested deeper than the stack: neither is a value.
    return undefined;
  }
}

/** A value of JSON: arrays are tuples, objects are objects. */
function datumOf(value: unknown, origin: Origin): Datum {
  switch (typeof value) {
    case 'string':
      return text(value, origin);
    case 'number':
      return number(value, origin);
    case 'boolean':
      return bool(value, origin);
  }
  if (value === null || value === undefined) return nothing(origin);
  if (Array.isArray(value)) {
    return sequence(
      'tuple',
      value.map((item) => datumOf(item, origin)),
      origin,
    );
  }
  const entries = Object.entries(value).sort(([one], [other]) => comparePoints(one, other));
  return structure('object', new Map(entries.map(([key, item]) => [key, datumOf(item, origin)])), origin);
}
