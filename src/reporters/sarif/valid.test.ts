import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Log } from 'sarif';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { sarifProblems } from './conformance.fixture.ts';

const TESTDATA = fileURLToPath(new URL('../../../testdata/', import.meta.url));
const MULTITOOL = join(TESTDATA, 'tools/node_modules/@microsoft/sarif-multitool-linux/Sarif.Multitool');
const GOLDENS = ['scan.sarif', 'scan-all.sarif'];

describe.each(GOLDENS)('%s', (name) => {
  const path = join(TESTDATA, 'golden', name);

  test('is what the schema of SARIF 2.1.0 and GitHub admit', () => {
    expect(sarifProblems(readFileSync(path, 'utf8'), name === 'scan-all.sarif' ? 'nightly' : null)).toEqual([]);
  });
});

describe.skipIf(!existsSync(MULTITOOL))('sarif-multitool', () => {
  let folder: string;
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'portolan-sarif-'));
    // Its installation would make it executable, but no install script runs here.
    chmodSync(MULTITOOL, 0o755);
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  /** The rules that the multitool finds broken; its exit code says nothing. */
  function broken(path: string): readonly string[] {
    const output = join(folder, 'validation.sarif');
    const words = ['validate', path, '--rule-kind', 'Sarif;Gh', '--output', output, '--log', 'ForceOverwrite'];
    execFileSync(MULTITOOL, words, { stdio: 'ignore' });
    const log = JSON.parse(readFileSync(output, 'utf8').replace(/^\ufeff/, '')) as Log;
    return (log.runs[0]?.results ?? [])
      .filter(({ level }) => level === 'error')
      .map(({ ruleId, message }) => `${ruleId}: ${message.text ?? message.arguments?.join(', ')}`);
  }

  test('finds what GitHub refuses in one that is wrong', () => {
    const log = JSON.parse(readFileSync(join(TESTDATA, 'golden', 'scan.sarif'), 'utf8')) as Log;
    for (const rule of log.runs[0]?.tool.driver.rules ?? []) delete rule.help;
    for (const result of log.runs[0]?.results ?? []) result.locations = [];
    const path = join(folder, 'wrong.sarif');
    writeFileSync(path, JSON.stringify(log));
    expect(broken(path).map((problem) => problem.split(':')[0])).toEqual(expect.arrayContaining(['GH1015', 'GH2012']));
  });

  test.each(GOLDENS)('finds no error in %s', (name) => {
    expect(broken(join(TESTDATA, 'golden', name))).toEqual([]);
  });
});
