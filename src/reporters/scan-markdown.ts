import { type Finding, type Report, SEVERITIES } from '../policy/finding.ts';
import { cell, markdownTable } from './markdown.ts';
import { hopText } from './path-drawing.ts';
import { place } from './place.ts';
import type { Context } from './reporter.ts';
import { plural } from './scan-text.ts';

/** More rows than this nobody reads. */
const MOST_ROWS = 200;

/** The report for a page: a table of what is certain, worst first, then what is undecided. */
export function scanMarkdown({ findings, suppressed, coverage }: Report, context: Context): string {
  const certain = findings.filter(({ verdict }) => verdict === 'violation');
  const undecided = findings.filter(({ verdict }) => verdict !== 'violation');
  const counts = SEVERITIES.map(
    (severity) => [certain.filter((one) => one.severity === severity).length, severity] as const,
  )
    .filter(([count]) => count > 0)
    .map(([count, severity]) => `${count} ${severity}`);
  const head = certain.length === 0 ? 'No findings' : `**${plural(certain.length, 'finding')}**: ${counts.join(', ')}`;
  const rest = [
    ...(suppressed.length > 0 ? [`${suppressed.length} suppressed`] : []),
    ...(undecided.length > 0 ? [`${undecided.length} undecided`] : []),
  ];
  const parts = [
    `${[`${head} in ${plural(coverage.files, 'file')}`, ...rest].join('; ')}.`,
    tableOf('Findings', certain, context),
    tableOf('Undecided', undecided, context),
  ];
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`;
}

function tableOf(title: string, findings: readonly Finding[], { lines }: Context): string {
  const rows = findings.slice(0, MOST_ROWS).map(({ severity, ruleId, location, message, path, because }) => {
    const { file, line } = place(location, lines);
    const why = because.length === 0 ? '' : ` Undecided, because ${because.join('; ')}.`;
    return [
      severity,
      cell(ruleId),
      cell(`${file}:${line}`),
      path.map((hop) => cell(hopText(hop))).join(' → '),
      cell(message + why),
    ];
  });
  const left = findings.length - rows.length;
  const table = markdownTable(['', 'Rule', 'At', 'Way in', ''], rows);
  if (table === '') return '';
  return [`### ${title}`, '', table, ...(left > 0 ? ['', `And ${left} more.`] : [])].join('\n');
}
