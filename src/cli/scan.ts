import { relative, resolve, sep } from 'node:path';
import { BASELINE_FILE } from '../config/baseline.ts';
import { ConfigError } from '../config/config-error.ts';
import { type LoadedPolicy, policyOf, ruleInfos } from '../config/load-policy.ts';
import type { Confidence } from '../graph/vocabulary.ts';
import { judge } from '../lint.ts';
import { type Finding, type Report, SEVERITIES } from '../policy/finding.ts';
import { suggestion } from '../policy/suggest.ts';
import { REPORTERS } from '../reporters/index.ts';
import { command } from './command.ts';
import { deliver, tellLeftOut } from './deliver.ts';
import { EXIT, type ExitCode, UsageError, worst } from './exit.ts';
import type { Io } from './io.ts';
import { instant, list, PATHS, THRESHOLDS, type Threshold, type TreeOptions, treeOptions } from './options.ts';
import { isChosen } from './root.ts';
import { chosenEnvironments, openSession, sarifPrefix } from './session.ts';

interface ScanOptions extends TreeOptions {
  readonly format?: string;
  readonly failOn?: Threshold;
  readonly rule?: readonly string[];
  readonly skipRule?: readonly string[];
  readonly minConfidence: Confidence;
  readonly at?: number;
  readonly inlineSuppressions: boolean;
  readonly baseline: boolean;
  readonly showSuppressed?: true;
  readonly sarifSuppressed?: true;
  readonly sarifRoot?: string;
  readonly category?: string;
  readonly watch?: true;
}

/** What the SARIF viewer of VS Code looks at. */
const WATCHED_FILE = '.sarif/portolan.sarif';

const CONFIDENCES: readonly Confidence[] = ['high', 'medium', 'low'];

/** `portolan scan`: what is wrong with who can reach which port. */
export const scan = command<ScanOptions>({
  about: 'find what can be reached and should not be (the default command)',
  parameters: [PATHS],
  options: [
    ...treeOptions(Object.keys(REPORTERS.scan)),
    {
      flags: '--fail-on <severity>',
      about: 'least severity that is exit code 1 (default: high)',
      choices: THRESHOLDS,
    },
    { flags: '--rule <id>', about: 'run only this rule; may be given several times', read: list },
    { flags: '--skip-rule <id>', about: 'do not run this rule; may be given several times', read: list },
    { flags: '--min-confidence <level>', about: 'leave out what is less sure', choices: CONFIDENCES, fallback: 'low' },
    {
      flags: '--at <time>',
      about: 'the time that suppressions with an end are measured by (RFC 3339; default: now)',
      read: instant,
    },
    { flags: '--no-inline-suppressions', about: 'report what comments in the code suppress' },
    { flags: '--no-baseline', about: `report what ${BASELINE_FILE} knows too` },
    { flags: '--show-suppressed', about: 'list what is suppressed, waived or in the baseline' },
    {
      flags: '--sarif-suppressed',
      about: 'sarif: tell suppressed results too, which GitHub shows as open alerts',
    },
    {
      flags: '--sarif-root <dir>',
      about: 'sarif: folder that locations are relative to (default: the git top level)',
    },
    {
      flags: '--watch',
      about: `run again whenever a file changes; without --output, SARIF goes to ${WATCHED_FILE}, which editors look at`,
    },
    { flags: '--category <name>', about: 'sarif: tells several uploads of one commit apart' },
  ],
  async run(paths, options, io) {
    if (!options.watch) return once(paths, options, io);
    const outputs = options.output ?? [{ format: 'sarif', file: WATCHED_FILE }];
    const { root } = openSession(io, paths, options).place;
    const written = new Set(outputs.map(({ file }) => relative(root, resolve(io.cwd, file)).split(sep).join('/')));
    const stop = new AbortController();
    io.onInterrupt?.(() => stop.abort());
    const { whenever } = await import('./watch.ts');
    const again = async () => {
      try {
        await once(paths, { ...options, output: outputs, allowEmpty: true }, io);
      } catch (error) {
        // Whoever types a policy has a wrong one now and then.
        if (!(error instanceof ConfigError || error instanceof UsageError)) throw error;
        io.stderr.write(`portolan: ${error.message}\n`);
      }
    };
    await whenever(root, written, again, stop.signal);
    return EXIT.clean;
  },
});

async function once(paths: readonly string[], options: ScanOptions, io: Io): Promise<ExitCode> {
  const session = openSession(io, paths, options);
  const loaded = await session.policy();
  const run = {
    only: (options.rule ?? []).map(known(loaded)),
    skip: (options.skipRule ?? []).map(known(loaded)),
    inlineSuppressions: options.inlineSuppressions,
    at: options.at ?? now(io),
    baseline: options.baseline ? session.baseline() : [],
  };
  const policy = policyOf(loaded, run);
  const analysis = await session.analyse(loaded.config);
  const format = options.format ?? 'text';
  const outputs = options.output ?? [];
  const formats = [format, ...outputs.map((output) => output.format)];
  // The short text says nothing of what people read about rules.
  const explained = options.verbose === true || formats.some((each) => each !== 'text');
  const infos = await ruleInfos(policy.rules, explained ? loaded.prose : async () => new Map());
  const all = await judge(analysis, policy, infos);
  const report = chosen(all, session.place.paths, options.minConfidence);
  const complete = session.completeness(analysis);
  const context = session.context(analysis.lines, {
    showSuppressed: options.showSuppressed === true,
    sarif: {
      prefix: sarifPrefix(io, session.place, options.sarifRoot),
      category: options.category ?? null,
      suppressed: options.sarifSuppressed === true,
      provenance: formats.includes('sarif')
        ? (await import('./provenance.ts')).provenanceOf(session.place.checkout)
        : null,
      successful: complete === EXIT.clean,
    },
  });
  const graph = { ...analysis.graph, environments: chosenEnvironments(analysis, session.place.paths) };
  await deliver({ ...report, graph }, REPORTERS.scan, format, outputs, context, io);
  await tellLeftOut(report, format, outputs, io);
  if (format !== 'text') session.tellNotices({ ...analysis, notices: report.notices });
  const failed = fails(report.findings, options.failOn ?? loaded.config.policy.failOn);
  return worst([complete, failed ? EXIT.findings : EXIT.clean, defects(report)]);
}

/** Admits the id of a rule that there is. */
function known({ known: ids }: LoadedPolicy): (id: string) => string {
  return (id) => {
    if (ids.has(id)) return id;
    const hint = suggestion(id, [...ids]);
    throw new UsageError(`there is no rule ${id}${hint === '' ? '' : `; ${hint}`}`);
  };
}

/** SOURCE_DATE_EPOCH makes a run repeatable; it counts seconds. */
export function now(io: Pick<Io, 'env' | 'now'>): number {
  const epoch = io.env.SOURCE_DATE_EPOCH;
  return epoch !== undefined && /^\d{1,11}$/.test(epoch) ? Number(epoch) * 1000 : io.now();
}

/** The report without what was not asked for. A finding belongs to a path when any place that it speaks of does. */
export function chosen(report: Report, paths: readonly string[], minConfidence: Confidence): Report {
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

/** Whether findings fail a run: only what is certain does. */
export function fails(findings: readonly Finding[], failOn: Threshold): boolean {
  if (failOn === 'never') return false;
  const failing = SEVERITIES.slice(0, SEVERITIES.indexOf(failOn) + 1);
  return findings.some(({ severity, verdict }) => verdict === 'violation' && failing.includes(severity));
}

/** A rule that cannot be evaluated has to be mended by whoever wrote it, whatever else came out. */
function defects({ notices }: Report): ExitCode {
  return notices.some(({ code }) => code === 'rule-defect') ? EXIT.usage : EXIT.clean;
}
