import { ConfigError } from '../config/config-error.ts';
import { type AnyCommand, type Group, HELP, readWords } from './command.ts';
import { EXIT, type ExitCode, UncheckedError, UsageError } from './exit.ts';
import type { Io } from './io.ts';
import { scan } from './scan.ts';
import { VERSION } from './version.ts';

const PORTOLAN: Group = {
  about: 'Maps who can reach which port in your infrastructure code, by which path, and whether anyone needs to.',
  options: [{ flags: '-V, --version', about: 'print the version' }],
  commands: {
    scan: async () => scan,
    ports: async () => (await import('./ports.ts')).ports,
    connections: async () => (await import('./connections.ts')).connections,
    explain: async () => (await import('./explain.ts')).explain,
    diff: async () => (await import('./diff.ts')).diff,
    graph: async () => (await import('./graph.ts')).graph,
    rules: async () => (await import('./rules.ts')).rules,
    waivers: async () => (await import('./waivers.ts')).waivers,
    baseline: async () => (await import('./baseline.ts')).baseline,
    init: async () => (await import('./init.ts')).init,
  },
  otherwise: 'scan',
  after: `Exit codes:
  0  no finding at or above --fail-on
  1  findings
  2  wrong usage, configuration or rule
  3  what was asked could not be checked`,
};

/**
 * The program as a function: takes the words after its name, writes to `io`, and answers the exit code (`EXIT`). Never
 * throws: an internal error is told and answered here, since an uncaught one would look like findings.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    if (['-V', '--version'].includes(argv[0] as string)) {
      io.stdout.write(`${VERSION}\n`);
      return EXIT.clean;
    }
    // `portolan help rules show` asks what `portolan rules show --help` asks.
    return await run('portolan', PORTOLAN, argv[0] === 'help' ? [...argv.slice(1), '--help'] : argv, io);
  } catch (error) {
    return told(error, io);
  }
}

/** Does what the words say to a command, or to one of a group; `name` is all that led to it. */
async function run(name: string, asked: AnyCommand | Group, words: readonly string[], io: Io): Promise<ExitCode> {
  const [first = '', ...rest] = words;
  if ('run' in asked) {
    const given = usageOf(name, () => readWords(asked, words));
    if (given.options.help === true) return help(name, asked, io);
    return asked.run(given.words, given.options, io);
  }
  if (HELP.flags.split(', ').includes(first)) return help(name, asked, io);
  const load = Object.hasOwn(asked.commands, first) ? asked.commands[first] : undefined;
  if (load) return run(`${name} ${first}`, await load(), rest, io);
  const otherwise = asked.commands[asked.otherwise] as () => Promise<AnyCommand | Group>;
  return run(`${name} ${asked.otherwise}`, await otherwise(), words, io);
}

async function help(name: string, asked: AnyCommand | Group, io: Io): Promise<ExitCode> {
  const { helpText } = await import('./help.ts');
  io.stdout.write(await helpText(name, asked));
  return EXIT.clean;
}

/** What reading the words answers; words that are wrong are told with where to look up what is right. */
function usageOf<T>(name: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(`${error.message} (${name} --help tells what there is)`);
    throw error;
  }
}

function told(error: unknown, io: Io): ExitCode {
  if (error instanceof ConfigError) {
    io.stderr.write(`${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof UsageError) {
    io.stderr.write(`portolan: ${error.message}\n`);
    return EXIT.usage;
  }
  if (error instanceof UncheckedError) {
    io.stderr.write(`portolan: ${error.message}\n`);
    return EXIT.unchecked;
  }
  const trace = error instanceof Error ? (error.stack ?? error.message) : String(error);
  io.stderr.write(`portolan: internal error, please report it: nothing can be said of what was asked\n${trace}\n`);
  return EXIT.unchecked;
}
