import type { Origin, Span } from './span.ts';
/** A comment, and the block that a suppression in it would cover. */
export interface Comment {
    /** Without its marker and the blanks around it. */
    readonly text: string;
    readonly origin: Origin;
    /**
     * Behind code, the outermost entry (key and value) or list item that begins on its line. On a line of its own, the one
     * that begins on the next line of code; above the first line of a document, the whole document.
     */
    readonly covers: Span;
    /** Of a format of blocks: the outermost block around it, which is what some tools take a comment inside to cover. */
    readonly within?: Span;
}
