/** `portolan init` in repositories of its own: what it writes is read by those it is for. */
import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { readConfig } from '../config/config.ts';
import { readYamlFile } from '../config/yaml-file.ts';
import { hookText } from './init/hook.ts';
import { yamlText } from './init/step.ts';
import { workflowText } from './init/workflow.ts';
import { main } from './main.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const HASH = '0123456789abcdef0123456789abcdef01234567';
const WRITTEN = ['portolan.yaml', '.github/workflows/portolan.yml', '.pre-commit-config.yaml', '.github/CODEOWNERS'];
const ALL = ['--write', '--from', `acme/portolan@${HASH}`, '--owner', '@acme/security'];

let top: string;
beforeEach(() => {
  top = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-init-')));
  execFileSync('git', ['init', '-q', '-b', 'trunk', top]);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

async function run(words: readonly string[], cwd = top) {
  const said = { stdout: '', stderr: '' };
  const sink = (stream: keyof typeof said) => ({
    isTTY: false,
    write(text: string) {
      said[stream] += text;
    },
  });
  const io = { stdout: sink('stdout'), stderr: sink('stderr'), cwd, env: {}, stdin: () => '', now: () => 0 };
  return { exit: await main(words, io), ...said };
}

function put(path: string, text: string): void {
  mkdirSync(dirname(join(top, path)), { recursive: true });
  writeFileSync(join(top, path), text);
}

const read = (path: string) => readFileSync(join(top, path), 'utf8');
const files = () =>
  readdirSync(top, { recursive: true, encoding: 'utf8' })
    .filter((path) => !/^\.git($|\/)/.test(path))
    .sort();

function contentOf(path: string): unknown {
  const file = readYamlFile(path, read(path));
  return 'content' in file ? file.content : file;
}

describe('the bundled example', () => {
  beforeEach(() => {
    cpSync(join(ROOT, 'testdata/example'), top, { recursive: true });
    rmSync(join(top, 'portolan.yaml'));
  });

  test('is shown what would be written, and nothing is', async () => {
    const before = files();
    const { exit, stdout, stderr } = await run(['init']);
    expect(exit).toBe(0);
    expect(files()).toEqual(before);
    const { $id } = JSON.parse(readFileSync(join(ROOT, 'schemas/config.schema.json'), 'utf8')) as { $id: string };
    expect(stdout).toContain(`create portolan.yaml\n  + # yaml-language-server: $schema=${$id}\n`);
    expect(stdout).toContain('by hand .github/workflows/portolan.yml (to write it, give --from ');
    expect(stdout).toContain('  + # /portolan.yaml @OWNER\n');
    expect(stderr).toContain('nothing is written yet');
  });

  test('gets what its readers take', async () => {
    const { stderr } = await run(['init', ...ALL, '--baseline']);
    expect(stderr).toBe('portolan: 5 files written\n');
    const written = read('portolan.yaml');
    const chosen = written.replaceAll(/^# (?=[a-z]+:$| )/gm, '');
    expect((await readConfig('portolan.yaml', written)).services).toEqual([]);
    expect((await readConfig('portolan.yaml', chosen)).services).toMatchObject([{ key: 'web', public: true }]);
    expect((await readConfig('portolan.yaml', chosen)).assume).toMatchObject({ internetFacingHosts: false });
    expect((await run(['scan'])).exit).toBe(0);
    expect((await run(['scan', '--no-baseline'])).exit).toBe(1);
    expect(contentOf('.github/workflows/portolan.yml')).toMatchObject({
      on: { push: { branches: ['trunk'] } },
      permissions: { contents: 'read' },
    });
    expect(read('.github/CODEOWNERS')).toContain('/.portolan-baseline.json @acme/security\n');
    if (spawnSync('pre-commit', ['--version']).status === 0)
      expect(execFileSync('pre-commit', ['validate-config'], { cwd: top, encoding: 'utf8' })).toBe('');
  });

  test('has nothing left to write the second time', async () => {
    await run(['init', ...ALL]);
    const before = WRITTEN.map(read);
    const { stdout, stderr } = await run(['init', ...ALL]);
    expect(stderr).toBe('portolan: nothing to write\n');
    expect(stdout).not.toContain('  + ');
    expect(WRITTEN.map(read)).toEqual(before);
  });
});

describe('what is there', () => {
  test('is added to, and stays as it is', async () => {
    const hooks =
      '# ours\r\nrepos:\r\n- repo: local\r\n  hooks: [{ id: a, name: a, entry: a, language: system }] # why\r\n';
    put('.pre-commit-config.yaml', hooks);
    put('docs/CODEOWNERS', '* @acme/all');
    await run(['init', ...ALL]);
    const added = hookText({ prefix: '' }, { repository: 'acme/portolan', commit: HASH }, '');
    expect(read('.pre-commit-config.yaml')).toBe(hooks + added.replaceAll('\n', '\r\n'));
    expect(read('docs/CODEOWNERS')).toMatch(/^\* @acme\/all\n\n# .*\n\/portolan\.yaml @acme\/security\n/);
    expect(files()).not.toContain('.github/CODEOWNERS');
  });

  test('keeps every byte of what it is added to', async () => {
    const hooks = Buffer.from('\xef\xbb\xbfrepos:\n  - repo: local # caf\xe9\n    hooks: []\n', 'latin1');
    const owners = Buffer.from('* @acme/all # caf\xe9', 'latin1');
    put('.pre-commit-config.yaml', '');
    put('CODEOWNERS', '');
    writeFileSync(join(top, '.pre-commit-config.yaml'), hooks);
    writeFileSync(join(top, 'CODEOWNERS'), owners);
    await run(['init', ...ALL]);
    const bytes = (path: string, length: number) => readFileSync(join(top, path)).subarray(0, length);
    expect(bytes('.pre-commit-config.yaml', hooks.length)).toEqual(hooks);
    expect(bytes('CODEOWNERS', owners.length)).toEqual(owners);
    expect(read('.pre-commit-config.yaml')).toContain('- id: portolan\n');
    expect(read('CODEOWNERS')).toContain('\n/portolan.yaml @acme/security\n');
  });

  test.each([
    ['a list that does not end the file', 'repos:\n  - repo: local\n    hooks: []\nfail_fast: true\n'],
    ['a list on one line', 'repos: []\n'],
    ['no YAML', 'repos: [\n'],
  ])('is left where it has %s', async (_, text) => {
    put('.pre-commit-config.yaml', text);
    const { stdout } = await run(['init', ...ALL]);
    expect(read('.pre-commit-config.yaml')).toBe(text);
    expect(stdout).toContain('by hand .pre-commit-config.yaml');
  });

  test('is enough where it runs Portolan already', async () => {
    put('.github/workflows/ci.yaml', `jobs: { a: { steps: [{\n uses: acme/portolan@${HASH}\n}] } }\n`);
    put('.pre-commit-config.yaml', 'repos:\n  - repo: x\n    hooks:\n      - id: portolan-system\n');
    put('CODEOWNERS', '# /portolan.yaml @OWNER\n');
    const { stdout } = await run(['init', ...ALL]);
    expect(stdout).toContain('leave .github/workflows/ci.yaml');
    expect(stdout).toContain('leave .pre-commit-config.yaml');
    expect(read('CODEOWNERS')).toContain('\n/portolan.yaml @acme/security\n/.portolan-baseline.json @acme/security\n');
  });

  test.each([
    ['a later line takes back', '/portolan.yaml @acme/security\n* @acme/all\n'],
    ['names nobody', '/portolan.yaml # later\n'],
  ])('is no guard where the line %s', async (_, text) => {
    put('CODEOWNERS', text);
    await run(['init', ...ALL]);
    expect(read('CODEOWNERS').slice(text.length)).toContain('\n/portolan.yaml @acme/security\n');
    const { stdout } = await run(['init', ...ALL]);
    expect(stdout).toContain('leave CODEOWNERS');
  });

  test('may run its hooks by another program', async () => {
    put('lefthook.yml', 'pre-commit: {}\n');
    const { stdout } = await run(['init', ...ALL]);
    expect(stdout).toContain('by hand lefthook.yml');
    expect(files()).not.toContain('.pre-commit-config.yaml');
  });

  test('on GitLab gets a job of its own, which runs', async () => {
    put('.gitlab-ci.yml', 'stages: [test]\n');
    const { stdout } = await run(['init', ...ALL]);
    expect(read('.gitlab-ci.yml')).toBe('stages: [test]\n');
    expect(stdout).toContain('by hand .gitlab-ci.yml');
    const { portolan } = contentOf('.gitlab/portolan.yml') as { portolan: { script: readonly string[] } };
    for (const line of portolan.script) expect(spawnSync('sh', ['-n', '-c', line]).status).toBe(0);
    expect(portolan.script.at(-1)).toContain('dist/portolan.js" scan --output gitlab=');
  });
});

test('one package of a monorepo has a policy of its own', async () => {
  put('packages/a b/compose.yaml', 'services: {}\n');
  await run(['init', ...ALL, '--root', 'packages/a b']);
  expect(files()).toContain('packages/a b/portolan.yaml');
  const workflow = contentOf('.github/workflows/portolan.yml') as { jobs: { portolan: { steps: readonly unknown[] } } };
  expect(workflow.jobs.portolan.steps[1]).toMatchObject({ with: { root: 'packages/a b' } });
  expect(contentOf('.pre-commit-config.yaml')).toMatchObject({
    repos: [{ hooks: [{ args: ['--root=packages/a b'] }] }],
  });
  expect(read('.github/CODEOWNERS')).toContain('/packages/a\\ b/portolan.yaml @acme/security\n');
  expect((await run(['init', ...ALL, '--root', 'packages/a b'])).stderr).toBe('portolan: nothing to write\n');
});

test('a link takes nothing elsewhere', async () => {
  const elsewhere = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-elsewhere-')));
  try {
    symlinkSync(elsewhere, join(top, '.github'));
    symlinkSync(join(elsewhere, 'hooks'), join(top, '.pre-commit-config.yaml'));
    symlinkSync('nowhere', join(top, 'portolan.yaml'));
    const { stdout } = await run(['init', ...ALL]);
    expect(readdirSync(elsewhere)).toEqual([]);
    expect(stdout.match(/^by hand /gm)).toHaveLength(4);
  } finally {
    rmSync(elsewhere, { recursive: true, force: true });
  }
});

test('names in the repository stay text', async () => {
  const name = '"x"]\n# y: $' + '{{ z }}';
  put('compose.yaml', `services: { ${JSON.stringify(name)}: { image: nginx, ports: ["80:80"] } }\n`);
  execFileSync('git', ['-C', top, 'symbolic-ref', 'HEAD', "refs/heads/a'b+${{x}}"]);
  await run(['init', ...ALL]);
  expect((await readConfig('portolan.yaml', read('portolan.yaml'))).services).toEqual([]);
  expect(read('portolan.yaml')).not.toContain('z }}');
  expect(contentOf('.github/workflows/portolan.yml')).toMatchObject({ on: { push: { branches: ["a'b\\+${{x}}"] } } });
});

test.each(['a', 'yes', 'é', '\u{1f433}', '"\n#: \\'])('%j is itself in YAML', (text) => {
  const written = yamlText(text);
  expect(written).not.toMatch(/\\ud8/);
  expect(readYamlFile('a.yaml', `a: ${written}\n`)).toMatchObject({ content: { a: text } });
});

test.each([
  ['--from', 'acme/portolan@v1'],
  ['--owner', 'acme'],
])('%s %s is refused', async (option, value) => {
  expect((await run(['init', option, value])).exit).toBe(2);
});

test('the pages show what it writes', () => {
  const first = (page: string) => /```yaml\n([\s\S]*?)```/.exec(readFileSync(join(ROOT, page), 'utf8'))?.[1];
  const source = { repository: 'OWNER/portolan', commit: 'FULL_COMMIT_HASH' };
  expect(first('docs/github-action.md')).toBe(workflowText({ branch: 'main', prefix: '' }, source));
  expect(first('docs/hooks.md')).toBe(`# .pre-commit-config.yaml\nrepos:\n${hookText({ prefix: '' }, source, '  ')}`);
});
