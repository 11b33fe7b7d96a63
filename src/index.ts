/** The public interface: `portolan scan` and `portolan graph` for other programs. */
import { builtinCatalogue } from './config/builtin.ts';
import { loadPolicy, policyOf, ruleInfos } from './config/load-policy.ts';
import { type Analysis, analyse, judge } from './lint.ts';
import type { Report } from './policy/finding.ts';
import type { Tree } from './source/tree.ts';

export type { Analysis } from './lint.ts';
export type { Finding, Report, Severity } from './policy/finding.ts';
export { diskTree } from './source/disk-tree.ts';
export { memoryTree, type Tree } from './source/tree.ts';

/** What a run is told besides the tree. */
export interface LintOptions {
  /** The text of a `portolan.yaml`, and its path relative to the root of the tree. */
  readonly config?: { readonly path: string; readonly text: string };
  /** Ids of the rules that run; all of them when left out. */
  readonly only?: readonly string[];
  readonly skip?: readonly string[];
  /** Off: comments in the code suppress nothing. */
  readonly inlineSuppressions?: boolean;
  /** The time that suppressions with an end are measured by, in milliseconds since 1970; now when left out. */
  readonly at?: number;
}

/**
 * Finds what can be reached in a tree and should not be. Answers the report, and the graph that it is about. Throws a
 * `ConfigError` where the configuration or a rule is wrong, and never because of what is in the tree.
 */
export async function lint(
  tree: Tree,
  { config, only = [], skip = [], inlineSuppressions = true, at = Date.now() }: LintOptions = {},
): Promise<{ readonly report: Report; readonly analysis: Analysis }> {
  const loaded = await loadPolicy(tree, config ?? null);
  const policy = policyOf(loaded, { only, skip, inlineSuppressions, at });
  const analysis = await analyse(tree, { catalogue: builtinCatalogue(), assume: loaded.config.assume });
  return { report: await judge(analysis, policy, await ruleInfos(policy.rules, loaded.prose)), analysis };
}
