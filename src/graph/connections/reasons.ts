/** Reasons for people, and the rules (reachability.md §2) that they come from. */
export interface Reasons {
  readonly because: readonly string[];
  readonly rules: readonly string[];
}

export const NO_REASONS: Reasons = { because: [], rules: [] };

/** Reasons together, each once. */
export function joined(all: readonly Reasons[]): Reasons {
  return {
    because: [...new Set(all.flatMap(({ because }) => because))],
    rules: [...new Set(all.flatMap(({ rules }) => rules))].sort(),
  };
}

/** No reason for people, but rules. */
export function ruled(rules: readonly string[]): Reasons {
  return { because: [], rules };
}
