/** How many rules of groups, lists and firewalls are decided in real repositories, and why the others are not: a golden. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { openFiles } from '../../assemble/files.ts';
import { assembleTerraform } from '../../assemble/terraform/index.ts';
import type { Fragment, GrantFact, GuardFact } from '../../graph/fragment.ts';
import { diskTree } from '../../source/disk-tree.ts';
import { lineIndex } from '../../source/line-index.ts';
import { terraformFragment } from './index.ts';

const CORPORA = fileURLToPath(new URL('../../../../shared/corpora/', import.meta.url));
const REPOSITORIES = [
  'Azure-Samples+aks-store-demo',
  'GoogleCloudPlatform+microservices-demo',
  'aws-containers+retail-store-sample-app',
  'bridgecrewio+terragoat',
];
/** Of all rules that somebody wrote, so many are decided at least. */
const LEAST = 0.8;

describe.skipIf(!existsSync(CORPORA))('rules of real repositories', () => {
  const counted = { all: 0, decided: 0 };
  test.each(REPOSITORIES)('%s', async (name) => {
    const files = openFiles(diskTree(`${CORPORA}${name}`));
    const { value: units } = await assembleTerraform(files);
    const place = ({ file, start }: GrantFact['origin']) => {
      const reading = files.read(file);
      return `${file}:${reading.kind === 'text' ? lineIndex(reading.text).position(start).line : '?'}`;
    };
    const told = units.map((unit) => {
      const { value } = terraformFragment(unit);
      const grants = writtenIn(value);
      const open = grants.filter(({ grant }) => reasonOf(grant) !== undefined);
      counted.all += grants.length;
      counted.decided += grants.length - open.length;
      const head = `${value.unit.id}: ${grants.length - open.length} of ${grants.length} rules decided`;
      return [head, ...open.map(({ grant }) => `  ${place(grant.origin)} ${grant.id}: ${reasonOf(grant)}`)].join('\n');
    });
    await expect(`${told.join('\n')}\n`).toMatchFileSnapshot(`../../../testdata/golden/terraform-rules/${name}.txt`);
  });

  test('most are decided', () => {
    expect(counted.all).toBeGreaterThan(20);
    expect(counted.decided / counted.all).toBeGreaterThan(LEAST);
  });
});

/** The rules that stand in the code, those of guards that it does not show left aside. */
function writtenIn({ guards }: Fragment): readonly { readonly guard: GuardFact; readonly grant: GrantFact }[] {
  return guards.flatMap((guard) =>
    guard.grants.flatMap((grant) => (grant.implicit || guard.id.endsWith('/unseen') ? [] : [{ guard, grant }])),
  );
}

/** Why it is not decided whom a rule lets through, or where. */
function reasonOf({ peers, perhaps }: GrantFact): string | undefined {
  return (perhaps ?? peers.find((peer) => peer.kind === 'unknown'))?.because;
}
