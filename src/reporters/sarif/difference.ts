import type { Difference } from '../../policy/difference/view.ts';
import type { Context } from '../reporter.ts';
import { scanSarif } from './sarif.ts';

/** The findings of the later side, each with whether it is new. What is fixed is left out: consumers would show it as open. */
export function differenceSarif({ head, fresh }: Difference, context: Context): string {
  const fingerprints = new Set(fresh.map(({ finding }) => finding.fingerprint));
  const before = new Set(
    head.report.findings.map(({ fingerprint }) => fingerprint).filter((fingerprint) => !fingerprints.has(fingerprint)),
  );
  return scanSarif(head.report, { ...context, sarif: { ...context.sarif, before } });
}
