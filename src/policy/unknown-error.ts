import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';

/**
 * Thrown by a field whose value the code does not show. CEL's `&&`, `||`, `exists` and `all` absorb what is thrown where
 * the rest decides by itself, which makes three-valued logic of it (Kleene). Made once for each unknown value: throwing a
 * ready object is six times as fast as making one.
 */
export class UnknownError extends Error {
  readonly because: string;
  readonly origin: Origin;

  constructor(value: Unknown) {
    super(value.because);
    this.because = value.because;
    this.origin = value.origin;
  }
}
