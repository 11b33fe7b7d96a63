/** Texts of JSON in attributes, as values: what they were made from where the code shows it, else read. */
import type { Entry, Value } from '../../source/value.ts';

/** The structure that a text of JSON is of; undefined where it is none. What is read from a text has the place of all of it. */
export function jsonValue(value: Value): Value | undefined {
  if (value.kind === 'list' || value.kind === 'mapping') return value;
  if (value.encodes) return value.encodes;
  if (value.kind !== 'scalar' || typeof value.value !== 'string') return undefined;
  try {
    return jsonTree(JSON.parse(value.value), value.origin);
  } catch {
    return undefined;
  }
}

function jsonTree(data: unknown, origin: Value['origin']): Value {
  if (Array.isArray(data)) return { kind: 'list', items: data.map((item) => jsonTree(item, origin)), origin };
  if (typeof data === 'object' && data !== null) {
    const entries = Object.entries(data).map(([key, item]): [string, Entry] => [
      key,
      { key, keyOrigin: origin, value: jsonTree(item, origin) },
    ]);
    return { kind: 'mapping', entries: new Map(entries), origin };
  }
  const scalar = data as string | number | boolean | null;
  return {
    kind: 'scalar',
    value: scalar,
    text: scalar === null ? '' : String(scalar),
    quoted: typeof scalar === 'string',
    origin,
  };
}
