import { type Fault } from './check.ts';
import { type Language } from './language.ts';
import { type SubjectName, type TypeName } from './subjects/table.ts';
import type { Session, View } from './view.ts';
export interface Expression {
    /**
     * The value for one subject, of a type that was asked for; the error where the code does not show enough, or where
     * there is a defect, which then stands in the session.
     */
    readonly evaluate: (variables: Readonly<Record<string, View>>, session: Session) => unknown;
    /** The fields that it reads, by type: `Exposure.implicit`. */
    readonly fields: ReadonlySet<string>;
}
/** An expression over the variables of a subject whose value has one of the wanted types, or what is wrong with it. */
export declare function compile(text: string, on: SubjectName, wanted: readonly TypeName[], language: Language): Expression | readonly Fault[];
