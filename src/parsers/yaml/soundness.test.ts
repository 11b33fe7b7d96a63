import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { globbySync } from 'globby';
import { CORE_SCHEMA, loadAll, mergeTag } from 'js-yaml';
import { describe, expect, test } from 'vitest';
import { parseYaml } from './index.ts';
import { lenientCopy } from './lenient.ts';
import { plainOf } from './plain.fixture.ts';
import { PIECES, unsoundness } from './soundness.fixture.ts';
import { splitDocuments } from './split.ts';

const FILES = globbySync('testdata/**/*.{yaml,yml,json}').sort();
const TEXTS = FILES.map((file) => readFileSync(file, 'utf8'));

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
    expect(FILES.length).toBeGreaterThan(20);
  });

  test('are read as js-yaml reads them', () => {
    const schema = CORE_SCHEMA.withTags(mergeTag);
    let compared = 0;
    for (const [index, text] of TEXTS.entries()) {
      const { documents, notices } = parseYaml({ path: FILES[index] as string, format: 'yaml', text });
      if (notices.length > 0 || /(?:^|\s)!\w/.test(text)) continue;
      const expected = loadAll(text, { schema });
      expect(
        documents.map(({ root }) => plainOf(root)).filter((value) => value !== null),
        FILES[index],
      ).toEqual(expected.filter((value) => value !== null && value !== undefined));
      compared++;
    }
    expect(compared).toBeGreaterThan(20);
  });

  test('are sound, whole and cut short', () => {
    for (const [index, text] of TEXTS.entries()) {
      expect(unsoundness(text), FILES[index]).toEqual([]);
      for (const part of [0.3, 0.7]) expect(unsoundness(text.slice(0, text.length * part)), FILES[index]).toEqual([]);
    }
  });
});
