import { type Finding, type Lines, type Report, SEVERITIES, type Severity } from '../policy/finding.ts';
import { NOTICES } from '../source/notice.ts';
import { oneLine } from './place.ts';
import type { Context } from './reporter.ts';
import { printable } from './style.ts';

type Command = 'error' | 'warning' | 'notice';

/** A step of a workflow shows so many annotations of each kind, and drops the rest without a word. */
const SHOWN = 10;

const COMMANDS: Readonly<Record<Severity, Command>> = {
  critical: 'error',
  high: 'error',
  medium: 'warning',
  low: 'notice',
  info: 'notice',
};

/** The findings as workflow commands, which GitHub turns into annotations of a pull request's lines; worst first. */
export function scanGithub(report: Report, { lines, sarif }: Context): string {
  const certain = report.findings.filter(({ verdict }) => verdict === 'violation');
  const shown = new Map<Command, number>();
  const written: string[] = [];
  for (const finding of [...certain].sort(bySeverity)) {
    const command = COMMANDS[finding.severity];
    const count = (shown.get(command) ?? 0) + 1;
    // The last notice is kept free for telling how many more there are.
    if (count > (command === 'notice' ? SHOWN - 1 : SHOWN)) continue;
    shown.set(command, count);
    written.push(annotation(command, finding, lines, sarif.prefix));
  }
  const rest = certain.length - written.length;
  if (rest > 0)
    written.push(`::notice title=Portolan::${rest} more: GitHub shows at most ${SHOWN} annotations of a kind`);
  const failed = report.notices.filter(({ code }) => NOTICES[code] === 'error');
  if (failed.length > 0) written.push(`::debug::${escapeData(`${failed.length} files could not be analysed`)}`);
  return written.map((line) => `${line}\n`).join('');
}

function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

function annotation(command: Command, finding: Finding, lines: Lines, prefix: string): string {
  const { file, line, column, endColumn } = oneLine(finding.location, lines);
  const properties = {
    file: prefix + file,
    line: String(line),
    endLine: String(line),
    col: String(column),
    endColumn: String(endColumn),
    title: `${finding.ruleId} (${finding.severity})`,
  };
  const list = Object.entries(properties).map(([key, value]) => `${key}=${escapeProperty(value)}`);
  return `::${command} ${list.join(',')}::${escapeData(finding.message)}`;
}

/** The runner decodes `%`; whatever else a hostile file says stays inside of its command, and recolours no log. */
export function escapeData(text: string): string {
  const lines = text.replaceAll('%', '%25').split(/\r?\n/);
  return lines.map(printable).join('%0A');
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(':', '%3A').replaceAll(',', '%2C');
}
