/** What a change of the code does to who gets to what, and to what is wrong with that, judged by one policy. */
import { differenceOf as graphDifference } from '../../graph/difference/index.ts';
import type { Exposure } from '../../graph/vocabulary.ts';
import type { Approval } from '../approval.ts';
import type { Finding, Report } from '../finding.ts';
import type { Difference, Side } from './view.ts';

/** Compares two sides that were judged by one policy. */
export function differenceOf(
  base: Side,
  head: Side,
  policyFiles: readonly string[],
  admitted: (exposure: Exposure) => Approval | null = () => null,
): Difference {
  const before = new Set(everything(base.report).map(({ fingerprint }) => fingerprint));
  const after = new Set(everything(head.report).map(({ fingerprint }) => fingerprint));
  const isNew = ({ fingerprint }: Finding) => !before.has(fingerprint);
  const { exposures, ports } = graphDifference(base.graph, head.graph);
  return {
    ports,
    exposures: exposures.map((change) => ({ ...change, admitted: change.after && admitted(change.after) })),
    base: { name: base.name, lines: base.lines },
    head: { name: head.name, report: head.report },
    fresh: [
      ...head.report.findings.filter(isNew).map((finding) => ({ finding, suppressed: null })),
      ...head.report.suppressed
        .filter(({ finding, how }) => how === 'comment' && isNew(finding))
        .map(({ finding, reason }) => ({ finding, suppressed: reason })),
    ],
    fixed: base.report.findings.filter(({ fingerprint }) => !after.has(fingerprint)),
    policyFiles,
  };
}

function everything({ findings, suppressed }: Report): readonly Finding[] {
  return [...findings, ...suppressed.map(({ finding }) => finding)];
}
