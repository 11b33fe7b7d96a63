import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { cacheFolder, loadCompiled, purposeOf } from './compile-cache.ts';

let home: string;
beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'portolan-home-'));
});
afterEach(() => {
  rmSync(home, { recursive: true, force: true });
});

describe('where it is kept', () => {
  test('in the folder for caches of the user', () => {
    expect(cacheFolder('/elsewhere', { HOME: home })).toBe(join(home, '.cache', 'portolan'));
    expect(cacheFolder('/elsewhere', { HOME: home, XDG_CACHE_HOME: join(home, 'c') })).toBe(
      join(home, 'c', 'portolan'),
    );
  });

  test('nowhere without a home, or with a relative one', () => {
    expect(cacheFolder('/elsewhere', {})).toBeNull();
    expect(cacheFolder('/elsewhere', { XDG_CACHE_HOME: 'caches' })).toBeNull();
  });

  test('never below the folder that is worked in, nor in a repository', () => {
    expect(cacheFolder(home, { HOME: home })).toBeNull();
    expect(cacheFolder(join(home, 'project'), { HOME: home })).not.toBeNull();
    mkdirSync(join(home, '.git'));
    expect(cacheFolder(join(home, 'project'), { HOME: home })).toBeNull();
  });
});

describe('what is kept', () => {
  const PROGRAM = 'exports.answer = () => [6, 7].reduce((a, b) => a * b);';
  let runs = 1000;

  function setting() {
    const program = join(home, 'program.js');
    const folder = join(home, 'caches');
    const load = (environment: NodeJS.ProcessEnv = {}, purpose: string | null = 'scan') => {
      // Of a text that it has seen in this process V8 asks nobody.
      writeFileSync(program, `${PROGRAM} // ${runs++}`);
      delete createRequire(program).cache[program];
      return loadCompiled(program, folder, purpose, environment);
    };
    const answer = () => createRequire(program)(program).answer();
    const files = () => {
      try {
        return readdirSync(folder);
      } catch {
        return [];
      }
    };
    return { program, folder, load, answer, files };
  }

  test('a second run takes what the first one kept', () => {
    const { folder, load, answer, files } = setting();
    const keep = load();
    expect(answer()).toBe(42);
    keep?.();
    expect(files()).toHaveLength(1);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
    expect(statSync(join(folder, files()[0] ?? '')).mode & 0o777).toBe(0o600);
    expect(load()).toBeNull();
    expect(answer()).toBe(42);
  });

  test('what V8 does not take is compiled again and replaced', () => {
    const { folder, load, answer, files } = setting();
    load()?.();
    const file = join(folder, files()[0] ?? '');
    const good = readFileSync(file);
    for (const bad of [Buffer.alloc(0), Buffer.from('nonsense'), good.subarray(0, good.length / 2)]) {
      writeFileSync(file, bad);
      const keep = load();
      expect(answer()).toBe(42);
      expect(keep).not.toBeNull();
      keep?.();
      expect(load()).toBeNull();
    }
  });

  test('a folder or file that others may write to is not looked at', () => {
    const { folder, load, answer, files } = setting();
    load()?.();
    const file = join(folder, files()[0] ?? '');
    for (const [path, mode] of [
      [folder, 0o777],
      [file, 0o666],
    ] as const) {
      chmodSync(path, mode);
      expect(load()).not.toBeNull();
      expect(answer()).toBe(42);
      chmodSync(path, path === folder ? 0o700 : 0o600);
    }
    expect(load()).toBeNull();
  });

  test('nothing into a folder that others may write to', () => {
    const { folder, load, files } = setting();
    mkdirSync(folder);
    chmodSync(folder, 0o777);
    load()?.();
    expect(files()).toEqual([]);
  });

  test('nothing where it is turned off, and nothing new where CI is set', () => {
    const { program, load, files } = setting();
    expect(load({ NODE_DISABLE_COMPILE_CACHE: '1' })).toBeNull();
    expect(load({ CI: 'true' })).toBeNull();
    expect(createRequire(program).cache[program]).toBeUndefined();
    expect(files()).toEqual([]);
    load()?.();
    expect(load({ CI: 'true' })).toBeNull();
    expect(createRequire(program).cache[program]).toBeDefined();
  });

  test('runs of another purpose keep their own, and those that are over at once keep none', () => {
    const { load, files } = setting();
    load({}, 'scan')?.();
    expect(load({}, 'graph')).not.toBeNull();
    load({}, 'graph')?.();
    expect(files()).toHaveLength(2);
    expect(load({}, null)).toBeNull();
    const purposes = [
      [],
      ['.'],
      ['scan'],
      ['--format', 'json'],
      ['graph', '.'],
      ['--version'],
      ['help', 'scan'],
      ['-h'],
    ];
    expect(purposes.map(purposeOf)).toEqual(['scan', 'scan', 'scan', 'scan', 'graph', null, null, null]);
  });

  test('it is made anew every day', () => {
    const { folder, load, answer, files } = setting();
    load()?.();
    const file = join(folder, files()[0] ?? '');
    utimesSync(file, new Date(), new Date(Date.now() - 2 * 86_400_000));
    const keep = load();
    expect(answer()).toBe(42);
    expect(keep).not.toBeNull();
    keep?.();
    expect(load()).toBeNull();
  });

  test('old files go when there are many', () => {
    const { folder, load, files } = setting();
    mkdirSync(folder, { mode: 0o700 });
    for (let version = 0; version < 16; version++) writeFileSync(join(folder, `old-${version}`), '');
    load()?.();
    expect(files()).toHaveLength(1);
  });
});
