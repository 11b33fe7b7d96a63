import { readFileSync } from 'node:fs';
import { relative, resolve, sep } from 'node:path';
import { baselineIn } from '../config/baseline.ts';
import { builtinCatalogue } from '../config/builtin.ts';
import { type Config, NO_CONFIG, readConfig } from '../config/config.ts';
import { type LoadedPolicy, loadPolicy } from '../config/load-policy.ts';
import type { Environment } from '../graph/exposure-graph.ts';
import { type Analysis, analyse } from '../lint.ts';
import type { BaselineEntry } from '../policy/baseline.ts';
import type { Lines } from '../policy/finding.ts';
import { address } from '../reporters/place.ts';
import type { Context } from '../reporters/reporter.ts';
import { printable, type Style } from '../reporters/style.ts';
import { diskTree } from '../source/disk-tree.ts';
import { NOTICES } from '../source/notice.ts';
import { memoryTree, type Tree } from '../source/tree.ts';
import { styleFor } from './deliver.ts';
import { EXIT, type ExitCode, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import type { TreeOptions } from './options.ts';
import { progressOf } from './progress.ts';
import { CONFIG_FILE, findPlace, folderAt, isChosen, isWithin, type Place, wayTo } from './root.ts';
import { VERSION } from './version.ts';

/** What every command that reads a tree does alike. */
export interface Session {
  readonly place: Place;
  /** `portolan.yaml`, or what holds without one. Throws `ConfigError`. */
  readonly config: () => Promise<Config>;
  /** The rules that hold here. Throws `ConfigError`. */
  readonly policy: () => Promise<LoadedPolicy>;
  /** What was there when somebody began to look. Throws `ConfigError`. */
  readonly baseline: () => readonly BaselineEntry[];
  readonly analyse: (config: Config) => Promise<Analysis>;
  readonly context: (lines: Lines, more?: Partial<Context>) => Context;
  /** Tells on standard error what the report itself does not. */
  readonly tellNotices: (analysis: Pick<Analysis, 'notices' | 'lines'>) => void;
  /** Whether what was asked could be checked. */
  readonly completeness: (analysis: Analysis) => ExitCode;
}

const NO_SARIF = { prefix: '', category: null, suppressed: false, provenance: null, successful: true };

/** What reporters know where nothing was read and nothing special was asked for. */
export function contextOf(style: Style): Context {
  const lines = () => undefined;
  const flags = { verbose: false, quiet: false, showSuppressed: false, pairs: false };
  return { version: VERSION, lines, style, ...flags, sarif: NO_SARIF };
}

/** Finds out where a command stands and what it is to read. Throws `UsageError` where that makes no sense. */
export function openSession(io: Io, paths: readonly string[], options: TreeOptions): Session {
  const standardInput = paths.includes('-');
  if (standardInput && paths.length > 1) throw new UsageError('- stands for all that is read: give no other path');
  const place = findPlace(io.cwd, standardInput ? [] : paths, options);
  const tree = standardInput ? typed(io, options) : diskTree(place.root);
  const style = styleFor(io, options.color);
  const variableFiles = (options.varFile ?? []).map((file) => variableFile(file, tree, place, io));
  return {
    place,
    async config() {
      const file = configFile(place);
      return file ? await readConfig(file.path, file.text) : NO_CONFIG;
    },
    policy: () => loadPolicy(tree, configFile(place)),
    baseline: () => baselineIn(tree),
    async analyse({ assume }) {
      const progress = progressOf(io, options.quiet === true);
      const knowledge = { catalogue: builtinCatalogue(), assume, variableFiles };
      const analysis = await analyse(tree, knowledge, progress.stage);
      progress.done();
      return analysis;
    },
    context: (lines, more = {}) => ({
      ...contextOf(style),
      lines,
      verbose: options.verbose === true,
      quiet: options.quiet === true,
      ...more,
    }),
    tellNotices({ notices, lines }) {
      if (options.quiet || notices.length === 0) return;
      if (!options.verbose) {
        io.stderr.write(
          `portolan: ${notices.length} notice${notices.length === 1 ? '' : 's'} (--verbose tells them)\n`,
        );
        return;
      }
      for (const { code, message, origin } of notices) {
        io.stderr.write(`${NOTICES[code]}: ${printable(address(origin, lines))}: ${printable(message)} [${code}]\n`);
      }
    },
    completeness(analysis) {
      const empty = chosenEnvironments(analysis, place.paths).length === 0;
      if (empty && !options.allowEmpty) {
        const { failed } = analysis.coverage;
        io.stderr.write(
          failed > 0
            ? `portolan: nothing could be analysed: ${failed} file${failed === 1 ? '' : 's'} could not be parsed\n`
            : 'portolan: nothing to analyse here: no compose file, Dockerfile, Kubernetes manifest or Terraform was found\n',
        );
        return EXIT.unchecked;
      }
      const unreadable = analysis.notices.some(({ code }) => code === 'file-unreadable');
      return unreadable || (options.strict && analysis.coverage.failed > 0) ? EXIT.unchecked : EXIT.clean;
    },
  };
}

/** The environments that a unit of the chosen paths lands in. */
export function chosenEnvironments(
  { graph }: Pick<Analysis, 'graph'>,
  paths: readonly string[],
): readonly Environment[] {
  return graph.environments.filter(({ units }) =>
    units.some(({ files }) => files.some((file) => isChosen(file, paths))),
  );
}

/**
 * The configuration. What stands in the root is part of the scanned tree and read like it: no link out of it, no pipe.
 * What the user names is the user's own choice.
 */
function configFile({ root, config }: Place): { readonly path: string; readonly text: string } | null {
  if (config === null) return null;
  const path = relative(root, config).split(sep).join('/');
  return path === CONFIG_FILE ? configIn(diskTree(root)) : { path, text: readFileSync(config, 'utf8') };
}

/** The configuration that a tree brings along at `path`; null where it has none there. */
export function configIn(tree: Tree, path = CONFIG_FILE): { readonly path: string; readonly text: string } | null {
  const reading = tree.read(path);
  if (reading.kind === 'missing') return null;
  if (reading.kind === 'text') return { path, text: reading.text };
  throw new UsageError(`${path} cannot be read (${reading.because}): make it a plain file inside the root`);
}

/** A file of variables as the tree calls it: what is scanned is read through the tree, and nothing beside it. */
function variableFile(file: string, tree: Tree, { root }: Place, { cwd }: Io): string {
  const path = relative(root, resolve(cwd, file)).split(sep).join('/');
  const reading = tree.read(path);
  if (reading.kind === 'text') return path;
  const why = reading.kind === 'missing' ? 'there is no such file' : reading.because;
  throw new UsageError(`--var-file ${file} cannot be read inside ${root}: ${why}`);
}

/** One file, as typed on standard input. */
function typed(io: Io, { stdinFilename }: TreeOptions): Tree {
  if (stdinFilename === undefined) throw new UsageError('- needs --stdin-filename, whose name tells what the file is');
  return memoryTree({ [stdinFilename.split(sep).join('/')]: io.stdin() });
}

/** From the folder that SARIF locations are relative to, to the root, with a `/` at its end; empty where they are one. */
export function sarifPrefix(io: Io, { root, fromCheckout }: Place, sarifRoot: string | undefined): string {
  if (sarifRoot === undefined) return fromCheckout;
  const base = folderAt(io.cwd, sarifRoot);
  if (!isWithin(base, root)) throw new UsageError(`--sarif-root ${sarifRoot} does not hold ${root}`);
  return wayTo(root, base);
}
