import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { interpolate, keptVariable, keptVariables } from './interpolate.ts';

const VALUES: Record<string, string> = { PORT: '8080', EMPTY: '', HOST: '127.0.0.1' };
const lookup = (name: string): string | undefined => VALUES[name];
const filled = (text: string): string => interpolate(text, lookup, false).text;

describe('the forms of the specification', () => {
  test.each([
    ['$PORT', '8080'],
    ['${PORT}', '8080'],
    ['${PORT}:${PORT}', '8080:8080'],
    ['$PORT:80/tcp', '8080:80/tcp'],
    ['${MISSING:-80}:80', '80:80'],
    ['${MISSING-80}', '80'],
    ['${EMPTY:-80}', '80'],
    ['${EMPTY-80}', ''],
    ['${PORT:-80}', '8080'],
    ['${PORT:?set it}', '8080'],
    ['${EMPTY?set it}', ''],
    ['${PORT:+9000}', '9000'],
    ['${EMPTY:+9000}', ''],
    ['${EMPTY+9000}', '9000'],
    ['${MISSING:+9000}', ''],
    ['${MISSING:-${PORT}}', '8080'],
    ['${MISSING:-${ALSO:-${PORT}}}', '8080'],
    ['${MISSING:-a}b}', 'ab}'],
    ['${MISSING:-http://db:5432/x?y=1}', 'http://db:5432/x?y=1'],
    ['pa$$word', 'pa$word'],
    ['$$PORT $${PORT}', '$PORT ${PORT}'],
    ['plain', 'plain'],
    ['', ''],
  ])('%s is %s', (text, expected) => expect(filled(text)).toBe(expected));
});

test('a variable without value is empty text, and is named', () => {
  expect(interpolate('a${ONE}b$TWO${ONE}', lookup, false)).toEqual({ text: 'ab', unset: ['ONE', 'TWO'] });
  expect(interpolate('${EMPTY:?no port}', lookup, false)).toEqual({ text: '', unset: ['EMPTY'] });
});

test('a default, an alternative and an empty value leave nothing unset', () => {
  expect(interpolate('${ONE:-}${TWO:+x}$EMPTY${EMPTY}', lookup, false)).toEqual({ text: '', unset: [] });
});

test('kept variables stay in braces and are found again', () => {
  const { text, unset } = interpolate('$BIND:${PORT}:${TARGET:?which}', lookup, true);
  expect(text).toBe('${BIND}:8080:${TARGET}');
  expect(unset).toEqual(['BIND', 'TARGET']);
  expect(keptVariables(text)).toEqual(['BIND', 'TARGET']);
  expect(keptVariable('${BIND}')).toBe('BIND');
  expect(keptVariable(text)).toBeUndefined();
});

test.each(['${', '${PORT', '${1}', '$', 'a $ b', '${PORT!}', '${}'])('%s is no variable and stays', (text) => {
  const result = interpolate(text, lookup, false);
  expect(result.text).toBe(text);
  expect(result.invalid).toBeDefined();
});

test('defaults within defaults end, and long values too', () => {
  const deep = `${'${X:-'.repeat(50_000)}x${'}'.repeat(50_000)}`;
  expect(interpolate(deep, lookup, false).text.length).toBeLessThanOrEqual(deep.length);
  const long = interpolate('$LONG'.repeat(1000), () => 'x'.repeat(10_000), false);
  expect(long.text.length).toBeLessThanOrEqual(262_144);
  expect(long.invalid).toBeDefined();
});

test('text without a dollar sign is itself, and nothing makes it throw', () => {
  fc.assert(
    fc.property(fc.string({ unit: fc.constantFrom('$', '{', '}', ':', '-', '+', '?', 'A', ' ') }), (text) => {
      const result = interpolate(text, lookup, false);
      if (!text.includes('$')) expect(result).toEqual({ text, unset: [] });
      expect(typeof result.text).toBe('string');
    }),
  );
});

test('escaping every dollar sign gives the text back', () => {
  fc.assert(
    fc.property(fc.string(), (text) => {
      expect(filled(text.replaceAll('$', '$$$$'))).toBe(text);
    }),
  );
});
