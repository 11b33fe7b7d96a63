import { REPORTERS } from '../reporters/index.ts';
import { command } from './command.ts';
import { deliver } from './deliver.ts';
import { PATHS, type TreeOptions, treeOptions } from './options.ts';
import { chosenEnvironments, openSession } from './session.ts';

interface GraphOptions extends TreeOptions {
  readonly format?: string;
  readonly pairs?: true;
}

/** `portolan graph`: the exposure graph itself, for programs and for drawing. */
export const graph = command<GraphOptions>({
  about: 'the port-exposure graph: json for programs, mermaid and dot for drawing, html to explore',
  parameters: [PATHS],
  options: [
    ...treeOptions(Object.keys(REPORTERS.graph)),
    { flags: '--pairs', about: 'json: one line for every pair of workload and listener' },
  ],
  async run(paths, options, io) {
    const session = openSession(io, paths, options);
    const analysis = await session.analyse(await session.config());
    const view = {
      graph: { ...analysis.graph, environments: chosenEnvironments(analysis, session.place.paths) },
      notices: analysis.notices,
      coverage: analysis.coverage,
    };
    const context = session.context(analysis.lines, { pairs: options.pairs === true });
    await deliver(view, REPORTERS.graph, options.format ?? 'json', options.output ?? [], context, io);
    session.tellNotices(analysis);
    return session.completeness(analysis);
  },
});
