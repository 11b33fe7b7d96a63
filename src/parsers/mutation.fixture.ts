/** Texts that are nearly right, for fuzzing parsers. */

/** A number below a bound, the next of a series. */
export type Random = (below: number) => number;

/** A few cuts, repetitions, insertions and splices with another file. */
export function mutated(original: string, texts: readonly string[], pieces: readonly string[], random: Random): string {
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
        text = before + pick(pieces, random) + text.slice(at);
        break;
      case 2:
        text = before + text.slice(at, at + length).repeat(random(200)) + text.slice(at);
        break;
      case 3:
        text = before + pick(texts, random).slice(random(500), 3000);
        break;
      default:
        text = before + pick(pieces, random) + text.slice(at + 1);
    }
  }
  return text;
}

export function pick<T>(from: readonly T[], random: Random): T {
  return from[random(from.length)] as T;
}

/** Whole numbers below a bound, the same for the same seed (a linear congruential generator, its high bits used). */
export function generator(seed: number): Random {
  let state = BigInt(seed);
  return (below) => {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffffffffffffffffn;
    return Number((state >> 33n) % BigInt(Math.max(1, below)));
  };
}
