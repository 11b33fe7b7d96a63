import { Command, Option } from 'commander';
import { judge } from '../lint.ts';
import { type Confidence, type Finding, type Report, SEVERITIES } from '../policy/finding.ts';
import { REPORTERS } from '../reporters/index.ts';
import { deliver } from './deliver.ts';
import { type Answer, EXIT, type ExitCode, worst } from './exit.ts';
import type { Io } from './io.ts';
import { instant, list, THRESHOLDS, type Threshold, type TreeOptions, withTreeOptions } from './options.ts';
import { isChosen } from './root.ts';
import { openSession } from './session.ts';
import { builtinPolicy } from './settings.ts';

interface ScanOptions extends TreeOptions {
  readonly format?: string;
  readonly failOn?: Threshold;
  readonly rule: readonly string[];
  readonly skipRule: readonly string[];
  readonly minConfidence: Confidence;
  readonly at?: number;
  readonly inlineSuppressions: boolean;
  readonly showSuppressed?: true;
  readonly sarifSuppressed?: true;
  readonly sarifRoot?: string;
  readonly category?: string;
}

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** `portolan scan`: what is wrong with who can reach which port. */
export function scanCommand(io: Io, answer: Answer): Command {
  return withTreeOptions(new Command('scan'), Object.keys(REPORTERS.scan))
    .description('find what can be reached and should not be (the default command)')
    .addOption(
      new Option('--fail-on <severity>', 'least severity that is exit code 1 (default: high)').choices(THRESHOLDS),
    )
    .option('--rule <id>', 'run only this rule; may be given several times', list, [])
    .option('--skip-rule <id>', 'do not run this rule; may be given several times', list, [])
    .addOption(
      new Option('--min-confidence <level>', 'leave out what is less sure').choices(CONFIDENCES).default('low'),
    )
    .option('--at <time>', 'the time that suppressions with an end are measured by (RFC 3339; default: now)', instant)
    .option('--no-inline-suppressions', 'report what comments in the code suppress')
    .option('--show-suppressed', 'list what is suppressed')
    .option('--sarif-suppressed', 'sarif: tell suppressed results too, which GitHub shows as open alerts')
    .option('--sarif-root <dir>', 'sarif: folder that locations are relative to (default: the git top level)')
    .option('--category <name>', 'sarif: tells several uploads of one commit apart')
    .action(async (paths: string[], options: ScanOptions) => {
      const session = openSession(io, paths, options);
      const policy = await builtinPolicy({ only: options.rule, but: options.skipRule });
      const analysis = await session.analyse();
      const report = chosen(judge(analysis, policy), session.place.paths, options.minConfidence);
      const complete = session.completeness(analysis);
      const base = session.context(analysis.lines, { showSuppressed: options.showSuppressed === true });
      const sarif = {
        ...base.sarif,
        category: options.category ?? null,
        suppressed: options.sarifSuppressed === true,
        successful: complete === EXIT.clean,
      };
      const format = options.format ?? 'text';
      await deliver(report, REPORTERS.scan, format, options.output, { ...base, sarif }, io);
      if (format !== 'text') session.tellNotices({ ...analysis, notices: report.notices });
      answer(worst([complete, verdict(report.findings, options.failOn ?? 'high'), defects(report)]));
    });
}

/** The report without what was not asked for. A finding belongs to a path when any place that it speaks of does. */
function chosen(report: Report, paths: readonly string[], minConfidence: Confidence): Report {
  const sure = CONFIDENCES.slice(0, CONFIDENCES.indexOf(minConfidence) + 1);
  const wanted = (finding: Finding) => sure.includes(finding.confidence) && touches(finding, paths);
  return {
    ...report,
    findings: report.findings.filter(wanted),
    suppressed: report.suppressed.filter(({ finding }) => wanted(finding)),
    notices: report.notices.filter(({ origin }) => isChosen(origin.file, paths)),
  };
}

function touches({ location, path, related }: Finding, paths: readonly string[]): boolean {
  return [location, ...path.map(({ origin }) => origin), ...related.map(({ origin }) => origin)].some(({ file }) =>
    isChosen(file, paths),
  );
}

/** Only what is certain fails a run. */
function verdict(findings: readonly Finding[], failOn: Threshold): ExitCode {
  if (failOn === 'never') return EXIT.clean;
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  const failed = findings.some(({ severity, verdict }) => verdict === 'violation' && failing.includes(severity));
  return failed ? EXIT.findings : EXIT.clean;
}

/** A rule that cannot be evaluated has to be mended by whoever wrote it, whatever else came out. */
function defects({ notices }: Report): ExitCode {
  return notices.some(({ code }) => code === 'rule-defect') ? EXIT.usage : EXIT.clean;
}
