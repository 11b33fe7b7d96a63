import { Command, CommanderError } from 'commander';
import { ConfigError } from '../config/config-error.ts';
import { connectionsCommand } from './connections.ts';
import { type Answer, EXIT, type ExitCode, UncheckedError, UsageError } from './exit.ts';
import { explainCommand } from './explain.ts';
import { graphCommand } from './graph.ts';
import type { Io } from './io.ts';
import { portsCommand } from './ports.ts';
import { rulesCommand } from './rules.ts';
import { scanCommand } from './scan.ts';
import { VERSION } from './version.ts';

/**
 * The program as a function: takes the words after its name, writes to `io`, and answers the exit code (`EXIT`). Never
 * throws: an internal error is told and answered here, since an uncaught one would look like findings.
 */
export async function main(argv: readonly string[], io: Io): Promise<ExitCode> {
  let code: ExitCode = EXIT.clean;
  const answer: Answer = (answered) => {
    code = answered;
  };
  const program = new Command('portolan')
    .description(
      'Maps who can reach which port in your infrastructure code, by which path, and whether anyone needs to.',
    )
    .version(VERSION, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', `\n${EXIT_HELP}`);
  program.addCommand(scanCommand(io, answer), { isDefault: true });
  for (const command of [portsCommand, connectionsCommand, explainCommand, graphCommand, rulesCommand])
    program.addCommand(command(io, answer));
  for (const command of allCommands(program)) {
    command
      .exitOverride()
      .configureOutput({ writeOut: io.stdout.write, writeErr: io.stderr.write })
      .showHelpAfterError('(portolan --help tells what there is)');
  }
  try {
    await program.parseAsync(argv, { from: 'user' });
    return code;
  } catch (error) {
    return told(error, io);
  }
}

const EXIT_HELP = `Exit codes:
  0  no finding at or above --fail-on
  1  findings
  2  wrong usage, configuration or rule
  3  what was asked could not be checked`;

function allCommands(command: Command): readonly Command[] {
  return [command, ...command.commands.flatMap(allCommands)];
}

function told(error: unknown, io: Io): ExitCode {
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.clean : EXIT.usage;
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
