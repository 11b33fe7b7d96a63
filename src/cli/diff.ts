import { existsSync, statSync } from 'node:fs';
import { resolve } from 'node:path';
import { SCOPES } from '../graph/vocabulary.ts';
import { REPORTERS } from '../reporters/index.ts';
import { command } from './command.ts';
import { type Compared, compare, type Limit, outermost, revisionIn, verdict, workTreeIn } from './compare.ts';
import { deliver, styleFor, tellLeftOut } from './deliver.ts';
import type { Io } from './io.ts';
import { instant, type Output, outputs, THRESHOLDS, type Threshold } from './options.ts';
import { findPlace } from './root.ts';
import { now } from './scan.ts';
import { contextOf, sarifPrefix } from './session.ts';

interface DiffOptions {
  readonly root?: string;
  readonly config?: string;
  readonly format?: string;
  readonly output?: readonly Output[];
  readonly failOn?: Threshold;
  readonly failOnExposure: Limit;
  readonly policyFrom: 'base' | 'head';
  readonly at?: number;
  readonly quiet?: true;
  readonly verbose?: true;
  readonly color: boolean;
}

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
    { flags: '--config <file>', about: 'configuration to use instead of portolan.yaml, relative to the root of both' },
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
    const limit = options.failOnExposure;
    const at = options.at ?? now(io);
    const { difference, analysis, policy } = await compare(before, after, options.policyFrom, at, options.config);
    const view = options.verbose ? difference : outermost(difference, limit);
    const context = {
      ...contextOf(styleFor(io, options.color)),
      lines: analysis.lines,
      quiet: options.quiet === true,
    };
    const sarif = { ...context.sarif, prefix: sarifPrefix(io, after.place, undefined) };
    const format = options.format ?? 'text';
    const files = options.output ?? [];
    await deliver(view, REPORTERS.difference, format, files, { ...context, sarif }, io);
    await tellLeftOut(view.head.report, format, files, io);
    return verdict(view, options.failOn ?? policy.config.policy.failOn, limit);
  },
});

/** Folders where both words are some; else revisions of one repository, or its work tree. */
function sidesOf(base: string, head: string | undefined, { root }: DiffOptions, io: Io): readonly [Compared, Compared] {
  const folders = [base, head].filter((word) => word !== undefined && isFolder(resolve(io.cwd, word)));
  if (head !== undefined && folders.length === 2) return [folder(base, io), folder(head, io)];
  const place = findPlace(io.cwd, [], { root });
  return [revisionIn(place, base), head === undefined ? workTreeIn(place) : revisionIn(place, head)];
}

function folder(word: string, io: Io): Compared {
  return { ...workTreeIn(findPlace(io.cwd, [], { root: resolve(io.cwd, word) })), name: word };
}

function isFolder(path: string): boolean {
  return existsSync(path) && statSync(path).isDirectory();
}
