import { SEVERITIES, type Severity } from '../policy/finding.ts';
import type { Option, Parameter } from './command.ts';
import { UsageError } from './exit.ts';

/** What every command that reads a tree understands. */
export interface TreeOptions {
  readonly root?: string;
  readonly config?: string;
  readonly stdinFilename?: string;
  readonly varFile?: readonly string[];
  readonly quiet?: true;
  readonly verbose?: true;
  readonly strict?: true;
  readonly allowEmpty?: true;
  readonly color: boolean;
  readonly output?: readonly Output[];
}

/** One report beside or instead of the one on standard output. */
export interface Output {
  readonly format: string;
  readonly file: string;
}

/** What is scanned. */
export const PATHS: Parameter = {
  name: '[paths...]',
  about: 'files and folders to report on; - reads one file from standard input',
};

const ROOT: Option = {
  flags: '--root <dir>',
  about:
    'base of every path printed and limit of what is read (default: the folder of portolan.yaml, else the git top level)',
};

export const CONFIG: Option = {
  flags: '--config <file>',
  about: 'configuration to use instead of portolan.yaml in the root',
};

const VARIABLES: Option = {
  flags: '--var-file <path>',
  about:
    'variables for the root modules of Terraform, as its own -var-file; several of them joined by commas, or given each',
  read: list,
};

const QUIET: Option = { flags: '-q, --quiet', about: 'only the report itself' };
const NO_COLOR: Option = { flags: '--no-color', about: 'no colours (as NO_COLOR; FORCE_COLOR asks for them)' };

/** Those of `TreeOptions` that a command has which reads the whole tree and makes no report of it. */
export const WHOLE_TREE: readonly Option[] = [ROOT, VARIABLES, QUIET, NO_COLOR];

/** The options of `TreeOptions`, and a `--format` among `formats`. */
export function treeOptions(formats: readonly string[]): readonly Option[] {
  return [
    ROOT,
    CONFIG,
    { flags: '-f, --format <format>', about: 'what standard output gets', choices: formats },
    {
      flags: '-o, --output <format=file>',
      about: 'write a report to a file; may be given several times',
      read: outputs(formats),
    },
    { flags: '--stdin-filename <path>', about: 'what - is called, which tells its format' },
    VARIABLES,
    QUIET,
    { flags: '-v, --verbose', about: 'tell every notice, and what is undecided' },
    { flags: '--strict', about: 'a recognised file that does not parse is exit code 3' },
    { flags: '--allow-empty', about: 'nothing to analyse is exit code 0' },
    NO_COLOR,
  ];
}

/** Reads `--output`, whose formats are `formats`; `name` is what the user calls it. */
export function outputs(
  formats: readonly string[],
  name = '--output',
): (text: string, given: unknown) => readonly Output[] {
  return (text, given) => {
    const split = text.indexOf('=');
    const format = text.slice(0, Math.max(0, split));
    const file = text.slice(split + 1);
    if (!formats.includes(format) || file === '') {
      throw new UsageError(`${name} cannot be ${text}: write FORMAT=FILE with a format of ${formats.join(', ')}`);
    }
    return [...((given ?? []) as readonly Output[]), { format, file }];
  };
}

/** Gathers an option that may be given several times, each with one value or several joined by commas. */
export function list(text: string, given: unknown): readonly string[] {
  return [...((given ?? []) as readonly string[]), ...text.split(',').map((each) => each.trim())].filter(
    (each) => each !== '',
  );
}

/** `never`, or the least severity that fails a run. */
export type Threshold = Severity | 'never';

export const THRESHOLDS: readonly Threshold[] = [...SEVERITIES, 'never'];

/** RFC 3339, in milliseconds since the epoch. */
export function instant(text: string): number {
  const time = /^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time))
    throw new UsageError(`--at cannot be ${text}: write a date as RFC 3339 has it, 2026-11-01T09:00:00Z`);
  return time;
}
