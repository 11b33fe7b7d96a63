/** What stays unknown in real repositories, by the kind of thing that keeps it from being known: a golden. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { diskTree } from '../../source/disk-tree.ts';
import type { Unknown, Value } from '../../source/value.ts';
import { openFiles } from '../files.ts';
import { assembleTerraform } from './index.ts';
import type { TerraformUnit } from './unit.ts';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora/', import.meta.url));
const REPOSITORIES = [
  'Azure-Samples+aks-store-demo',
  'GoogleCloudPlatform+microservices-demo',
  'aws-containers+retail-store-sample-app',
  'bridgecrewio+terragoat',
];
const REASONS = ['no-default', 'data-source', 'computed', 'module-absent', 'unmodelled', 'sensitive'];

describe.skipIf(!existsSync(CORPORA))('real repositories', () => {
  test.each(REPOSITORIES)('%s', async (name) => {
    const files = openFiles(diskTree(`${CORPORA}${name}`));
    const { value: units, notices } = await assembleTerraform(files);
    expect(units.length).toBeGreaterThan(0);
    const lines = units.flatMap(told);
    const said = [...files.notices(), ...notices].map(
      ({ code, message, origin }) => `${code} ${origin.file}: ${message}`,
    );
    const text = [...lines, '', ...new Set(said)].join('\n');
    await expect(`${text}\n`).toMatchFileSnapshot(`../../../testdata/golden/terraform/${name}.txt`);
    expect(units.flatMap(unknownsOf).filter(({ reason = '' }) => !REASONS.slice(0, 4).includes(reason))).toEqual([]);
  });
});

/** How many resources there are, and each reason with how often which thing is it. */
function told(unit: TerraformUnit): readonly string[] {
  const found = unknownsOf(unit);
  const uncertain = unit.resources.filter((resource) => resource.uncertain).length;
  const head = `${unit.id}: ${unit.resources.length} resources, ${uncertain} of them uncertain, ${found.length} unknown values`;
  const lines = REASONS.flatMap((reason) => {
    const times = new Map<string, number>();
    for (const each of found) {
      if (each.reason === reason) times.set(each.because, (times.get(each.because) ?? 0) + 1);
    }
    const all = [...times].sort(([a], [b]) => (a < b ? -1 : 1)).map(([because, count]) => `    ${count} × ${because}`);
    return all.length === 0 ? [] : [`  ${reason}`, ...all];
  });
  return [head, ...lines];
}

function unknownsOf({ resources }: TerraformUnit): readonly Unknown[] {
  const found: Unknown[] = [];
  const visit = (value: Value) => {
    if (value.kind === 'unknown') found.push(value);
    else if (value.kind === 'list') for (const item of value.items) visit(item);
    else if (value.kind === 'mapping') for (const entry of value.entries.values()) visit(entry.value);
  };
  for (const { body } of resources) visit(body);
  return found;
}
