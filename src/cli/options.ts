import { type Command, InvalidArgumentError, Option } from 'commander';
import { SEVERITIES, type Severity } from '../policy/finding.ts';

/** What every command that reads a tree understands. */
export interface TreeOptions {
  readonly root?: string;
  readonly config?: string;
  readonly stdinFilename?: string;
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

/** Adds `TreeOptions` and a `--format` among `formats` to a command. */
export function withTreeOptions(command: Command, formats: readonly string[]): Command {
  return command
    .argument('[paths...]', 'files and folders to report on; - reads one file from standard input')
    .option(
      '--root <dir>',
      'base of every path printed and limit of what is read (default: the folder of portolan.yaml, else the git top level)',
    )
    .option('--config <file>', 'configuration to use instead of portolan.yaml in the root')
    .addOption(new Option('-f, --format <format>', 'what standard output gets').choices(formats))
    .option('-o, --output <format=file>', 'write a report to a file; may be given several times', outputs(formats))
    .option('--stdin-filename <path>', 'what - is called, which tells its format')
    .option('-q, --quiet', 'only the report itself')
    .option('-v, --verbose', 'tell every notice, and what is undecided')
    .option('--strict', 'a recognised file that does not parse is exit code 3')
    .option('--allow-empty', 'nothing to analyse is exit code 0')
    .option('--no-color', 'no colours (as NO_COLOR; FORCE_COLOR asks for them)');
}

function outputs(formats: readonly string[]) {
  return (text: string, given: readonly Output[] = []): readonly Output[] => {
    const split = text.indexOf('=');
    const format = text.slice(0, Math.max(0, split));
    const file = text.slice(split + 1);
    if (!formats.includes(format) || file === '') {
      throw new InvalidArgumentError(`Write FORMAT=FILE with a format of ${formats.join(', ')}.`);
    }
    return [...given, { format, file }];
  };
}

/** Gathers an option that may be given several times, each with one value or several joined by commas. */
export function list(text: string, given: readonly string[] = []): readonly string[] {
  return [...given, ...text.split(',').map((each) => each.trim())].filter((each) => each !== '');
}

/** `never`, or the least severity that fails a run. */
export type Threshold = Severity | 'never';

export const THRESHOLDS: readonly Threshold[] = [...SEVERITIES, 'never'];

/** RFC 3339, in milliseconds since the epoch. */
export function instant(text: string): number {
  const time = /^\d{4}-\d\d-\d\d([Tt ]\d\d:\d\d(:\d\d(\.\d+)?)?([Zz]|[+-]\d\d:\d\d))?$/.test(text)
    ? Date.parse(text)
    : Number.NaN;
  if (Number.isNaN(time)) throw new InvalidArgumentError('Write a date as RFC 3339 has it: 2026-11-01T09:00:00Z.');
  return time;
}
