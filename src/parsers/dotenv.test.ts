import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseDotenv } from './dotenv.ts';

function parse(text: string) {
  return parseDotenv({ path: '.env', format: 'dotenv', text });
}

/** Each entry as name, text, and what is written where the value stands. */
function entriesOf(text: string) {
  return parse(text).entries.map(({ name, text: value, origin }) => [
    name,
    value,
    text.slice(origin.start, origin.end),
  ]);
}

describe('an entry', () => {
  test.each([
    ['PORT=80', ['PORT', '80', '80']],
    ['  PORT = 80  \n', ['PORT', '80', '80']],
    ['export PORT=80', ['PORT', '80', '80']],
    ['exported=1', ['exported', '1', '1']],
    ['PORT: 80', ['PORT', '80', '80']],
    ['a.b-c[0]=x', ['a.b-c[0]', 'x', 'x']],
    ['EMPTY=', ['EMPTY', '', 'EMPTY']],
    ['EMPTY= # nothing', ['EMPTY', '', 'EMPTY']],
    ['FROM_OUTSIDE', ['FROM_OUTSIDE', null, 'FROM_OUTSIDE']],
    ['FROM_OUTSIDE # why', ['FROM_OUTSIDE', null, 'FROM_OUTSIDE']],
    ['URL=http://x/#a b # why', ['URL', 'http://x/#a b', 'http://x/#a b']],
    ['HASH=#1', ['HASH', '#1', '#1']],
    ['A=b=c', ['A', 'b=c', 'b=c']],
    ["A='$B \\n # x'", ['A', '$B \\n # x', "'$B \\n # x'"]],
    ['A="b\\n\\"c\\" \\$d $e" # why', ['A', 'b\n"c" \\$d $e', '"b\\n\\"c\\" \\$d $e"']],
    ['A="one\ntwo"', ['A', 'one\ntwo', '"one\ntwo"']],
    ['A=80\r', ['A', '80', '80']],
    ['A=it\'s "so"', ['A', 'it\'s "so"', 'it\'s "so"']],
    ['A=${B:-80}', ['A', '${B:-80}', '${B:-80}']],
  ])('%j', (text, expected) => {
    expect(entriesOf(text)).toEqual([expected]);
    expect(parse(text).notices).toEqual([]);
  });

  test('stands among others, in the order of the file', () => {
    const text = '# head\nA=1\n\nexport B="2" # two\nC\nA=3\n';
    expect(entriesOf(text).map(([name, value]) => `${name}=${value}`)).toEqual(['A=1', 'B=2', 'C=null', 'A=3']);
  });

  test('says whether it is interpolated', () => {
    expect(parse(`A=x\nB='x'\nC="x"`).entries.map(({ quote }) => quote)).toEqual(['none', 'single', 'double']);
  });

  test('names the name where it is written', () => {
    const text = 'export  port=export\n';
    const [entry] = parse(text).entries;
    expect(entry && text.slice(entry.keyOrigin.start, entry.keyOrigin.end)).toBe('port');
  });
});

test.each([
  ['A=1\n!x=2\nB=3', 'syntax-error', 4, ['A', 'B']],
  ['A B=2\nC=3', 'syntax-error', 0, ['C']],
  ['=x\nC=3', 'syntax-error', 0, ['C']],
  ['A="open\nB=3', 'syntax-error', 2, ['B']],
])('%j is a notice and the rest is read', (text, code, start, names) => {
  const { entries, notices } = parse(text);
  expect(notices.map((notice) => [notice.code, notice.origin.start])).toEqual([[code, start]]);
  expect(entries.map(({ name }) => name)).toEqual(names);
});

test('comments', () => {
  const text = '# of A\n## too\nA=1 # on A\nB="x\ny" # on B\n# at the end\n';
  expect(
    parse(text)
      .comments()
      .map((comment) => [comment.text, text.slice(comment.covers.start, comment.covers.end)]),
  ).toEqual([
    ['of A', 'A=1'],
    ['too', 'A=1'],
    ['on A', 'A=1'],
    ['on B', 'B="x\ny"'],
    ['at the end', '# at the end'],
  ]);
});

test('is total: any text is read, in order and inside the file', () => {
  const piece = fc.constantFrom(
    'A',
    '=',
    ':',
    ' ',
    '\n',
    '"',
    "'",
    '\\',
    '#',
    'export ',
    '$',
    '\r',
    '\t',
    'ä',
    '\uD800',
    '-',
  );
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
      const text = pieces.join('');
      const { entries, notices, comments } = parse(text);
      let last = 0;
      for (const { name, keyOrigin, origin } of entries) {
        expect(text.slice(keyOrigin.start, keyOrigin.end)).toBe(name);
        expect(keyOrigin.start).toBeGreaterThanOrEqual(last);
        last = Math.max(keyOrigin.end, origin.end);
        expect(last).toBeLessThanOrEqual(text.length);
      }
      for (const { origin } of [...notices, ...comments()]) expect(origin.end).toBeLessThanOrEqual(text.length);
    }),
    { numRuns: 2000 },
  );
});
