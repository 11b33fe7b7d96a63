import type { Hop } from '../graph/vocabulary.ts';
import type { Finding, Lines, Report } from '../policy/finding.ts';
import { place } from '../reporters/place.ts';
import type { Changed } from './changed-lines.ts';

/**
 * The report with each finding at the first line of its path that the change touches, where it touches one: a pull request
 * shows annotations beside changed lines only. Findings that touch none come last.
 *
 * @param prefix from the top of the repository to the root of the report
 */
export function atChangedLines(report: Report, changed: Changed, lines: Lines, prefix: string): Report {
  const touches = ({ file, ...origin }: Hop['origin']) =>
    changed(prefix + file, place({ file, ...origin }, lines).line);
  const moved = report.findings.map((finding) => {
    const places = [finding.location, ...finding.path.map(({ origin }) => origin)];
    const location = places.find(touches);
    return { finding: location ? { ...finding, location } : finding, touched: location !== undefined };
  });
  const sorted = [...moved.filter(({ touched }) => touched), ...moved.filter(({ touched }) => !touched)];
  return { ...report, findings: sorted.map(({ finding }): Finding => finding) };
}

/** Only what the change touches, or what is new with it. */
export function onlyChanged(
  report: Report,
  changed: Changed,
  isNew: (finding: Finding) => boolean,
  lines: Lines,
  prefix: string,
): Report {
  const touches = ({ location, path }: Finding) =>
    [location, ...path.map(({ origin }) => origin)].some((origin) =>
      changed(prefix + origin.file, place(origin, lines).line),
    );
  return { ...report, findings: report.findings.filter((finding) => isNew(finding) || touches(finding)) };
}
