import type { Origin } from '../source/span.ts';
import type { Unknown } from '../source/value.ts';

/**
 * Thrown by a field whose value the code does not show. CEL's `&&`, `||`, `exists` and `all` absorb what is thrown where
 * the rest decides by itself, which makes three-valued logic of it (Kleene). It is made once for each unknown value, and
 * without the trace that the constructor of `Error` takes: throwing it costs a sixth of what throwing a new error does.
 */
export class UnknownError {
  readonly because: string;
  readonly origin: Origin;

  constructor({ because, origin }: Unknown) {
    this.because = because;
    this.origin = origin;
  }
}

// The library takes only errors for errors.
Object.setPrototypeOf(UnknownError.prototype, Error.prototype);
