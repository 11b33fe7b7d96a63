/**
 * The values of Terraform's language (zclconf/go-cty, hashicorp/terraform `website/docs/language/expressions/types`).
 * Numbers are doubles: ports, counts and addresses need no more. Data are immutable, and may be shared.
 */
import type { Origin } from '../../../source/span.ts';
import type { ResourceReference, UnknownReason } from '../../../source/value.ts';

export type { UnknownReason };

export type Datum = NullDatum | BoolDatum | NumberDatum | StringDatum | SequenceDatum | StructureDatum | UnknownDatum;

/** What every value carries. */
interface Marked {
  /** The expression that a person would edit to change it, with the module calls on its way. */
  readonly origin: Origin;
  /** Never shown in an output. */
  readonly sensitive?: true;
}

export interface NullDatum extends Marked {
  readonly kind: 'null';
}

export interface BoolDatum extends Marked {
  readonly kind: 'bool';
  readonly value: boolean;
}

export interface NumberDatum extends Marked {
  readonly kind: 'number';
  readonly value: number;
}

export interface StringDatum extends Marked {
  readonly kind: 'string';
  readonly value: string;
  /** What `jsonencode` or `yamlencode` made it from: `jsondecode` gives it back, and adapters read it with its origins. */
  readonly encodes?: Datum;
}

/** A list, a tuple, or a set, whose items stand in cty's order and are distinct. */
export interface SequenceDatum extends Marked {
  readonly kind: 'list' | 'tuple' | 'set';
  readonly items: readonly Datum[];
  /** Of the nested blocks of a resource: what stands for one that is not written, which the provider may add. */
  readonly rest?: () => Datum;
}

/** A map or an object; entries of a map stand in the order of their keys' code points. */
export interface StructureDatum extends Marked {
  readonly kind: 'map' | 'object';
  readonly entries: ReadonlyMap<string, Datum>;
  /** What an attribute that is not among the entries is: of a resource, whatever the provider computes. */
  readonly rest?: (name: string) => Datum;
  /** Its entries are worked out one by one, as they are asked for: nobody who walks through values enters it. */
  readonly lazy?: true;
  /** The resource instance that it is. */
  readonly resource?: string;
  /** Where keys are written, as far as that is known. */
  readonly keys?: ReadonlyMap<string, Origin>;
  /** Why it may not be there, or be there several times: what a `dynamic` block over something unknown makes. */
  readonly uncertain?: UnknownDatum;
}

/** A value that the code does not show. */
export interface UnknownDatum extends Marked {
  readonly kind: 'unknown';
  /** What kind of thing keeps it from being known. */
  readonly reason: UnknownReason;
  /** A phrase that stands after "because": `var.cidrs has no value`. */
  readonly because: string;
  /** What it is made from, as far as resources go: a reference stays a link where its value is unknown. */
  readonly refers: readonly ResourceReference[];
  /** What each of its items is, where it is a collection of an unknown number of them. */
  readonly item?: Datum;
  /** Items that are among those for sure. */
  readonly some?: readonly Datum[];
  /** Of a text: the structure, not all of it known, that `jsonencode` made it from. */
  readonly encodes?: Datum;
  /** Of a text: what it surely ends with. */
  readonly ends?: string;
}

/** A string. */
export function text(value: string, origin: Origin): StringDatum {
  return { kind: 'string', value, origin };
}

/** A number; negative zero is zero. */
export function number(value: number, origin: Origin): NumberDatum {
  return { kind: 'number', value: value === 0 ? 0 : value, origin };
}

/** A truth value. */
export function bool(value: boolean, origin: Origin): BoolDatum {
  return { kind: 'bool', value, origin };
}

/** Null. */
export function nothing(origin: Origin): NullDatum {
  return { kind: 'null', origin };
}

/** A list, a tuple or a set of these items; `makeSet` of order.ts puts the items of a set in order. */
export function sequence(kind: SequenceDatum['kind'], items: readonly Datum[], origin: Origin): SequenceDatum {
  return { kind, items, origin };
}

/** A map or an object of these entries; those of a map are in order already. */
export function structure(
  kind: StructureDatum['kind'],
  entries: ReadonlyMap<string, Datum>,
  origin: Origin,
): StructureDatum {
  return { kind, entries, origin };
}

/** A value that the code does not show; `because` stands after the word "because". */
export function unknownDatum(
  reason: UnknownReason,
  because: string,
  origin: Origin,
  refers: readonly ResourceReference[] = [],
): UnknownDatum {
  return { kind: 'unknown', reason, because, refers, origin };
}

/** The same value, sensitive as well where `sensitive` says so. */
export function withMark<T extends Datum>(datum: T, sensitive: boolean | undefined): T {
  return sensitive && !datum.sensitive ? { ...datum, sensitive: true } : datum;
}

/** Whether the value is a list, a tuple or a set. */
export function isSequence(datum: Datum): datum is SequenceDatum {
  return datum.kind === 'list' || datum.kind === 'tuple' || datum.kind === 'set';
}

/** Whether the value is a map or an object. */
export function isStructure(datum: Datum): datum is StructureDatum {
  return datum.kind === 'map' || datum.kind === 'object';
}
