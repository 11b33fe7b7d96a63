import { expect, test } from 'vitest';
import { disagreements } from './compare.fixture.ts';

/** Other environments than those of the tests: a million connections. */
test.each(Array.from({ length: 20 }, (_, i) => 1_000 + i * 100))('a hundred environments from seed %i', (first) => {
  for (let seed = first; seed < first + 100; seed++) expect(disagreements(seed, 500)).toEqual([]);
});
