import type { Need, Workload } from '../graph/vocabulary.ts';

/** How likely it must be that a client connects before it counts as one (reachability.md §5.3). */
const LIKELY = 0.5;

/** The workload that shows by itself, not by a grant, that it uses what the need leads to. */
export function clientOf({ from, stated, weight }: Need): Workload | undefined {
  return typeof from !== 'string' && !stated && weight >= LIKELY ? from : undefined;
}
