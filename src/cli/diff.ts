import { existsSync, statSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { builtinCatalogue } from '../config/builtin.ts';
import { type LoadedPolicy, loadPolicy, policyOf, ruleInfos } from '../config/load-policy.ts';
import { isInside } from '../graph/difference/view.ts';
import { SCOPES, type Scope } from '../graph/vocabulary.ts';
import { type Analysis, analyse, judge } from '../lint.ts';
import { formatOf } from '../parsers/index.ts';
import { differenceOf } from '../policy/difference/index.ts';
import { type Difference, grows, type Side } from '../policy/difference/view.ts';
import { REPORTERS } from '../reporters/index.ts';
import { diskTree } from '../source/disk-tree.ts';
import { commitOf, GitError } from '../source/git.ts';
import { gitTree } from '../source/git-tree.ts';
import type { Tree } from '../source/tree.ts';
import { command } from './command.ts';
import { deliver, styleFor } from './deliver.ts';
import { EXIT, type ExitCode, UncheckedError, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { instant, type Output, outputs, THRESHOLDS, type Threshold } from './options.ts';
import { CONFIG_FILE, findPlace, type Place } from './root.ts';
import { fails, now } from './scan.ts';
import { contextOf, sarifPrefix } from './session.ts';

interface DiffOptions {
  readonly root?: string;
  readonly format?: string;
  readonly output?: readonly Output[];
  readonly failOn?: Threshold;
  readonly failOnExposure: Scope | 'never';
  readonly policyFrom: 'base' | 'head';
  readonly at?: number;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color: boolean;
}

const SEGMENT = SCOPES.indexOf('segment');
const FORMATS = Object.keys(REPORTERS.difference);

/** `portolan diff`: what a change of the code opens, widens, narrows and closes. */
export const diff = command<DiffOptions>({
  about: 'what changes between two revisions or folders: exposures, ports, findings',
  parameters: [
    { name: '<base>', about: 'a revision (main, HEAD~1, a hash), or a folder' },
    { name: '[head]', about: 'another; the work tree where none is given' },
  ],
  options: [
    { flags: '--root <dir>', about: 'folder of the repository that is compared (default: as of scan)' },
    { flags: '-f, --format <format>', about: 'what standard output gets', choices: FORMATS },
    {
      flags: '-o, --output <format=file>',
      about: 'write a report to a file; may be given several times',
      read: outputs(FORMATS),
    },
    {
      flags: '--fail-on <severity>',
      about: 'least severity of a new finding that is exit code 1 (default: high)',
      choices: THRESHOLDS,
    },
    {
      flags: '--fail-on-exposure <scope>',
      about: 'how far a new or widened exposure may not reach: exit code 1',
      choices: [...SCOPES, 'never'],
      fallback: 'network',
    },
    {
      flags: '--policy-from <side>',
      about: 'whose portolan.yaml and rules hold: a change of the code cannot excuse itself by changing them',
      choices: ['base', 'head'],
      fallback: 'base',
    },
    { flags: '--at <time>', about: 'the time that suppressions with an end are measured by', read: instant },
    { flags: '-q, --quiet', about: 'no summary' },
    { flags: '-v, --verbose', about: 'tell changes among neighbours too' },
    { flags: '--no-color', about: 'no colours (as NO_COLOR; FORCE_COLOR asks for them)' },
  ],
  after: `Exit codes:
  0  nothing grew beyond what is allowed
  1  an exposure was added or widened as far as --fail-on-exposure, or a finding is new at or above --fail-on
  2  wrong usage, or no such revision
  3  the revisions could not be compared`,
  async run([base = '', head], options, io) {
    const [before, after] = sidesOf(base, head, options, io);
    const policy = await policyIn(options.policyFrom === 'base' ? before.tree : after.tree);
    const at = options.at ?? now(io);
    const one = await judged(before, policy, at);
    const other = await judged(after, policy, at);
    const whole = differenceOf(one.side, other.side, changedPolicy(before.tree, after.tree, policy));
    const farthest = options.failOnExposure;
    const near = options.verbose === true || (farthest !== 'never' && SCOPES.indexOf(farthest) >= SEGMENT);
    const view = near ? whole : { ...whole, exposures: whole.exposures.filter((change) => !isInside(change)) };
    const context = {
      ...contextOf(styleFor(io, options.color)),
      lines: other.side.lines,
      quiet: options.quiet === true,
    };
    const sarif = { ...context.sarif, prefix: after.place ? sarifPrefix(io, after.place, undefined) : '' };
    const format = options.format ?? 'text';
    await deliver(view, REPORTERS.difference, format, options.output ?? [], { ...context, sarif }, io);
    return verdict(view, options.failOn ?? policy.config.policy.failOn, farthest);
  },
});

/** One of the two that are compared. */
interface Compared {
  readonly name: string;
  readonly tree: Tree;
  /** Where it stands on disk; null for a revision. */
  readonly place: Place | null;
}

/** Folders where both words are some; else revisions of one repository, or its work tree. */
function sidesOf(base: string, head: string | undefined, { root }: DiffOptions, io: Io): readonly [Compared, Compared] {
  const folders = [base, head].filter((word) => word !== undefined && isFolder(resolve(io.cwd, word)));
  if (head !== undefined && folders.length === 2) return [folder(base, io), folder(head, io)];
  const place = findPlace(io.cwd, [], { root });
  const { checkout } = place;
  if (checkout === null) {
    throw new UsageError(`${place.root} is not in a git repository: give two folders, or run this in a checkout`);
  }
  const way = relative(checkout, place.root).split(sep).join('/');
  const prefix = way === '' ? '' : `${way}/`;
  const likely = (path: string) => formatOf(path) !== undefined || path.endsWith(CONFIG_FILE);
  const revision = (name: string): Compared => {
    try {
      return { name, tree: gitTree(checkout, commitOf(checkout, name), prefix, likely), place: null };
    } catch (error) {
      if (!(error instanceof GitError)) throw error;
      if (error.shallow) throw new UncheckedError(error.message);
      throw new UsageError(error.message);
    }
  };
  const work = { name: 'the work tree', tree: diskTree(place.root), place };
  return [revision(base), head === undefined ? work : { ...revision(head), place }];
}

function folder(word: string, io: Io): Compared {
  const root = resolve(io.cwd, word);
  return { name: word, tree: diskTree(root), place: findPlace(io.cwd, [], { root }) };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}

async function policyIn(tree: Tree): Promise<LoadedPolicy> {
  return loadPolicy(tree, configIn(tree));
}

function configIn(tree: Tree): { readonly path: string; readonly text: string } | null {
  const reading = tree.read(CONFIG_FILE);
  if (reading.kind === 'missing') return null;
  if (reading.kind === 'text') return { path: CONFIG_FILE, text: reading.text };
  throw new UsageError(`${CONFIG_FILE} cannot be read (${reading.because}): make it a plain file inside the root`);
}

async function judged(
  { name, tree }: Compared,
  loaded: LoadedPolicy,
  at: number,
): Promise<{ readonly side: Side; readonly analysis: Analysis }> {
  const analysis = await analyse(tree, { catalogue: builtinCatalogue(), assume: loaded.config.assume });
  const policy = policyOf(loaded, { only: [], skip: [], inlineSuppressions: true, at });
  const report = await judge(analysis, policy, await ruleInfos(policy.rules, loaded.prose));
  return { side: { name, graph: analysis.graph, report, lines: analysis.lines }, analysis };
}

/** The files of the policy that are not the same in both. */
function changedPolicy(before: Tree, after: Tree, { rules }: LoadedPolicy): readonly string[] {
  const own = rules.flatMap(({ declaration }) => declaration.origin.file).filter((file) => file.endsWith('.yaml'));
  const files = [...new Set([CONFIG_FILE, ...own])].sort();
  return files.filter((file) => textIn(before, file) !== textIn(after, file));
}

function textIn(tree: Tree, path: string): string | null {
  const reading = tree.read(path);
  return reading.kind === 'text' ? reading.text : null;
}

function verdict({ exposures, fresh }: Difference, failOn: Threshold, farthest: Scope | 'never'): ExitCode {
  const grown = farthest !== 'never' && exposures.some((change) => grows(change, farthest));
  return grown ||
    fails(
      fresh.map(({ finding }) => finding),
      failOn,
    )
    ? EXIT.findings
    : EXIT.clean;
}
