import { expect, test } from 'vitest';
import { generator, mutated, pick } from '../mutation.fixture.ts';
import { sampleTexts } from '../yaml/soundness.fixture.ts';
import { PIECES, unsoundness, unsoundnessOfJson } from './soundness.fixture.ts';

/** How long to look for a text that breaks the parser, and with which seed; a finding names the seed and the text. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 20);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Far more than any text of this size needs: only backtracking or quadratic work would take it. */
const TOO_SLOW_MS = 2000;

test.each([
  ['native', /\.(?:tf|tofu|tfvars)$/, unsoundness],
  ['JSON', /\.(?:tf|tfvars)\.json$/, unsoundnessOfJson],
])('mutations of %s files', { timeout: SECONDS * 1000 + 60_000 }, (_, wanted, unsound) => {
  const texts = [...sampleTexts(wanted).values()];
  expect(texts.length).toBeGreaterThan(0);
  const random = generator(SEED);
  const end = performance.now() + (SECONDS * 1000) / 2;
  let runs = 0;
  for (; performance.now() < end; runs++) {
    const text = mutated(pick(texts, random), texts, PIECES, random);
    const start = performance.now();
    const found = unsound(text);
    const took = performance.now() - start;
    expect(found, `seed ${SEED}, run ${runs}, text ${JSON.stringify(text)}`).toEqual([]);
    expect(took, `seed ${SEED}, run ${runs}, text ${JSON.stringify(text)}`).toBeLessThan(TOO_SLOW_MS);
  }
  expect(runs).toBeGreaterThan(0);
});
