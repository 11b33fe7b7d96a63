import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sarifProblems } from '../reporters/sarif/conformance.fixture.ts';
import { changedSince } from './changed-lines.ts';
import { runAction } from './run.ts';

let workspace: string;
let runner: string;
beforeEach(() => {
  workspace = mkdtempSync(join(tmpdir(), 'portolan-workspace-'));
  runner = mkdtempSync(join(tmpdir(), 'portolan-runner-'));
  git('init', '-q', '-b', 'main');
});
afterEach(() => {
  rmSync(workspace, { recursive: true, force: true });
  rmSync(runner, { recursive: true, force: true });
});

function git(...words: readonly string[]): string {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@example.com'];
  return execFileSync('git', ['-C', workspace, ...who, ...words], { encoding: 'utf8' }).trim();
}

const WEB = 'services:\n  web:\n    image: nginx:1.27\n  db:\n    image: postgres:16\n';
const OPEN = `${WEB}    ports:\n      - "5432:5432"\n`;

function commit(files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(join(workspace, path, '..'), { recursive: true });
    writeFileSync(join(workspace, path), text);
  }
  git('add', '-A');
  git('commit', '-q', '--allow-empty', '-m', 'more');
  return git('rev-parse', 'HEAD');
}

/** The commit that GitHub makes of a pull request and its base, checked out. */
function merged(base: Readonly<Record<string, string>>, head: Readonly<Record<string, string>>): string {
  const before = commit(base);
  git('checkout', '-q', '-b', 'change');
  commit(head);
  git('checkout', '-q', 'main');
  commit({});
  git('merge', '-q', '--no-ff', '-m', 'merge', 'change');
  return before;
}

async function run(event: string, payload: unknown, inputs: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(runner, 'event.json'), JSON.stringify(payload));
  for (const file of ['output', 'summary']) writeFileSync(join(runner, file), '');
  const printed: string[] = [];
  const exit = await runAction({
    environment: {
      GITHUB_ACTIONS: 'true',
      GITHUB_WORKSPACE: workspace,
      GITHUB_EVENT_NAME: event,
      GITHUB_EVENT_PATH: join(runner, 'event.json'),
      GITHUB_OUTPUT: join(runner, 'output'),
      GITHUB_STEP_SUMMARY: join(runner, 'summary'),
      ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
    },
    print: (text) => printed.push(text),
    now: 0,
  });
  const outputs = Object.fromEntries(
    readFileSync(join(runner, 'output'), 'utf8')
      .split('\n')
      .filter(Boolean)
      .map((line) => line.split('=', 2)),
  );
  return { exit, outputs, printed: printed.join(''), summary: readFileSync(join(runner, 'summary'), 'utf8') };
}

/** The run of a SARIF file that may be uploaded. */
function sarif(name = 'portolan.sarif', category: string | null = null) {
  const text = readFileSync(join(workspace, name), 'utf8');
  expect(sarifProblems(text, category)).toEqual([]);
  return JSON.parse(text).runs[0];
}

describe('a pull request', () => {
  test('that publishes a database fails, and says what and where', async () => {
    merged({ 'compose.yaml': WEB }, { 'compose.yaml': OPEN });
    const { exit, outputs, printed, summary } = await run('pull_request', { pull_request: { base: { ref: 'main' } } });
    expect(exit).toBe(1);
    expect(outputs).toMatchObject({ 'sarif-file': 'portolan.sarif', 'new-exposures': '1', 'exit-code': '1' });
    expect(summary).toContain('| added | PostgreSQL db:5432/tcp | perhaps internet, surely network |');
    expect(summary).toContain('```mermaid\nflowchart LR\n');
    expect(summary).toContain('From main to this change');
    expect(printed).toContain('::error file=compose.yaml,line=7,');
    expect(sarif().results.length).toBe(
      Number(outputs.findings) + sarif().results.filter((one: { kind: string }) => one.kind === 'open').length,
    );
  });

  test('that moves lines passes, whatever was wrong before', async () => {
    merged({ 'compose.yaml': OPEN }, { 'compose.yaml': `# moved\n${OPEN}` });
    const { exit, outputs, summary } = await run('pull_request', { pull_request: { base: { ref: 'main' } } });
    expect([exit, outputs['new-exposures']]).toEqual([0, '0']);
    expect(summary).toContain('no exposure changed');
    expect(Number(outputs.findings)).toBeGreaterThan(0);
  });

  test('cannot excuse itself', async () => {
    const excuse = 'version: 1\npolicy: { failOn: critical, overrides: { data-store-exposed: { enabled: false } } }\n';
    const BASELINE = '{ "version": 1, "findings": [] }';
    const ignored = OPEN.replace('"5432:5432"', '"5432:5432" # portolan:ignore data-store-exposed -- trust me');
    merged(
      { 'compose.yaml': WEB },
      { 'compose.yaml': ignored, 'portolan.yaml': excuse, '.portolan-baseline.json': BASELINE },
    );
    const { exit, summary } = await run('pull_request', {}, { 'fail-on-exposure': 'never' });
    expect(exit).toBe(1);
    expect(summary).toContain('trust me');
    expect(summary).toContain('take effect once they are merged: .portolan-baseline.json, portolan.yaml\n');
  });

  test('of a clone that was cut off is told what is missing, and lists all findings', async () => {
    merged({ 'compose.yaml': WEB }, { 'compose.yaml': OPEN });
    const clone = join(runner, 'clone');
    execFileSync('git', ['clone', '-q', '--depth=1', `file://${workspace}`, clone]);
    rmSync(workspace, { recursive: true });
    workspace = clone;
    const { exit, printed, summary, outputs } = await run('pull_request', { pull_request: { base: { ref: 'main' } } });
    expect(printed).toContain('::warning title=Portolan::Nothing is compared: ');
    expect(summary).toContain('fetch-depth: 2');
    expect([exit, outputs['new-exposures']]).toEqual([1, '']);
  });

  test('annotates the first changed line of a path', async () => {
    const service =
      'apiVersion: v1\nkind: Service\nmetadata: { name: db }\nspec:\n  type: LoadBalancer\n  selector: { app: db }\n  ports: [{ port: 5432 }]\n';
    const pod = (label: string) =>
      `apiVersion: v1\nkind: Pod\nmetadata: { name: db, labels: { app: ${label} } }\nspec: { containers: [{ name: db, image: "postgres:16", ports: [{ containerPort: 5432 }] }] }\n`;
    merged(
      { 'service.yaml': service, 'pod.yaml': pod('other') },
      { 'pod.yaml': pod('db').replace('spec:', 'spec: # now selected\n ') },
    );
    const { printed } = await run('pull_request', {}, { 'changed-only': 'true' });
    expect(printed).toMatch(/^::error file=pod\.yaml,line=\d+,.*data-store-exposed/m);
  });
});

test('what is new is annotated before what was there', async () => {
  const old = Array.from(
    { length: 12 },
    (_, index) => `  a${index}: { image: "postgres:16", ports: ["${index + 1}:5432"] }\n`,
  );
  const before = `services:\n${old.join('')}`;
  merged(
    { 'compose.yaml': before },
    { 'compose.yaml': `${before}  z: { image: "postgres:16", ports: ["99:5432"] }\n` },
  );
  const { printed } = await run('pull_request', {});
  expect(printed).toMatch(/^::error file=compose\.yaml,line=14,/);
  expect(printed.match(/^::error /gm)).toHaveLength(10);
});

test('a comment says whose it is, and is as long as GitHub takes', async () => {
  const service = (index: number) =>
    `  ${'s'.repeat(2000)}${index}: { image: "postgres:16", ports: ["${index}:5432"] }\n`;
  merged(
    { 'compose.yaml': WEB },
    { 'compose.yaml': `services:\n${Array.from({ length: 50 }, (_, index) => service(index + 1)).join('')}` },
  );
  await run('pull_request', {}, { 'comment-file': 'comment.md' });
  const comment = readFileSync(join(workspace, 'comment.md'), 'utf8');
  expect(comment).toMatch(/^## Portolan\n\nFrom the base to this change: exposures: 50 added/);
  expect(comment.length).toBeLessThan(2 ** 16);
  expect(comment).toContain('The rest does not fit here');
});

describe('other events', () => {
  test('a push is compared with what was there', async () => {
    const before = commit({ 'compose.yaml': WEB });
    commit({ 'compose.yaml': OPEN });
    expect((await run('push', { before })).outputs['new-exposures']).toBe('1');
    // A new branch has nothing before it.
    const { exit, outputs } = await run('push', { before: '0'.repeat(40) });
    expect([exit, outputs['new-exposures']]).toEqual([1, '']);
  });

  test('a merge queue', async () => {
    const base = commit({ 'compose.yaml': WEB });
    commit({ 'compose.yaml': OPEN });
    const { outputs } = await run('merge_group', { merge_group: { base_sha: base, base_ref: 'refs/heads/main' } });
    expect(outputs['new-exposures']).toBe('1');
  });

  test.each(['schedule', 'workflow_dispatch'])('%s has no base', async (event) => {
    commit({ 'compose.yaml': OPEN });
    const { exit, printed, outputs } = await run(event, {});
    expect([exit, outputs['new-exposures'], printed.includes('Nothing is compared')]).toEqual([1, '', false]);
  });
});

describe('inputs', () => {
  test('a folder, a category, files elsewhere, and nothing else', async () => {
    commit({ 'shop/compose.yaml': OPEN, 'other/compose.yaml': OPEN });
    const inputs = {
      root: 'shop',
      category: 'nightly',
      'sarif-file': 'out/a.sarif',
      'comment-file': 'out/c.md',
      annotations: 'false',
      summary: 'false',
      'fail-on': 'never',
    };
    const { exit, printed, summary, outputs } = await run('schedule', {}, inputs);
    expect([exit, printed, summary]).toEqual([0, '', '']);
    expect(outputs['comment-file']).toBe('out/c.md');
    expect(existsSync(join(workspace, 'out/c.md'))).toBe(true);
    expect(sarif('out/a.sarif', 'nightly').automationDetails.id).toContain('nightly');
    const uris = sarif('out/a.sarif', 'nightly').results.map(
      (one: { locations: [{ physicalLocation: { artifactLocation: { uri: string } } }] }) =>
        one.locations[0].physicalLocation.artifactLocation.uri,
    );
    expect(new Set(uris)).toEqual(new Set(['shop/compose.yaml']));
  });

  test('another configuration, which is that of the base too', async () => {
    const config = (text: string) => ({ 'ci/ports.yaml': `version: 1\npolicy: { failOn: ${text} }\n` });
    const inputs = { config: 'ci/ports.yaml', 'fail-on-exposure': 'never' };
    merged({ 'compose.yaml': WEB, ...config('never') }, { 'compose.yaml': OPEN, ...config('info') });
    expect((await run('pull_request', {}, inputs)).exit).toBe(0);
    expect((await run('schedule', {}, inputs)).exit).toBe(1);
    const { exit, printed } = await run('schedule', {}, { config: 'ci/none.yaml' });
    expect([exit, printed]).toEqual([2, expect.stringContaining('there is no ci/none.yaml in the work tree')]);
  });

  test('more reports', async () => {
    commit({ 'compose.yaml': OPEN });
    await run('schedule', {}, { output: 'html=out/ports.html\njunit=junit.xml' });
    expect(readFileSync(join(workspace, 'out/ports.html'), 'utf8')).toContain('<!DOCTYPE html>');
    expect(readFileSync(join(workspace, 'junit.xml'), 'utf8')).toContain('<testsuite');
    const { exit, printed } = await run('schedule', {}, { output: 'pdf=a.pdf' });
    expect([exit, printed]).toEqual([2, expect.stringContaining('output cannot be pdf=a.pdf')]);
  });

  test('what is wrong is told, with the code of wrong usage', async () => {
    commit({ 'compose.yaml': WEB });
    const { exit, printed } = await run('push', {}, { 'fail-on': 'hgih' });
    expect([exit, printed]).toEqual([
      2,
      expect.stringContaining('::error title=Portolan::fail-on cannot be hgih: choose one of'),
    ]);
    expect((await run('push', {}, { paths: 'deploi' })).printed).toContain('deploi does not exist');
    expect((await run('push', {}, { base: 'nope' })).printed).toContain('nope is no revision');
  });
});

test('nothing is written where a link of the pull request leads', async () => {
  const outside = join(runner, 'outside');
  writeFileSync(outside, 'mine');
  commit({ 'compose.yaml': WEB });
  symlinkSync(outside, join(workspace, 'portolan.sarif'));
  symlinkSync(runner, join(workspace, 'out'));
  for (const file of ['portolan.sarif', 'out/outside']) {
    const { exit, printed } = await run('schedule', {}, { 'sarif-file': file });
    expect([exit, printed]).toEqual([2, expect.stringContaining('a link leads somewhere else')]);
  }
  expect(readFileSync(outside, 'utf8')).toBe('mine');
});

test('lines that look like the head of a difference are lines', () => {
  const base = commit({ 'a.yaml': 'a\nb\n', 'b.yaml': '1\n2\n3\n' });
  commit({ 'a.yaml': 'a\n++ b/b.yaml\n@@ -1 +2 @@\n', 'b.yaml': '1\n2\nthree\n' });
  const changed = changedSince(workspace, base);
  expect([1, 2, 3].map((line) => changed('a.yaml', line))).toEqual([false, true, true]);
  expect([1, 2, 3].map((line) => changed('b.yaml', line))).toEqual([false, false, true]);
});

test('names with blanks and quotes are names', () => {
  const names = ['my app/a.yaml', 'a "b" \\c.yaml', 'ä.yaml'];
  const base = commit(Object.fromEntries(names.map((name) => [name, 'a\nb\n'])));
  commit(Object.fromEntries(names.map((name) => [name, 'a\nc\n'])));
  const changed = changedSince(workspace, base);
  expect(names.map((name) => [changed(name, 1), changed(name, 2)])).toEqual(names.map(() => [false, true]));
});

test('nothing of a pull request gets out of its place', async () => {
  const evil = '"x\\n::error::owned\\r\\n::set-output name=a::b %0A::error:: <img src=x> | ``` [a](http://b)"';
  merged(
    { 'compose.yaml': WEB },
    { 'compose.yaml': `${OPEN}  ${evil}:\n    image: postgres:16\n    ports: ["5433:5432"]\n` },
  );
  const { printed, summary, outputs } = await run('pull_request', {
    pull_request: { base: { ref: 'main\nfindings=0 ::error::x' } },
  });
  for (const line of printed.split('\n')) expect(line).toMatch(/^$|^::(error|warning|notice|debug) (file|title)=/);
  expect(printed).not.toMatch(/^::(set-output|error::)/m);
  expect(summary.replace(/```mermaid[\s\S]*?```/g, '')).not.toMatch(/(?<!\\)(<img|\[a\]|`)/);
  expect(summary.match(/^```/gm)).toHaveLength(2);
  expect(Number(outputs.findings)).toBeGreaterThan(0);
});
