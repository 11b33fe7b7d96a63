import type { LineIndex } from '../../source/line-index.ts';

/** How many characters of text, blanks apart, a line's hash looks at: those of the line, then of the lines after it. */
const WINDOW = 100;
const FACTOR = 37;
const WORD = 2 ** 32;
const SPACE = 32;
const TAB = 9;
const NEWLINE = 10;
const END_OF_FILE = 0xffff;

/** A 64-bit number in two halves: all products below stay under 2^53, so doubles are exact. */
interface Halves {
  readonly high: number;
  readonly low: number;
}

/** FACTOR to the power of WINDOW, modulo 2^64: the weight of the character that leaves the window. */
const LEAVING: Halves = (() => {
  let power: Halves = { high: 0, low: 1 };
  for (let i = 0; i < WINDOW; i++) power = step(power, 0, 0, { high: 0, low: 0 });
  return power;
})();

/** `FACTOR·hash + entering − weight·leaving`, modulo 2^64. */
function step(hash: Halves, entering: number, leaving: number, weight: Halves): Halves {
  const low = hash.low * FACTOR + entering - weight.low * leaving;
  const carry = Math.floor(low / WORD);
  const high = hash.high * FACTOR - weight.high * leaving + carry;
  return { low: low - carry * WORD, high: high - Math.floor(high / WORD) * WORD };
}

/**
 * The `primaryLocationLineHash` of the `wanted` lines (from one), by the algorithm of GitHub's upload action: a rolling
 * hash over the text without blanks, and how often the file has shown that hash so far. GitHub tells by it whether an
 * alert is still the one it knew.
 */
export function lineHashes(text: LineIndex, wanted: ReadonlySet<number>): ReadonlyMap<number, string> {
  const found = new Map<number, string>();
  const counts = new Map<string, number>();
  const window = new Uint16Array(WINDOW);
  const lineAt = new Int32Array(WINDOW).fill(-1);
  let hash: Halves = { high: 0, low: 0 };
  let index = 0;

  const finish = () => {
    const line = lineAt[index] as number;
    if (line === -1) return;
    const text = hexadecimal(hash);
    const count = (counts.get(text) ?? 0) + 1;
    counts.set(text, count);
    if (wanted.has(line)) found.set(line, `${text}:${count}`);
    lineAt[index] = -1;
  };
  const enter = (code: number, startsLine: number) => {
    finish();
    if (startsLine > 0) lineAt[index] = startsLine;
    advance(code);
  };
  const advance = (code: number) => {
    hash = step(hash, code, window[index] as number, LEAVING);
    window[index] = code;
    index = (index + 1) % WINDOW;
  };

  for (let number = 1; number <= text.lines; number++) {
    if (found.size === wanted.size) return found;
    const line = text.line(number);
    let starts = number;
    for (let i = 0; i < line.length; i++) {
      const code = line.charCodeAt(i);
      if (code === SPACE || code === TAB) continue;
      enter(code, starts);
      starts = 0;
    }
    enter(number < text.lines ? NEWLINE : END_OF_FILE, starts);
  }
  for (let i = 0; i < WINDOW; i++) {
    finish();
    advance(0);
  }
  return found;
}

function hexadecimal({ high, low }: Halves): string {
  return high === 0 ? low.toString(16) : high.toString(16) + low.toString(16).padStart(8, '0');
}
