/** The view that `diff` reports, and what it is made of. */
import type { ExposureChange, GraphDifference } from '../../graph/difference/view.ts';
import type { ExposureGraph } from '../../graph/exposure-graph.ts';
import { SCOPES, type Scope } from '../../graph/vocabulary.ts';
import type { Approval } from '../approval.ts';
import type { Finding, Lines, Report } from '../finding.ts';

/** One side of a comparison. */
export interface Side {
  /** What a person calls it: `main`, `the work tree`. */
  readonly name: string;
  readonly graph: ExposureGraph;
  readonly report: Report;
  readonly lines: Lines;
}

/** A finding of the later side, and whether a comment there hides it. */
export interface NewFinding {
  readonly finding: Finding;
  /** The reason that the comment gives; null where no comment hides it. */
  readonly suppressed: string | null;
}

/** A change, and who approved of it beforehand; null where nobody did. */
export interface JudgedChange extends ExposureChange {
  readonly admitted: Approval | null;
}

/** The view that `diff` reports. */
export interface Difference extends Omit<GraphDifference, 'exposures'> {
  readonly exposures: readonly JudgedChange[];
  readonly base: Pick<Side, 'name' | 'lines'>;
  readonly head: Pick<Side, 'name' | 'report'>;
  /** What the base has neither told nor accepted. Comments that came with it accept nothing: nobody waives their own. */
  readonly fresh: readonly NewFinding[];
  /** What the head has no more, at its places in the base. */
  readonly fixed: readonly Finding[];
  /** Files of the policy that differ: they take effect once they are merged. */
  readonly policyFiles: readonly string[];
}

/** Whether a change surely lets callers in from as far as `scope`, or from farther, who did not get in before. */
export function grows({ kind, surely, admitted }: JudgedChange, scope: Scope): boolean {
  return (
    admitted === null &&
    (kind === 'added' || kind === 'widened') &&
    surely !== null &&
    SCOPES.indexOf(surely.scope) <= SCOPES.indexOf(scope)
  );
}
