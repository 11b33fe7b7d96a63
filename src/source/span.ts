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
export function fileOrigin(file: string): Origin {
  return { file, start: 0, end: 0 };
}

/** Equal for origins of the same place, whichever way they came. */
export function placeKey({ file, start, end }: Span): string {
  return `${file}:${start}:${end}`;
}

/** The origins in their order, each place once. */
export function distinctPlaces(origins: readonly Origin[]): readonly Origin[] {
  if (origins.length < 2) return origins;
  const seen = new Set<string>();
  return origins.filter((origin) => {
    const key = placeKey(origin);
    return !seen.has(key) && seen.add(key);
  });
}

/** `origin` with `via` put behind the end of the way it already came. */
export function withVia(origin: Origin, via: Origin): Origin {
  return { ...origin, via: origin.via ? withVia(origin.via, via) : via };
}
