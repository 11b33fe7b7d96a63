import { inventoryOf } from '../graph/inventory.ts';
import { REPORTERS } from '../reporters/index.ts';
import { command } from './command.ts';
import { deliver } from './deliver.ts';
import { PATHS, type TreeOptions, treeOptions } from './options.ts';
import { chosenEnvironments, openSession } from './session.ts';

interface PortsOptions extends TreeOptions {
  readonly format?: string;
}

/** `portolan ports`: the inventory of everything that listens. */
export const ports = command<PortsOptions>({
  about: 'the inventory: every listener, who can reach it, who needs it, where that is said',
  parameters: [PATHS],
  options: treeOptions(Object.keys(REPORTERS.ports)),
  async run(paths, options, io) {
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
    return session.completeness(analysis);
  },
});
