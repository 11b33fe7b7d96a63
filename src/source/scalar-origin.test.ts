import { describe, expect, test } from 'vitest';
import { originWithin } from './scalar-origin.ts';
import type { Scalar } from './value.ts';

/** A scalar that stands as `written` behind `before` in its file and reads `text`. */
function within(before: string, written: string, text: string, part: string): string {
  const file = `${before}${written}\nnext: 1\n`;
  const quoted = /^["'|>]/.test(written);
  const origin = { file: 'a.yaml', start: before.length, end: before.length + written.length };
  const scalar: Scalar = { kind: 'scalar', value: text, text, quoted, origin };
  const from = text.indexOf(part);
  const { start, end } = originWithin(file, scalar, from, from + part.length);
  return file.slice(start, end);
}

describe('a part of', () => {
  test.each([
    ['a plain scalar', 'a: ', 'http://db:5432/x', 'http://db:5432/x', 'db:5432', 'db:5432'],
    ['a plain scalar over lines', 'a: ', 'one two\n\n  three', 'one two\nthree', 'three', 'three'],
    ['single quotes', 'a: ', "'x db:1'", 'x db:1', 'db:1', 'db:1'],
    ['single quotes behind a quote', 'a: ', "'it''s db:1'", "it's db:1", 'db:1', 'db:1'],
    ['a quote in single quotes', 'a: ', "'it''s'", "it's", "t's", "t''s"],
    ['double quotes', 'a: ', '"x db:1"', 'x db:1', 'db:1', 'db:1'],
    ['double quotes behind escapes', 'a: ', '"\\t\\x41\\u0042\\U0001F600\\" db:1"', '\tAB😀" db:1', 'db:1', 'db:1'],
    ['double quotes over lines', 'a: ', '"one\n  two db:1"', 'one two db:1', 'db:1', 'db:1'],
    ['a literal block', 'a: ', '|\n  one\n\n    two db:1\n  three', 'one\n\n  two db:1\nthree\n', 'db:1', 'db:1'],
    ['a literal block with blank lines first', 'a: ', '|\n\n  one\n  two', '\none\ntwo\n', 'two', 'two'],
    [
      'a literal block with an indentation of its own',
      'a: ',
      '|2 # x\n    one\n  two',
      '  one\ntwo\n',
      '  one',
      '  one',
    ],
    ['a literal block with carriage returns', 'a: ', '|\r\n  one\r\n  two', 'one\ntwo\n', 'two', 'two'],
    ['a folded block', 'a: ', '>-\n  one\n  two\n    more\n  three', 'one two\n  more\nthree', 'three', 'three'],
    ['a folded block, the first line', 'a: ', '>\n  one two\n  three', 'one two three\n', 'two', 'two'],
    ['several lines', 'a: ', '|\n  one\n  two\n  three', 'one\ntwo\nthree\n', 'ne\ntw', 'ne\n  tw'],
  ])('%s', (_, before, written, text, part, expected) => {
    expect(within(before, written, text, part)).toBe(expected);
  });

  test.each([
    ['a value that was interpolated since', '${HOST}:80', 'db:80', '80'],
    ['escapes over several lines', '"one\\\n  two"', 'onetwo', 'two'],
    ['a block that was interpolated', '|\n  ${X}\n  b', 'x\nb\n', 'b'],
  ])('%s is the whole', (_, written, text, part) => {
    expect(within('a: ', written, text, part)).toBe(written);
  });

  test('keeps the way that the scalar came', () => {
    const via = { file: 'b.yaml', start: 5, end: 6 };
    const origin = { file: 'a.yaml', start: 3, end: 9, via };
    const scalar: Scalar = { kind: 'scalar', value: 'one db', text: 'one db', quoted: false, origin };
    expect(originWithin('a: one db', scalar, 4, 6)).toEqual({ file: 'a.yaml', start: 7, end: 9, via });
  });

  test('nothing at the end of the text is its end', () => {
    const origin = { file: 'a.yaml', start: 0, end: 3 };
    const scalar: Scalar = { kind: 'scalar', value: 'abc', text: 'abc', quoted: false, origin };
    expect(originWithin('abc', scalar, 3, 3)).toEqual({ file: 'a.yaml', start: 3, end: 3 });
  });
});
