/** Messages of rules: text with expressions in braces, `{{` and `}}` for braces themselves. */
import type { Fault } from './check.ts';
import { type Expression } from './expression.ts';
import type { Language } from './language.ts';
import type { SubjectName } from './subjects/table.ts';
import type { Session, View } from './view.ts';
export type Template = readonly (string | Expression)[];
/** The parts of a message, or what is wrong with it; faults are at offsets in the whole text. */
export declare function compileMessage(text: string, on: SubjectName, language: Language): Template | readonly Fault[];
/** The message for one subject; what the code does not show reads "unknown". Its blanks are folded into one line. */
export declare function render(template: Template, variables: Readonly<Record<string, View>>, session: Session): string;
