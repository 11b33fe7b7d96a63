/** Grants that change nothing: what they speak of is decided before they are asked, or is admitted anyway (§4.5). */
import type { GrantFact } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
/** What makes a grant needless. */
export interface Shadow {
    readonly guard: Guard;
    /** The grant that speaks of all that it speaks of; null where its guard, or one before it, leaves nothing to it. */
    readonly grant: GrantFact | null;
}
/**
 * The grants that change nothing, each with what makes it so: a grant that speaks of at least as many workloads, peers and
 * ports and is asked before or together with it. What only several others cover together is not found.
 */
export declare function shadowsOf(guards: readonly Guard[]): ReadonlyMap<GrantFact, Shadow>;
