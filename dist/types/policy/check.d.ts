/**
 * What an expression may hold beyond CEL's own type check. `refuseShape` looks at the syntax alone and keeps the
 * language so small that it cannot fail by itself or take long; `refuseValues` looks at literals once types are known.
 */
import type { ASTNode } from '@marcbachmann/cel-js';
import { type Language } from './language.ts';
/** Something wrong with an expression, at offsets in its text. */
export interface Fault {
    readonly message: string;
    /** What would be right; may be empty. */
    readonly hint: string;
    readonly start: number;
    readonly end: number;
}
/** Syntax nodes as the library has them once they are checked; the declarations leave the type out. */
export type Node = ASTNode & {
    readonly checkedType?: {
        readonly name: string;
    };
};
/** What the syntax holds that rules must not. */
export declare function refuseShape(root: Node): readonly Fault[];
/** Literals that can never be: values that an enumeration does not have, groups that the catalogue does not know. */
export declare function refuseValues(root: Node, language: Language): readonly Fault[];
/** Every field that an expression reads and every method that it calls, by type: `Exposure.implicit`. */
export declare function fieldsOf(root: Node): ReadonlySet<string>;
