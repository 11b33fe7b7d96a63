import { builtinCatalogue, ruleInfo } from '../config/builtin.ts';
import { NO_CONFIG, readConfig } from '../config/config.ts';
import { loadPolicy, policyOf } from '../config/load-policy.ts';
import type { LoadedRule } from '../config/load-rules.ts';
import { analyse, judge } from '../lint.ts';
import type { CheckedRule } from '../policy/checked-rule.ts';
import { runExamples } from '../policy/examples.ts';
import type { RuleExample } from '../policy/rule.ts';
import { REPORTERS } from '../reporters/index.ts';
import type { ExampleResult } from '../reporters/rule-tests.ts';
import { diskTree } from '../source/disk-tree.ts';
import { memoryTree, type Tree } from '../source/tree.ts';
import { command, type Group, type Option } from './command.ts';
import { deliver } from './deliver.ts';
import { EXIT, UncheckedError, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { CONFIG_FILE, findPlace, isChosen } from './root.ts';
import { openSession, type Session } from './session.ts';

interface RulesOptions {
  readonly root?: string;
  readonly config?: string;
  readonly format: string;
  readonly verbose?: true;
  readonly color: boolean;
}

function rulesOptions(formats: readonly string[]): readonly Option[] {
  return [
    { flags: '--root <dir>', about: 'folder whose portolan.yaml holds (default: the nearest)' },
    { flags: '--config <file>', about: 'configuration to use instead of portolan.yaml in the root' },
    { flags: '-f, --format <format>', about: 'what standard output gets', choices: formats, fallback: 'text' },
    { flags: '-v, --verbose', about: 'tell more' },
    { flags: '--no-color', about: 'no colours (as NO_COLOR; FORCE_COLOR asks for them)' },
  ];
}

function sessionOf(io: Io, options: RulesOptions): Session {
  return openSession(io, [], options);
}

const listing = command<RulesOptions>({
  about: 'every rule that holds here, with its severity and title',
  parameters: [],
  options: rulesOptions(Object.keys(REPORTERS.rules)),
  async run(_, options, io) {
    const session = sessionOf(io, options);
    const { rules, prose } = await session.policy();
    const texts = await prose();
    const infos = rules.map(({ declaration }) => ruleInfo(declaration, texts.get(declaration.id)));
    await deliver(
      infos,
      REPORTERS.rules,
      options.format,
      [],
      session.context(() => undefined),
      io,
    );
    return EXIT.clean;
  },
});

const showing = command<RulesOptions>({
  about: 'one rule: why, how to mend what it finds, examples',
  parameters: [{ name: '<id>', about: 'as findings name it' }],
  options: rulesOptions(Object.keys(REPORTERS.rule)),
  async run([id = ''], options, io) {
    const session = sessionOf(io, options);
    const { rules, prose } = await session.policy();
    // SARIF names a rule and its band: `debug-port/internet`.
    const rule = rules.find(({ declaration }) => declaration.id === id.split('/')[0]);
    if (!rule) throw new UsageError(`there is no rule ${id}: portolan rules list tells all`);
    const text = (await prose()).get(rule.declaration.id);
    const view = { rule: ruleInfo(rule.declaration, text), examples: text?.examples ?? [] };
    await deliver(
      view,
      REPORTERS.rule,
      options.format,
      [],
      session.context(() => undefined),
      io,
    );
    return EXIT.clean;
  },
});

const testing = command<RulesOptions>({
  about: 'run the examples of rules (default: of all rules that hold here)',
  parameters: [{ name: '[paths...]', about: 'rule files, or folders of them' }],
  options: rulesOptions(Object.keys(REPORTERS.ruleTests)),
  async run(paths, options, io) {
    const session = sessionOf(io, options);
    const loaded = paths.length === 0 ? await inForce(session) : await inFiles(io, paths, options);
    const examples: ExampleResult[] = [];
    for (const { rule, prose } of loaded) examples.push(...(await resultsOf(rule, prose.examples)));
    if (examples.length === 0) throw new UncheckedError('there is no rule here that has an example');
    await deliver(
      { examples },
      REPORTERS.ruleTests,
      options.format,
      [],
      session.context(() => undefined),
      io,
    );
    return examples.some(({ problems }) => problems.length > 0) ? EXIT.findings : EXIT.clean;
  },
});

async function inForce(session: Session): Promise<readonly LoadedRule[]> {
  const { rules, prose } = await session.policy();
  const texts = await prose();
  return rules.flatMap((rule) => {
    const text = texts.get(rule.declaration.id);
    return text ? [{ rule, prose: text }] : [];
  });
}

/** The rules at `paths`, whether or not the program has rules of the same ids. */
async function inFiles(io: Io, paths: readonly string[], options: RulesOptions): Promise<readonly LoadedRule[]> {
  const place = findPlace(io.cwd, paths, options);
  const tree = diskTree(place.root);
  const files = tree.list().value.filter((path) => isChosen(path, place.paths) && isRule(tree, path, place.paths));
  const { loadRules } = await import('../config/load-rules.ts');
  return loadRules(tree, files, builtinCatalogue(), new Set());
}

/** A file that is named is a rule; in a folder, what asks something: other data may stand beside rules. */
function isRule(tree: Tree, path: string, named: readonly string[]): boolean {
  if (named.includes(path)) return true;
  if (!/\.ya?ml$/.test(path)) return false;
  const reading = tree.read(path);
  return reading.kind === 'text' && /^when:/m.test(reading.text);
}

/** Runs the examples of a rule beside the built-in rules, since some rules are about what became of others. */
async function resultsOf(rule: CheckedRule, examples: readonly RuleExample[]): Promise<readonly ExampleResult[]> {
  const { id } = rule.declaration;
  const builtin = await loadPolicy(memoryTree({}), null);
  const rules = [...builtin.rules.filter(({ declaration }) => declaration.id !== id), rule];
  // Between the dates that examples write for what is past and what is to come.
  const run = { only: [], skip: [], inlineSuppressions: true, at: Date.UTC(2026, 0, 1) };
  const results = await runExamples(id, examples, async (files) => {
    const text = files[CONFIG_FILE];
    const config = text === undefined ? NO_CONFIG : await readConfig(CONFIG_FILE, text);
    const known = new Set(rules.map(({ declaration }) => declaration.id));
    const policy = policyOf({ config: { ...config, compat: { suppressions: true } }, rules, known }, run);
    const analysis = await analyse(memoryTree(files), { catalogue: builtinCatalogue(), assume: config.assume });
    return (await judge(analysis, policy, [])).findings;
  });
  return results.map((result) => ({ rule: id, ...result }));
}

/** `portolan rules`: the policy, to be read and tested. */
export const rules: Group = {
  about: 'the policy: what is asked, why, and how to mend what is found',
  options: [],
  commands: { list: async () => listing, show: async () => showing, test: async () => testing },
  otherwise: 'list',
};
