import { type Origin, withVia } from '../../source/span.ts';
import { type Entry, unknown, type Value } from '../../source/value.ts';

/**
 * How deep a tree may be, and what aliases may add to the trees of one file before the file counts as an alias bomb:
 * one for a node, one more for each step of the way that its origin tells. Real files stay below a thousand.
 */
const MAX_DEPTH = 200;
export const EXPANSION_BUDGET = 100_000;

/** What is left of a file's budget, and which limit stopped its expansions. */
export interface Expansion {
  budget: number;
  exceeded: 'expansion-limit' | 'depth-limit' | null;
}

/**
 * The node that an alias stands for: the anchored one again, each part of it with the alias behind its origin, so that
 * a fact names the line to edit first and the line that brought it here second. Unknown where a limit is reached, and
 * so is every later alias of the file.
 */
export function expand(value: Value, via: Origin, depth: number, expansion: Expansion): Value {
  const copied = copy(value, via, depth, expansion);
  if (expansion.exceeded === null) return copied;
  return unknown('the aliases of this file expand to too much', withVia(value.origin, via));
}

function copy(value: Value, via: Origin, depth: number, expansion: Expansion): Value {
  if (depth > MAX_DEPTH) expansion.exceeded ??= 'depth-limit';
  const origin = charge(value.origin, via, expansion);
  if (expansion.exceeded !== null) return value;
  if (value.kind === 'list') {
    return { ...value, items: value.items.map((item) => copy(item, via, depth + 1, expansion)), origin };
  }
  if (value.kind !== 'mapping') return { ...value, origin };
  const entries = new Map<string, Entry>();
  for (const entry of value.entries.values()) {
    const keyOrigin = charge(entry.keyOrigin, via, expansion);
    if (expansion.exceeded !== null) break;
    entries.set(entry.key, { key: entry.key, keyOrigin, value: copy(entry.value, via, depth + 1, expansion) });
  }
  return { ...value, entries, origin };
}

function charge(origin: Origin, via: Origin, expansion: Expansion): Origin {
  for (let step: Origin | undefined = origin; step; step = step.via) expansion.budget--;
  if (expansion.budget < 0) expansion.exceeded ??= 'expansion-limit';
  return expansion.exceeded === null ? withVia(origin, via) : origin;
}
