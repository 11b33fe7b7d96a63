import { expect, test } from 'vitest';
import { notice } from './notice.ts';
import { fileOrigin } from './span.ts';

test('a message quotes no more of a name than anybody reads', () => {
  const message = (length: number) => notice('invalid-value', 'x'.repeat(length), fileOrigin('a')).message;
  expect(message(1000)).toBe('x'.repeat(1000));
  expect(message(1_000_000)).toBe(`${'x'.repeat(1000)}…`);
});
