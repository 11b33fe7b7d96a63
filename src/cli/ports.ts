import { Command } from 'commander';
import { inventoryOf } from '../graph/inventory.ts';
import { REPORTERS } from '../reporters/index.ts';
import { deliver } from './deliver.ts';
import type { Answer } from './exit.ts';
import type { Io } from './io.ts';
import { type TreeOptions, withTreeOptions } from './options.ts';
import { chosenEnvironments, openSession } from './session.ts';

interface PortsOptions extends TreeOptions {
  readonly format?: string;
}

/** `portolan ports`: the inventory of everything that listens. */
export function portsCommand(io: Io, answer: Answer): Command {
  return withTreeOptions(new Command('ports'), Object.keys(REPORTERS.ports))
    .description('the inventory: every listener, who can reach it, who needs it, where that is said')
    .action(async (paths: string[], options: PortsOptions) => {
      const session = openSession(io, paths, options);
      const analysis = await session.analyse(await session.config());
      const view = inventoryOf(chosenEnvironments(analysis, session.place.paths));
      await deliver(
        view,
        REPORTERS.ports,
        options.format ?? 'text',
        options.output ?? [],
        session.context(analysis.lines),
        io,
      );
      session.tellNotices(analysis);
      answer(session.completeness(analysis));
    });
}
