/**
 * The command line as a function, over the scripts of testdata/cli/: an archive of text files whose sections are the
 * words of the command (`args`, one a line), the files of the folder that it runs in, and what must come out (`stdout`,
 * `stderr`, `exit`). `npm run test:update` rewrites what comes out.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { main } from './main.ts';

const SCRIPTS = fileURLToPath(new URL('../../testdata/cli/', import.meta.url));
const RESULTS = ['stdout', 'stderr', 'exit'];

interface Section {
  readonly name: string;
  readonly text: string;
}

/** The comment in front of the first section, and the sections. */
function parse(archive: string): { readonly comment: string; readonly sections: readonly Section[] } {
  const [comment = '', ...parts] = archive.split(/^-- (.+) --\n/m);
  const sections: Section[] = [];
  for (let i = 0; i < parts.length; i += 2) sections.push({ name: parts[i] as string, text: parts[i + 1] as string });
  return { comment, sections };
}

function format(comment: string, sections: readonly Section[]): string {
  return comment + sections.map(({ name, text }) => `-- ${name} --\n${text}`).join('');
}

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-cli-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test.each(readdirSync(SCRIPTS).filter((name) => name.endsWith('.txtar')))('%s', async (name) => {
  const path = join(SCRIPTS, name);
  const { comment, sections } = parse(readFileSync(path, 'utf8'));
  const text = (wanted: string) => sections.find((section) => section.name === wanted)?.text ?? '';
  const files = sections.filter((section) => !['args', 'stdin', ...RESULTS].includes(section.name));
  for (const file of files) {
    mkdirSync(dirname(join(folder, file.name)), { recursive: true });
    writeFileSync(join(folder, file.name), file.text);
  }

  const written = { stdout: '', stderr: '' };
  const sink = (stream: keyof typeof written) => ({
    isTTY: false,
    write: (more: string) => {
      written[stream] += more;
    },
  });
  // Nothing of the machine's environment: a colour or a date of its own would change what comes out.
  const exit = await main(text('args').split('\n').filter(Boolean), {
    stdout: sink('stdout'),
    stderr: sink('stderr'),
    cwd: folder,
    env: {},
    stdin: () => text('stdin'),
    now: () => Date.UTC(2026, 0, 1),
  });

  expect(written.stderr).not.toContain('internal error');
  const given = sections.filter((section) => !RESULTS.includes(section.name));
  const results = { ...written, exit: `${exit}\n` };
  const came = Object.entries(results)
    .filter(([, text]) => text !== '')
    .map(([name, text]) => ({ name, text: text.replaceAll(folder, '$FOLDER') }));
  await expect(format(comment, [...given, ...came])).toMatchFileSnapshot(path);
});
