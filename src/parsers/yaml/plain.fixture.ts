import type { Value } from '../../source/value.ts';

/** A tree without its places, as a test compares it. */
export function plainOf(value: Value | null): unknown {
  switch (value?.kind) {
    case undefined:
      return null;
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plainOf);
    case 'mapping':
      return Object.fromEntries([...value.entries.values()].map((entry) => [entry.key, plainOf(entry.value)]));
    case 'unknown':
      return `unknown because ${value.because}`;
  }
}
