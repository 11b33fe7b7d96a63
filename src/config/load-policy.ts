/** Everything that decides what is a finding: built-in rules, the repository's own, and what `portolan.yaml` changes. */
import { posix } from 'node:path';
import ignore from 'ignore';
import type { BaselineEntry } from '../policy/baseline.ts';
import type { CheckedRule } from '../policy/checked-rule.ts';
import type { RuleInfo } from '../policy/finding.ts';
import type { Policy } from '../policy/judge.ts';
import type { Problem, RuleProse } from '../policy/rule.ts';
import { suggestion } from '../policy/suggest.ts';
import { byText } from '../source/order.ts';
import type { Tree } from '../source/tree.ts';
import { builtinCatalogue, builtinProse, builtinRules, ruleInfo } from './builtin.ts';
import { type Config, NO_CONFIG, readConfig } from './config.ts';
import { ConfigError } from './config-error.ts';
import { keyOriginAt, originAt } from './yaml-file.ts';

/** The policy of a tree, ready to be run and to be read. */
export interface LoadedPolicy {
  readonly config: Config;
  /** All rules, with overrides done, sorted by id; disabled ones are left out. */
  readonly rules: readonly CheckedRule[];
  /** The ids of all rules, disabled ones included. */
  readonly known: ReadonlySet<string>;
  /** What people read about rules, by id; the built-in prose is loaded when it is first asked for. */
  readonly prose: () => Promise<ReadonlyMap<string, RuleProse>>;
}

/**
 * The policy of a tree. `file` is its `portolan.yaml`, its path relative to the root of the tree; null for none. Throws
 * a `ConfigError` where a file is wrong, before any source is read.
 */
export async function loadPolicy(
  tree: Tree,
  file: { readonly path: string; readonly text: string } | null,
): Promise<LoadedPolicy> {
  const config = file ? await readConfig(file.path, file.text) : NO_CONFIG;
  const builtin = builtinRules();
  const taken = new Set(builtin.map(({ declaration }) => declaration.id));
  const paths = config.policy.rules.length > 0 ? rulePaths(config, tree) : [];
  const own = paths.length > 0 ? await ownRules(tree, paths, taken) : [];
  const known = new Set([...taken, ...own.map(({ rule }) => rule.declaration.id)].sort());
  checkOverrides(config, known);
  return {
    config,
    rules: [...builtin, ...own.map(({ rule }) => rule)]
      .flatMap((rule) => overridden(rule, config))
      .sort(byText(({ declaration }) => declaration.id)),
    known,
    prose: async () =>
      new Map([...(await builtinProse()), ...own.map((one) => [one.rule.declaration.id, one.prose] as const)]),
  };
}

/** The policy as evaluation takes it, with what the caller of a run decides. */
export function policyOf(
  { config, rules, known }: Pick<LoadedPolicy, 'config' | 'rules' | 'known'>,
  run: {
    /** Only these rules; empty for all. */
    readonly only: readonly string[];
    readonly skip: readonly string[];
    readonly inlineSuppressions: boolean;
    /** Milliseconds since 1970. */
    readonly at: number;
    /** What was there when somebody began to look. */
    readonly baseline?: readonly BaselineEntry[];
  },
): Policy {
  const runs = ({ id }: { readonly id: string }) =>
    (run.only.length === 0 || run.only.includes(id)) && !run.skip.includes(id);
  return {
    rules: rules.filter(({ declaration }) => runs(declaration)),
    known,
    inlineSuppressions: run.inlineSuppressions,
    compatSuppressions: config.compat.suppressions,
    requireExpiry: config.policy.requireExpiry,
    services: config.services,
    nonSensitivePorts: new Set(config.policy.nonSensitivePorts),
    waivers: config.waivers,
    longestWaiver: config.longestWaiver,
    baseline: run.baseline ?? [],
    at: run.at,
  };
}

/** What reporters know of rules, in their order. */
export async function ruleInfos(
  rules: readonly CheckedRule[],
  prose: LoadedPolicy['prose'],
): Promise<readonly RuleInfo[]> {
  const texts = await prose();
  return rules.map(({ declaration }) => ruleInfo(declaration, texts.get(declaration.id)));
}

/** The files that `policy.rules` names, sorted; patterns are relative to the policy file and stay inside the tree. */
function rulePaths({ file, policy }: Config, tree: Tree): readonly string[] {
  if (!file) return [];
  const folder = posix.dirname(file.path).startsWith('..') ? '.' : posix.dirname(file.path);
  const listed = tree.list().value;
  const found = new Set<string>();
  const problems: Problem[] = [];
  policy.rules.forEach((pattern, index) => {
    const origin = originAt(file, `/policy/rules/${index}`);
    const full = posix.join(folder, pattern);
    if (posix.isAbsolute(pattern) || full.startsWith('..')) {
      problems.push({
        origin,
        message: `\`${pattern}\` leads out of the scanned folder`,
        hint: 'keep rules inside it',
      });
      return;
    }
    // The syntax of .gitignore, anchored: a pattern that ends in a folder means everything in it.
    const matcher = ignore().add(`/${full}`);
    const matching = listed.filter((path) => /\.ya?ml$/.test(path) && matcher.ignores(path));
    if (matching.length === 0) problems.push({ origin, message: `\`${pattern}\` matches no rule file`, hint: '' });
    for (const path of matching) found.add(path);
  });
  if (problems.length > 0) throw new ConfigError(problems, () => file.text);
  return [...found].sort();
}

function checkOverrides({ file, policy }: Config, known: ReadonlySet<string>): void {
  if (!file) return;
  const problems = Object.keys(policy.overrides)
    .filter((id) => !known.has(id))
    .map((id) => ({
      origin: keyOriginAt(file, '/policy/overrides', id),
      message: `there is no rule \`${id}\``,
      hint: suggestion(id, [...known]),
    }));
  if (problems.length > 0) throw new ConfigError(problems, () => file.text);
}

/** The rules of the repository, which are read and checked by what a run without any does not load. */
async function ownRules(tree: Tree, paths: readonly string[], taken: ReadonlySet<string>) {
  const { loadRules } = await import('./load-rules.ts');
  return loadRules(tree, paths, builtinCatalogue(), taken);
}

/** The rule as the policy file has it; none where it is switched off. */
function overridden(rule: CheckedRule, { policy }: Config): readonly CheckedRule[] {
  const { declaration } = rule;
  const { enabled = true, severity = declaration.severity } = policy.overrides[declaration.id] ?? {};
  return enabled ? [{ ...rule, declaration: { ...declaration, severity } }] : [];
}
