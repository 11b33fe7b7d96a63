import { expect, test } from 'vitest';
import { analyse, judge } from '../lint.ts';
import { runExamples } from '../policy/examples.ts';
import { memoryTree } from '../source/tree.ts';
import { builtinCatalogue, builtinProse } from './builtin.ts';
import { loadPolicy, policyOf } from './load-policy.ts';

/** Between the dates that examples write for what is past and what is to come. */
const AT = Date.UTC(2026, 0, 1);

const prose = await builtinProse();

test.each([...prose.keys()])('the examples of %s show what it does', async (id) => {
  const examples = prose.get(id)?.examples ?? [];
  const results = await runExamples(id, examples, async (files) => {
    const tree = memoryTree(files);
    const text = files['portolan.yaml'];
    const loaded = await loadPolicy(tree, text === undefined ? null : { path: 'portolan.yaml', text });
    const policy = policyOf(loaded, { only: [], skip: [], inlineSuppressions: true, at: AT });
    const analysis = await analyse(tree, { catalogue: builtinCatalogue(), assume: loaded.config.assume });
    const { findings, notices } = await judge(analysis, policy, []);
    expect(notices.filter(({ code }) => code === 'rule-defect')).toEqual([]);
    return findings;
  });
  expect(results.filter(({ problems }) => problems.length > 0)).toEqual([]);
});
