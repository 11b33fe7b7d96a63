/** The GitHub Action: one run of a step of a workflow, which is given everything in its environment. */
import { resolve } from 'node:path';
import {
  compare,
  type Judged,
  judgeAlone,
  type Limit,
  outermost,
  revisionIn,
  verdict,
  workTreeIn,
} from '../cli/compare.ts';
import { writeReport, writeReports } from '../cli/deliver.ts';
import { EXIT, type ExitCode, UncheckedError, UsageError } from '../cli/exit.ts';
import { type Output, outputs, THRESHOLDS, type Threshold } from '../cli/options.ts';
import { findPlace, type Place } from '../cli/root.ts';
import { chosen, fails } from '../cli/scan.ts';
import { contextOf } from '../cli/session.ts';
import { ConfigError } from '../config/config-error.ts';
import { SCOPES } from '../graph/vocabulary.ts';
import { type Difference, grows } from '../policy/difference/view.ts';
import type { Finding, Report } from '../policy/finding.ts';
import { differenceMarkdown } from '../reporters/difference-markdown.ts';
import { escapeData, scanGithub } from '../reporters/github.ts';
import { REPORTERS } from '../reporters/index.ts';
import type { Context } from '../reporters/reporter.ts';
import { fitting } from '../reporters/sarif/limit.ts';
import { scanSarif } from '../reporters/sarif/sarif.ts';
import { plain } from '../reporters/style.ts';
import { atChangedLines, onlyChanged } from './annotations.ts';
import { type Base, baseOf } from './base.ts';
import { changedSince } from './changed-lines.ts';
import { summaryOf } from './summary.ts';
import { addSummary, cutTo, type Environment, input, MOST_COMMENT, setOutput } from './workflow.ts';

/** What a step says to the runner besides its files. */
export interface Runner {
  readonly environment: Environment;
  readonly print: (text: string) => void;
  /** Milliseconds since 1970. */
  readonly now: number;
}

/** The inputs of `action.yml`, read. */
interface Inputs {
  readonly root: string;
  readonly paths: readonly string[];
  readonly failOn: Threshold | null;
  readonly failOnExposure: Limit;
  readonly config: string | undefined;
  readonly sarifFile: string;
  readonly output: readonly Output[];
  readonly commentFile: string;
  readonly category: string | null;
  readonly base: string;
  readonly changedOnly: boolean;
  readonly annotations: boolean;
  readonly summary: boolean;
}

/** Runs the step. Never throws: what is wrong is told as an error of the step. */
export async function runAction(runner: Runner): Promise<ExitCode> {
  try {
    const exit = await step(readInputs(runner.environment), runner);
    setOutput('exit-code', String(exit), runner.environment);
    return exit;
  } catch (error) {
    const usage = error instanceof UsageError || error instanceof ConfigError;
    const known = usage || error instanceof UncheckedError;
    const text = error instanceof Error ? (known ? error.message : (error.stack ?? error.message)) : String(error);
    runner.print(`::error title=Portolan::${escapeData(text)}\n`);
    const exit = usage ? EXIT.usage : EXIT.unchecked;
    setOutput('exit-code', String(exit), runner.environment);
    return exit;
  }
}

async function step(inputs: Inputs, { environment, print, now }: Runner): Promise<ExitCode> {
  const workspace = environment.GITHUB_WORKSPACE ?? '.';
  const root = resolve(workspace, inputs.root);
  const place = findPlace(root, inputs.paths, { root });
  const base: Base = place.checkout
    ? baseOf(place.checkout, inputs.base, environment)
    : { kind: 'none', missing: null };
  const head = workTreeIn(place);
  const { config } = inputs;
  const comparison =
    base.kind === 'revision'
      ? await compare(
          { ...revisionIn(place, base.commit), name: base.name },
          { ...head, name: 'this change' },
          'base',
          now,
          config,
        )
      : null;
  const judged = comparison ?? (await judgeAlone(head, now, config));
  const difference = comparison && outermost(comparison.difference, inputs.failOnExposure);
  const report = chosen(judged.report, place.paths, 'low');
  const context = contextFor(place, judged, inputs);

  writeReport(workspace, inputs.sarifFile, scanSarif(report, context));
  await writeReports({ ...report, graph: judged.analysis.graph }, REPORTERS.scan, inputs.output, context, workspace);
  for (const { message } of fitting(report).notices) print(`::warning title=Portolan::${escapeData(message)}\n`);
  const shown =
    base.kind === 'revision' && difference ? beside(report, base.commit, place, difference, inputs, context) : report;
  if (inputs.annotations) print(scanGithub(shown, context));
  const missing = base.kind === 'none' ? base.missing : null;
  if (missing !== null) print(`::warning title=Portolan::${escapeData(`Nothing is compared: ${missing}`)}\n`);
  if (inputs.summary) addSummary(summaryOf(report, difference, missing, context), environment);
  if (inputs.commentFile !== '') {
    const text = difference
      ? `## Portolan\n\n${differenceMarkdown(difference, context)}`
      : summaryOf(report, null, missing, context);
    writeReport(workspace, inputs.commentFile, cutTo(text, MOST_COMMENT));
    setOutput('comment-file', inputs.commentFile, environment);
  }
  setOutput('sarif-file', inputs.sarifFile, environment);
  setOutput('findings', String(report.findings.filter((one) => one.verdict === 'violation').length), environment);
  setOutput('new-exposures', difference ? String(grown(difference, inputs.failOnExposure)) : '', environment);

  const failOn = inputs.failOn ?? judged.policy.config.policy.failOn;
  const unread =
    report.findings.length === 0 && judged.analysis.graph.environments.length === 0 && report.coverage.failed > 0;
  if (unread) return EXIT.unchecked;
  if (difference) return verdict(difference, failOn, inputs.failOnExposure);
  return fails(report.findings, failOn) ? EXIT.findings : EXIT.clean;
}

/** The report as annotations tell it: beside the lines that the change touches. */
function beside(
  report: Report,
  commit: string,
  { checkout }: Place,
  { fresh }: Difference,
  { changedOnly }: Inputs,
  { lines, sarif }: Context,
): Report {
  const changed = changedSince(checkout as string, commit);
  const fingerprints = new Set(fresh.map(({ finding }) => finding.fingerprint));
  const isNew = ({ fingerprint }: Finding) => fingerprints.has(fingerprint);
  const wanted = changedOnly ? onlyChanged(report, changed, isNew, lines, sarif.prefix) : report;
  return atChangedLines(wanted, changed, isNew, lines, sarif.prefix);
}

function grown({ exposures }: Difference, limit: Limit): number {
  return exposures.filter((change) => grows(change, limit === 'never' ? 'network' : limit)).length;
}

function contextFor({ fromCheckout }: Place, { analysis }: Judged, { category }: Inputs): Context {
  const context = contextOf(plain);
  const sarif = { ...context.sarif, prefix: fromCheckout, category, successful: analysis.coverage.failed === 0 };
  return { ...context, lines: analysis.lines, quiet: true, sarif };
}

function readInputs(environment: Environment): Inputs {
  const text = (name: string) => input(name, environment);
  return {
    root: text('root') || '.',
    paths: words(text('paths')),
    failOn: oneOf('fail-on', text('fail-on'), THRESHOLDS),
    failOnExposure: oneOf('fail-on-exposure', text('fail-on-exposure'), [...SCOPES, 'never']) ?? 'network',
    config: text('config') || undefined,
    output: words(text('output')).reduce<readonly Output[]>((given, each) => readOutput(each, given), []),
    sarifFile: text('sarif-file') || 'portolan.sarif',
    commentFile: text('comment-file'),
    category: text('category') || null,
    base: text('base'),
    changedOnly: flag('changed-only', text('changed-only'), false),
    annotations: flag('annotations', text('annotations'), true),
    summary: flag('summary', text('summary'), true),
  };
}

const readOutput = outputs(Object.keys(REPORTERS.scan), 'output');

/** What stands apart by blanks, commas or new lines. */
function words(text: string): readonly string[] {
  return text.split(/[\s,]+/).filter((word) => word !== '');
}

function oneOf<T extends string>(name: string, text: string, choices: readonly T[]): T | null {
  if (text === '') return null;
  const found = choices.find((choice) => choice === text);
  if (found === undefined) throw new UsageError(`${name} cannot be ${text}: choose one of ${choices.join(', ')}`);
  return found;
}

function flag(name: string, text: string, otherwise: boolean): boolean {
  return (oneOf(name, text.toLowerCase(), ['true', 'false']) ?? String(otherwise)) === 'true';
}
