import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { diskTree } from './disk-tree.ts';
import { commitOf, GitError } from './git.ts';
import { gitTree } from './git-tree.ts';

let folder: string;
const git = (...words: string[]) =>
  execFileSync('git', ['-C', folder, '-c', 'user.name=a', '-c', 'user.email=a@example.com', ...words]);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'portolan-git-'));
  execFileSync('git', ['init', '-q', '-b', 'main', folder]);
  mkdirSync(join(folder, 'deploy'));
  writeFileSync(join(folder, 'compose.yaml'), 'services: {}\n');
  writeFileSync(join(folder, 'deploy', 'ünlaut $(x).yaml'), 'a: 1\n');
  writeFileSync(join(folder, 'deploy', 'a\nb.yaml'), 'odd: name\n');
  writeFileSync(join(folder, 'deploy', 'empty.yaml'), '');
  writeFileSync(join(folder, 'big.yaml'), Buffer.alloc(8 * 2 ** 20 + 1, 'a'));
  writeFileSync(join(folder, 'binary.yaml'), Buffer.from([1, 0, 2]));
  symlinkSync('compose.yaml', join(folder, 'link.yaml'));
  git('add', '-A');
  git('commit', '-q', '-m', 'first');
  writeFileSync(join(folder, 'compose.yaml'), 'services: { web: {} }\n');
  git('commit', '-q', '-a', '-m', 'second');
});
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const treeOf = (name: string, root = '') => gitTree(folder, commitOf(folder, name), root, () => true);

describe('the tree of a revision', () => {
  test('lists and reads what is committed', () => {
    const tree = treeOf('HEAD~1');
    const files = [
      'big.yaml',
      'binary.yaml',
      'compose.yaml',
      'deploy/a\nb.yaml',
      'deploy/empty.yaml',
      'deploy/ünlaut $(x).yaml',
    ];
    expect(tree.list().value).toEqual(files);
    expect(tree.read('compose.yaml')).toEqual({ kind: 'text', text: 'services: {}\n' });
    expect(treeOf('HEAD').read('./deploy/../compose.yaml')).toEqual({ kind: 'text', text: 'services: { web: {} }\n' });
    expect(tree.folder('deploy')).toEqual(files.slice(3));
  });

  test('reads as a disk does, but for links', () => {
    const [committed, onDisk] = [treeOf('HEAD'), diskTree(folder)];
    for (const path of onDisk.list().value.filter((path) => path !== 'link.yaml')) {
      expect(committed.read(path), path).toEqual(onDisk.read(path));
    }
    expect(committed.read('link.yaml')).toEqual({ kind: 'refused', because: 'link-not-followed' });
    expect(committed.read('../other')).toEqual({ kind: 'refused', because: 'outside-root' });
    expect(committed.read('none.yaml')).toEqual({ kind: 'missing' });
  });

  test('can begin at a folder', () => {
    const tree = treeOf('HEAD', 'deploy/');
    expect(tree.list().value).toEqual(['a\nb.yaml', 'empty.yaml', 'ünlaut $(x).yaml']);
    expect(tree.read('a\nb.yaml')).toEqual({ kind: 'text', text: 'odd: name\n' });
  });

  test('reads the same whatever is likely', () => {
    const commit = commitOf(folder, 'HEAD');
    const unlikely = gitTree(folder, commit, '', () => false);
    expect(unlikely.read('compose.yaml')).toEqual(treeOf('HEAD').read('compose.yaml'));
  });
});

describe('revisions', () => {
  test.each(['main', 'HEAD', 'HEAD~1', 'HEAD^{commit}'])('%s', (name) => {
    expect(commitOf(folder, name)).toMatch(/^[0-9a-f]{40}$/);
  });

  test.each(['nope', '--help', '-h', '', 'main:compose.yaml', 'a\nb', '--output=/tmp/x'])('%j is none', (name) => {
    expect(() => commitOf(folder, name)).toThrow(GitError);
  });

  test('a clone without its history says what is missing', () => {
    const clone = mkdtempSync(join(tmpdir(), 'portolan-clone-'));
    try {
      execFileSync('git', ['clone', '-q', '--depth=1', `file://${folder}`, clone]);
      expect(() => commitOf(clone, 'HEAD~1')).toThrow(/fetch-depth: 2/);
    } finally {
      rmSync(clone, { recursive: true, force: true });
    }
  });
});

test('what the configuration of a repository names is not run', () => {
  const mark = join(folder, 'ran');
  const program = join(folder, '.git', 'evil.sh');
  writeFileSync(program, `#!/bin/sh\ntouch '${mark}'\n`);
  chmodSync(program, 0o755);
  for (const key of [
    'core.fsmonitor',
    'core.pager',
    'core.editor',
    'core.sshCommand',
    'diff.external',
    'core.hooksPath',
    'filter.x.smudge',
    'filter.x.clean',
    'diff.x.textconv',
  ]) {
    git('config', key, key === 'core.hooksPath' ? join(folder, '.git') : program);
  }
  writeFileSync(join(folder, '.git', 'info', 'attributes'), '*.yaml filter=x diff=x\n');
  expect(treeOf('HEAD').read('compose.yaml')).toEqual({ kind: 'text', text: 'services: { web: {} }\n' });
  expect(existsSync(mark)).toBe(false);
});
