/** Evidence of who needs which listener: E1–E4 and E7–E10 of the specification of reachability, §5.3. */
import type { Need } from '../vocabulary.ts';
import type { NeedsInput } from './input.ts';

export type { NeedsInput } from './input.ts';

/**
 * The needs of one environment, one per client and listener: evidence for the same pair is combined (noisy-or) and every
 * origin is kept. Sorted by client, then listener. A need that no listener answers is left out; a host that nothing in
 * the environment is called is an external need.
 */
export function findNeeds(_input: NeedsInput): readonly Need[] {
  return [];
}
