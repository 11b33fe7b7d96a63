/**
 * Variables in a text, filled in from the environment that its process gets: `$(NAME)`, `${NAME}`, `${NAME:-default}`,
 * `${NAME-default}`, `$NAME`. What has no value stays as it is, so that it is never taken for an address.
 */
export type Lookup = (name: string) => string | undefined;

/** No honest value is longer; a text that grows beyond is left as it stands. */
const LONGEST = 64 * 1024;
/** Values that hold variables that hold variables. */
const DEEPEST = 4;

/** `text` with its variables filled in, and the same text where there are none, or where it would grow too long. */
export function expand(text: string, lookup: Lookup): string {
  const budget = { left: Math.max(LONGEST, text.length) };
  const filled = text.includes('$') ? fill(text, lookup, DEEPEST, budget) : text;
  return budget.left < 0 ? text : filled;
}

function fill(text: string, lookup: Lookup, depth: number, budget: { left: number }): string {
  let out = '';
  let from = 0;
  for (const match of text.matchAll(VARIABLE)) {
    const [whole, called, braced, fallback, plain] = match;
    const value = lookup((called ?? braced ?? plain) as string) || fallback;
    const filled =
      value === undefined ? whole : depth > 0 && value.includes('$') ? fill(value, lookup, depth - 1, budget) : value;
    out += text.slice(from, match.index) + filled;
    budget.left -= filled.length;
    if (budget.left < 0) return text;
    from = match.index + whole.length;
  }
  return out + text.slice(from);
}

const VARIABLE =
  /\$\(([A-Za-z_][\w.-]{0,99})\)|\$\{([A-Za-z_]\w{0,99})(?::?-([^{}$]{0,999}))?\}|\$([A-Za-z_]\w{0,99})/g;
