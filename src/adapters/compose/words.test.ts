import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shellWords } from './words.ts';

test.each([
  ['nodemon --inspect=0.0.0.0 server.js', ['nodemon', '--inspect=0.0.0.0', 'server.js']],
  ['  a\t b\n', ['a', 'b']],
  [`sh -c "echo 'a b' && exit 1"`, ['sh', '-c', "echo 'a b' && exit 1"]],
  [`a 'b "c"' d"e f"g`, ['a', 'b "c"', 'de fg']],
  ['a\\ b c\\"d', ['a b', 'c"d']],
  [`"a\\"b" "c\\d" 'e\\'`, ['a"b', 'c\\d', 'e\\']],
  [`'' a ""`, ['', 'a', '']],
  ['$HOME ${X}', ['$HOME', '${X}']],
  ['', []],
  ['"open end', ['open end']],
  ['end\\', ['end']],
])('%s', (command, words) => expect(shellWords(command)).toEqual(words));

test('words in single quotes come back', () => {
  const word = fc.string().filter((text) => !text.includes("'"));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      expect(shellWords(words.map((each) => `'${each}'`).join(' '))).toEqual(words);
    }),
  );
});
