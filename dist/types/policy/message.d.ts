/** Messages of rules: text with expressions in braces, `{{` and `}}` for braces themselves. */
import type { Fault } from './check.ts';
import type { Compiled } from './compile.ts';
import type { Expression, Variables } from './expression.ts';
import type { TypeName } from './subjects/table.ts';
import type { Session } from './view.ts';
/** What has a text of its own. */
export declare const PRINTABLE: readonly TypeName[];
/** The parts of a message: plain text, and what the expressions in it are compiled to. */
export type Template<E> = readonly (string | E)[];
/** The parts of a message, or what is wrong with it; faults are at offsets in the whole text. */
export declare function compileMessage<E>(text: string, compile: (text: string) => Compiled<E> | readonly Fault[]): Template<E> | readonly Fault[];
/** The message for one subject; what the code does not show reads "unknown". Its blanks are folded into one line. */
export declare function render(template: Template<Expression>, variables: Variables, session: Session): string;
