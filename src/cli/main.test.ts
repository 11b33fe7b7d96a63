/**
 * The command line as a function, over the scripts of testdata/cli/: an archive of text files whose sections are the
 * words of the command (`args`, one a line), the files of the folder that it runs in, and what must come out (`stdout`,
 * `stderr`, `exit`). `npm run test:update` rewrites what comes out.
 */
import { mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from './main.ts';
import { format, readScript, scripts, unpack } from './script.fixture.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-cli-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(scripts)('%s', async (name) => {
  const script = readScript(name);
  unpack(script, folder);

  const written = { stdout: '', stderr: '' };
  const sink = (stream: keyof typeof written) => ({
    isTTY: false,
    write: (more: string) => {
      written[stream] += more;
    },
  });
  // Nothing of the machine's environment: a colour or a date of its own would change what comes out.
  const exit = await main(script.args, {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    cwd: folder,
    env: {},
    stdin: () => script.stdin,
    now: () => Date.UTC(2026, 0, 1),
  });

  expect(written.stderr).not.toContain('internal error');
  const results = { ...written, exit: `${exit}\n` };
  const came = Object.entries(results)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => ({ name, text: text.replaceAll(folder, '$FOLDER') }));
  await expect(format(script.comment, [...script.given, ...came])).toMatchFileSnapshot(script.path);
});
