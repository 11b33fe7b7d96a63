import { connectionsOf, FEW_PAIRS } from '../graph/connections/index.ts';
import { PROFILES, type Profile } from '../graph/vocabulary.ts';
import { REPORTERS } from '../reporters/index.ts';
import { command } from './command.ts';
import { deliver } from './deliver.ts';
import { UsageError } from './exit.ts';
import { PATHS, type TreeOptions, treeOptions } from './options.ts';
import { chosenEnvironments, openSession } from './session.ts';

interface ConnectionsOptions extends TreeOptions {
  readonly format?: string;
  readonly profile: Profile;
  readonly pairs?: true;
}

/** More lines than this are more text than a program can hold. */
const MOST_PAIRS = 1_000_000;

const PROFILE_HELP = `Profiles:
  declared   what the objects say on paper: address ranges never match workloads, the network of the host and what
             runs beside a workload on its node are no way around policies, IPv4 alone, every namespace has the labels
             that the code shows
  effective  what a cluster does with them: whether ranges match workloads depends on the network plugin
             (assume.cni), workloads on the network of their host are outside of policies, who runs on every node
             reaches what runs there, callers through node ports come from a node's address, IPv6 too. What nobody can
             know from the code is marked as possible, with the reason.`;

/** `portolan connections`: who may talk to whom as far as guards have a say, listeners or not. */
export const connections = command<ConnectionsOptions>({
  about: 'who may talk to whom on which ports, whether anything listens there or not: one line a pair',
  parameters: [PATHS],
  options: [
    ...treeOptions(Object.keys(REPORTERS.connections)),
    {
      flags: '--profile <profile>',
      about: 'what policies are taken for, see below',
      choices: PROFILES,
      fallback: 'declared',
    },
    { flags: '--pairs', about: `list the pairs one by one even where they are more than ${FEW_PAIRS}` },
  ],
  after: PROFILE_HELP,
  async run(paths, options, io) {
    const session = openSession(io, paths, options);
    const config = await session.config();
    const assume = { ...config.assume, profile: options.profile };
    const analysis = await session.analyse({ ...config, assume });
    const environments = chosenEnvironments(analysis, session.place.paths);
    const view = connectionsOf(environments, assume, options.pairs ? MOST_PAIRS : FEW_PAIRS);
    if (options.pairs && view.environments.some(({ pairs }) => pairs === null)) {
      throw new UsageError(
        `there are more than ${MOST_PAIRS} pairs: name fewer paths, or leave --pairs out to have them by groups`,
      );
    }
    const context = session.context(analysis.lines);
    await deliver(view, REPORTERS.connections, options.format ?? 'text', options.output ?? [], context, io);
    session.tellNotices(analysis);
    return session.completeness(analysis);
  },
});
