import { describe, expect, test } from 'vitest';
import { lineIndex } from '../../source/line-index.ts';
import { lineHashes } from './line-hash.ts';

function hashes(text: string): string[] {
  const index = lineIndex(text);
  const all = lineHashes(index, new Set(Array.from({ length: index.lines }, (_, i) => i + 1)));
  return [...all].sort(([a], [b]) => a - b).map(([, hash]) => hash);
}

describe("the vectors of GitHub's upload action", () => {
  test('an empty file', () => {
    expect(hashes('')).toEqual(['c129715d7a2bc9a3:1']);
  });

  test('blanks do not count', () => {
    expect(hashes(' a\nb\n  \t\tc\n d')).toEqual([
      '271789c17abda88f:1',
      '54703d4cd895b18:1',
      '180aee12dab6264:1',
      'a23a3dc5e078b07b:1',
    ]);
  });

  test('equal lines are counted', () => {
    const all = hashes('Lorem ipsum dolor sit amet.\n'.repeat(10));
    expect(all.slice(0, 6)).toEqual([1, 2, 3, 4, 5, 6].map((count) => `a7f2ff13bc495cf2:${count}`));
    expect(all).toHaveLength(11);
  });
});

test('every kind of line end gives the same hashes', () => {
  const unix = hashes('a:\n  b: 1\nc: 2\n');
  expect(hashes('a:\r\n  b: 1\r\nc: 2\r\n')).toEqual(unix);
  expect(hashes('a:\r  b: 1\rc: 2\r')).toEqual(unix);
});

test('only the lines that are asked for are answered', () => {
  expect([...lineHashes(lineIndex('a\nb\nc\n'), new Set([2])).keys()]).toEqual([2]);
});
