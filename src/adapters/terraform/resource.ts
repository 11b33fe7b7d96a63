/** Attributes of resources: each a value, an unknown, or absent (null is as good as absent, as providers have it). */
import type { Origin } from '../../source/span.ts';
import {
  booleanOf,
  entryOf,
  integerOf,
  itemsOf,
  type Mapping,
  type ResourceReference,
  textOf,
  type Unknown,
  unknown,
  type Value,
} from '../../source/value.ts';

/** A resource's body, or a block in it. */
export type Block = Mapping;

/** A text, and where it is written. */
export interface Written {
  readonly kind: 'written';
  readonly text: string;
  readonly origin: Origin;
}

/** The value of an attribute; undefined where it is absent or null. */
export function get(block: Block | undefined, name: string): Value | undefined {
  const value = entryOf(block, name)?.value;
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
}

/** The place where an attribute is given its value; `otherwise` where it is not there. */
export function originOf(block: Block | undefined, name: string, otherwise: Origin): Origin {
  return get(block, name)?.origin ?? otherwise;
}

/**
 * The blocks of a name, or the objects of an attribute that is written like one (`ingress = [{ … }]`). What is not a block
 * is an unknown: it may stand for any number of them.
 */
export function blocks(block: Block | undefined, name: string): readonly (Block | Unknown)[] {
  const value = get(block, name);
  if (value === undefined) return [];
  if (value.kind === 'mapping' || value.kind === 'unknown') return [value];
  return itemsOf(value).flatMap((item) => (item.kind === 'mapping' || item.kind === 'unknown' ? [item] : []));
}

/** The blocks of a name as far as they are known. */
export function knownBlocks(block: Block | undefined, name: string): readonly Block[] {
  return blocks(block, name).filter((each): each is Block => !isUnknown(each));
}

/** The first block of a name; undefined where there is none, or where nobody knows. */
export function firstBlock(block: Block | undefined, name: string): Block | undefined {
  return blocks(block, name).find((each) => each.kind === 'mapping');
}

/** The text of an attribute: numbers and truth values as Terraform writes them. */
export function text(block: Block | undefined, name: string): string | Unknown | undefined {
  const value = get(block, name);
  return value?.kind === 'unknown' ? value : textOf(value);
}

/** The text of an attribute as far as it is known. */
export function knownText(block: Block | undefined, name: string): string | undefined {
  return textOf(get(block, name));
}

/** A whole number, given as one or as a text. */
export function whole(block: Block | undefined, name: string): number | Unknown | undefined {
  const value = get(block, name);
  if (value?.kind === 'unknown') return value;
  return value && (integerOf(value) ?? unknown('it is no whole number', value.origin));
}

/** A truth value, given as one or as a text; `otherwise` where it is absent. */
export function truth(block: Block | undefined, name: string, otherwise: boolean): boolean | Unknown {
  const value = get(block, name);
  if (value === undefined) return otherwise;
  if (value.kind === 'unknown') return value;
  return booleanOf(value) ?? unknown('it is neither true nor false', value.origin);
}

/** Every text in an attribute: its own, or those of its list; unknown items stand among them. */
export function texts(block: Block | undefined, name: string): readonly (Written | Unknown)[] {
  const value = get(block, name);
  return value === undefined ? [] : textsIn(value);
}

/** Every text in a value. */
export function textsIn(value: Value): readonly (Written | Unknown)[] {
  if (value.kind === 'unknown') return [value];
  if (value.kind === 'list') return value.items.flatMap(textsIn);
  const written = textOf(value);
  return written === undefined ? [] : [{ kind: 'written', text: written, origin: value.origin }];
}

/** The parts of a text with commas in it, each where the text is written. */
export function apartAtCommas(item: Written | Unknown): readonly (Written | Unknown)[] {
  if (item.kind === 'unknown') return [item];
  return item.text.split(',').flatMap((part) => (part.trim() === '' ? [] : [{ ...item, text: part.trim() }]));
}

/** Every attribute of a resource that a value is made from. */
export function referencesIn(value: Value | undefined): readonly ResourceReference[] {
  const found: ResourceReference[] = [];
  gather(value, found);
  return found;
}

function gather(value: Value | undefined, found: ResourceReference[]): void {
  if (value === undefined) return;
  if (value.kind === 'unknown') {
    found.push(...(value.refers ?? []));
    gather(value.encodes, found);
  } else if (value.kind === 'list') for (const item of value.items) gather(item, found);
  else if (value.kind === 'mapping') for (const entry of value.entries.values()) gather(entry.value, found);
  else gather(value.encodes, found);
}

/** Whether it is a value that the code does not show. */
export function isUnknown(value: unknown): value is Unknown {
  return typeof value === 'object' && value !== null && 'kind' in value && value.kind === 'unknown';
}
