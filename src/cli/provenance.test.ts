import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { provenanceOf } from './provenance.ts';

const REVISION = '0123456789abcdef0123456789abcdef01234567';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-git-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function write(files: Readonly<Record<string, string>>): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

const config = (url: string) => `[core]\n\tbare = false\n[remote "origin"]\n\turl = ${url}\n\tfetch = +refs/heads/*\n`;

describe('a checkout', () => {
  test('on a branch', () => {
    write({
      '.git/HEAD': 'ref: refs/heads/main\n',
      '.git/refs/heads/main': `${REVISION}\n`,
      '.git/config': config('https://git.example/shop.git'),
    });
    expect(provenanceOf(folder)).toEqual({
      repositoryUri: 'https://git.example/shop.git',
      revisionId: REVISION,
      branch: 'main',
    });
  });

  test('on no branch, as a workflow makes it', () => {
    write({ '.git/HEAD': `${REVISION}\n`, '.git/config': config('https://git.example/shop') });
    expect(provenanceOf(folder)).toMatchObject({ revisionId: REVISION, branch: null });
  });

  test('whose references are packed', () => {
    write({
      '.git/HEAD': 'ref: refs/heads/a/b\n',
      '.git/packed-refs': `# pack-refs with: peeled\n${REVISION} refs/heads/a/b\n`,
      '.git/config': config('https://git.example/shop'),
    });
    expect(provenanceOf(folder)).toMatchObject({ revisionId: REVISION, branch: 'a/b' });
  });
});

test.each([
  ['https://name:token@git.example/shop.git', 'https://git.example/shop.git'],
  ['git@git.example:team/shop.git', 'https://git.example/team/shop.git'],
  ['ssh://git@git.example:2222/team/shop', 'https://git.example/team/shop'],
  ['https://git.example/shop?token=secret#secret', 'https://git.example/shop'],
])('the address %s is told as %s', (url, told) => {
  write({ '.git/HEAD': REVISION, '.git/config': config(url) });
  expect(provenanceOf(folder)?.repositoryUri).toBe(told);
});

describe('nothing is told of', () => {
  test('no checkout', () => {
    expect(provenanceOf(null)).toBeNull();
    expect(provenanceOf(folder)).toBeNull();
  });

  test('one without a remote, or without a commit', () => {
    write({ '.git/HEAD': REVISION, '.git/config': '[core]\n' });
    expect(provenanceOf(folder)).toBeNull();
    write({ '.git/HEAD': 'ref: refs/heads/main', '.git/config': config('https://git.example/shop') });
    expect(provenanceOf(folder)).toBeNull();
  });

  test('a remote that is a folder', () => {
    write({ '.git/HEAD': REVISION, '.git/config': config('/srv/git/shop.git') });
    expect(provenanceOf(folder)).toBeNull();
  });

  test('a linked work tree, whose folder is elsewhere', () => {
    write({
      'main/.git/config': config('https://git.example/shop'),
      'main/.git/refs/heads/topic': REVISION,
      'main/.git/worktrees/topic/HEAD': 'ref: refs/heads/topic',
      'main/.git/worktrees/topic/commondir': '../..',
      'topic/.git': `gitdir: ${folder}/main/.git/worktrees/topic\n`,
    });
    expect(provenanceOf(join(folder, 'topic'))).toBeNull();
  });

  test('what a link or a name leads to outside of the checkout', () => {
    write({
      'other/HEAD': REVISION,
      'other/config': config('https://git.example/other'),
      'linked/README': '',
      'named/.git/HEAD': 'ref: refs/heads/../../../../other/HEAD',
      'named/.git/config': config('https://git.example/shop'),
    });
    symlinkSync(join(folder, 'other'), join(folder, 'linked/.git'));
    expect(provenanceOf(join(folder, 'linked'))).toBeNull();
    expect(provenanceOf(join(folder, 'named'))).toBeNull();
  });

  test('a branch that no git makes', () => {
    write({
      '.git/HEAD': 'ref: refs/heads/a\u001bb',
      '.git/refs/heads/a\u001bb': REVISION,
      '.git/config': config('https://git.example/shop'),
    });
    expect(provenanceOf(folder)).toBeNull();
  });

  test('a pipe, which would never end', () => {
    write({ '.git/config': config('https://git.example/shop') });
    execFileSync('mkfifo', [join(folder, '.git/HEAD')]);
    expect(provenanceOf(folder)).toBeNull();
  });
});
