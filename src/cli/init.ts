import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { BASELINE_FILE, baselineText } from '../config/baseline.ts';
import { policyOf } from '../config/load-policy.ts';
import { judge } from '../lint.ts';
import { plural } from '../reporters/scan-text.ts';
import { printable, type Style } from '../reporters/style.ts';
import { diskTree } from '../source/disk-tree.ts';
import { commitOf, GitError, git } from '../source/git.ts';
import { command } from './command.ts';
import { styleFor } from './deliver.ts';
import { EXIT, UsageError } from './exit.ts';
import { configText } from './init/config.ts';
import { hookStep } from './init/hook.ts';
import { OWNERS_FILES, ownersStep } from './init/owners.ts';
import { created, perform, type Site, type Source, type Step } from './init/step.ts';
import { pipelineSteps, workflowStep } from './init/workflow.ts';
import { list, type TreeOptions, WHOLE_TREE } from './options.ts';
import { CONFIG_FILE, type Place } from './root.ts';
import { now } from './scan.ts';
import { openSession } from './session.ts';

interface InitOptions extends TreeOptions {
  readonly write?: true;
  readonly baseline?: true;
  readonly ci?: 'github' | 'gitlab' | 'none';
  readonly owner?: readonly string[];
  readonly from?: Source;
}

/** `portolan init`: what a repository needs so that Portolan judges its changes. It shows all of it, and writes when told to. */
export const init = command<InitOptions>({
  about: 'a configuration, a workflow, a hook and owners for this repository: shows them, and writes with --write',
  parameters: [],
  options: [
    ...WHOLE_TREE,
    { flags: '--write', about: 'write what is shown; nothing is ever written over' },
    {
      flags: '--from <owner/repository@commit>',
      about: 'where on GitHub the workflow and the hook take Portolan from (default: the clone that runs)',
      read: sourceIn,
    },
    { flags: '--owner <name>', about: 'who has to agree to a change of the policy: @org/team', read: owners },
    {
      flags: '--ci <name>',
      about: 'whose pipelines (default: by what is there)',
      choices: ['github', 'gitlab', 'none'],
    },
    { flags: '--baseline', about: `write what is found now to ${BASELINE_FILE}, so that only what is new is told` },
  ],
  async run(_, options, io) {
    const session = openSession(io, [], { ...options, allowEmpty: true });
    const loaded = await session.policy();
    const analysis = await session.analyse(loaded.config);
    const site = siteOf(session.place, options);
    const ci = options.ci ?? pipelinesAt(site);
    const pipelines = { github: () => [workflowStep(site)], gitlab: () => pipelineSteps(site), none: () => [] }[ci]();
    const own = [CONFIG_FILE, BASELINE_FILE].map((name) => `${site.prefix}${name}`);
    const steps: Step[] = [
      created(site, own[0] as string, configText(analysis.graph, analysis.lines)),
      ...pipelines,
      hookStep(site),
      ownersStep(site, OWNERS_FILES[ci === 'gitlab' ? ci : 'github'], [...own, ...pipelines.map(({ path }) => path)]),
    ];
    if (options.baseline) {
      const policy = policyOf(loaded, { only: [], skip: [], inlineSuppressions: true, at: now(io) });
      const { findings } = await judge(analysis, policy, []);
      steps.push(created(site, own[1] as string, baselineText(findings)));
    }
    const style = styleFor(io, options.color);
    io.stdout.write(steps.map((step) => shown(step, style)).join('\n'));
    if (options.write) for (const step of steps) perform(site, step);
    if (!options.quiet) io.stderr.write(`portolan: ${outcome(steps, options.write === true)}\n`);
    return EXIT.clean;
  },
});

function siteOf({ root, checkout, fromCheckout }: Place, { from, owner }: InitOptions): Site {
  const top = checkout ?? root;
  const tree = diskTree(top);
  return {
    top,
    prefix: fromCheckout,
    read: tree.read,
    folder: tree.folder,
    branch: checkout === null ? 'main' : branchOf(checkout),
    source: from ?? ownSource(),
    owners: owner ?? [],
  };
}

function pipelinesAt(site: Site): 'github' | 'gitlab' {
  return site.read('.gitlab-ci.yml').kind === 'text' && site.folder('.github/workflows').length === 0
    ? 'gitlab'
    : 'github';
}

/** The default branch of where it was cloned from, else the one that is checked out. */
function branchOf(checkout: string): string {
  const cloned = meantBy(checkout, 'refs/remotes/origin/HEAD')?.replace(/^origin\//, '');
  return cloned ?? meantBy(checkout, 'HEAD') ?? 'main';
}

/** The branch that a symbolic name means. */
function meantBy(checkout: string, name: string): string | null {
  return quietly(() => git(checkout, ['symbolic-ref', '--quiet', '--short', name], '', 1024).toString('utf8').trim());
}

/** The repository on GitHub that this program was cloned from, and the commit that is checked out. */
function ownSource(): Source | null {
  const home = dirname(dirname(realpathSync(process.argv[1] ?? '.')));
  if (!existsSync(join(home, '.git')) || !existsSync(join(home, 'action.yml'))) return null;
  return quietly(() => {
    const from = git(home, ['config', '--get', 'remote.origin.url'], '', 4096).toString('utf8').trim();
    const repository = /^(?:https:\/\/|ssh:\/\/git@|git@)github\.com[:/]([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(from)?.[1];
    return repository === undefined ? null : { repository, commit: commitOf(home, 'HEAD') };
  });
}

function quietly<T>(ask: () => T): T | null {
  try {
    return ask();
  } catch (error) {
    if (error instanceof GitError) return null;
    throw error;
  }
}

function sourceIn(text: string): Source {
  const [, repository, commit] = /^([\w.-]+\/[\w.-]+)@([0-9a-f]{40}|[0-9a-f]{64})$/.exec(text) ?? [];
  if (repository !== undefined && commit !== undefined) return { repository, commit };
  throw new UsageError(
    `--from cannot be ${text}: write OWNER/REPOSITORY@COMMIT with the full hash, since a tag can be moved`,
  );
}

function owners(text: string, given: unknown): readonly string[] {
  const all = list(text, given);
  const wrong = all.find((each) => !/^(?:@[\w.-]+(?:\/[\w.-]+)*|[\w.+-]+@[\w.-]+)$/.test(each));
  if (wrong === undefined) return all;
  throw new UsageError(`--owner cannot be ${wrong}: write @user, @org/team or an address`);
}

const VERBS = { create: 'create', append: 'add to', there: 'leave', ask: 'by hand' } as const;

function shown(step: Step, style: Style): string {
  const because = 'because' in step ? ` (${step.because})` : '';
  const head = `${style('bold', VERBS[step.kind])} ${printable(step.path)}${because}\n`;
  if (step.kind === 'there') return head;
  const lines = step.text.replace(/\n$/, '').split('\n');
  return head + lines.map((line) => `  ${style('green', `+ ${printable(line)}`.trimEnd())}\n`).join('');
}

function outcome(steps: readonly Step[], written: boolean): string {
  const count = (...kinds: readonly Step['kind'][]) => steps.filter(({ kind }) => kinds.includes(kind)).length;
  const changes = count('create', 'append');
  const hands = count('ask') > 0 ? `; ${plural(count('ask'), 'file')} by hand` : '';
  if (changes === 0) return `nothing to write${hands}`;
  return written
    ? `${plural(changes, 'file')} written${hands}`
    : `nothing is written yet: --write writes ${plural(changes, 'file')}${hands}`;
}
