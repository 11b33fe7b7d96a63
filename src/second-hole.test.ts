/** Findings are told apart by the edge of the graph, not by file and rule: accepting one hole accepts no other. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { builtinCatalogue } from './config/builtin.ts';
import { type LoadedPolicy, loadPolicy, policyOf, ruleInfos } from './config/load-policy.ts';
import { NO_ASSUMPTIONS } from './graph/vocabulary.ts';
import { analyse, judge } from './lint.ts';
import type { Report } from './policy/finding.ts';
import { memoryTree } from './source/tree.ts';

const CASE = new URL(
  '../testdata/cases/terraform/wrong-behaviour-23-second-hole-in-one-group/main.tf',
  import.meta.url,
);
const HOLES = [22, 3389, 5901];
const MACHINE = 'two-holes';

let loaded: LoadedPolicy;
beforeAll(async () => {
  loaded = await loadPolicy(memoryTree({}), null);
});

async function scan(text: string, inlineSuppressions: boolean): Promise<Report> {
  const policy = policyOf(loaded, { only: ['remote-admin-exposed'], skip: [], inlineSuppressions, at: 0 });
  const analysis = await analyse(memoryTree({ 'main.tf': text }), {
    catalogue: builtinCatalogue(),
    assume: NO_ASSUMPTIONS,
  });
  return judge(analysis, policy, await ruleInfos(policy.rules, loaded.prose));
}

/** Port → fingerprint, of the machine that a group guards. */
function fingerprints({ findings }: Report): ReadonlyMap<number | null, string> {
  const held = findings.filter(({ workload }) => workload === MACHINE);
  return new Map(held.map(({ port, fingerprint }) => [port, fingerprint]));
}

describe('several holes in one security group', () => {
  const text = readFileSync(CASE, 'utf8');

  test('are findings with fingerprints of their own', async () => {
    const found = fingerprints(await scan(text, false));
    expect([...found.keys()]).toEqual(HOLES);
    expect(new Set(found.values()).size).toBe(HOLES.length);
  });

  test('are suppressed one by one', async () => {
    const { findings, suppressed } = await scan(text, true);
    expect(suppressed.map(({ finding }) => finding.port)).toEqual([22, 22]);
    const left = findings.map(({ workload, port }) => [workload === MACHINE, port]);
    expect(left).toEqual([
      [true, 3389],
      [true, 5901],
      [false, 3389],
    ]);
  });

  test('a hole that comes later is none of those known before, which keep their fingerprints', async () => {
    const first = text.slice(0, text.indexOf('  ingress {', text.indexOf('ingress {') + 1));
    const rest = text.slice(text.indexOf('\nresource "aws_instance"'), text.indexOf('\n# Nothing uses it.'));
    const before = `${first}}\n${rest}`;
    const known = fingerprints(await scan(before, false));
    expect([...known.keys()]).toEqual([22]);
    const now = fingerprints(await scan(text, false));
    expect(now.get(22)).toBe(known.get(22));
    const baseline = new Set(known.values());
    expect([...now].filter(([, fingerprint]) => !baseline.has(fingerprint)).map(([port]) => port)).toEqual([
      3389, 5901,
    ]);
  });
});
