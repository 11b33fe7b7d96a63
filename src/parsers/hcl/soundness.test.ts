import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { sampleTexts } from '../yaml/soundness.fixture.ts';
import { parseHcl } from './index.ts';
import { moved } from './moved.ts';
import { printBody } from './print.fixture.ts';
import { PIECES, unsoundness, unsoundnessOfJson } from './soundness.fixture.ts';
import { body } from './tree.fixture.ts';

const anything = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

test('what a tree is printed as is parsed as that tree', () => {
  const gaps = fc.array(fc.constantFrom('', ' ', '\t', ' /* c */ ', '\n', ' # c\n', '\r\n', ' // } "\n'), {
    minLength: 1,
  });
  fc.assert(
    fc.property(body, gaps, (tree, between) => {
      let next = 0;
      const text = printBody(tree, (lines) => {
        const gap = between[next++ % between.length] as string;
        return lines || !gap.includes('\n') ? gap : ' ';
      });
      const { body: parsed, notices } = parseHcl({ path: 'a.tf', format: 'hcl', text });
      expect(notices, text).toEqual([]);
      expect(
        moved(parsed, () => 0),
        text,
      ).toEqual(tree);
      expect(unsoundness(text)).toEqual([]);
    }),
    { numRuns: 400 },
  );
});

describe('whatever the text', () => {
  test('the parser is sound', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(unsoundness(text)).toEqual([]);
        expect(unsoundnessOfJson(text)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('files are sound, whole and cut short', () => {
    const texts = sampleTexts(/\.tf$/);
    expect(texts.size).toBeGreaterThan(0);
    for (const [path, text] of texts) {
      for (let end = 0; end <= text.length; end += 7) expect(unsoundness(text.slice(0, end)), path).toEqual([]);
    }
  });
});

/** What costs a parser that tries things over, or looks for ends that are not there, the square of the length or worse. */
describe('time grows with the length alone', () => {
  const size = 200_000;
  test.each([
    ['brackets', 'a = ', '['],
    ['braces', '', 'a {\n'],
    ['blocks on a line', '', 'a{'],
    ['bad blocks on a line', '', 'a{='],
    ['signs', 'a = ', '!-'],
    ['conditions', 'a = ', 'b ? '],
    ['operands', 'a = b', ' || b'],
    ['steps', 'a = b', '.c'],
    ['splats', 'a = b', '[*]'],
    ['interpolations', 'a = ', '"${'],
    ['directives', 'a = "', '%{ if b }'],
    ['comments without an end', '', '/*\n'],
    ['strings without an end', '', 'a = "b\n'],
    ['heredocs without an end', '', 'a = <<E\n'],
    ['heredocs of many markers without an end', '', (index: number) => `a = <<E${index}\n`],
    ['heredocs with open sequences', '', 'a = <<E\n${[\nE\n'],
    ['heredocs that hide the end of another', '', 'a = <<A\n${<<B\nA\n'],
    ['heredocs within each other', '', 'x = <<A\n${{\nA=1\n'],
    ['objects without an end', '', 'a = {\n'],
    ['closers', '', ')]}'],
    ['numbers', 'a = ', '1.'],
    ['dots', 'a = 1', '.'],
    ['errors', '', '= \n'],
    ['labels', 'a', ' "b"'],
    ['blanks', '', ' '],
    ['blanks before a mark', 'a = <<E\n', '${~ b}   '],
  ] as const)('%s', (_, first, piece) => {
    const pieces = Array.from({ length: 40_000 }, (_unused, index) =>
      typeof piece === 'string' ? piece : piece(index),
    );
    const text = `${(first + pieces.join('')).slice(0, size)}\nB\n}\n`;
    const start = performance.now();
    const { notices, comments } = parseHcl({ path: 'a.tf', format: 'hcl', text });
    comments();
    expect(performance.now() - start).toBeLessThan(3000);
    expect(notices.length).toBeLessThan(80);
  });
});
