import { BASELINE_FILE, baselineText } from '../config/baseline.ts';
import { policyOf } from '../config/load-policy.ts';
import { judge } from '../lint.ts';
import { plural } from '../reporters/scan-text.ts';
import { command } from './command.ts';
import { writeReport } from './deliver.ts';
import { EXIT, UsageError } from './exit.ts';
import { CONFIG, instant, type TreeOptions, WHOLE_TREE } from './options.ts';
import { now } from './scan.ts';
import { openSession } from './session.ts';

interface BaselineOptions extends TreeOptions {
  readonly at?: number;
  readonly prune?: true;
  readonly dryRun?: true;
}

/** `portolan baseline`: what is there already, so that only what is new is told. */
export const baseline = command<BaselineOptions>({
  about: `write what is found now to ${BASELINE_FILE}, so that later runs tell only what is new`,
  parameters: [],
  options: [
    ...WHOLE_TREE,
    CONFIG,
    { flags: '--prune', about: 'only take out what is not found any more' },
    { flags: '--dry-run', about: 'print it, and write nothing' },
    { flags: '--at <time>', about: 'the time that suppressions with an end are measured by', read: instant },
  ],
  async run(_, options, io) {
    const session = openSession(io, [], { ...options, allowEmpty: true });
    const loaded = await session.policy();
    const policy = policyOf(loaded, { only: [], skip: [], inlineSuppressions: true, at: options.at ?? now(io) });
    const analysis = await session.analyse(loaded.config);
    const { findings } = await judge(analysis, policy, []);
    const before = session.baseline();
    if (options.prune && before.length === 0)
      throw new UsageError(`there is no ${BASELINE_FILE} in ${session.place.root} to prune`);
    const known = new Set(before.map(({ fingerprint }) => fingerprint));
    const kept = options.prune ? findings.filter(({ fingerprint }) => known.has(fingerprint)) : findings;
    const text = baselineText(kept);
    if (options.dryRun) io.stdout.write(text);
    else writeReport(session.place.root, BASELINE_FILE, text);
    if (!options.quiet) {
      const written = new Set(kept.map(({ fingerprint }) => fingerprint));
      const gone = [...known].filter((fingerprint) => !written.has(fingerprint)).length;
      const added = [...written].filter((fingerprint) => !known.has(fingerprint)).length;
      io.stderr.write(
        `portolan: ${plural(written.size, 'finding')} in ${BASELINE_FILE}: ${added} added, ${gone} gone\n`,
      );
    }
    return EXIT.clean;
  },
});
