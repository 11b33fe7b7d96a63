import type { Origin } from './span.ts';
/**
 * A change of the text of one file, as data: what stands at `origin` and what would stand there instead. It holds only
 * where the file reads `was` at that place to the letter; where it does not (a variable was filled in, an escape
 * decoded), whoever found it does not know how to write it, and nobody applies it.
 */
export interface Edit {
    readonly origin: Origin;
    readonly was: string;
    /** Each line after the first is indented as far as the place of the first. */
    readonly becomes: string;
}
