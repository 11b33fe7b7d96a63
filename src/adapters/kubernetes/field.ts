/** Fields of manifests: their lines, and the texts and lists that they hold. */
import type { Origin } from '../../source/span.ts';
import { at, type Entry, entriesOf, entryOf, itemsOf, textOf, type Value } from '../../source/value.ts';

/** The line of a field: from its key to the end of its value where that is one line of text, else the key alone. */
export function lineOf(entry: Entry): Origin {
  const { keyOrigin, value } = entry;
  // What stands behind an alias is edited where the anchor is, what a kustomization puts here in its line.
  if (value.origin.via && !keyOrigin.via) return value.origin;
  const inline = value.kind === 'scalar' && value.origin.start >= keyOrigin.end && !value.text.includes('\n');
  return inline && value.origin.file === keyOrigin.file ? { ...keyOrigin, end: value.origin.end } : keyOrigin;
}

/** The line of the field `key`; `otherwise` where it is not there. */
export function lineAt(value: Value | undefined, key: string, otherwise: Origin): Origin {
  const entry = entryOf(value, key);
  return entry ? lineOf(entry) : otherwise;
}

/** The line that an item of a list begins with: its first field, or itself. */
export function firstLineOf(item: Value): Origin {
  for (const entry of entriesOf(item)) return lineOf(entry);
  return item.origin;
}

/** The texts of a list of scalars, each with its place. */
export function textsOf(value: Value | undefined): readonly { readonly text: string; readonly origin: Origin }[] {
  return itemsOf(value).flatMap((item) => {
    const text = textOf(item)?.trim();
    return text ? [{ text, origin: item.origin }] : [];
  });
}

/** The parts of a text that lists things between commas. */
export function commaSeparated(text: string): readonly string[] {
  return text
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
}

/** An annotation that holds a text. */
export interface Annotation {
  readonly key: string;
  readonly text: string;
  readonly origin: Origin;
}

/** The annotations of an object or of a pod template's metadata, by key. */
export function annotationsOf(metadata: Value | undefined): ReadonlyMap<string, Annotation> {
  const found = new Map<string, Annotation>();
  for (const entry of entriesOf(at(metadata, 'annotations'))) {
    const text = textOf(entry.value);
    if (text !== undefined) found.set(entry.key, { key: entry.key, text: text.trim(), origin: lineOf(entry) });
  }
  return found;
}

/** The first of `keys` that is annotated. */
export function firstAnnotation(
  annotations: ReadonlyMap<string, Annotation>,
  keys: readonly string[],
): Annotation | undefined {
  for (const key of keys) {
    const annotation = annotations.get(key);
    if (annotation) return annotation;
  }
  return undefined;
}
