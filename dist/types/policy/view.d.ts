import type { Facts } from './subjects/table.ts';
import { type SubjectName, type TypeName } from './subjects/table.ts';
/** One evaluation of rules over one environment. */
export interface Session {
    readonly facts: Facts;
    readonly views: WeakMap<object, Map<SubjectName, View>>;
    /** What went wrong inside a field or a function: never the fault of what is scanned. */
    defect: unknown;
}
/** Begins an evaluation of `facts`; what rules look at is wrapped once in each. */
export declare function session(facts: Facts): Session;
/** A subject as a value of CEL. */
export declare class View {
    readonly subject: unknown;
    readonly session: Session;
    /** Values and what is thrown for them, by field. */
    readonly answers: Map<string, unknown>;
    constructor(subject: unknown, session: Session);
}
/** The item type of a list type; null for other types. */
export declare function itemOf(type: TypeName): TypeName | null;
/** The view of a subject, the same for the same subject. */
export declare function view(name: SubjectName, subject: unknown, session: Session): View;
/** The variables of a rule on `name`, bound to one subject. */
export declare function bind(name: SubjectName, subject: unknown, session: Session): Record<string, View>;
/** The class of each subject's views. */
export declare const VIEWS: Readonly<Record<SubjectName, typeof View>>;
/** The subject whose CEL type is `type`. */
export declare function subjectOf(type: string): SubjectName;
