/** Host names of doors and of routes, where `*.` stands for one label or more (R41). */

/**
 * The names for which both lists hold, the more exact of two that meet; an empty list is every name. Undefined where no
 * name is in both.
 */
export function commonHosts(a: readonly string[], b: readonly string[]): readonly string[] | undefined {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  const found = new Set([...within(a, b), ...within(b, a)]);
  return found.size === 0 ? undefined : [...found].sort();
}

/** Those of `names` that lie in one of `others`: by the name itself, or by a wildcard above it. */
function within(names: readonly string[], others: readonly string[]): readonly string[] {
  const known = new Set(others);
  return names.filter((name) => known.has(name) || wildcardsAbove(name).some((wild) => known.has(wild)));
}

/** More labels than a host name can have. */
const MOST_LABELS = 127;

/** `*.b.example` and `*.example` of `a.b.example`; `*.example` of `*.b.example`. */
function wildcardsAbove(name: string): readonly string[] {
  const labels = name.split('.', MOST_LABELS);
  const first = labels[0] === '*' ? 2 : 1;
  return labels.slice(first).map((_, i) => `*.${labels.slice(first + i).join('.')}`);
}
