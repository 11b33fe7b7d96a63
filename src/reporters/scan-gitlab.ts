import type { Report, Severity } from '../policy/finding.ts';
import { oneLine } from './place.ts';
import type { Context } from './reporter.ts';
import { printable } from './style.ts';

const SEVERITIES: Readonly<Record<Severity, string>> = {
  critical: 'blocker',
  high: 'critical',
  medium: 'major',
  low: 'minor',
  info: 'info',
};

/** What is certain as GitLab's Code Quality report: https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format */
export function scanGitlab({ findings }: Report, { lines, sarif }: Context): string {
  const issues = findings
    .filter(({ verdict }) => verdict === 'violation')
    .map(({ ruleId, message, severity, location, fingerprint }) => ({
      description: printable(message),
      check_name: ruleId,
      fingerprint,
      severity: SEVERITIES[severity],
      location: { path: sarif.prefix + location.file, lines: { begin: oneLine(location, lines).line } },
    }));
  return `${JSON.stringify(issues, null, 2)}\n`;
}
