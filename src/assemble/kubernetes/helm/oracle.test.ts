/** Our rendering beside that of Helm itself. Charts elsewhere are compared where PORTOLAN_CHARTS names their folder. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, test } from 'vitest';
import { exampleChart } from './language.fixture.ts';
import { chartFolders, hasHelm, helmObjects, ourChart, unmatched } from './oracle.fixture.ts';

const CASES = fileURLToPath(new URL('../../../../testdata/cases/kubernetes/', import.meta.url));
const ELSEWHERE = process.env.PORTOLAN_CHARTS;

describe.skipIf(!hasHelm())('as Helm renders it', () => {
  const scratch = mkdtempSync(join(tmpdir(), 'portolan-helm-'));
  afterAll(() => rmSync(scratch, { recursive: true }));

  test('every example of the language', async () => {
    for (const [path, text] of Object.entries(exampleChart())) {
      mkdirSync(dirname(join(scratch, path)), { recursive: true });
      writeFileSync(join(scratch, path), text);
    }
    const theirs = helmObjects(scratch, 'examples');
    expect(theirs).toHaveLength(1);
    const data = (objects: unknown) => JSON.parse((objects as readonly string[])[0] ?? '').data;
    expect(data((await ourChart(scratch))?.objects)).toEqual(data(theirs));
  });

  const folders = [CASES, ...(ELSEWHERE === undefined ? [] : ELSEWHERE.split(':'))].flatMap(chartFolders);

  test('there are charts to compare', () => {
    expect(folders.length).toBeGreaterThan(4);
  });

  test.each(folders)(
    '%s',
    async (folder) => {
      expect(await compared(folder)).toEqual({ ours: [], theirs: [] });
    },
    60_000,
  );
});

/** What is rendered differently. A chart that Helm refuses, and one of which nothing bears on us, differ in nothing. */
async function compared(folder: string): Promise<{ ours: string[]; theirs: string[] }> {
  const same = { ours: [], theirs: [] };
  const ours = await ourChart(folder);
  if (!ours) return same;
  const theirs = helmObjects(folder, ours.name);
  return 'refused' in theirs ? same : unmatched(ours.objects, theirs);
}
