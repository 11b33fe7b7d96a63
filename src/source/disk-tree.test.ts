import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, describe, expect, test } from 'vitest';
import { diskTree } from './disk-tree.ts';
import type { Notice } from './notice.ts';

const made: string[] = [];

afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** A folder on disk, gone after the test. */
function folder(files: Readonly<Record<string, string | Buffer>>): string {
  const root = mkdtempSync(join(tmpdir(), 'tree-'));
  made.push(root);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  }
  return root;
}

function codes(notices: readonly Notice[]): readonly string[] {
  return notices.map(({ code, origin }) => `${code} ${origin.file}`);
}

describe('listing', () => {
  test('is sorted by code units, with slashes', () => {
    const root = folder({ 'b.yaml': '', 'a/z.yaml': '', 'a.yaml': '', 'B.yaml': '', 'ä.yaml': '', 'a-b/c.yaml': '' });
    expect(diskTree(root).list()).toEqual({
      value: ['B.yaml', 'a-b/c.yaml', 'a.yaml', 'a/z.yaml', 'b.yaml', 'ä.yaml'],
      notices: [],
    });
  });

  test('leaves out what git, installers and Terraform keep, and what .gitignore names', () => {
    const root = folder({
      '.git/config': '',
      'node_modules/x/compose.yaml': '',
      'a/.terraform/modules/modules.json': '',
      '.gitignore': '*.log\n/build/\n!keep.log\nsecret\n',
      'a.log': '',
      'keep.log': '',
      'build/x.yaml': '',
      'a/build/x.yaml': '',
      'a/.gitignore': 'x.*\n!secret\n',
      'a/secret': '',
      'b/secret': '',
    });
    expect(diskTree(root).list().value).toEqual(['.gitignore', 'a/.gitignore', 'a/secret', 'keep.log']);
  });

  test('agrees with git', () => {
    const root = folder({
      '.gitignore':
        'logs/\n*.tmp\n!important.tmp\n/only-root\nfoo/**/bar\n# comment\n\\#hash\ntrailing   \ndoc/*.txt\nCase\n',
      'logs/a': '',
      'sub/logs/a': '',
      'sub/logs.txt': '',
      'a.tmp': '',
      'important.tmp': '',
      'sub/important.tmp': '',
      'only-root': '',
      'sub/only-root': '',
      'foo/bar': '',
      'foo/a/b/bar': '',
      'foo/a/baz': '',
      '#hash': '',
      trailing: '',
      'doc/a.txt': '',
      'doc/sub/a.txt': '',
      case: '',
      'nested/.gitignore': '!a.tmp\n*.yaml\n!x/\nx/*\n!x/keep.yaml\n',
      'nested/a.tmp': '',
      'nested/deep/a.tmp': '',
      'nested/b.yaml': '',
      'nested/x/c.yaml': '',
      'nested/x/keep.yaml': '',
    });
    execFileSync('git', ['init', '-q', root]);
    const listed = execFileSync(
      'git',
      [
        '-c',
        'core.quotePath=off',
        '-c',
        'core.excludesFile=',
        'ls-files',
        '--others',
        '--exclude-per-directory=.gitignore',
      ],
      { cwd: root, encoding: 'utf8' },
    );
    expect(diskTree(root).list().value).toEqual(listed.trim().split('\n').sort());
  });

  test('does not honour a pattern that takes a name apart in a thousand ways', () => {
    const root = folder({ '.gitignore': 'a\n*b*b*b*b*c\n**/*.d\n', a: '', [`${'b'.repeat(200)}d`]: '', 'x/y.d': '' });
    const { value, notices } = diskTree(root).list();
    expect(value).toEqual(['.gitignore', `${'b'.repeat(200)}d`]);
    expect(notices.map(({ code, origin }) => [code, origin.start, origin.end])).toEqual([
      ['unsupported-construct', 2, 12],
    ]);
  });

  test('says what it cannot read', () => {
    const root = folder({ 'closed/a.yaml': '', '.gitignore': '#'.repeat(70_000), 'b.yaml': '' });
    chmodSync(join(root, 'closed'), 0);
    const { value, notices } = diskTree(root).list();
    chmodSync(join(root, 'closed'), 0o700);
    expect(codes(notices)).toContain('file-unreadable .gitignore');
    // A superuser reads what is closed to everybody else.
    if (process.getuid?.() !== 0) expect(codes(notices)).toContain('file-unreadable closed');
    expect(value).toContain('b.yaml');
  });

  test('goes no deeper than any real tree', () => {
    const root = folder({ [`${'d/'.repeat(100)}in.yaml`]: '', [`${'d/'.repeat(101)}out.yaml`]: '' });
    const { value, notices } = diskTree(root).list();
    expect(value).toEqual([`${'d/'.repeat(100)}in.yaml`]);
    expect(codes(notices)).toEqual([`tree-too-large ${'d/'.repeat(100)}d`]);
  });
});

describe('symbolic links', () => {
  test('to files inside are files; folders are walked where they stand; what leads out or in circles is not followed', () => {
    const outside = folder({ 'secret.yaml': 'secret' });
    const root = folder({ 'real/a.yaml': 'a', 'b.yaml': 'b' });
    symlinkSync('b.yaml', join(root, 'link.yaml'));
    symlinkSync('real', join(root, 'again'));
    symlinkSync('..', join(root, 'real', 'up'));
    symlinkSync('circle', join(root, 'circle'));
    symlinkSync('nowhere', join(root, 'dangling'));
    symlinkSync(join(outside, 'secret.yaml'), join(root, 'out.yaml'));
    symlinkSync(outside, join(root, 'outside'));
    const tree = diskTree(root);
    const { value, notices } = tree.list();
    expect(value).toEqual(['b.yaml', 'link.yaml', 'real/a.yaml']);
    expect([...codes(notices)].sort()).toEqual(
      ['circle', 'dangling', 'out.yaml', 'outside'].map((path) => `link-not-followed ${path}`),
    );
    expect(tree.read('link.yaml')).toEqual({ kind: 'text', text: 'b' });
    expect(tree.read('again/a.yaml')).toEqual({ kind: 'text', text: 'a' });
    for (const path of ['out.yaml', 'outside/secret.yaml', 'circle']) {
      expect(tree.read(path)).toEqual({ kind: 'refused', because: 'link-not-followed' });
    }
    expect(tree.read('dangling')).toEqual({ kind: 'missing' });
  });
});

describe('reading', () => {
  test('stays inside the root', () => {
    const root = folder({ 'in/a.yaml': 'a', 'b.yaml': 'b' });
    const tree = diskTree(join(root, 'in'));
    expect(tree.read('a.yaml')).toEqual({ kind: 'text', text: 'a' });
    expect(tree.read('../in/a.yaml')).toEqual({ kind: 'refused', because: 'outside-root' });
    for (const path of ['../b.yaml', 'x/../../b.yaml', '..', join(root, 'b.yaml')]) {
      expect(tree.read(path)).toEqual({ kind: 'refused', because: 'outside-root' });
    }
  });

  test('answers for what is ignored, missing, a folder, or no file', () => {
    const root = folder({ '.gitignore': '.env', '.env': 'A=1', 'd/x': '' });
    const tree = diskTree(root);
    expect(tree.read('.env')).toEqual({ kind: 'text', text: 'A=1' });
    expect(tree.read('./d/../.env')).toEqual({ kind: 'text', text: 'A=1' });
    for (const path of ['none', 'd', '.env/x', '']) expect(tree.read(path)).toEqual({ kind: 'missing' });
    expect(tree.read('a\0b')).toEqual({ kind: 'refused', because: 'file-unreadable' });
  });

  test('does not wait for a pipe', () => {
    const root = folder({});
    execFileSync('sh', ['-c', 'mkfifo "$0"', join(root, 'pipe.yaml')]);
    expect(diskTree(root).list().value).toEqual([]);
    expect(diskTree(root).read('pipe.yaml')).toEqual({ kind: 'refused', because: 'file-unreadable' });
  });

  test('refuses what is too large, binary or closed', () => {
    const root = folder({
      'large.yaml': '',
      'full.yaml': 'x',
      'image.png': Buffer.from([0x89, 0x50, 0, 0]),
      closed: 'x',
    });
    truncateSync(join(root, 'large.yaml'), 100 * 1024 * 1024);
    chmodSync(join(root, 'closed'), 0);
    const tree = diskTree(root);
    expect(tree.read('large.yaml')).toEqual({ kind: 'refused', because: 'file-too-large' });
    expect(tree.read('image.png')).toEqual({ kind: 'refused', because: 'file-binary' });
    if (process.getuid?.() !== 0) expect(tree.read('closed')).toEqual({ kind: 'refused', because: 'file-unreadable' });
  });
});

test('the files of a folder are told, ignored or not, and none outside of the root', () => {
  const root = mkdtempSync(join(tmpdir(), 'portolan-folder-'));
  mkdirSync(join(root, '.terraform/modules/a/sub'), { recursive: true });
  for (const name of ['main.tf', 'b.tf']) writeFileSync(join(root, '.terraform/modules/a', name), '');
  const tree = diskTree(root);
  expect(tree.folder('.terraform/modules/a')).toEqual(['.terraform/modules/a/b.tf', '.terraform/modules/a/main.tf']);
  expect(tree.folder('.')).toEqual([]);
  expect([tree.folder('..'), tree.folder('/'), tree.folder('nowhere')]).toEqual([[], [], []]);
  rmSync(root, { recursive: true });
});
