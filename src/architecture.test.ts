import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { cruise, type ICruiseResult } from 'dependency-cruiser';
import { beforeAll, describe, expect, test } from 'vitest';
import { LAWS, READING } from './architecture.fixture.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));

/** Every module of the program, tests apart: path relative to the root → text. */
const MODULES = new Map(
  readdirSync(new URL('.', import.meta.url), { recursive: true, encoding: 'utf8' })
    .map((path) => `src/${path.replaceAll('\\', '/')}`)
    .filter(
      (path) => /\.ts$/.test(path) && !/\.(test|fixture|fuzz)\.ts$/.test(path) && !path.startsWith('src/generated/'),
    )
    .map((path) => [path, readFileSync(`${ROOT}${path}`, 'utf8')]),
);

const modulesIn = (folder: string) => [...MODULES].filter(([path]) => path.startsWith(folder));

describe('imports', () => {
  let result: ICruiseResult;
  beforeAll(async () => {
    const cruised = await cruise(['src'], {
      ...READING,
      baseDir: ROOT,
      validate: true,
      ruleSet: { forbidden: [...LAWS] },
    });
    result = cruised.output as ICruiseResult;
  });

  test('keep the laws', () => {
    const broken = result.summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
    expect(broken).toEqual([]);
  });

  test('were seen, those of types too', () => {
    const seen = result.modules.filter(({ source }) => MODULES.has(source));
    expect(seen).toHaveLength(MODULES.size);
    const vocabulary = seen.find(({ source }) => source === 'src/graph/vocabulary.ts');
    expect(vocabulary?.dependencies.map(({ resolved }) => resolved)).toContain('src/source/span.ts');
  });
});

describe('words', () => {
  /** A text without its comments, which may explain what the code may not name. */
  const code = (text: string) => text.replaceAll(/\/\*[\s\S]*?\*\//g, '').replaceAll(/(^|\s)\/\/.*$/gm, '');
  const named = (folder: string, words: readonly string[]) =>
    modulesIn(folder).flatMap(([path, text]) => {
      const found = words.filter((word) => new RegExp(`\\b${word}\\b`, 'i').test(code(text)));
      return found.map((word) => `${path}: ${word}`);
    });

  test('only the graph says how wide a source is', () => {
    expect(modulesIn('src/adapters/').length).toBeGreaterThan(0);
    expect(named('src/adapters/', ['Scope', 'SCOPES', 'scope'])).toEqual([]);
    // The other scopes are words of the facts as well: a place is a host, a segment is a cluster.
    const literals = modulesIn('src/adapters/').filter(([, text]) => /kind: '(internet|external|network)'/.test(text));
    expect(literals.map(([path]) => path)).toEqual([]);
  });

  test('reach knows no technology', () => {
    const technologies = [
      'kubernetes',
      'aws',
      'azure',
      'gcp',
      'google',
      'compose',
      'docker',
      'terraform',
      'calico',
      'istio',
    ];
    expect(modulesIn('src/graph/reach/').length).toBeGreaterThan(0);
    expect(named('src/graph/reach/', technologies)).toEqual([]);
  });
});

describe('files', () => {
  test('are called by what they hold', () => {
    const vague = [...MODULES.keys()].filter((path) =>
      /(^|\/)(utils?|helpers?|common|misc|shared)(\/|\.ts$)/.test(path),
    );
    const odd = [...MODULES.keys()].filter((path) => !/^src(\/[a-z][a-z0-9]*(-[a-z0-9]+)*)+\.ts$/.test(path));
    expect([...vague, ...odd]).toEqual([]);
  });

  test('are read at a sitting', () => {
    const long = [...MODULES].filter(([, text]) => text.split('\n').length > 400).map(([path]) => path);
    expect(long).toEqual([]);
  });

  test('leave nothing for later', () => {
    // The brackets keep the marks out of this file, which other tools look through too.
    const marks = /\b(TO[D]O|FIX[M]E|X[X]X|HA[C]K)\b/;
    expect(marks.test(`${'TO'}${'DO'}: later`)).toBe(true);
    expect([...MODULES].filter(([, text]) => marks.test(text)).map(([path]) => path)).toEqual([]);
  });
});

test.each(['ARCHITECTURE.md', 'CONTRIBUTING.md', 'README.md'])('%s names only what is there', (page) => {
  const text = readFileSync(`${ROOT}${page}`, 'utf8');
  const named = [...text.matchAll(/`((?:src|scripts|rules|schemas|testdata|docs|dist)\/[\w./-]*)`/g)].map(
    (match) => match[1] as string,
  );
  expect(named.length).toBeGreaterThan(0);
  expect(named.filter((path) => path !== 'src/generated/' && !existsSync(`${ROOT}${path}`))).toEqual([]);
});
