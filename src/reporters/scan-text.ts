import {
  type Finding,
  type Report,
  type RuleInfo,
  SEVERITIES,
  type Severity,
  type Suppressed,
} from '../policy/finding.ts';
import { NOTICES, type Notice, type NoticeLevel } from '../source/notice.ts';
import { compareText } from '../source/order.ts';
import { excerpt } from './excerpt.ts';
import { cutOf, drawPath } from './path-drawing.ts';
import { address } from './place.ts';
import type { Context } from './reporter.ts';
import { fixFor } from './rule-text.ts';
import { printable, type Tone } from './style.ts';

const TONES: Readonly<Record<Severity, Tone>> = {
  critical: 'magenta',
  high: 'red',
  medium: 'yellow',
  low: 'blue',
  info: 'cyan',
};

const NOTICE_TONES: Readonly<Record<NoticeLevel, Tone>> = { error: 'red', warning: 'yellow', note: 'dim' };

/** Where a path is drawn, and the line to change is none of its hops. */
const MEND = '✂ mend here';

/** How many of the commonest reasons for what is undecided are told. */
const REASONS = 3;

/**
 * The report for people: a block for each finding, worst first, then what was suppressed, undecided and noticed. A clean
 * run is one line.
 */
export function scanText(report: Report, context: Context): string {
  const rules = new Map(report.rules.map((rule) => [rule.id, rule]));
  const shown = report.findings.filter((finding) => context.verbose || isUrgent(finding));
  const blocks = [...shown].sort(bySeverity).map((finding) => block(finding, rules.get(finding.ruleId), context));
  if (context.showSuppressed) blocks.push(...report.suppressed.map((entry) => suppressedLines(entry, context)));
  if (context.quiet) return blocks.map((lines) => `${lines.join('\n')}\n`).join('\n');
  blocks.push(noticeLines(report.notices, context), summary(report, context));
  return blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => `${lines.join('\n')}\n`)
    .join('\n');
}

/** What a person is told unasked: what is certain, and worth a change. The rest is counted. */
function isUrgent({ verdict, severity }: Finding): boolean {
  return verdict === 'violation' && severity !== 'info';
}

function bySeverity(a: Finding, b: Finding): number {
  return SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity);
}

function block(finding: Finding, rule: RuleInfo | undefined, context: Context): readonly string[] {
  const { lines, style } = context;
  const open = finding.verdict === 'undecided';
  const severity = style(TONES[finding.severity], finding.severity);
  const doubt = open ? '  undecided' : finding.confidence === 'high' ? '' : `  ${finding.confidence} confidence`;
  const head = `${severity}  ${style('bold', finding.ruleId)}  ${style('cyan', printable(address(finding.location, lines)))}${style('dim', doubt)}`;
  const path = drawPath(finding, context);
  const offPath = finding.path.length > 1 && cutOf(finding, lines) === -1;
  const fix = rule === undefined || !context.verbose ? null : fixFor(rule.fix, finding.technology);
  return [
    head,
    ...wrapped(finding.message, 2, context),
    ...(finding.because.length === 0 ? [] : wrapped(`because ${finding.because.join('; ')}`, 2, context)),
    ...indented(excerpt(finding.location, context, offPath ? MEND : ''), 4),
    ...indented(path, 4),
    ...(fix === null ? [] : wrapped(`fix: ${fix}`, 2, context)),
  ];
}

const HOW: Readonly<Record<Suppressed['how'], string>> = { comment: 'suppressed', waiver: 'waived', baseline: 'known' };

function suppressedLines({ finding, how, reason, origin, until, by }: Suppressed, context: Context): string[] {
  const { lines, style } = context;
  const terms = [until === null ? '' : ` until ${until}`, by === null ? '' : ` by ${by}`].join('');
  return [
    `${style('dim', HOW[how])}  ${style('bold', finding.ruleId)}  ${style('cyan', printable(address(finding.location, lines)))}`,
    ...wrapped(finding.message, 2, context),
    `  accepted${printable(terms)} at ${printable(address(origin, lines))}: ${printable(reason)}`,
  ];
}

/** What was lost is told always, what is only worth knowing when asked. */
function noticeLines(notices: readonly Notice[], { lines, style, verbose }: Context): readonly string[] {
  return notices
    .filter(({ code }) => verbose || NOTICES[code] === 'error')
    .map(({ code, message, origin }) => {
      const level = NOTICES[code];
      return `${style(NOTICE_TONES[level], level)}  ${style('cyan', printable(address(origin, lines)))}  ${printable(message)} ${style('dim', `[${code}]`)}`;
    });
}

function summary(report: Report, { style, verbose, showSuppressed }: Context): readonly string[] {
  const { findings, suppressed, notices, coverage } = report;
  const certain = findings.filter(({ verdict }) => verdict === 'violation');
  const undecided = findings.length - certain.length;
  const counts = SEVERITIES.map(
    (severity) => [severity, certain.filter((each) => each.severity === severity).length] as const,
  )
    .filter(([, count]) => count > 0)
    .map(([severity, count]) =>
      style(TONES[severity], `${count} ${severity}${severity === 'info' && !verbose ? ' (--verbose)' : ''}`),
    );
  if (coverage.files === 0) return ['Nothing to analyse.'];
  const head =
    certain.length === 0
      ? style('green', 'No findings')
      : `${style('bold', plural(certain.length, 'finding'))}: ${counts.join(', ')}`;
  const rest = [
    ...hiddenText(suppressed, showSuppressed),
    ...(undecided === 0
      ? []
      : [`${undecided} undecided${verbose ? '' : ' (--verbose)'}${reasons(coverage.undecidedBecause)}`]),
    ...(notices.length === 0 ? [] : [`${plural(notices.length, 'notice')}${verbose ? '' : ' (--verbose)'}`]),
  ];
  return [`${[`${head} in ${plural(coverage.files, 'file')}`, ...rest].join('; ')}.`];
}

/** `2 suppressed, 1 waived (--show-suppressed)`. */
function hiddenText(suppressed: readonly Suppressed[], shown: boolean): readonly string[] {
  const counted = Object.entries(HOW)
    .map(([how, word]) => [suppressed.filter((one) => one.how === how).length, word] as const)
    .filter(([count]) => count > 0)
    .map(([count, word]) => `${count} ${word}`);
  return counted.length === 0 ? [] : [`${counted.join(', ')}${shown ? '' : ' (--show-suppressed)'}`];
}

function reasons(because: Readonly<Record<string, number>>): string {
  const commonest = Object.entries(because)
    .sort(([a, m], [b, n]) => n - m || compareText(a, b))
    .slice(0, REASONS)
    .map(([reason, count]) => (count === 1 ? printable(reason) : `${printable(reason)} (${count}×)`));
  return commonest.length === 0 ? '' : `, mostly because ${commonest.join(', ')}`;
}

/** `1 finding`, `2 findings`. */
export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** A longer line is hard to read, however wide the terminal is. */
const WIDEST = 110;
const NARROWEST = 40;

/** Breaks at blanks; a word that is longer stands alone. */
export function wrapped(text: string, indent: number, { width = WIDEST }: Pick<Context, 'width'>): readonly string[] {
  const room = Math.min(WIDEST, Math.max(NARROWEST, width)) - indent;
  const lines: string[] = [];
  let line = '';
  const words = printable(text.split(/\s+/).join(' ').trim());
  for (const word of words.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > room) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  if (line !== '') lines.push(line);
  return indented(lines, indent);
}

function indented(lines: readonly string[], indent: number): readonly string[] {
  return lines.map((line) => ' '.repeat(indent) + line);
}
