/**
 * Expressions of rules in CEL: checked when a rule is loaded, evaluated by the library. A value that the code does not show
 * is thrown as an `UnknownError`; `&&`, `||`, `exists` and `all` absorb it where the rest decides.
 */
import type { ParseResult } from '@marcbachmann/cel-js';
import { type Fault, type Node } from './check.ts';
import { type Expression } from './expression.ts';
import { type Language } from './language.ts';
import { type SubjectName, type TypeName } from './subjects/table.ts';
/** An expression that is known to be right, as what it is compiled to. */
export interface Compiled<E> {
    readonly expression: E;
    /** The fields that it reads, by type: `Exposure.implicit`. */
    readonly fields: ReadonlySet<string>;
}
/** Makes of an expression over the variables of a subject, whose value has one of the wanted types, or tells what is wrong. */
export type Compile<E> = (text: string, on: SubjectName, wanted: readonly TypeName[], language: Language) => Compiled<E> | readonly Fault[];
/** Compiles to what can be evaluated. */
export declare const compile: Compile<Expression>;
/** An expression and its syntax, with types; or what is wrong with it. */
export declare function check(text: string, on: SubjectName, wanted: readonly TypeName[], language: Language): {
    readonly parsed: ParseResult;
    readonly root: Node;
} | readonly Fault[];
