/**
 * A stretch of one file, in UTF-16 code units of its decoded text (the byte order mark, if any, is not part of it).
 * `end` is exclusive. A fact about a file as a whole has the empty span at its start.
 */
export interface Span {
    /** Path relative to the root, with `/` whatever the system. */
    readonly file: string;
    readonly start: number;
    readonly end: number;
}
/**
 * Where a fact comes from: the place where a person would edit it, and through `via` how it got from there to where it
 * takes effect (an `include`, an overlay, a module call). An absent thing has the origin of its parent's key.
 */
export interface Origin extends Span {
    readonly via?: Origin;
}
/** The origin of a fact about `file` as a whole. */
export declare function fileOrigin(file: string): Origin;
/** Equal for origins of the same place, whichever way they came. */
export declare function placeKey({ file, start, end }: Span): string;
/** The origins in their order, each place once. */
export declare function distinctPlaces(origins: readonly Origin[]): readonly Origin[];
/** `origin` with `via` put behind the end of the way it already came. */
export declare function withVia(origin: Origin, via: Origin): Origin;
