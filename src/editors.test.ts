/** What docs/editors.md tells people to paste, tried on what the program prints. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, test } from 'vitest';
import { main } from './cli/main.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const EXAMPLE = `${ROOT}testdata/example`;
const PAGE = readFileSync(`${ROOT}docs/editors.md`, 'utf8');
const LEVELS: Readonly<Record<string, string>> = { critical: 'error', high: 'error', medium: 'warning' };

interface Found {
  readonly severity: string;
  readonly ruleId: string;
  readonly location: { readonly file: string; readonly line: number; readonly column: number };
}
interface Pattern {
  readonly regexp: string;
  readonly code?: number;
  readonly file?: number;
  readonly line?: number;
  readonly column?: number;
  readonly message?: number;
}
interface Matcher {
  readonly severity: string;
  readonly pattern: readonly [Pattern, Pattern];
}

/** The fenced blocks of the page in a language. */
function blocks(language: string): readonly string[] {
  return [...PAGE.matchAll(/^```(\w+)\n(.*?)^```/gms)].flatMap(([, name, text = '']) =>
    name === language ? [text] : [],
  );
}

async function output(...words: readonly string[]): Promise<string> {
  const written: string[] = [];
  const stdout = { isTTY: false, write: (text: string) => void written.push(text) };
  const stderr = { isTTY: false, write: () => {} };
  const surroundings = { cwd: EXAMPLE, env: {}, stdin: () => '', now: () => Date.UTC(2026, 0, 1) };
  await main(['scan', '--root', '.', '--verbose', ...words], { stdout, stderr, ...surroundings });
  return written.join('');
}

let text: string;
let places: readonly string[];
beforeAll(async () => {
  text = await output('--no-color');
  const { findings } = JSON.parse(await output('--format', 'json')) as { readonly findings: readonly Found[] };
  places = findings
    .map(({ severity, ruleId, location: { file, line, column } }) => [
      LEVELS[severity] ?? 'info',
      ruleId,
      file,
      line,
      column,
    ])
    .map((words) => words.join(' '))
    .sort();
});

test("the problem matchers of VS Code find what is found, each with its message's first line", () => {
  const tasks = blocks('json').flatMap(
    (block) => (JSON.parse(block).tasks ?? []) as readonly { problemMatcher: Matcher[] }[],
  );
  const matchers = tasks.flatMap(({ problemMatcher }) => problemMatcher);
  const lines = text.split('\n');
  const problems = matchers.flatMap(({ severity, pattern: [place, message] }) =>
    lines.flatMap((line, index) => {
      const found = new RegExp(place.regexp).exec(line);
      const said = new RegExp(message.regexp).exec(lines[index + 1] ?? '');
      if (!found || !said) return [];
      const part = (group: number | undefined) => found[group ?? -1];
      expect(said[message.message ?? -1]).toMatch(/^\S.{20,}/);
      return [[severity, part(place.code), part(place.file), part(place.line), part(place.column)].join(' ')];
    }),
  );
  expect(problems.sort()).toEqual(places);
});

test('the pattern of Emacs finds what is found', () => {
  const [, written = ''] = /portolan "(.*)"$/m.exec(blocks('elisp')[0] ?? '') ?? [];
  // What Emacs escapes are groups and choices, and braces and parentheses by themselves are letters.
  const pattern = new RegExp(written.replaceAll('\\\\', ''));
  const problems = text.split('\n').flatMap((line) => {
    const [, warning, info, file, row, column] = pattern.exec(line) ?? [];
    const level = warning ? 'warning' : info ? 'info' : 'error';
    return file === undefined ? [] : [[level, line.split('  ')[1], file, row, column].join(' ')];
  });
  expect(problems.sort()).toEqual(places);
});

describe.skipIf(spawnSync('vim', ['--version']).status !== 0)('vim', () => {
  test('has what is found in its quickfix list', () => {
    const folder = mkdtempSync(join(tmpdir(), 'portolan-vim-'));
    try {
      const [input, script, result] = ['scan.txt', 'test.vim', 'list.txt'].map((name) => join(folder, name)) as [
        string,
        string,
        string,
      ];
      writeFileSync(input, text);
      const settings = blocks('vim')[0] ?? '';
      const row = '[v:val.type, v:val.text, bufname(v:val.bufnr), v:val.lnum, v:val.col]';
      writeFileSync(
        script,
        `${settings}\ncgetfile ${input}\ncall writefile(map(getqflist(), 'join(${row}, " ")'), '${result}')\nqall!\n`,
      );
      spawnSync('vim', ['-u', 'NONE', '-es', '-N', '-S', script], { cwd: EXAMPLE, timeout: 10_000 });
      const levels: Readonly<Record<string, string>> = { c: 'error', h: 'error', m: 'warning', l: 'info', i: 'info' };
      const listed = readFileSync(result, 'utf8').trimEnd().split('\n');
      expect(listed.map((line) => `${levels[line.charAt(0)]}${line.slice(1)}`).sort()).toEqual(places);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});

test('the schemas that are named are those of the catalog', () => {
  const catalog = JSON.parse(readFileSync(`${ROOT}schemas/catalog.json`, 'utf8')) as {
    schemas: readonly { url: string }[];
  };
  const named = [...PAGE.matchAll(/^# yaml-language-server: \$schema=(\S+)$/gm)].map(([, url]) => url);
  expect(named).toEqual(catalog.schemas.map(({ url }) => url));
});
