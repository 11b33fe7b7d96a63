/** The one order of texts: by UTF-16 code units, so that every machine and every language sorts alike. */

/** Below zero where `a` comes first, above where `b` does. */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** Compares things by a text of theirs: `units.sort(byText(({ id }) => id))`. */
export function byText<T>(textOf: (item: T) => string): (a: T, b: T) => number {
  return (a, b) => compareText(textOf(a), textOf(b));
}
