import type { Finding, Lines, Report } from '../policy/finding.ts';
import { place } from '../reporters/place.ts';
import type { Origin } from '../source/span.ts';
import type { Changed } from './changed-lines.ts';

/**
 * The report with each finding at the first line of its path that the change touches, where it touches one: a pull request
 * shows annotations beside changed lines only. What is new comes first, and what the change does not touch last: GitHub
 * shows only so many.
 *
 * @param prefix from the top of the repository to the root of the report
 */
export function atChangedLines(
  report: Report,
  changed: Changed,
  isNew: (finding: Finding) => boolean,
  lines: Lines,
  prefix: string,
): Report {
  const touches = touching(changed, lines, prefix);
  const moved = report.findings.map((finding) => {
    const location = placesOf(finding).find(touches);
    return { finding: location ? { ...finding, location } : finding, rank: isNew(finding) ? 0 : location ? 1 : 2 };
  });
  return { ...report, findings: moved.sort((a, b) => a.rank - b.rank).map(({ finding }): Finding => finding) };
}

/** Only what the change touches, or what is new with it. */
export function onlyChanged(
  report: Report,
  changed: Changed,
  isNew: (finding: Finding) => boolean,
  lines: Lines,
  prefix: string,
): Report {
  const touches = touching(changed, lines, prefix);
  const wanted = (finding: Finding) => isNew(finding) || placesOf(finding).some(touches);
  return { ...report, findings: report.findings.filter(wanted) };
}

/** Where a finding stands, and every hop of its path. */
const placesOf = ({ location, path }: Finding): readonly Origin[] => [location, ...path.map(({ origin }) => origin)];

/** Whether a place is on a line that the change touches. */
const touching = (changed: Changed, lines: Lines, prefix: string) => (origin: Origin) =>
  changed(prefix + origin.file, place(origin, lines).line);
