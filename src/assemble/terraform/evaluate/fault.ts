/** Why an expression has no value, and how much evaluating may cost. */
import type { NoticeCode } from '../../../source/notice.ts';
import type { Origin } from '../../../source/span.ts';
import { type UnknownDatum, type UnknownReason, unknownDatum } from './datum.ts';

/**
 * Ends the evaluation of an expression: what Terraform would refuse, or a bound. `try` and `can` catch it; whoever
 * evaluates an attribute turns one that nobody caught into a notice and an unknown (`unknownOf`).
 */
export class Fault extends Error {
  /** Where, as far as it is known where it is thrown. */
  readonly origin: Origin;
  readonly code: NoticeCode;
  readonly reason: UnknownReason;

  /** `message` stands after "because", without a full stop: `cidrsubnet is given a prefix that is no CIDR`. */
  constructor(
    message: string,
    origin: Origin,
    { code = 'invalid-value', reason = 'unmodelled' }: { code?: NoticeCode; reason?: UnknownReason } = {},
  ) {
    // Faults are answers that `try` asks for by the thousand: nobody reads where they were thrown.
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message);
    Error.stackTraceLimit = stackTraceLimit;
    this.origin = origin;
    this.code = code;
    this.reason = reason;
  }

  /** A bound was met: `try` must not hide it, since it says nothing of what Terraform would do. */
  get isLimit(): boolean {
    return this.code === 'expansion-limit';
  }
}

/** The value of an expression that ended in a fault. */
export function unknownOf(fault: Fault): UnknownDatum {
  return unknownDatum(fault.reason, fault.message, fault.origin);
}

/** What is left to spend on one unit: the scanned tree may hold a module that never comes to an end. */
export interface Budget {
  /** Evaluated nodes, rounds of loops, items made. */
  steps: number;
  /** UTF-16 code units of text made on the way, whether they end in a resource or not. */
  text: number;
}

/**
 * Ten thousand resources in two thousand modules take three hundred thousand steps. What is kept of a step takes a hundred
 * bytes or so, whoever makes more pays more: that bounds the memory as well.
 */
export function fullBudget(): Budget {
  return { steps: 4_000_000, text: 64_000_000 };
}

/** Counts work about to be done, before it is. */
export function spend(budget: Budget, steps: number, origin: Origin): void {
  budget.steps -= steps;
  if (!(budget.steps >= 0)) throw limit('evaluating it takes more steps than any real configuration', origin);
}

/** Counts text about to be made, before it is. */
export function spendText(budget: Budget, length: number, origin: Origin): void {
  budget.text -= length;
  if (!(budget.text >= 0)) throw limit('it makes more text than any real configuration', origin);
}

/** The fault of a bound that was met. */
export function limit(message: string, origin: Origin): Fault {
  return new Fault(message, origin, { code: 'expansion-limit' });
}
