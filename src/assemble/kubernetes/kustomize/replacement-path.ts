/** The field paths of replacements and variables: `spec.containers.[name=web].image`, `rules.0.host`, `env.*.value`. */
import type { Origin } from '../../../source/span.ts';
import { itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Work } from '../../regexp/match.ts';
import { splitEscaped } from './field-path.ts';
import { patternOf } from './pattern.ts';
import { mappingOf, stringOf, withField, withItems } from './value-edit.ts';

/** `text` taken apart at its dots: those within brackets stay, and brackets fall off where they only kept dots. */
export function partsOf(text: string): readonly string[] {
  const parts: string[] = [];
  const split = splitEscaped(text, '.');
  for (let i = 0; i < split.length; i++) {
    const part = split[i] as string;
    let end = i;
    if (part.startsWith('[')) while (end < split.length - 1 && !split[end]?.endsWith(']')) end++;
    parts.push(end === i ? part : bracketed(split.slice(i, end + 1).join('.')));
    i = end;
  }
  return parts;
}

function bracketed(text: string): string {
  return text.includes('=') ? text : text.replace(/^\[+/, '').replace(/\]+$/, '');
}

/** The value at the path; undefined where it is not there. Items are found by their whole values here. */
export function valueAlong(root: Value, parts: readonly string[]): Value | undefined {
  let value: Value | undefined = root;
  for (const part of parts.map((each) => each.trim()).filter((each) => each !== '')) {
    const key = itemKey(part);
    if (/^\d+$/.test(part)) value = itemsOf(value)[Number(part)];
    else if (part === '-') value = itemsOf(value).at(-1);
    else if (key) value = itemsOf(value).find((item) => itemText(item, key.field) === key.value);
    else value = value?.kind === 'mapping' ? value.entries.get(part)?.value : undefined;
  }
  return value;
}

/** What is done with the values along a path. */
export interface PathChange {
  /** What the last field is made as where it is not there; null: nothing is made. */
  readonly made: 'scalar' | 'mapping' | 'list' | null;
  readonly set: (value: Value) => Value;
  readonly origin: Origin;
  readonly work: Work;
}

/** The value with what stands at the end of the path changed; undefined where nothing stands there. */
export function changeAlong(value: Value, parts: readonly string[], change: PathChange): Value | undefined {
  const [part, ...rest] = parts;
  if (part === undefined) return change.set(value);
  change.work.steps -= value.kind === 'list' ? value.items.length : 1;
  if (change.work.steps <= 0) return undefined;
  const key = itemKey(part);
  if (/^\d+$/.test(part)) return changeIndex(value, Number(part), rest, change);
  if (part === '*') return changeItems(value, () => true, rest, change);
  if (key) {
    const pattern = patternOf(key.value, false);
    const matching = (item: Value) => pattern?.((itemText(item, key.field) ?? '').trim(), change.work) === true;
    const isOne = (item: Value) => itemText(item, key.field) !== undefined && matching(item);
    return changeItems(value, isOne, rest, change) ?? appendItem(value, key, rest, change);
  }
  return changeField(value, part, rest, change);
}

function changeField(value: Value, part: string, rest: readonly string[], change: PathChange): Value | undefined {
  if (value.kind !== 'mapping') return undefined;
  const known = value.entries.get(part);
  if (!known && change.made === null) return undefined;
  const child = changeAlong(known?.value ?? made(rest[0], change), rest, change);
  return child && withField(value, part, child, change.origin);
}

function changeIndex(value: Value, index: number, rest: readonly string[], change: PathChange): Value | undefined {
  if (value.kind !== 'list') return undefined;
  const appends = change.made !== null && index === value.items.length;
  const known = value.items[index] ?? (appends ? made(rest[0], change) : undefined);
  const child = known && changeAlong(known, rest, change);
  if (!child) return undefined;
  const items = [...value.items];
  items[index] = child;
  return withItems(value, items);
}

/** Undefined where no item is one of those, or none of them has the rest of the path. */
function changeItems(
  value: Value,
  isOne: (item: Value) => boolean,
  rest: readonly string[],
  change: PathChange,
): Value | undefined {
  if (value.kind !== 'list') return undefined;
  let found = false;
  const items = value.items.map((item) => {
    const child = isOne(item) ? changeAlong(item, rest, change) : undefined;
    found ||= child !== undefined;
    return child ?? item;
  });
  return found ? withItems(value, items) : undefined;
}

function appendItem(value: Value, key: ItemKey, rest: readonly string[], change: PathChange): Value | undefined {
  if (value.kind !== 'list' || change.made === null) return undefined;
  const text = stringOf(key.value, change.origin);
  const item: Value = key.field === '' ? text : withField(empty(change.origin), key.field, text, change.origin);
  const child = changeAlong(item, rest, change);
  return child && { ...value, items: [...value.items, child] };
}

/** What a field is made as, so that the rest of the path has its place in it. */
function made(next: string | undefined, { made, origin }: PathChange): Value {
  const list = next === undefined ? made === 'list' : itemKey(next) !== undefined || /^\d+$/.test(next);
  if (list) return { kind: 'list', items: [], origin };
  return next === undefined && made === 'scalar' ? stringOf('', origin) : empty(origin);
}

function empty(origin: Origin): Mapping {
  return mappingOf(origin);
}

interface ItemKey {
  /** Empty for a list of plain values. */
  readonly field: string;
  readonly value: string;
}

/** `[name=web]` taken apart; undefined for a part that is no such thing. */
function itemKey(part: string): ItemKey | undefined {
  if (!part.startsWith('[') || !part.endsWith(']')) return undefined;
  const sign = part.indexOf('=');
  return sign === -1 ? undefined : { field: part.slice(1, sign), value: part.slice(sign + 1, -1) };
}

function itemText(item: Value, field: string): string | undefined {
  if (field === '') return textOf(item);
  return item.kind === 'mapping' ? textOf(item.entries.get(field)?.value) : undefined;
}
