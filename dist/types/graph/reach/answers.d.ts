/**
 * Guards that know no connections (R62): what they let in, they have to let the answers to out, to the ports at which callers
 * take answers; and the other way for what they let out. Their rules for answers are a layer more, which has to admit too.
 */
import type { GrantFact, PortRange } from '../fragment.ts';
import type { Guard } from '../vocabulary.ts';
/** The ports at which callers may take answers: balancers and translators of addresses use all of them. */
export declare const ANSWERED_AT: PortRange;
/** Those at which the most common system takes them: whose answers get there, that caller is served. */
export declare const COMMONLY_ANSWERED_AT: PortRange;
/** What says something, and whether it says it of the answers. */
export interface Teller {
    readonly guard: Guard;
    readonly grant: GrantFact | null;
    readonly answers?: true;
}
/** Guards with their layers for answers. */
export interface Answering {
    readonly guards: readonly Guard[];
    /** The guard and grant that somebody wrote, whatever was made of them. */
    told(guard: Guard, grant: GrantFact | null): Teller;
}
export declare function withAnswers(guards: readonly Guard[]): Answering;
