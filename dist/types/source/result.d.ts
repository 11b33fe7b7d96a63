import type { Notice } from './notice.ts';
/** What every stage answers: its value, and what it has to say about the run. Stages share no collector. */
export interface Result<T> {
    readonly value: T;
    readonly notices: readonly Notice[];
}
