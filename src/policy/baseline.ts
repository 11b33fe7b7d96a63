/** A baseline: findings that were there when somebody began to look. They are known by their edge of the graph, not by lines. */
import type { Origin } from '../source/span.ts';
import type { Finding, Suppressed } from './finding.ts';

/** One finding of a baseline. */
export interface BaselineEntry {
  readonly fingerprint: string;
  readonly origin: Origin;
}

/** Takes out of `findings` what the baseline knows. */
export function sinceBaseline(
  findings: readonly Finding[],
  baseline: readonly BaselineEntry[],
): { readonly findings: readonly Finding[]; readonly known: readonly Suppressed[] } {
  if (baseline.length === 0) return { findings, known: [] };
  const entries = new Map(baseline.map((entry) => [entry.fingerprint, entry]));
  const entryOf = ({ fingerprint }: Finding) => entries.get(fingerprint);
  return {
    findings: findings.filter((finding) => !entryOf(finding)),
    known: findings.flatMap((finding): readonly Suppressed[] => {
      const origin = entryOf(finding)?.origin;
      return origin ? [{ finding, how: 'baseline', reason: 'in the baseline', by: null, until: null, origin }] : [];
    }),
  };
}
