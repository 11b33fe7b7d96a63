/** Trees that mean no good: each costs a notice with a place, and the rest is analysed. */
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { main } from './main.ts';

const GOOD = 'services:\n  db:\n    image: postgres:16\n    ports:\n      - "5432:5432"\n';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-hostile-'));
  write('good/compose.yaml', GOOD);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(path: string, content: string | Uint8Array): string {
  const full = join(folder, path);
  mkdirSync(dirname(full), { recursive: true });
  writeFileSync(full, content);
  return full;
}

interface Outcome {
  readonly exit: number;
  readonly notices: readonly {
    readonly code: string;
    readonly origin: { readonly file: string; readonly line: number };
  }[];
  readonly findings: readonly { readonly ruleId: string; readonly location: { readonly file: string } }[];
}

async function run(...words: string[]) {
  const out: string[] = [];
  const err: string[] = [];
  const code = await main(
    ['scan', '--root', folder, '--format', 'json', '--rule', 'data-store-exposed', ...words, folder],
    {
      stdout: { isTTY: false, write: (text) => out.push(text) },
      stderr: { isTTY: false, write: (text) => err.push(text) },
      cwd: folder,
      env: {},
      stdin: () => '',
      now: () => 0,
    },
  );
  expect(err.join('')).not.toContain('internal error');
  return { code, out: out.join(''), err: err.join('') };
}

async function scan(...words: string[]): Promise<Outcome> {
  const { code, out } = await run(...words);
  return { exit: code, ...(JSON.parse(out) as Omit<Outcome, 'exit'>) };
}

/** The good file was analysed; the notice stands at its place. */
function expectNotice({ exit, notices, findings }: Outcome, code: string, file: string, line = 1): void {
  expect(notices.map(({ code, origin }) => `${code} ${origin.file}:${origin.line}`)).toContain(
    `${code} ${file}:${line}`,
  );
  expect(findings.map(({ ruleId, location }) => `${ruleId} ${location.file}`)).toContain(
    'data-store-exposed good/compose.yaml',
  );
  expect(exit).toBe(1);
}

describe('a bad file beside a good one', () => {
  test('truncated YAML', async () => {
    write('bad/compose.yaml', 'services:\n  web:\n    image: "nginx\n');
    const { notices, ...rest } = await scan();
    const notice = notices.find(({ origin }) => origin.file === 'bad/compose.yaml');
    expect(notice?.code).toBe('syntax-error');
    expect(notice?.origin.line).toBeGreaterThan(1);
    expectNotice({ notices, ...rest }, 'syntax-error', 'bad/compose.yaml', notice?.origin.line);
  });

  test('a binary file', async () => {
    write('bad/compose.yaml', new Uint8Array([0x73, 0x65, 0x00, 0x01, 0xff, 0x00, 0x02, 0x00, 0x03]));
    expectNotice(await scan(), 'file-binary', 'bad/compose.yaml');
  });

  test('nesting deeper than anybody writes', async () => {
    write('bad/compose.yaml', `services: ${'{a: '.repeat(5_000)}1${'}'.repeat(5_000)}\n`);
    expectNotice(await scan(), 'depth-limit', 'bad/compose.yaml');
  });

  test('nesting fifty deep, which is read', async () => {
    write(
      'deep/compose.yaml',
      `services:\n  web:\n    image: nginx\n    x-deep: ${'{a: '.repeat(50)}1${'}'.repeat(50)}\n`,
    );
    const { exit, notices } = await scan();
    expect(notices.filter(({ origin }) => origin.file === 'deep/compose.yaml')).toEqual([]);
    expect(exit).toBe(1);
  });

  test('aliases that multiply', async () => {
    const lines = ['x-a0: &a0 [x, x, x, x, x, x, x, x, x]'];
    for (let i = 1; i <= 9; i++)
      lines.push(
        `x-a${i}: &a${i} [${Array(9)
          .fill(`*a${i - 1}`)
          .join(', ')}]`,
      );
    write('bad/compose.yaml', [...lines, 'services:', '  web:', '    image: nginx', '    command: *a9', ''].join('\n'));
    const { exit, notices } = await scan();
    expect(exit).toBe(1);
    expect(notices.map(({ code }) => code)).toContain('expansion-limit');
  });

  test('a file of a hundred megabytes', async () => {
    truncateSync(write('bad/compose.yaml', 'services:\n'), 100 * 1024 * 1024);
    expectNotice(await scan(), 'file-too-large', 'bad/compose.yaml');
  });

  test('text that is not UTF-8', async () => {
    const head = new TextEncoder().encode('services:\n  web:\n    image: nginx\n    container_name: caf');
    write('bad/compose.yaml', new Uint8Array([...head, 0xe9, 0x0a]));
    expectNotice(await scan(), 'encoding-error', 'bad/compose.yaml', 4);
  });

  test('links in a circle, and out of the tree', async () => {
    mkdirSync(join(folder, 'loop'));
    symlinkSync('../loop', join(folder, 'loop', 'again'));
    symlinkSync('/etc/passwd', join(folder, 'outside.yaml'));
    symlinkSync('self.yaml', join(folder, 'self.yaml'));
    const outcome = await scan();
    expect(outcome.exit).toBe(1);
    expect(outcome.notices.map(({ code }) => code)).toContain('link-not-followed');
    expect(JSON.stringify(outcome)).not.toContain('root:');
  });

  // Root reads everything, whatever the permissions say.
  test.skipIf(process.getuid?.() === 0)('a file that may not be read', async () => {
    chmodSync(write('bad/compose.yaml', 'services: {}\n'), 0o000);
    expectNotice(await scan(), 'file-unreadable', 'bad/compose.yaml');
    expect((await scan('--fail-on', 'never')).exit).toBe(3);
  });
});

test('what a file names outside of the tree is not read', async () => {
  write(
    'bad/compose.yaml',
    'include: ["../../../../../../etc/passwd"]\nservices:\n  web:\n    image: nginx\n    env_file: /etc/passwd\n',
  );
  const outcome = await scan();
  expect(JSON.stringify(outcome)).not.toContain('root:x');
  expect(outcome.exit).toBe(1);
});

test('a reader that has seen enough is no error', () => {
  const program = join(import.meta.dirname, '..', '..', 'dist', 'portolan.js');
  const script = `"${process.execPath}" "${program}" graph --root . . | head -c 1; echo " \${PIPESTATUS[0]}"`;
  const { stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder, encoding: 'utf8' });
  expect(stderr).toBe('');
  expect(stdout).toBe('{ 0\n');
});

describe('a portolan.yaml that is no plain file', () => {
  test('is not followed out of the tree', async () => {
    const elsewhere = mkdtempSync(join(tmpdir(), 'portolan-elsewhere-'));
    writeFileSync(join(elsewhere, 'config.yaml'), 'version: 1\n');
    symlinkSync(join(elsewhere, 'config.yaml'), join(folder, 'portolan.yaml'));
    const { code, err } = await run();
    rmSync(elsewhere, { recursive: true });
    expect([code, err]).toEqual([2, expect.stringContaining('portolan.yaml cannot be read (link-not-followed)')]);
  });

  test('is not waited for', async () => {
    spawnSync('mkfifo', [join(folder, 'portolan.yaml')]);
    expect((await run()).code).toBe(2);
  });

  test('is no configuration where it is a folder', async () => {
    mkdirSync(join(folder, 'portolan.yaml'));
    expect((await run()).code).toBe(1);
    expect((await run('--config', join(folder, 'portolan.yaml'))).code).toBe(2);
  });
});

test('a report that cannot be written is told at once', async () => {
  const { code, err } = await run('--output', 'json=/proc/nowhere/report.json');
  expect([code, err]).toEqual([2, expect.stringContaining('cannot write /proc/nowhere/report.json')]);
});
