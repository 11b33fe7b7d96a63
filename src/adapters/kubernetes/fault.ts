/** What is wrong with an object that no API server takes: gathered while it is read, told in one notice. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, entriesOf, entryOf, type Unknown, type Value } from '../../source/value.ts';

/** One thing that is wrong; the message is a sentence without its full stop. */
export interface Fault {
  readonly message: string;
  readonly origin: Origin;
}

/** The notice about an object with faults, which is not in any cluster: its author thinks that it is. */
export function refusal({ kind, name }: KubernetesObject, faults: readonly [Fault, ...Fault[]]): Notice {
  const [{ message, origin }, ...more] = faults;
  const others = more.length > 0 ? ` (and ${more.length} more)` : '';
  return notice(
    'invalid-value',
    `No API server takes the ${kind} "${name}", and it is left out: ${message}${others}.`,
    origin,
  );
}

/** Whether faults were found. */
export function isFaulty(faults: readonly Fault[]): faults is readonly [Fault, ...Fault[]] {
  return faults.length > 0;
}

/** Whether it is a value that the code does not show. */
export function isUnknown<T extends object>(value: T | Unknown): value is Unknown {
  return 'kind' in value && value.kind === 'unknown';
}

/** The values, where all of them are known; else the first that is not. */
export function allKnown<T extends object>(values: readonly (T | Unknown)[]): readonly T[] | Unknown {
  const known: T[] = [];
  for (const value of values) {
    if (isUnknown(value)) return value;
    known.push(value);
  }
  return known;
}

/** The value of a field; a null is as good as no field. */
export function present(holder: Value | undefined, field: string): Value | undefined {
  const value = at(holder, field);
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
}

/** The items of a field that has to be a list; none where it is absent, and the unknown where the code does not show it. */
export function listAt(holder: Value | undefined, field: string, faults: Fault[]): readonly Value[] | Unknown {
  const value = present(holder, field);
  if (value === undefined) return [];
  if (value.kind === 'list') return value.items;
  if (value.kind === 'unknown') return value;
  faults.push({ message: `${field} has to be a list`, origin: entryOf(holder, field)?.keyOrigin ?? value.origin });
  return [];
}

/** Tells of fields that the kind does not have: what they say is dropped, and what is left may say something else. */
export function tellStrangers(
  value: Value | undefined,
  fields: readonly string[],
  what: string,
  notices: Notice[],
): void {
  for (const { key, keyOrigin } of entriesOf(value)) {
    if (fields.includes(key)) continue;
    const message = `${what} has no field ${key}: it is dropped, and what is left is read without it. Write ${fields.join(', ')}.`;
    notices.push(notice('invalid-value', message, keyOrigin));
    // One is enough to look at the place.
    return;
  }
}
