import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { main } from './main.ts';
import { whenever } from './watch.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-watch-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const COMPOSE = 'services: { db: { image: "postgres:16" } }\n';

test('it is done at once, and again for what changes, appears or goes', async () => {
  const stop = new AbortController();
  const again = vi.fn(async () => {});
  const path = join(folder, 'compose.yaml');
  writeFileSync(path, COMPOSE);
  const ended = whenever(folder, new Set(['out.sarif']), again, stop.signal, 10);
  const times = (count: number) => vi.waitFor(() => expect(again).toHaveBeenCalledTimes(count), { timeout: 5_000 });
  await times(1);
  writeFileSync(path, `${COMPOSE}# more\n`);
  await times(2);
  utimesSync(path, 1, 1);
  await times(3);
  writeFileSync(join(folder, 'other.yaml'), COMPOSE);
  await times(4);
  rmSync(join(folder, 'other.yaml'));
  await times(5);
  writeFileSync(join(folder, 'out.sarif'), '{}');
  await new Promise((resolve) => setTimeout(resolve, 60));
  expect(again).toHaveBeenCalledTimes(5);
  stop.abort();
  await ended;
});

test('scan --watch keeps the file that editors look at fresh, until it is interrupted', async () => {
  writeFileSync(join(folder, 'compose.yaml'), COMPOSE);
  let interrupt = () => {};
  const out: string[] = [];
  const sink = { isTTY: false, write: (text: string) => void out.push(text) };
  const ended = main(['scan', '--watch', '--root', folder], {
    ...{ stdout: sink, stderr: sink, cwd: folder, env: {}, stdin: () => '', now: () => 0 },
    onInterrupt: (stop) => {
      interrupt = stop;
    },
  });
  const { readFileSync } = await import('node:fs');
  const results = () => JSON.parse(readFileSync(join(folder, '.sarif/portolan.sarif'), 'utf8')).runs[0].results;
  await vi.waitFor(() => expect(results()).toBeDefined(), { timeout: 10_000 });
  const before = results().length;
  writeFileSync(join(folder, 'compose.yaml'), COMPOSE.replace('16" }', '16", ports: ["5432:5432"] }'));
  await vi.waitFor(() => expect(results().length).toBeGreaterThan(before), { timeout: 10_000 });
  writeFileSync(join(folder, 'portolan.yaml'), 'version: 2\n');
  await vi.waitFor(() => expect(out.join('')).toContain('portolan.yaml:1'), { timeout: 10_000 });
  interrupt();
  expect(await ended).toBe(0);
});
