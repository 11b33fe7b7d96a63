import { type Finding, type Report, SEVERITIES } from '../../policy/finding.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Result } from '../../source/result.ts';

/**
 * Code scanning shows the 5,000 worst results of a run, and refuses a file with more than 25,000 or of more than 10 MB.
 * What it shows fits.
 */
const MAX_RESULTS = 5000;
/** A tree may have a notice for each of its files. */
const MAX_NOTICES = 1000;

/** The worst findings of a report, as many as a SARIF file has room for; the notice tells how many are left out. */
export function fitting(report: Report): Result<Report> {
  const { findings, suppressed } = report;
  if (findings.length + suppressed.length <= MAX_RESULTS) return { value: report, notices: [] };
  const kept = [...findings].sort(byWeight).slice(0, MAX_RESULTS);
  const accepted = suppressed.slice(0, MAX_RESULTS - kept.length);
  const value = { ...report, findings: kept, suppressed: accepted };
  const out = findings.length - kept.length;
  return { value, notices: out === 0 ? [] : [leftOut(out, findings.length, report)] };
}

/** What is told of the run; one more notice tells how much is not. */
export function fittingNotices(notices: readonly Notice[]): readonly Notice[] {
  if (notices.length <= MAX_NOTICES) return notices;
  const last = notices[MAX_NOTICES] as Notice;
  const rest = notices.length - MAX_NOTICES;
  return [
    ...notices.slice(0, MAX_NOTICES),
    notice('left-out', `${rest} more notices: --format json has all.`, last.origin),
  ];
}

function leftOut(count: number, of: number, { findings }: Report): Notice {
  const message = `Only the worst ${MAX_RESULTS} of ${of} findings are in the SARIF, since code scanning shows no more: ${count} are left out, and --format json has all.`;
  return notice('left-out', message, (findings[0] as Finding).location);
}

/** What is certain first, then what is severe; else the order of the report. */
function byWeight(a: Finding, b: Finding): number {
  return weight(a) - weight(b);
}

function weight({ verdict, severity }: Finding): number {
  return (verdict === 'undecided' ? SEVERITIES.length : 0) + SEVERITIES.indexOf(severity);
}
