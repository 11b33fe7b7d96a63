/**
 * What a cluster does other than the objects say on paper, case by case of the netpol suite beside the project: every line
 * that differs names the rule (reachability.md §2) by which it does.
 */
import { existsSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { builtinCatalogue } from '../../config/builtin.ts';
import { analyse } from '../../lint.ts';
import { diskTree } from '../../source/disk-tree.ts';
import type { Environment } from '../exposure-graph.ts';
import { relationIn } from '../reach/granted.ts';
import type { End } from '../reach/relation.ts';
import { parseAddresses } from '../sets/address-set.ts';
import { NO_ASSUMPTIONS, type Profile } from '../vocabulary.ts';
import { rulesOf } from './asking.ts';
import { connectionsOf } from './index.ts';
import type { Pair, PairEnd } from './view.ts';

const CASES = fileURLToPath(new URL('../../../../shared/suites/netpol/cases', import.meta.url));

/** What `effective` may differ by; anything else is a mistake of one of the profiles. */
const RULES = ['R9', 'R10', 'R15', 'R16', 'R19', 'R24', 'R29', 'R40', 'S10', 'D7'];

async function read(name: string, profile: Profile) {
  const tree = diskTree(`${CASES}/${name}/input`);
  const assume = { ...NO_ASSUMPTIONS, profile };
  const { graph } = await analyse(tree, { catalogue: builtinCatalogue(), assume });
  const environments = graph.environments;
  const pairs = connectionsOf(environments, assume).environments.flatMap((each) => each.pairs ?? []);
  return { environments, pairs };
}

const endText = (end: PairEnd): string => {
  if (end.kind === 'workload') return `${end.workload.namespace}/${end.workload.name}[${end.workload.writtenKind}]`;
  return end.kind === 'proxy' ? '{proxy}' : `${end.range.first}-${end.range.last}`;
};
const endsText = ({ from, to }: Pair) => `${endText(from)} => ${endText(to)}`;
const lineText = (pair: Pair) => `${endsText(pair)} ${pair.verdict} ${JSON.stringify(pair.ports)}`;

/**
 * The rules by which a line is not the one of the other profile: its own, those of other lines of the same ends (a port
 * that is only possible stands on a line of its own), else those of the decision that denies it.
 */
function rulesFor(pair: Pair, effective: readonly Pair[], environments: readonly Environment[]): readonly string[] {
  const same = effective.filter((other) => endsText(other) === endsText(pair) || overlaps(other, pair));
  const told = same.flatMap(({ rules }) => rules);
  if (told.length > 0) return told;
  const [first] = pair.ports.ranges;
  if (!first) return [];
  return environments.flatMap((environment) => {
    const { workloads } = environment;
    const endOf = (end: PairEnd): End | undefined => {
      if (end.kind === 'proxy') return { kind: 'stranger', namespace: null };
      if (end.kind === 'workload') {
        const workload = workloads.find(({ id }) => id === end.workload.id);
        return workload && { kind: 'workload', workload };
      }
      const addresses = parseAddresses(end.range.first);
      return addresses && { kind: 'addresses', addresses };
    };
    const [from, to] = [endOf(pair.from), endOf(pair.to)];
    return from && to
      ? rulesOf(relationIn(environment).decide(from, to, first.protocol, first.ports.from), from, to)
      : [];
  });
}

/** Whether both speak of one workload in one direction, and of addresses at the other end. */
function overlaps(a: Pair, b: Pair): boolean {
  const outside = ({ from, to }: Pair) => [from, to].findIndex(({ kind }) => kind === 'addresses');
  const inside = ({ from, to }: Pair) => endText(from.kind === 'addresses' ? to : from);
  return outside(a) >= 0 && outside(a) === outside(b) && inside(a) === inside(b);
}

describe.skipIf(!existsSync(CASES))('what a cluster does other than the objects say on paper', () => {
  const names = existsSync(CASES) ? readdirSync(CASES).sort() : [];

  test.each(names)('%s', async (name) => {
    const declared = await read(name, 'declared');
    const effective = await read(name, 'effective');
    expect(declared.pairs.flatMap(({ rules }) => rules)).toEqual([]);
    const onPaper = new Set(declared.pairs.map(lineText));
    const inFact = new Set(effective.pairs.map(lineText));
    const unexplained: string[] = [];
    const explain = (pair: Pair, rules: readonly string[]) => {
      if (rules.length === 0 || rules.some((rule) => !RULES.includes(rule)))
        unexplained.push(`${lineText(pair)} ${rules}`);
    };
    for (const pair of effective.pairs)
      if (!onPaper.has(lineText(pair))) explain(pair, rulesFor(pair, effective.pairs, effective.environments));
    for (const pair of declared.pairs) {
      if (!inFact.has(lineText(pair))) explain(pair, rulesFor(pair, effective.pairs, effective.environments));
    }
    expect(unexplained).toEqual([]);
  });

  test('the rules that the cases can show are seen', async () => {
    const seen = new Set<string>();
    for (const name of names)
      for (const { rules } of (await read(name, 'effective')).pairs) for (const rule of rules) seen.add(rule);
    expect([...seen].sort()).toEqual(['R15', 'R16', 'R29', 'R40', 'R9', 'S10']);
  });
});
