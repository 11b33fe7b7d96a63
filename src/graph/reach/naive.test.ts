import { describe, expect, test } from 'vitest';
import { disagreements } from './compare.fixture.ts';

describe('the engine says what the rules say for each connection', () => {
  test.each(Array.from({ length: 20 }, (_, i) => i))('on ten environments from seed %i0', (tens) => {
    for (let seed = tens * 10; seed < tens * 10 + 10; seed++) expect(disagreements(seed, 500)).toEqual([]);
  });
});
