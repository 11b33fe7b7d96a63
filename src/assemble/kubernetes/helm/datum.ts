/** What a template computes with: Go's values, as far as charts have them, each with the place that it comes from. */
import type { Origin } from '../../../source/span.ts';
import { Fault } from './fault.ts';
import type { Text } from './text.ts';

/** A value of a template. */
export type Datum = Nil | Bool | Int | Float | Text | List | Dict | Struct | Opaque;

/** Go's nil: what is not there, and what is set to nothing. */
export interface Nil {
  readonly kind: 'nil';
}

/** A truth value. */
export interface Bool {
  readonly kind: 'bool';
  readonly value: boolean;
  readonly origin?: Origin | undefined;
}

/** A whole number. */
export interface Int {
  readonly kind: 'int';
  /** A safe integer. */
  readonly value: number;
  /** An int64, which Go tells apart from an int. */
  readonly long: boolean;
  readonly origin?: Origin | undefined;
}

/** Every number of a values file is one. */
export interface Float {
  readonly kind: 'float';
  readonly value: number;
  readonly origin?: Origin | undefined;
}

/** Values in their order; never changed in place. */
export interface List {
  readonly kind: 'list';
  readonly items: readonly Datum[];
  readonly origin?: Origin | undefined;
}

/** A value under its key. */
export interface Slot {
  readonly value: Datum;
  readonly keyOrigin?: Origin | undefined;
}

/** A map from texts; `set`, `unset` and `merge` change it in place, as in Helm. */
export interface Dict {
  readonly kind: 'dict';
  readonly slots: Map<string, Slot>;
  readonly origin?: Origin | undefined;
}

/** What Helm hands to templates besides values: fields, and methods that take arguments. */
export interface Struct {
  readonly kind: 'struct';
  /** As `typeOf` says it. */
  readonly type: string;
  readonly fields: ReadonlyMap<string, Datum>;
  readonly methods: ReadonlyMap<string, (args: readonly Datum[]) => Datum>;
  /** What `range` and `index` see of it. */
  readonly slots?: () => ReadonlyMap<string, Slot>;
  /** What printing it gives. */
  readonly printed: string;
}

/** A value that exists only at deployment. `decided` says that it is there at all: a password is never empty. */
export interface Opaque {
  readonly kind: 'opaque';
  readonly because: string;
  readonly decided: boolean;
}

/** The one nil. */
export const NIL: Nil = { kind: 'nil' };

/** A truth value that a function made. */
export const bool = (value: boolean): Bool => ({ kind: 'bool', value });
/** An int, as literals and `int` give it. */
export const int = (value: number, origin?: Origin): Int => ({ kind: 'int', value: safe(value), long: false, origin });
/** An int64, as arithmetic gives it. */
export const int64 = (value: number, origin?: Origin): Int => ({ kind: 'int', value: safe(value), long: true, origin });
/** A float. */
export const float = (value: number, origin?: Origin): Float => ({ kind: 'float', value, origin });
/** A list that a function made. */
export const list = (items: readonly Datum[]): List => ({ kind: 'list', items });
/** A value that is there at deployment; `because` stands after the word "because". */
export const opaque = (because: string): Opaque => ({ kind: 'opaque', because, decided: true });

/** A map of its own with these values. */
export function dict(entries: Iterable<readonly [string, Datum]> = []): Dict {
  return { kind: 'dict', slots: new Map([...entries].map(([key, value]) => [key, { value }])) };
}

function safe(value: number): number {
  if (!Number.isSafeInteger(value)) throw new Fault('a whole number in it is larger than can be held exactly');
  return value === 0 ? 0 : value;
}

/** Go's truth: nothing, zero, and what is empty are false. */
export function isTrue(datum: Datum): boolean {
  switch (datum.kind) {
    case 'nil':
      return false;
    case 'bool':
      return datum.value;
    case 'int':
    case 'float':
      return datum.value !== 0;
    case 'text':
      return datum.text !== '';
    case 'list':
      return datum.items.length > 0;
    case 'dict':
      return datum.slots.size > 0;
    case 'struct':
      return datum.slots === undefined || datum.slots().size > 0;
    case 'opaque':
      if (!datum.decided) throw new Fault(`it depends on what is known only at deployment: ${datum.because}`);
      return true;
  }
}

/** The name that `kindOf` gives. */
export function kindName(datum: Datum): string {
  switch (datum.kind) {
    case 'nil':
      return 'invalid';
    case 'int':
      return datum.long ? 'int64' : 'int';
    case 'float':
      return 'float64';
    case 'text':
      return 'string';
    case 'list':
      return 'slice';
    case 'dict':
      return 'map';
    case 'struct':
      return datum.slots ? 'map' : 'struct';
    case 'opaque':
      return 'string';
    default:
      return datum.kind;
  }
}

/** The name that `typeOf` gives. */
export function typeName(datum: Datum): string {
  switch (datum.kind) {
    case 'nil':
      return '<nil>';
    case 'list':
      return '[]interface {}';
    case 'dict':
      return 'map[string]interface {}';
    case 'struct':
      return datum.type;
    default:
      return kindName(datum);
  }
}

/** The entries of a map in the order of their keys; none of anything else. */
export function sortedSlots(datum: Datum): readonly (readonly [string, Slot])[] {
  const slots = datum.kind === 'dict' ? datum.slots : datum.kind === 'struct' ? datum.slots?.() : undefined;
  return slots ? [...slots].sort(([one], [other]) => (one < other ? -1 : 1)) : [];
}

/** Where a value was written, where it was written at all. */
export function originOfDatum(datum: Datum): Origin | undefined {
  if (datum.kind === 'text') return datum.marks[0]?.origin;
  return 'origin' in datum ? datum.origin : undefined;
}

/** How deep data may be nested: templates can nest a map in itself. */
export const DEEPEST_DATUM = 100;

/** Ends the rendering where data is nested deeper than any real one. */
export function guardDepth(depth: number): void {
  if (depth > DEEPEST_DATUM) throw new Fault('it makes data that is nested deeper than any real one', { limit: true });
}
