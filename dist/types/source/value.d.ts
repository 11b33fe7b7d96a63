import type { Origin } from './span.ts';
/**
 * The tree that adapters read, whether it was written in YAML, JSON, a chart or a plan. Every node and every key knows
 * its origin. It stands in `source/` so that a parser builds it directly and nothing is copied between stages.
 */
export type Value = Scalar | List | Mapping | Unknown;
/** A text as written, and what the format takes it for. */
export interface Scalar {
    readonly kind: 'scalar';
    /** By the YAML 1.2 core schema; what a field means by it (`22:22`, `yes`, `0777`) is the adapter's matter. */
    readonly value: string | number | boolean | null;
    /** The decoded text before the schema: `0777` where `value` is 777. */
    readonly text: string;
    /** Quoted and block scalars are strings whatever they look like. */
    readonly quoted: boolean;
    /** What it is the text of, where the code made it from a structure (`jsonencode`): each value there keeps its origin. */
    readonly encodes?: Value;
    /** A local tag such as `!override` or `!reset`. */
    readonly tag?: string;
    readonly origin: Origin;
}
/** Values in their order. */
export interface List {
    readonly kind: 'list';
    readonly items: readonly Value[];
    readonly tag?: string;
    readonly origin: Origin;
}
/** A key and what stands under it. */
export interface Entry {
    readonly key: string;
    readonly keyOrigin: Origin;
    readonly value: Value;
}
/** Entries by key, in their order. */
export interface Mapping {
    readonly kind: 'mapping';
    /** In the order of the file; each key once (the last of duplicates, as Go's loader has it). */
    readonly entries: ReadonlyMap<string, Entry>;
    readonly tag?: string;
    /** Why it may not be there, or be there several times: whoever reads it may not count on it. */
    readonly uncertain?: Unknown;
    readonly origin: Origin;
}
/**
 * What kind of thing keeps a value from being known: a variable that nothing gives a value; something that a data source
 * answers; something that exists only once a resource does; a module that is not on disk; a construct or function that is
 * not modelled; something that may not be shown.
 */
export type UnknownReason = 'no-default' | 'data-source' | 'computed' | 'module-absent' | 'unmodelled' | 'sensitive';
/** A value that the code does not show: never absent, never guessed. */
export interface Unknown {
    readonly kind: 'unknown';
    /** A phrase that stands after "because": `var.cidrs has no value`. */
    readonly because: string;
    /** The kind of thing that `because` tells, where values have such kinds. */
    readonly reason?: UnknownReason;
    /** The attributes of resources that it is made from: references stay links where values are unknown. */
    readonly refers?: readonly ResourceReference[];
    /** What it is the text of, where the code made it from a structure: only parts of that are unknown. */
    readonly encodes?: Value;
    /** What a text surely ends with, of which the rest is unknown. */
    readonly ends?: string;
    readonly origin: Origin;
}
/** An attribute of a resource of the same unit, as an expression names it. */
export interface ResourceReference {
    /** `module.net["a"].aws_subnet.private[0]`; without the last key where it is not known which instance. */
    readonly address: string;
    /** `id`; empty for the whole of it. */
    readonly attribute: string;
}
/** A value that the code does not show; `because` stands after the word "because". */
export declare function unknown(because: string, origin: Origin): Unknown;
/** The entry of `key`, where `value` is a mapping that has it. */
export declare function entryOf(value: Value | undefined, key: string): Entry | undefined;
/** The value found by following `keys` through mappings. */
export declare function at(value: Value | undefined, ...keys: readonly string[]): Value | undefined;
/** The entries of a mapping; none of anything else. */
export declare function entriesOf(value: Value | undefined): Iterable<Entry>;
/** The items of a list; none of anything else. */
export declare function itemsOf(value: Value | undefined): readonly Value[];
/** The text of a scalar that is not null; undefined of anything else. */
export declare function textOf(value: Value | undefined): string | undefined;
/** A whole number, written as a number or as a string of digits; undefined of anything else. */
export declare function integerOf(value: Value | undefined): number | undefined;
/** A truth value as Go's YAML decoding into a bool field has it (`true`, `yes`, `on` …); undefined of anything else. */
export declare function booleanOf(value: Value | undefined): boolean | undefined;
