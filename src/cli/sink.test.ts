import { expect, test, vi } from 'vitest';
import { UncheckedError } from './exit.ts';
import { sinkOf } from './sink.ts';

let code = '';
vi.mock('node:fs', async (original) => ({
  ...(await original<typeof import('node:fs')>()),
  writeSync: () => {
    throw Object.assign(new Error(`${code}: cannot write`), { code });
  },
}));

test('a full disk loses the report, which is no finding; nobody is told that standard error is lost', () => {
  code = 'ENOSPC';
  expect(() => sinkOf(1).write('report')).toThrow(UncheckedError);
  expect(() => sinkOf(2).write('notice')).not.toThrow();
});

test('a reader that has gone is no error', () => {
  code = 'EPIPE';
  expect(() => sinkOf(1).write('report')).not.toThrow();
});
