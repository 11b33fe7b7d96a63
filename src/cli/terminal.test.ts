import { describe, expect, test } from 'vitest';
import type { Finding } from '../policy/finding.ts';
import { sampleReport } from '../reporters/report.fixture.ts';
import type { Context } from '../reporters/reporter.ts';
import { coloured, plain } from '../reporters/style.ts';
import { deliver, styleFor, tellLeftOut } from './deliver.ts';
import type { Io } from './io.ts';
import { progressOf } from './progress.ts';
import { contextOf } from './session.ts';

function terminal(env: Io['env'], isTTY = true) {
  const written: string[] = [];
  let time = 0;
  const sink = { isTTY, write: (text: string) => void written.push(text) };
  const io: Io = { stdout: sink, stderr: sink, cwd: '/', env, stdin: () => '', now: () => time };
  const pass = (milliseconds: number) => {
    time += milliseconds;
  };
  return { io, written, pass };
}

describe('colours', () => {
  const style = (env: Io['env'], isTTY?: boolean, color = true) => styleFor(terminal(env, isTTY).io, color);

  test('are for terminals', () => {
    expect(style({})).toBe(coloured);
    expect(style({}, false)).toBe(plain);
    expect(style({ TERM: 'dumb' })).toBe(plain);
  });

  test('can be forced and forbidden, and who forbids wins', () => {
    expect(style({ FORCE_COLOR: '1' }, false)).toBe(coloured);
    expect(style({ FORCE_COLOR: '0' })).toBe(plain);
    expect(style({ NO_COLOR: '1', FORCE_COLOR: '1' })).toBe(plain);
    expect(style({ NO_COLOR: '' })).toBe(coloured);
    expect(style({ FORCE_COLOR: '1' }, true, false)).toBe(plain);
  });
});

describe('the width', () => {
  test.each<[string, Io['env'], number | undefined, number | undefined]>([
    ['that the terminal has', {}, 80, 80],
    ['that COLUMNS says', { COLUMNS: '60' }, 80, 60],
    ['that COLUMNS says of a pipe', { COLUMNS: '60' }, undefined, 60],
    ['of the terminal, where COLUMNS says nothing', { COLUMNS: 'wide' }, 80, 80],
    ['of nothing', {}, undefined, undefined],
  ])('%s', async (_, env, columns, width) => {
    const { io, written } = terminal(env);
    const told = { ...io, stdout: { ...io.stdout, columns } };
    const reporters = { text: async () => (_view: null, context: Context) => String(context.width) };
    await deliver(null, reporters, 'text', [], contextOf(plain), told);
    expect(written).toEqual([String(width)]);
  });
});

test('what a SARIF file has no room for is told, where one is asked for', async () => {
  const findings = Array.from({ length: 5_001 }, () => sampleReport.findings[0] as Finding);
  const report = { ...sampleReport, findings };
  const { io, written } = terminal({});
  await tellLeftOut(report, 'json', [{ format: 'text', file: 'a.txt' }], io);
  expect(written).toEqual([]);
  await tellLeftOut(report, 'text', [{ format: 'sarif', file: 'a.sarif' }], io);
  expect(written).toEqual([expect.stringMatching(/^portolan: Only the worst 5000 of 5001 findings .*\n$/)]);
});

describe('progress', () => {
  test('is told after a second, and cleared', () => {
    const { io, written, pass } = terminal({});
    const progress = progressOf(io, false);
    progress.stage('one');
    expect(written).toEqual([]);
    pass(1_000);
    progress.stage('two');
    progress.done();
    expect(written).toEqual(['\r\u001b[Ktwo …', '\r\u001b[K']);
  });

  test.each([
    ['a pipe', terminal({}, false), false],
    ['a workflow', terminal({ CI: 'true' }), false],
    ['whoever wants it quiet', terminal({}), true],
  ])('is not told to %s', (_, { io, written, pass }, quiet) => {
    const progress = progressOf(io, quiet);
    pass(5_000);
    progress.stage('one');
    progress.done();
    expect(written).toEqual([]);
  });
});
