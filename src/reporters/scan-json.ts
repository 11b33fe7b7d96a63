import type { Finding, Lines, Report, Suppressed } from '../policy/finding.ts';
import { noticeOf } from './graph-json.ts';
import { place } from './place.ts';
import type { Context } from './reporter.ts';

/** The report as `schemas/report.schema.json` has it. */
export function scanJson(report: Report, { lines }: Context): string {
  const document = {
    version: 1,
    ...(report.at === null ? {} : { at: report.at }),
    findings: report.findings.map((finding) => findingOf(finding, lines)),
    suppressed: report.suppressed.map((suppressed) => suppressedOf(suppressed, lines)),
    notices: report.notices.map((notice) => noticeOf(notice, lines)),
    coverage: report.coverage,
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

/** A finding as `schemas/report.schema.json` has it. */
export function findingOf(finding: Finding, lines: Lines) {
  return {
    ruleId: finding.ruleId,
    title: finding.title,
    severity: finding.severity,
    confidence: finding.confidence,
    verdict: finding.verdict,
    message: finding.message,
    environments: finding.environments,
    workload: finding.workload,
    listener: finding.listener,
    port: finding.port,
    target: finding.target,
    technology: finding.technology,
    location: place(finding.location, lines),
    related: finding.related.map(({ origin, message }) => ({ ...place(origin, lines), message })),
    scope: finding.scope,
    path: finding.path.map(({ kind, name, origin }) => ({ kind, name, origin: place(origin, lines) })),
    because: finding.because,
    fingerprint: finding.fingerprint,
  };
}

function suppressedOf({ finding, how, reason, origin, until, by }: Suppressed, lines: Lines) {
  return { ...findingOf(finding, lines), suppression: { kind: how, reason, origin: place(origin, lines), until, by } };
}
