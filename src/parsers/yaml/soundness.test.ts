import fc from 'fast-check';
import { CORE_SCHEMA, loadAll, mergeTag } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseYaml } from './index.ts';
import { lenientCopy } from './lenient.ts';
import { plainOf } from './plain.fixture.ts';
import { PIECES, sampleTexts, unsoundness } from './soundness.fixture.ts';
import { splitDocuments } from './split.ts';

const TESTDATA = sampleTexts(/\.(?:ya?ml|json)$/);

const anything = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 40 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

describe('whatever the text', () => {
  test('the parser is sound', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(unsoundness(text)).toEqual([]);
      }),
      { numRuns: 3000 },
    );
  });

  test('documents follow each other without a gap', () => {
    fc.assert(
      fc.property(anything, (text) => {
        expect(
          splitDocuments(text)
            .map(({ start, end }) => text.slice(start, end))
            .join(''),
        ).toBe(text);
      }),
    );
  });

  test('a lenient copy is as long, and differs only in blanks', () => {
    fc.assert(
      fc.property(anything, (text) => {
        const copy = lenientCopy(text);
        expect(copy).toHaveLength(text.length);
        for (let i = 0; i < text.length; i++) if (copy[i] !== ' ') expect(copy[i]).toBe(text[i]);
      }),
    );
  });
});

describe('the files of testdata', () => {
  test('are there', () => {
    expect(TESTDATA.size).toBeGreaterThan(20);
  });

  test('are read as js-yaml reads them', () => {
    const schema = CORE_SCHEMA.withTags(mergeTag);
    let compared = 0;
    for (const [path, text] of TESTDATA) {
      const { documents, notices } = parseYaml({ path, format: 'yaml', text });
      if (notices.length > 0 || /(?:^|\s)!\w/.test(text)) continue;
      const expected = loadAll(text, { schema });
      expect(
        documents.map(({ root }) => plainOf(root)).filter((value) => value !== null),
        path,
      ).toEqual(expected.filter((value) => value !== null && value !== undefined));
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('are sound, whole and cut short', () => {
    for (const [path, text] of TESTDATA) {
      expect(unsoundness(text), path).toEqual([]);
      for (const part of [0.3, 0.7]) expect(unsoundness(text.slice(0, text.length * part)), path).toEqual([]);
    }
  });
});
