import { expect, test } from 'vitest';
import { lint, memoryTree } from './index.ts';

const tree = memoryTree({
  'compose.yaml': 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "5432:5432"\n',
});

test('a tree is linted by the rules of the program', async () => {
  const { report, analysis } = await lint(tree, { only: ['data-store-exposed'] });
  expect(report.findings.map(({ ruleId, workload, port }) => [ruleId, workload, port])).toEqual([
    ['data-store-exposed', 'db', 5432],
  ]);
  expect(analysis.graph.environments.map(({ id }) => id)).toEqual(['compose:.']);
  expect(report.rules.map(({ id }) => id)).toEqual(['data-store-exposed']);
});

test('a configuration changes what is found', async () => {
  const text = 'version: 1\npolicy:\n  overrides:\n    data-store-exposed: { enabled: false }\n';
  const { report } = await lint(tree, { config: { path: 'portolan.yaml', text } });
  expect(report.findings.map(({ ruleId }) => ruleId)).not.toContain('data-store-exposed');
  await expect(lint(tree, { config: { path: 'portolan.yaml', text: 'version: 2\n' } })).rejects.toThrow(
    'portolan.yaml:1:10',
  );
});

test('twice gives the same', async () => {
  const [one, other] = [await lint(tree, { at: 0 }), await lint(tree, { at: 0 })];
  expect(JSON.stringify(one.report)).toBe(JSON.stringify(other.report));
});
