import { Command } from 'commander';
import { REPORTERS } from '../reporters/index.ts';
import { deliver } from './deliver.ts';
import type { Answer } from './exit.ts';
import type { Io } from './io.ts';
import { type TreeOptions, withTreeOptions } from './options.ts';
import { chosenEnvironments, openSession } from './session.ts';

interface GraphOptions extends TreeOptions {
  readonly format?: string;
  readonly pairs?: true;
}

/** `portolan graph`: the exposure graph itself, for programs and for drawing. */
export function graphCommand(io: Io, answer: Answer): Command {
  return withTreeOptions(new Command('graph'), Object.keys(REPORTERS.graph))
    .description('the port-exposure graph: json for programs, mermaid and dot for drawing')
    .option('--pairs', 'json: one line for every pair of workload and listener')
    .action(async (paths: string[], options: GraphOptions) => {
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
      answer(session.completeness(analysis));
    });
}
