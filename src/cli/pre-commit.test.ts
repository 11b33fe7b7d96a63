/** The hooks of .pre-commit-hooks.yaml, installed by pre-commit from this repository as it is committed. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const committed = spawnSync('git', ['-C', ROOT, 'cat-file', '-e', 'HEAD:.pre-commit-hooks.yaml']).status === 0;
const able = committed && spawnSync('pre-commit', ['--version']).status === 0;

// Skipped where pre-commit is not installed (.ci/run installs it), and before the hooks are committed.
describe.skipIf(!able)('pre-commit', () => {
  let home: string;
  let folder: string;
  beforeAll(() => {
    home = mkdtempSync(join(tmpdir(), 'portolan-pre-commit-'));
    folder = mkdtempSync(join(tmpdir(), 'portolan-hooked-'));
    execFileSync('git', ['init', '-q', folder]);
    const rev = execFileSync('git', ['-C', ROOT, 'rev-parse', 'HEAD'], { encoding: 'utf8' }).trim();
    const hooks = ['portolan', 'portolan-staged', 'portolan-system'].map((id) => `      - id: ${id}\n`);
    const config = `repos:\n  - repo: file://${ROOT}\n    rev: ${rev}\n    hooks:\n${hooks.join('')}`;
    writeFileSync(join(folder, '.pre-commit-config.yaml'), config);
  });
  afterAll(() => {
    for (const path of [home, folder]) rmSync(path, { recursive: true, force: true });
  });

  /** The staged files as they are, and what a hook says of them. */
  function run(id: string): { readonly status: number | null; readonly said: string } {
    execFileSync('git', ['-C', folder, 'add', '-A']);
    const { status, stdout, stderr } = spawnSync('pre-commit', ['run', id], {
      cwd: folder,
      encoding: 'utf8',
      env: { ...process.env, PRE_COMMIT_HOME: home },
    });
    return { status, said: `${stdout}${stderr}` };
  }

  test.each(['portolan', 'portolan-staged', 'portolan-system'])(
    '%s passes, and fails on what is staged',
    { timeout: 240_000 },
    (id) => {
      writeFileSync(join(folder, 'compose.yaml'), 'services: { db: { image: "postgres:16" } }\n');
      const before = run(id);
      expect(before.said).toContain('Passed');
      expect(before.status).toBe(0);
      writeFileSync(join(folder, 'compose.yaml'), 'services: { db: { image: "postgres:16", ports: ["5432:5432"] } }\n');
      const after = run(id);
      expect(after.said).toContain('data-store-exposed  compose.yaml:1:');
      expect(after.status).toBe(1);
    },
  );

  test('what is not staged is not told by the hook for staged files', { timeout: 240_000 }, () => {
    writeFileSync(join(folder, 'compose.yaml'), 'services: { db: { image: "postgres:16", ports: ["5432:5432"] } }\n');
    execFileSync('git', ['-C', folder, 'add', '-A']);
    execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '-qnm', 'all']);
    writeFileSync(join(folder, 'other.yaml'), 'a: 1\n');
    expect(run('portolan-staged').status).toBe(0);
    expect(run('portolan').status).toBe(1);
  });

  test('nothing is left beside the staged files', () => {
    expect(existsSync(join(folder, 'node_modules'))).toBe(false);
  });
});
