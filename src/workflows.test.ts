/**
 * Every workflow that we run, write or show: what is known to go wrong with workflows does not. People copy examples, and a
 * linter that opens a hole in the pipeline has missed its point.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { load } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { workflowText } from './cli/init/workflow.ts';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const COMMIT = '0123456789abcdef0123456789abcdef01234567';

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}
interface Job {
  readonly permissions?: unknown;
  readonly steps?: readonly Step[];
}
interface Workflow {
  readonly on?: unknown;
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
}

/** Name → text of everything that GitHub runs, or would when somebody copies it. */
const workflows: Readonly<Record<string, string>> = {
  'portolan init': workflowText({ branch: 'main', prefix: 'shop/' }, { repository: 'OWNER/portolan', commit: COMMIT }),
  ...Object.fromEntries(pages().flatMap(examplesOf)),
  ...Object.fromEntries(own().map((path) => [path, readFileSync(join(ROOT, path), 'utf8')])),
};

function pages(): readonly string[] {
  const docs = readdirSync(join(ROOT, 'docs'), { recursive: true, encoding: 'utf8' });
  return ['README.md', 'CONTRIBUTING.md', ...docs.filter((path) => path.endsWith('.md')).map((path) => `docs/${path}`)];
}

/** The fenced blocks of a page that say what a runner is to do. */
function examplesOf(page: string): [string, string][] {
  const blocks = [...readFileSync(join(ROOT, page), 'utf8').matchAll(/^ *```ya?ml\n(.*?)^ *```/gms)];
  return blocks.flatMap(([, block = ''], index): [string, string][] => {
    const runs = /^ *(?:- (?:uses|run|if):|runs-on:)/m.test(block);
    return runs ? [[`${page}, block ${index + 1}`, asWorkflow(block)]] : [];
  });
}

/** A list of steps as the workflow that it stands in; the placeholder as the hash that it stands for. */
function asWorkflow(block: string): string {
  const text = block.replaceAll('FULL_COMMIT_HASH', COMMIT);
  return Array.isArray(load(text))
    ? `on: pull_request\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n${text}`
    : text;
}

function own(): readonly string[] {
  const folder = join(ROOT, '.github/workflows');
  return existsSync(folder) ? readdirSync(folder).map((name) => `.github/workflows/${name}`) : [];
}

/** One sentence for each hazard of a workflow. */
function hazards(text: string): readonly string[] {
  const { on, permissions, jobs = {} } = load(text) as Workflow;
  const steps = Object.values(jobs).flatMap((job) => job.steps ?? []);
  const events = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {});
  const caches = steps.some((step) => /cache/.test(`${step.uses} ${Object.keys(step.with ?? {})}`));
  return [
    ...events.filter((event) => ['pull_request_target', 'workflow_run', 'issue_comment'].includes(event)),
    ...(isNarrow(permissions) ? [] : ['every job may write']),
    ...(caches && events.some((event) => ['release', 'push'].includes(event))
      ? ['what is released may be poisoned']
      : []),
    ...steps.flatMap((step) => stepHazards(step, text)),
  ];
}

/** Whether jobs may do nothing but read unless they say so themselves. */
function isNarrow(permissions: unknown): boolean {
  return (
    typeof permissions === 'object' &&
    permissions !== null &&
    Object.entries(permissions).every(([name, value]) => name === 'contents' && value === 'read')
  );
}

function stepHazards({ uses, run, with: inputs = {} }: Step, text: string): readonly string[] {
  const pinned = uses === undefined || /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/.test(uses);
  // Nobody can read a hash: a comment says which release it is. Portolan has none yet.
  const told = uses === undefined || uses.startsWith('OWNER/') || text.includes(`${uses} # v`);
  const checkout = uses?.startsWith('actions/checkout@') ?? false;
  return [
    ...(pinned ? [] : [`${uses} is not pinned`]),
    ...(told ? [] : [`${uses} does not say its version`]),
    ...(run?.includes('${{') ? ['a value is pasted into a shell'] : []),
    ...(checkout && inputs['persist-credentials'] !== false ? ['the token stays in the checkout'] : []),
  ];
}

describe('what we run, write and show', () => {
  test('is found', () => {
    expect(Object.keys(workflows).length).toBeGreaterThan(2);
  });

  test.each(Object.keys(workflows))('%s has no hazard', (name) => {
    expect(hazards(workflows[name] as string)).toEqual([]);
  });
});

describe('a hazard is told', () => {
  const right = workflows['portolan init'] as string;
  const first = right.slice(right.indexOf('- uses:'), right.indexOf('\n', right.indexOf('- uses:')));

  test.each([
    ['pull_request:', 'pull_request_target:', 'pull_request_target'],
    ['permissions:\n  contents: read\n\njobs', 'jobs', 'every job may write'],
    ['  contents: read\n\njobs', '  contents: write\n\njobs', 'every job may write'],
    [first, '- uses: actions/cache@v4', 'what is released may be poisoned'],
    [first, '- uses: actions/checkout@v4', 'actions/checkout@v4 is not pinned'],
    [first, first.replace(/ #.*/, ''), `${first.slice(8).replace(/ #.*/, '')} does not say its version`],
    [first, '- run: echo ${{ github.head_ref }}', 'a value is pasted into a shell'],
    ['persist-credentials: false', 'persist-credentials: true', 'the token stays in the checkout'],
  ])('%j as %j', (was, becomes, hazard) => {
    expect(right).toContain(was);
    expect(hazards(right.replace(was, becomes))).toContain(hazard);
  });
});

test('the Action runs a file of its own, and pastes nothing into a shell', () => {
  const text = readFileSync(join(ROOT, 'action.yml'), 'utf8');
  expect((load(text) as { runs: unknown }).runs).toEqual({ using: 'node24', main: 'dist/action.js' });
  expect(text).not.toContain('${{');
});

test.skipIf(spawnSync('zizmor', ['--version']).status !== 0)('zizmor has nothing to say', () => {
  const folder = mkdtempSync(join(tmpdir(), 'portolan-zizmor-'));
  try {
    Object.values(workflows).forEach((text, index) => {
      const path = join(folder, `.github/workflows/${index}.yml`);
      mkdirSync(dirname(path), { recursive: true });
      writeFileSync(path, text);
    });
    writeFileSync(join(folder, 'action.yml'), readFileSync(join(ROOT, 'action.yml')));
    const words = ['--offline', '--no-exit-codes', '--format', 'json', folder];
    const found = JSON.parse(execFileSync('zizmor', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }));
    expect(found.map(({ ident, desc }: { ident: string; desc: string }) => `${ident}: ${desc}`)).toEqual([]);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
