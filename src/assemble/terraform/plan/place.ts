/** What a recording knows, at the places of the code that it was made from. */
import { parseData } from '../../../parsers/yaml/index.ts';
import type { Origin } from '../../../source/span.ts';
import { at, type Entry, type Mapping, type Scalar, type Unknown, type Value } from '../../../source/value.ts';
import { aligned } from './align.ts';
import type { Links } from './links.ts';
import { isUnsaid } from './values.ts';

/**
 * `value` of a recording at the places of `written`, the same value as the code has it. What only the code tells stays:
 * what an unknown refers to, and which ids are links. `origin` is where an absent thing would be written.
 */
export function placed(value: Value, written: Value | undefined, origin: Origin, links: Links): Value {
  if (!written) return moved(value, origin);
  if (value.kind === 'scalar' && 'encodes' in written && written.encodes) {
    return { ...value, encodes: decoded(value, written.encodes, links), origin: written.origin };
  }
  if (written.kind === 'unknown') return beside(value, written, links);
  if (value.kind === 'unknown') {
    // What is sensitive may not be shown, whatever the code shows.
    return value.reason === 'sensitive' ? { ...value, origin: written.origin } : written;
  }
  if (value.kind === 'list' && written.kind === 'list') {
    const sources = aligned(value.items, written.items);
    const items = value.items.map((item, index) => placed(item, sources[index], written.origin, links));
    return { kind: 'list', items, origin: written.origin };
  }
  if (value.kind === 'mapping' && written.kind === 'mapping') return placedMapping(value, written, links);
  return moved(value, written.origin);
}

/** The same of a mapping: what the code does not mention stands where the whole is written. */
export function placedMapping(value: Mapping, written: Mapping, links: Links): Mapping {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) {
    const source = written.entries.get(key);
    if (!source && isUnsaid(entry.value)) continue;
    const keyOrigin = source?.keyOrigin ?? written.origin;
    entries.set(key, { key, keyOrigin, value: placed(entry.value, source && inPlace(source), written.origin, links) });
  }
  return { kind: 'mapping', entries, origin: written.origin };
}

/** The structure that a text was made from, with what the text tells of it. */
function decoded({ origin, text }: Scalar, written: Value, links: Links): Value {
  const root = parseData({ path: origin.file, format: 'json', text }).documents[0]?.root;
  return root ? placed(root, written, written.origin, links) : written;
}

/** What a variable is that nothing in the code gives a value stands where it is used: others may use it too. */
function inPlace({ value, keyOrigin }: Entry): Value {
  return value.kind === 'unknown' && value.reason === 'no-default' ? { ...value, origin: keyOrigin } : value;
}

/** A value where the code shows none: known now, but for what refers to something else. */
function beside(value: Value, written: Unknown, links: Links): Value {
  if (value.kind === 'unknown') {
    const refers = written.refers?.length ? written.refers : (value.refers ?? []);
    return { ...value, refers, origin: written.origin };
  }
  if (value.kind === 'scalar') return links.of(value, written.refers ?? []) ?? { ...value, origin: written.origin };
  if (value.kind === 'list') {
    return { kind: 'list', items: value.items.map((item) => beside(item, written, links)), origin: written.origin };
  }
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) {
    entries.set(key, { key, keyOrigin: written.origin, value: beside(entry.value, written, links) });
  }
  return { kind: 'mapping', entries, origin: written.origin };
}

/** `written` with what `value` knows of it: what the code itself shows stays as it is. */
export function filled(written: Value, value: Value | undefined, links: Links): Value {
  if (!value) return written;
  if (written.kind === 'unknown') {
    return value.kind === 'unknown' || written.reason === 'sensitive' ? written : beside(value, written, links);
  }
  if (written.kind === 'list' && value.kind === 'list') {
    const sources = aligned(written.items, value.items);
    return { ...written, items: written.items.map((item, index) => filled(item, sources[index], links)) };
  }
  return written.kind === 'mapping' && value.kind === 'mapping' ? filledMapping(written, value, links) : written;
}

/** The same of a mapping. */
export function filledMapping(written: Mapping, value: Mapping, links: Links): Mapping {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of written.entries) {
    entries.set(key, { ...entry, value: filled(inPlace(entry), at(value, key), links) });
  }
  return { ...written, entries };
}

/** The value and all that is in it at one place. */
function moved(value: Value, origin: Origin): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => moved(item, origin)), origin };
  if (value.kind !== 'mapping') return { ...value, origin };
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) {
    if (!isUnsaid(entry.value)) entries.set(key, { key, keyOrigin: origin, value: moved(entry.value, origin) });
  }
  return { ...value, entries, origin };
}
