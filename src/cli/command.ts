/** What the words after the name of the program can say, and how they are read. */
import { closest } from '../policy/suggest.ts';
import { type ExitCode, UsageError } from './exit.ts';
import type { Io } from './io.ts';

export interface Option {
  /** `-q, --quiet`; `-f, --format <format>` where a value follows; `--no-color` for what holds unless this is given. */
  readonly flags: string;
  readonly about: string;
  readonly choices?: readonly string[];
  /** What holds where it is not given. */
  readonly fallback?: string;
  /** What its value means, after what was given `before`. Throws a `UsageError` that says what to write. */
  readonly read?: (value: string, before: unknown) => unknown;
}

/** A word that is no option: `<id>`, `[head]` where it need not be given, or `[paths...]` for any number of the rest. */
export interface Parameter {
  readonly name: string;
  readonly about: string;
}

/** Something to do. `Options` are its options by their long names: `failOn` for `--fail-on`. */
export interface Command<Options> {
  readonly about: string;
  readonly parameters: readonly Parameter[];
  readonly options: readonly Option[];
  /** What its help ends with. */
  readonly after?: string;
  readonly run: (words: readonly string[], options: Options, io: Io) => Promise<ExitCode>;
}

/** A command to those who do not know its options; they hand it only what `readWords` read for it. */
export type AnyCommand = Command<unknown>;

/** Declares a command; the type parameter is what its options come out as. */
export function command<Options>(declared: Command<Options>): AnyCommand {
  return declared as AnyCommand;
}

/** Commands of which one is named first; `otherwise` is meant where none is. */
export interface Group {
  readonly about: string;
  /** By name, each loaded when it is meant. */
  readonly commands: Readonly<Record<string, () => Promise<AnyCommand | Group>>>;
  readonly otherwise: string;
  readonly options: readonly Option[];
  readonly after?: string;
}

export const HELP: Option = { flags: '-h, --help', about: 'print this help' };

/** What words say to a command. Throws a `UsageError` where they are none of what it understands. */
export function readWords(
  { parameters, options }: Pick<AnyCommand, 'parameters' | 'options'>,
  words: readonly string[],
): { readonly words: readonly string[]; readonly options: Readonly<Record<string, unknown>> } {
  const known = new Map([...options, HELP].flatMap((option) => namesOf(option).map((name) => [name, option] as const)));
  const values: Record<string, unknown> = Object.fromEntries(options.flatMap(unsaid));
  const plain: string[] = [];
  const left = [...words].reverse();
  for (let word = left.pop(); word !== undefined; word = left.pop()) {
    if (word === '--') {
      plain.push(...left.reverse());
      break;
    }
    if (word === '-' || !word.startsWith('-')) {
      plain.push(word);
      continue;
    }
    const [name = '', attached] = taken(word, known, left);
    const option = known.get(name);
    if (!option) throw new UsageError(`there is no option ${name}${meant(name, [...known.keys()])}`);
    values[keyOf(option)] = takesValue(option)
      ? read(option, attached ?? left.pop(), values[keyOf(option)])
      : given(option, attached);
  }
  if (values.help !== true) checkCount(parameters, plain);
  return { words: plain, options: values };
}

/** The name that a word begins with and the value that it holds; what short options stand behind it goes back. */
function taken(word: string, known: ReadonlyMap<string, Option>, left: string[]): readonly [string, string?] {
  if (word.startsWith('--')) {
    const split = word.indexOf('=');
    return split < 0 ? [word] : [word.slice(0, split), word.slice(split + 1)];
  }
  const name = word.slice(0, 2);
  const option = known.get(name);
  const rest = word.slice(2);
  if (rest === '' || !option) return [rest === '' ? name : word];
  if (takesValue(option)) return [name, rest];
  left.push(`-${rest}`);
  return [name];
}

function read(option: Option, value: string | undefined, before: unknown): unknown {
  if (value === undefined) throw new UsageError(`${option.flags} lacks its value`);
  if (option.choices && !option.choices.includes(value)) {
    throw new UsageError(`${option.flags} cannot be ${value}: choose one of ${option.choices.join(', ')}`);
  }
  return option.read ? option.read(value, before) : value;
}

function given(option: Option, attached: string | undefined): boolean {
  if (attached !== undefined) throw new UsageError(`${option.flags} takes no value`);
  return !isNegative(option);
}

function checkCount(parameters: readonly Parameter[], words: readonly string[]): void {
  const single = parameters.filter(({ name }) => !name.includes('...'));
  const missing = single.filter(({ name }) => name.startsWith('<'))[words.length];
  if (missing) throw new UsageError(`${missing.name} is missing: ${missing.about}`);
  if (words.length > single.length && single.length === parameters.length) {
    throw new UsageError(`${words[single.length]} is one word too many`);
  }
}

function meant(name: string, known: readonly string[]): string {
  const near = closest(
    name,
    known.filter((each) => each.startsWith('--')),
  );
  return near === undefined ? '' : `; did you mean ${near}?`;
}

/** `-f` and `--format`. */
function namesOf({ flags }: Option): readonly string[] {
  return flags.replace(/ <.*/, '').split(', ');
}

/** `failOn` of `--fail-on <severity>`, `color` of `--no-color`. */
function keyOf(option: Option): string {
  const long = namesOf(option).at(-1) as string;
  return long.replace(/^--(no-)?/, '').replaceAll(/-(.)/g, (_, letter: string) => letter.toUpperCase());
}

function takesValue({ flags }: Option): boolean {
  return flags.endsWith('>');
}

function isNegative({ flags }: Option): boolean {
  return flags.startsWith('--no-');
}

/** The value of an option that is not given; none where it is simply not there. */
function unsaid(option: Option): readonly (readonly [string, unknown])[] {
  const value = isNegative(option) ? true : option.fallback;
  return value === undefined ? [] : [[keyOf(option), value]];
}
