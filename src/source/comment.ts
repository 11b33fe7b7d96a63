import type { Origin, Span } from './span.ts';

/** A comment, and the block that a suppression in it would cover. */
export interface Comment {
  /** Without its marker and the blanks around it. */
  readonly text: string;
  readonly origin: Origin;
  /** The node on its line; for a comment on a line of its own the node that begins on the next line of code. */
  readonly covers: Span;
}
