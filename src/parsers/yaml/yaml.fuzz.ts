import { expect, test } from 'vitest';
import { PIECES, sampleTexts, unsoundness } from './soundness.fixture.ts';

/** How long to look for a text that breaks the parser, and with which seed; a finding names the seed and the text. */
const SECONDS = Number(process.env.FUZZ_SECONDS ?? 20);
const SEED = Number(process.env.FUZZ_SEED ?? 1);

/** Far more than any text of this size needs: only backtracking or quadratic work would take it. */
const TOO_SLOW_MS = 2000;

test('mutations of real files', { timeout: SECONDS * 1000 + 60_000 }, () => {
  const texts = [...sampleTexts(/\.(?:ya?ml|json|env)$/).values()];
  expect(texts.length).toBeGreaterThan(0);
  const random = generator(SEED);
  const end = performance.now() + SECONDS * 1000;
  let runs = 0;
  for (; performance.now() < end; runs++) {
    const text = mutated(pick(texts, random), texts, random);
    const start = performance.now();
    const found = unsoundness(text);
    const took = performance.now() - start;
    expect(found, `seed ${SEED}, run ${runs}, text ${JSON.stringify(text)}`).toEqual([]);
    expect(took, `seed ${SEED}, run ${runs}, text ${JSON.stringify(text)}`).toBeLessThan(TOO_SLOW_MS);
  }
  expect(runs).toBeGreaterThan(0);
});

type Random = (below: number) => number;

/** A few cuts, repetitions, insertions and splices with another file. */
function mutated(original: string, texts: readonly string[], random: Random): string {
  let text = original.slice(0, 20_000);
  for (let count = 1 + random(6); count > 0; count--) {
    const at = random(text.length + 1);
    const length = random(30);
    const before = text.slice(0, at);
    switch (random(5)) {
      case 0:
        text = before + text.slice(at + length);
        break;
      case 1:
        text = before + pick(PIECES, random) + text.slice(at);
        break;
      case 2:
        text = before + text.slice(at, at + length).repeat(random(200)) + text.slice(at);
        break;
      case 3:
        text = before + pick(texts, random).slice(random(500), 3000);
        break;
      default:
        text = before + pick(PIECES, random) + text.slice(at + 1);
    }
  }
  return text;
}

function pick<T>(from: readonly T[], random: Random): T {
  return from[random(from.length)] as T;
}

/** Whole numbers below a bound, the same for the same seed (a linear congruential generator, its high bits used). */
function generator(seed: number): Random {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(Math.max(1, below)));
  };
}
