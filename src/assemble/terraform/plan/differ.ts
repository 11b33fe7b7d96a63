/** When two values cannot be the same. */
import { booleanOf, type Value } from '../../../source/value.ts';

/** Whether both values are known, and are not the same: `80` and `"80"` are, whichever way a provider's schema has it. */
export function differ(a: Value | undefined, b: Value | undefined): boolean {
  if (!a || !b || a.kind === 'unknown' || b.kind === 'unknown' || isNull(a) || isNull(b)) return false;
  if (a.kind === 'scalar' && b.kind === 'scalar') {
    return (
      a.text !== b.text && (booleanOf(a) === undefined || booleanOf(a) !== booleanOf(b)) && !sameNumber(a.text, b.text)
    );
  }
  if (a.kind === 'list' && b.kind === 'list') {
    return a.items.length !== b.items.length || a.items.some((item, index) => differ(item, b.items[index]));
  }
  if (a.kind !== 'mapping' || b.kind !== 'mapping') return a.kind !== b.kind;
  for (const [key, { value }] of a.entries) if (differ(value, b.entries.get(key)?.value)) return true;
  return false;
}

function isNull(value: Value): boolean {
  return value.kind === 'scalar' && value.value === null;
}

function sameNumber(a: string, b: string): boolean {
  return a !== '' && b !== '' && Number(a) === Number(b);
}
