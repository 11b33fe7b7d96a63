/** Fields that a step of the build changes, in whatever kinds have them. */
import type { Origin } from '../../../source/span.ts';
import type { Mapping, Value } from '../../../source/value.ts';
import { type Gvk, gvkOf, isSelected } from './resource.ts';
import { isNull, mappingOf, stringOf, withField, withItems } from './value-edit.ts';

/** A field by its path, in objects of a kind; a part of the kind that is absent is not asked. */
export interface FieldSpec extends Partial<Gvk> {
  /** `['spec', 'template']`; through lists without saying so; `containers[]` is a list or nothing. */
  readonly path: readonly string[];
  /** Made where it is not there. */
  readonly create?: boolean;
}

/** What is done with a field. */
export interface FieldChange {
  /** What it is made as where it is not there and the spec says that it is made; null: never made. */
  readonly kind: 'scalar' | 'mapping' | null;
  /** The value in its place; the same value where it stays. */
  readonly set: (value: Value) => Value;
  /** The line that asks for it, which is where a person would edit what is made. */
  readonly origin: Origin;
}

/** `a/b\/c` taken apart; a slash in front says nothing. */
export function pathOf(text: string): readonly string[] {
  return splitEscaped(text, '/');
}

/** `text` at every `delimiter` that has no backslash before it; a delimiter in front says nothing. */
export function splitEscaped(text: string, delimiter: string): readonly string[] {
  const parts = text.split(delimiter);
  if (parts.length > 1 && parts[0] === '') parts.shift();
  const whole: string[] = [];
  for (const part of parts) {
    const before = whole.at(-1);
    if (before?.endsWith('\\')) whole[whole.length - 1] = `${before.slice(0, -1)}${delimiter}${part}`;
    else whole.push(part);
  }
  return whole;
}

/** The object with the fields of `specs` changed, as far as they are its kind's. */
export function changeFields(root: Mapping, specs: readonly FieldSpec[], change: FieldChange): Mapping {
  const gvk = gvkOf(root);
  let changed: Value = root;
  for (const spec of specs) if (isSelected(gvk, spec)) changed = changeAt(changed, spec, 0, change);
  return changed.kind === 'mapping' ? changed : root;
}

function changeAt(value: Value, spec: FieldSpec, depth: number, change: FieldChange): Value {
  const part = spec.path[depth];
  if (part === undefined) return change.set(value);
  if (value.kind === 'list') {
    return withItems(
      value,
      value.items.map((item) => changeAt(item, spec, depth, change)),
    );
  }
  if (value.kind !== 'mapping') return value;
  const isList = part.endsWith('[]');
  const key = isList ? part.slice(0, -2) : part;
  const making = spec.create === true && change.kind !== null && !isList;
  const known = value.entries.get(key);
  if (!known && !making) return value;
  const last = depth === spec.path.length - 1;
  const made = last && change.kind === 'scalar' ? stringOf('', change.origin) : mappingOf(change.origin);
  const child = !known || (making && isNull(known.value)) ? made : known.value;
  const next = changeAt(child, spec, depth + 1, change);
  return known && next === known.value ? value : withField(value, key, next, change.origin);
}
