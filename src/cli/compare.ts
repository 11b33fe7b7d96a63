/** Two trees judged by the policy of one of them. */
import { BASELINE_FILE, baselineIn } from '../config/baseline.ts';
import { builtinCatalogue } from '../config/builtin.ts';
import { type LoadedPolicy, loadPolicy, policyOf, ruleInfos } from '../config/load-policy.ts';
import { isInside } from '../graph/difference/view.ts';
import { SCOPES, type Scope } from '../graph/vocabulary.ts';
import { type Analysis, analyse, judge } from '../lint.ts';
import { formatOf } from '../parsers/index.ts';
import { approvalOf } from '../policy/approval.ts';
import type { BaselineEntry } from '../policy/baseline.ts';
import { differenceOf } from '../policy/difference/index.ts';
import { type Difference, grows, type Side } from '../policy/difference/view.ts';
import type { Report } from '../policy/finding.ts';
import { diskTree } from '../source/disk-tree.ts';
import { commitOf, GitError } from '../source/git.ts';
import { gitTree } from '../source/git-tree.ts';
import type { Tree } from '../source/tree.ts';
import { EXIT, type ExitCode, UncheckedError, UsageError } from './exit.ts';
import type { Threshold } from './options.ts';
import { CONFIG_FILE, type Place } from './root.ts';
import { fails } from './scan.ts';
import { configIn } from './session.ts';

/** One of the two that are compared. */
export interface Compared {
  /** What a person calls it. */
  readonly name: string;
  readonly tree: Tree;
  /** The folder on disk that it is, or was, at. */
  readonly place: Place;
}

/** What stands on disk. */
export function workTreeIn(place: Place): Compared {
  return { name: 'the work tree', tree: diskTree(place.root), place };
}

/** A revision of the repository that a folder is in, as that folder was then. Throws where there is none of that name. */
export function revisionIn(place: Place, name: string): Compared {
  const { checkout, root, fromCheckout } = place;
  if (checkout === null) {
    throw new UsageError(`${root} is not in a git repository: give two folders, or run this in a checkout`);
  }
  const likely = (path: string) => formatOf(path) !== undefined || path.endsWith(CONFIG_FILE);
  try {
    return { name, tree: gitTree(checkout, commitOf(checkout, name), fromCheckout, likely), place };
  } catch (error) {
    if (!(error instanceof GitError)) throw error;
    throw error.shallow ? new UncheckedError(error.message) : new UsageError(error.message);
  }
}

/** How far an exposure may grow. */
export type Limit = Scope | 'never';

/** What came of a comparison. */
export interface Comparison extends Judged {
  readonly difference: Difference;
}

/** One tree, judged; of a comparison the later one. */
export interface Judged {
  readonly report: Report;
  readonly analysis: Analysis;
  readonly policy: LoadedPolicy;
}

/**
 * Compares two trees. Throws `ConfigError` where the policy is wrong.
 *
 * @param policyFrom whose policy holds; that of the base, since no change may excuse itself
 * @param at milliseconds since 1970
 * @param config where the configuration stands, relative to the root of both
 */
export async function compare(
  base: Compared,
  head: Compared,
  policyFrom: 'base' | 'head',
  at: number,
  config?: string,
): Promise<Comparison> {
  requireConfig([base, head], config);
  const policy = await policyIn(policyFrom === 'base' ? base.tree : head.tree, config);
  const baseline = baselineIn(policyFrom === 'base' ? base.tree : head.tree);
  const before = await judged(base, policy, at, baseline);
  const after = await judged(head, policy, at, baseline);
  const files = changedPolicy(base.tree, head.tree, policy, config);
  return {
    ...after,
    difference: differenceOf(sideOf(base, before), sideOf(head, after), files, (exposure) =>
      approvalOf(exposure, policy.config, at),
    ),
  };
}

/** Judges a tree by its own policy, compared with nothing. Throws `ConfigError` where that is wrong. */
export async function judgeAlone(head: Compared, at: number, config?: string): Promise<Judged> {
  requireConfig([head], config);
  return judged(head, await policyIn(head.tree, config), at, baselineIn(head.tree));
}

/** Throws where a configuration is asked for that none of the trees has. */
function requireConfig(sides: readonly Compared[], config: string | undefined): void {
  if (config === undefined || sides.some(({ tree }) => tree.read(config).kind !== 'missing')) return;
  const names = sides.map(({ name }) => name).join(' or ');
  throw new UsageError(`there is no ${config} in ${names}: name one that is there, relative to the root`);
}

function sideOf({ name }: Compared, { report, analysis }: Judged): Side {
  return { name, graph: analysis.graph, report, lines: analysis.lines };
}

const SEGMENT = SCOPES.indexOf('segment');

/** The difference without what is among neighbours, as far as nobody asked for that. */
export function outermost(difference: Difference, limit: Limit): Difference {
  if (limit !== 'never' && SCOPES.indexOf(limit) >= SEGMENT) return difference;
  return { ...difference, exposures: difference.exposures.filter((change) => !isInside(change)) };
}

/** Whether what grew is more than is allowed. */
export function verdict({ exposures, fresh }: Difference, failOn: Threshold, limit: Limit): ExitCode {
  const grown = limit !== 'never' && exposures.some((change) => grows(change, limit));
  const failed = fails(
    fresh.map(({ finding }) => finding),
    failOn,
  );
  return grown || failed ? EXIT.findings : EXIT.clean;
}

async function policyIn(tree: Tree, config?: string): Promise<LoadedPolicy> {
  return loadPolicy(tree, configIn(tree, config));
}

async function judged(
  { tree }: Compared,
  policy: LoadedPolicy,
  at: number,
  baseline: readonly BaselineEntry[],
): Promise<Judged> {
  const analysis = await analyse(tree, { catalogue: builtinCatalogue(), assume: policy.config.assume });
  const run = policyOf(policy, { only: [], skip: [], inlineSuppressions: true, at, baseline });
  const report = await judge(analysis, run, await ruleInfos(run.rules, policy.prose));
  return { report, analysis, policy };
}

/** The files of the policy that are not the same in both. */
function changedPolicy(
  before: Tree,
  after: Tree,
  { rules }: LoadedPolicy,
  config: string = CONFIG_FILE,
): readonly string[] {
  const own = rules.flatMap(({ declaration }) => declaration.origin.file).filter((file) => file.endsWith('.yaml'));
  const files = [...new Set([config, BASELINE_FILE, ...own])].sort();
  return files.filter((file) => textIn(before, file) !== textIn(after, file));
}

function textIn(tree: Tree, path: string): string | null {
  const reading = tree.read(path);
  return reading.kind === 'text' ? reading.text : null;
}
