import { explain as explained } from '../graph/explanation/index.ts';
import { REPORTERS } from '../reporters/index.ts';
import { command } from './command.ts';
import { deliver } from './deliver.ts';
import { findEnds, readTarget } from './endpoint.ts';
import { EXIT, UsageError } from './exit.ts';
import { PATHS, type TreeOptions, treeOptions } from './options.ts';
import { chosenEnvironments, openSession } from './session.ts';

interface ExplainOptions extends TreeOptions {
  readonly format?: string;
}

/** `portolan explain`: whether one end reaches another, by which way, and what stops it. */
export const explain = command<ExplainOptions>({
  about: 'whether one reaches another: by which way, what admits or stops it, and the least to change',
  parameters: [
    {
      name: '<from>',
      about: 'who calls: a workload (name, or namespace/name), an address or CIDR block, or internet',
    },
    {
      name: '<to>',
      about: 'who is called, and the port: shop/db:5432/tcp; each port that listens where none is given',
    },
    PATHS,
  ],
  options: treeOptions(Object.keys(REPORTERS.explain)),
  after: `Exit codes:
  0  it is reachable, for sure or depending on what the code does not show
  1  it is blocked
  2  nothing of these names is here, or several are`,
  async run([from = '', to = '', ...paths], options, io) {
    const source = readTarget(from);
    const target = readTarget(to);
    if (source.port) throw new UsageError(`the port of a connection is that of its target: "${from}" comes from any`);
    if (typeof source.end !== 'string' && typeof target.end !== 'string') {
      throw new UsageError('one of the two has to be a workload: what lies between addresses is not in the code');
    }
    const session = openSession(io, paths, options);
    const analysis = await session.analyse(await session.config());
    const chosen = chosenEnvironments(analysis, session.place.paths);
    const complete = session.completeness(analysis);
    if (chosen.length === 0) return complete;
    const environments = findEnds(chosen, source.end, target.end).map((ends) =>
      explained(ends.environment, ends.from, ends.to, target.port),
    );
    const context = session.context(analysis.lines);
    await deliver({ environments }, REPORTERS.explain, options.format ?? 'text', options.output ?? [], context, io);
    session.tellNotices(analysis);
    const through = environments.some(({ answers }) => answers.some(({ verdict }) => verdict !== 'blocked'));
    return through ? complete : EXIT.findings;
  },
});
