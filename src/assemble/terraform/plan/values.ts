/** The values of an instance: what is unknown or sensitive made so, ids made links. */
import type { Origin } from '../../../source/span.ts';
import {
  at,
  booleanOf,
  type Entry,
  entryOf,
  itemsOf,
  type List,
  type Mapping,
  type ResourceReference,
  type Scalar,
  type Unknown,
  type Value,
} from '../../../source/value.ts';
import { differ } from './differ.ts';
import type { RawInstance } from './instance.ts';

/** What the values of one instance are made with. */
export interface Making {
  /** What stands before an attribute: the address of the instance. */
  readonly address: string;
  readonly origin: Origin;
  /** What an attribute is made from, told by its expressions. */
  readonly refersOf: (expressions: readonly Value[]) => readonly ResourceReference[];
  /** What is sensitive somewhere is not shown anywhere. */
  readonly secrets: ReadonlySet<string>;
  readonly link: (scalar: Scalar, refers: readonly ResourceReference[]) => Unknown | undefined;
}

/** Everything that is said of one value. */
interface Said {
  readonly value: Value | undefined;
  readonly unknown: Value | undefined;
  readonly sensitive: readonly Value[];
  /** The expressions that it may come from: several where nested blocks cannot be told apart. */
  readonly expressions: readonly Value[];
}

/**
 * The body of an instance. Attributes that are null are not there. A value is unknown where it is known only after
 * apply, and where it is sensitive: no output may show it.
 */
export function bodyOf({ values, afterUnknown: unknown, sensitive }: RawInstance, making: Body): Mapping {
  const expressions = making.expressions ? [making.expressions] : [];
  return mapping({ value: values, unknown, sensitive, expressions }, '', making);
}

/** What the values of an instance are made with, and the expressions of its block. */
export interface Body extends Making {
  readonly expressions: Mapping | null;
}

/** Strings with names that say that they are to be kept, whether the recording marks them or not. */
const SECRET = /(^|_)(password|passphrase|secret|token|private_key|secret_key|access_key|connection_string|sas)$/;

function made(said: Said, path: string, key: string, making: Making): Value | undefined {
  const { value, unknown, sensitive, expressions } = said;
  if (sensitive.some(isTrue)) return hidden(path, making, value ?? unknown);
  if (unknown && isTrue(unknown)) {
    const because = `${making.address}.${path} is known only after apply`;
    const refers = making.refersOf(expressions);
    return { kind: 'unknown', because, reason: 'computed', refers, origin: unknown.origin };
  }
  if (value?.kind === 'list' || (isNothing(value) && unknown?.kind === 'list')) return list(said, path, key, making);
  if (value?.kind === 'mapping' || (isNothing(value) && unknown?.kind === 'mapping')) {
    return mapping(said, path, making);
  }
  if (value?.kind !== 'scalar' || value.value === null) return undefined;
  if (typeof value.value === 'string' && (SECRET.test(key) || making.secrets.has(value.value))) {
    return hidden(path, making, value);
  }
  return making.link(value, making.refersOf(expressions)) ?? value;
}

function isTrue(mask: Value): boolean {
  return booleanOf(mask) === true;
}

/** The strings in `value` that `mask` says are sensitive; short ones are words that stand elsewhere by chance. */
export function secretsIn(value: Value | undefined, mask: Value | undefined, secrets: Set<string>): void {
  if (!value || !mask) return;
  if (value.kind === 'scalar') {
    if (isTrue(mask) && typeof value.value === 'string' && value.value.length >= SHORTEST) secrets.add(value.value);
  } else if (value.kind === 'list') {
    value.items.forEach((item, index) => {
      secretsIn(item, isTrue(mask) ? mask : itemsOf(mask)[index], secrets);
    });
  } else if (value.kind === 'mapping') {
    for (const [key, entry] of value.entries) secretsIn(entry.value, isTrue(mask) ? mask : at(mask, key), secrets);
  }
}

/** In UTF-16 code units. */
const SHORTEST = 4;

function isNothing(value: Value | undefined): boolean {
  return value === undefined || (value.kind === 'scalar' && value.value === null);
}

function hidden(path: string, { address, origin }: Making, value: Value | undefined): Unknown {
  const because = `${address}.${path} is sensitive`;
  return { kind: 'unknown', because, reason: 'sensitive', origin: value?.origin ?? origin };
}

function mapping({ value, unknown, sensitive, expressions }: Said, path: string, making: Making): Mapping {
  const entries = new Map<string, Entry>();
  const from = value?.kind === 'mapping' ? value : undefined;
  const masks = unknown?.kind === 'mapping' ? unknown : undefined;
  for (const key of new Set([...(from?.entries.keys() ?? []), ...(masks?.entries.keys() ?? [])])) {
    const said: Said = {
      value: at(from, key),
      unknown: at(masks, key),
      sensitive: sensitive.flatMap((each) => at(each, key) ?? []),
      expressions: expressions.flatMap((each) => expressionsOf(each, key)),
    };
    const inner = made(said, path === '' ? key : `${path}.${key}`, key, making);
    const entry = entryOf(from, key) ?? entryOf(masks, key);
    if (inner?.kind === 'unknown' && inner.reason === 'computed' && isLeftOut(expressions, key)) {
      const { refers: _, ...unsaid } = inner;
      if (entry) entries.set(key, { key, keyOrigin: entry.keyOrigin, value: unsaid });
    } else if (inner && entry) entries.set(key, { key, keyOrigin: entry.keyOrigin, value: inner });
  }
  return { kind: 'mapping', entries, origin: (from ?? masks ?? making).origin };
}

/** Whether a configuration is known, and says nothing of `key`. */
function isLeftOut(expressions: readonly Value[], key: string): boolean {
  return expressions.length > 0 && !expressions.some((each) => expressionsOf(each, key).length > 0);
}

/**
 * Whether nobody says what a value is, neither the configuration nor the plan: the provider makes it up, and it tells no
 * more than if it were not there. (The same goes for a `dynamic` block over something unknown: a plan does not have it.)
 */
export function isUnsaid(value: Value): boolean {
  return value.kind === 'unknown' && value.reason === 'computed' && value.refers === undefined;
}

/** The mapping without what nobody says. */
export function withoutUnsaid<V extends Value>(value: V): V;
export function withoutUnsaid(value: Value): Value {
  if (value.kind === 'list') return { ...value, items: value.items.map((item) => withoutUnsaid(item)) };
  if (value.kind !== 'mapping') return value;
  const entries = new Map<string, Entry>();
  for (const [key, entry] of value.entries) {
    if (!isUnsaid(entry.value)) entries.set(key, { ...entry, value: withoutUnsaid(entry.value) });
  }
  return { ...value, entries };
}

function list({ value, unknown, sensitive, expressions }: Said, path: string, key: string, making: Making): List {
  const from = itemsOf(value);
  const masks = itemsOf(unknown);
  const written = expressions.flatMap((each) => (each.kind === 'list' ? each.items : [each]));
  const length = Math.max(from.length, masks.length);
  const items: Value[] = [];
  for (let index = 0; index < length; index++) {
    const item = from[index];
    const said: Said = {
      value: item,
      unknown: masks[index],
      sensitive: sensitive.flatMap((each) => itemsOf(each)[index] ?? []),
      expressions:
        length * written.length > MOST_PAIRS ? nth(written, index) : written.filter((each) => fits(item, each)),
    };
    const inner = made(said, path, key, making);
    if (inner) items.push(inner);
  }
  const origin = value?.kind === 'list' ? value.origin : (unknown?.origin ?? making.origin);
  return { kind: 'list', items, origin };
}

/** Nested blocks are told apart by what is constant in them, unless there are too many of them. */
const MOST_PAIRS = 10_000;

function nth(expressions: readonly Value[], index: number): readonly Value[] {
  const expression = expressions.length === 1 ? expressions[0] : expressions[index];
  return expression ? [expression] : [];
}

/** The expressions of what stands under `key`: an expression is one for all that is nested in its value. */
function expressionsOf(expression: Value, key: string): readonly Value[] {
  if (isExpression(expression)) return [expression];
  if (expression.kind === 'list') return expression.items.flatMap((item) => expressionsOf(item, key));
  const found = at(expression, key);
  return found ? [found] : [];
}

function isExpression(value: Value): boolean {
  return value.kind === 'mapping' && (value.entries.has('constant_value') || at(value, 'references')?.kind === 'list');
}

/** Whether `item` may come from the nested block or expression: nothing constant in it says otherwise. */
export function fits(item: Value | undefined, expression: Value): boolean {
  if (item?.kind !== 'mapping' || expression.kind !== 'mapping' || isExpression(expression)) return true;
  for (const { key, value } of expression.entries.values()) {
    const constant = at(value, 'constant_value');
    if (constant && differ(constant, at(item, key))) return false;
  }
  return true;
}
