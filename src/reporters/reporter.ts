import type { Lines } from '../policy/finding.ts';
import type { Style } from './style.ts';

/**
 * Turns a view into text. Reporters are pure: no stream, no clock, no folder; the same view and context give the same
 * bytes on every machine.
 */
export type Reporter<V> = (view: V, context: Context) => string;

/** What a reporter may know besides its view. */
export interface Context {
  readonly version: string;
  readonly lines: Lines;
  readonly style: Style;
  /** Columns of the terminal that text goes to; left out where it goes to none. */
  readonly width?: number;
  /** Tell what is undecided, and every notice. */
  readonly verbose: boolean;
  /** Only the findings, no summary. */
  readonly quiet: boolean;
  readonly showSuppressed: boolean;
  /** Of `graph`: one line for every pair of workload and listener. */
  readonly pairs: boolean;
  readonly sarif: SarifContext;
}

/** What lines and paths are drawn with. */
export type Canvas = Pick<Context, 'lines' | 'style' | 'width'>;

/** What only the SARIF reporter asks for. */
export interface SarifContext {
  /** From the base of all locations (the top level of the checkout) to the root: empty, or `deploy/shop/`. */
  readonly prefix: string;
  /** Tells several uploads of one tool apart. */
  readonly category: string | null;
  readonly suppressed: boolean;
  readonly provenance: Provenance | null;
  /** Fingerprints of what was there before; left out where nothing is compared. */
  readonly before?: ReadonlySet<string>;
  /** False where what was asked could not be checked. */
  readonly successful: boolean;
}

/** Which revision of which repository was scanned. */
export interface Provenance {
  readonly repositoryUri: string;
  readonly revisionId: string;
  readonly branch: string | null;
}
