/** The page as the commands write it. */
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { main } from './main.ts';

const EXAMPLE = fileURLToPath(new URL('../../testdata/example', import.meta.url));

async function run(...words: string[]): Promise<{ readonly exit: number; readonly page: string }> {
  let page = '';
  const exit = await main([...words, '--format', 'html'], {
    stdout: { isTTY: false, write: (text) => (page += text) },
    stderr: { isTTY: false, write: () => {} },
    cwd: EXAMPLE,
    env: {},
    stdin: () => '',
    now: () => 0,
  });
  return { exit, page };
}

test('scan writes it with what is found, and fails as with any other format', async () => {
  const { exit, page } = await run('scan', '--root', '.');
  expect(exit).toBe(1);
  expect(page.startsWith('<!DOCTYPE html>')).toBe(true);
  expect(page).toContain('<details class="rule" id="rule-data-store-exposed">');
  expect(page).not.toContain(EXAMPLE);
});

test('graph writes it without', async () => {
  const { exit, page } = await run('graph', '--root', '.');
  expect(exit).toBe(0);
  expect(page).toContain('Not judged');
  expect(page).not.toContain('class="rule"');
});

test('only the environments of the chosen paths are on it', async () => {
  const { page } = await run('scan', '--root', '.', 'deploy');
  expect(page.match(/Port map of [^"]*/g)).toEqual(['Port map of kubernetes:deploy']);
});
