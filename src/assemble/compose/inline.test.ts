import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../parsers/yaml/index.ts';
import { at, itemsOf, type Scalar, type Value } from '../../source/value.ts';
import { inlinePlacing, inlineText } from '../docker/inline.ts';
import { inlineDockerfile } from './inline.ts';

const VARIABLES: Readonly<Record<string, string>> = { PORT: '8080', EMPTY: '' };

/** The Dockerfile of a compose file that holds nothing else, and what stands where each of its words is written. */
function read(source: string) {
  const parsed = parseYaml({ path: 'compose.yaml', format: 'yaml', text: source }, false);
  const value = at(parsed.documents[0]?.root ?? undefined, 'dockerfile_inline') as Scalar;
  const notices: never[] = [];
  const scope = { lookup: (name: string) => VARIABLES[name], notices, told: new Set<string>(), source };
  const inline = inlineDockerfile(value, { ...scope, budget: { characters: 1_000_000 } });
  const pieces = itemsOf(inline).filter((item: Value): item is Scalar => item.kind === 'scalar');
  const text = inlineText(pieces);
  const place = inlinePlacing(pieces);
  const written = (word: string) => {
    const from = text.indexOf(word);
    const { start, end } = place(from, from + word.length);
    return source.slice(start, end);
  };
  return { text, written, place };
}

describe('the text and the places of its words', () => {
  test.each([
    ['in a literal block', 'dockerfile_inline: |\n  FROM a\n  EXPOSE  80\n', 'FROM a\nEXPOSE  80\n'],
    ['with an indicator', 'dockerfile_inline: |2-\n    FROM a\n  EXPOSE  80\n', '  FROM a\nEXPOSE  80'],
    ['with a longer end', 'dockerfile_inline: |+\n    FROM a\n\n    EXPOSE  80\n\n', 'FROM a\n\nEXPOSE  80\n\n'],
    ['folded', 'dockerfile_inline: >\n  FROM a\n\n  EXPOSE\n  80\n', 'FROM a\nEXPOSE 80\n'],
    ['in double quotes', 'dockerfile_inline: "FROM a\\nEXPOSE\\t80"', 'FROM a\nEXPOSE\t80'],
    ['in single quotes', "dockerfile_inline: 'FROM a\n\n  EXPOSE 80'", 'FROM a\nEXPOSE 80'],
    [
      'with the line ends of another system',
      'dockerfile_inline: |\r\n  FROM a\r\n  EXPOSE 80\r\n',
      'FROM a\nEXPOSE 80\n',
    ],
  ])('%s', (_, source, text) => {
    const inline = read(source);
    expect(inline.text).toBe(text);
    for (const word of ['FROM', 'a', 'EXPOSE', '80']) expect(inline.written(word)).toBe(word);
  });

  test('of what Compose fills in are those of the variable', () => {
    const inline = read('dockerfile_inline: |\n  FROM a\n  EXPOSE ${PORT} 1${EMPTY} $$X ${Y:-7$PORT}\n');
    expect(inline.text).toBe('FROM a\nEXPOSE 8080 1 $X 78080\n');
    expect(inline.written('8080')).toBe('${PORT}');
    expect(inline.written('$X')).toBe('$$X');
    expect(inline.written('78080')).toBe('${Y:-7$PORT}');
    expect(inline.written('EXPOSE')).toBe('EXPOSE');
  });
});

test('every place lies in the file and holds what it stands for, whatever the Dockerfile', () => {
  const line = fc.stringMatching(/^[A-Z][A-Za-z0-9 /.:-]{0,20}[a-z0-9]$/);
  fc.assert(
    fc.property(fc.array(line, { minLength: 1, maxLength: 8 }), fc.integer({ min: 1, max: 6 }), (lines, indent) => {
      const body = lines.map((each) => `${' '.repeat(indent)}${each}\n`).join('');
      const inline = read(`dockerfile_inline: |\n${body}`);
      expect(inline.text).toBe(lines.map((each) => `${each}\n`).join(''));
      for (const each of lines) expect(inline.written(each)).toBe(each);
    }),
  );
});
