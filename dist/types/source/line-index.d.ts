/** A place for people: both numbers count from one, columns in UTF-16 code units. */
export interface Position {
    readonly line: number;
    readonly column: number;
}
/** Line starts of one text; `\n`, `\r\n` and a lone `\r` end a line. */
export interface LineIndex {
    /** The position of an offset; offsets outside the text are clamped to it. */
    position(offset: number): Position;
    /** The text of a line (from one), without its end; empty where there is none. */
    line(number: number): string;
    /** The offset at which a line (from one) begins; the end of the text where there is none. */
    start(number: number): number;
    /** The text from `start` up to `end`, offsets, whatever lines it crosses. */
    slice(start: number, end: number): string;
    readonly lines: number;
}
export declare function lineIndex(text: string): LineIndex;
