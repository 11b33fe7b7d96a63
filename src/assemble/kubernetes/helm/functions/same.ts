/** Whether two values are the same all the way down. */
import { type Datum, guardDepth } from '../datum.ts';

/** As Go's DeepEqual: of one type, with the same content. */
export function sameDatum(one: Datum, other: Datum, depth = 0): boolean {
  guardDepth(depth);
  if (one === other) return true;
  if (one.kind === 'list' && other.kind === 'list') {
    return (
      one.items.length === other.items.length &&
      one.items.every((item, index) => sameDatum(item, other.items[index] as Datum, depth + 1))
    );
  }
  if (one.kind === 'dict' && other.kind === 'dict') {
    if (one.slots.size !== other.slots.size) return false;
    for (const [key, { value }] of one.slots) {
      const slot = other.slots.get(key);
      if (!slot || !sameDatum(value, slot.value, depth + 1)) return false;
    }
    return true;
  }
  if (one.kind === 'text' && other.kind === 'text') return one.text === other.text;
  if (one.kind === 'int' && other.kind === 'int') return one.value === other.value && one.long === other.long;
  if (one.kind === 'nil' && other.kind === 'nil') return true;
  return (
    (one.kind === 'bool' && other.kind === 'bool' && one.value === other.value) ||
    (one.kind === 'float' && other.kind === 'float' && one.value === other.value)
  );
}
