/** Values as JSON text: for comparing, and for the hash in the names of generated objects. */
import { compareText } from '../../../source/order.ts';
import type { Value } from '../../../source/value.ts';

/**
 * The value as the JSON that Go writes: keys sorted, and the signs that could end a script escaped. Undefined where
 * some of it is not known.
 */
export function plainJson(value: Value | undefined): string | undefined {
  if (value === undefined) return 'null';
  if (value.kind === 'unknown') return undefined;
  if (value.kind === 'scalar') return typeof value.value === 'string' ? jsonText(value.value) : String(value.value);
  const parts: string[] = [];
  if (value.kind === 'list') {
    for (const item of value.items) {
      const part = plainJson(item);
      if (part === undefined) return undefined;
      parts.push(part);
    }
    return `[${parts.join(',')}]`;
  }
  for (const entry of [...value.entries.values()].sort((a, b) => compareText(a.key, b.key))) {
    const part = plainJson(entry.value);
    if (part === undefined) return undefined;
    parts.push(`${jsonText(entry.key)}:${part}`);
  }
  return `{${parts.join(',')}}`;
}

/** A string as Go's encoding/json writes it. */
export function jsonText(text: string): string {
  return JSON.stringify(text).replace(
    /[<>&\u2028\u2029]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
