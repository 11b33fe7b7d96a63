/** Why a template is left to Helm, and how much rendering may cost. */
import type { Origin } from '../../../source/span.ts';

/** What else is known of a fault. */
interface Circumstances {
  readonly place?: Origin | undefined;
  /** A bound was met, rather than something that the template says wrongly. */
  readonly limit?: boolean;
  /** The chart itself ended it: the values are not what it can be deployed with. */
  readonly refusal?: boolean;
}

/** Ends the rendering of one template file. Nothing outside this folder sees it. */
export class Fault extends Error {
  /** Where, as far as it is known where it is thrown; the evaluator fills in the action. */
  place: Origin | undefined;
  readonly limit: boolean;
  readonly refusal: boolean;

  /** `reason` is a sentence without its full stop. */
  constructor(reason: string, { place, limit = false, refusal = false }: Circumstances = {}) {
    super(reason);
    this.place = place;
    this.limit = limit;
    this.refusal = refusal;
  }
}

/** What is left to spend on one release: the scanned tree may hold a chart that never comes to an end. */
export interface Budget {
  /** Evaluated nodes, rounds of loops, items made. */
  steps: number;
  /** UTF-16 code units of text made on the way, whether they end in the output or not. */
  text: number;
}

/** Real charts take some ten thousand steps and a megabyte; the largest public ones ten times that. */
export function fullBudget(): Budget {
  return { steps: 1_500_000, text: 64_000_000 };
}

/** Counts work done; ends the rendering where there was too much. */
export function spend(budget: Budget, steps: number): void {
  budget.steps -= steps;
  if (budget.steps < 0) throw new Fault('it takes more steps than any real chart', { limit: true });
}

/** Counts text about to be made, before it is. */
export function spendText(budget: Budget, length: number): void {
  budget.text -= length;
  if (!(budget.text >= 0)) throw new Fault('it makes more text than any real chart', { limit: true });
}
