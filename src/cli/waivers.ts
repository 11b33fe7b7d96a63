import { policyOf } from '../config/load-policy.ts';
import { judge } from '../lint.ts';
import { REPORTERS } from '../reporters/index.ts';
import { command } from './command.ts';
import { deliver } from './deliver.ts';
import { EXIT } from './exit.ts';
import { instant, PATHS, type TreeOptions, treeOptions } from './options.ts';
import { now } from './scan.ts';
import { openSession } from './session.ts';

interface WaiversOptions extends TreeOptions {
  readonly format?: string;
  readonly at?: number;
}

/** `portolan waivers`: who may do what until when, and what that hides. */
export const waivers = command<WaiversOptions>({
  about: 'access that portolan.yaml grants for a time: who approved it, how long it lasts, what it hides',
  parameters: [PATHS],
  options: [
    ...treeOptions(Object.keys(REPORTERS.waivers)),
    { flags: '--at <time>', about: 'the time that they are measured by (RFC 3339; default: now)', read: instant },
  ],
  after: `Exit codes:
  0  all are valid, or there are none
  1  one has ended, is too long or covers nothing`,
  async run(paths, options, io) {
    const session = openSession(io, paths, options);
    const loaded = await session.policy();
    const at = options.at ?? now(io);
    const policy = policyOf(loaded, { only: [], skip: [], inlineSuppressions: true, at });
    const analysis = await session.analyse(loaded.config);
    const { waivers: uses } = await judge(analysis, policy, []);
    const context = session.context(analysis.lines);
    await deliver({ at, uses }, REPORTERS.waivers, options.format ?? 'text', options.output ?? [], context, io);
    const wrong = uses.some(({ state, covers }) => state === 'expired' || state === 'overlong' || covers.length === 0);
    return wrong ? EXIT.findings : EXIT.clean;
  },
});
