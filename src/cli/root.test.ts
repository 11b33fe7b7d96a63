import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { findPlace, isChosen } from './root.ts';

let base: string;
beforeEach(() => {
  base = realpathSync(mkdtempSync(join(tmpdir(), 'portolan-root-')));
  mkdirSync(join(base, 'repo', 'shop', 'deploy'), { recursive: true });
});
afterEach(() => rmSync(base, { recursive: true, force: true }));

const at = (...names: string[]) => join(base, ...names);
const file = (...names: string[]) => writeFileSync(at(...names), '');
const find = (cwd: string, paths: readonly string[] = [], options = {}) => findPlace(cwd, paths, options);

describe('the root is', () => {
  test('the folder of the nearest portolan.yaml', () => {
    mkdirSync(at('repo', '.git'));
    file('repo', 'shop', 'portolan.yaml');
    expect(find(at('repo', 'shop', 'deploy'))).toEqual({
      root: at('repo', 'shop'),
      config: at('repo', 'shop', 'portolan.yaml'),
      checkout: at('repo'),
      fromCheckout: 'shop/',
      paths: [],
    });
  });

  test('else the top level of the checkout', () => {
    mkdirSync(at('repo', '.git'));
    file('portolan.yaml');
    expect(find(at('repo', 'shop'))).toMatchObject({ root: at('repo'), config: null, checkout: at('repo') });
  });

  test('else the current folder', () => {
    expect(find(at('repo', 'shop'))).toMatchObject({ root: at('repo', 'shop'), checkout: null });
  });

  test('looked for from what is scanned, wherever the command runs', () => {
    file('repo', 'shop', 'portolan.yaml');
    expect(find(base, ['repo/shop/deploy'])).toMatchObject({ root: at('repo', 'shop'), paths: ['deploy'] });
    expect(find(at('repo', 'shop', 'deploy'), ['..'])).toMatchObject({ root: at('repo', 'shop'), paths: [] });
  });

  test('what --root says', () => {
    file('repo', 'shop', 'portolan.yaml');
    expect(find(base, ['repo/shop/deploy'], { root: 'repo' })).toMatchObject({
      root: at('repo'),
      config: null,
      paths: ['shop/deploy'],
    });
  });

  test('where a link leads to', () => {
    symlinkSync(at('repo'), at('link'));
    expect(find(base, ['link/shop'], { root: 'link' })).toMatchObject({ root: at('repo'), paths: ['shop'] });
  });
});

describe('it is an error to name', () => {
  test('what is not there', () => {
    expect(() => find(base, ['nowhere'])).toThrow('nowhere does not exist');
    expect(() => find(base, [], { root: 'nowhere' })).toThrow('nowhere does not exist');
    expect(() => find(base, [], { config: 'nowhere.yaml' })).toThrow('does not exist');
  });

  test('a file as the root', () => {
    file('repo', 'a.yaml');
    expect(() => find(base, [], { root: 'repo/a.yaml' })).toThrow('is not a folder');
  });

  test('a path outside of the root', () => {
    expect(() => find(base, ['repo'], { root: 'repo/shop' })).toThrow('lies outside of the root');
  });
});

test('a chosen folder holds what is below it, and nothing that only begins alike', () => {
  expect(isChosen('shop/a.yaml', [])).toBe(true);
  expect(isChosen('shop/a.yaml', ['shop'])).toBe(true);
  expect(isChosen('shop', ['shop'])).toBe(true);
  expect(isChosen('shopping/a.yaml', ['shop'])).toBe(false);
});
