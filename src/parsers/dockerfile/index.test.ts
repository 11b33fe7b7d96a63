import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Origin } from '../../source/span.ts';
import { argumentPairs, environmentPairs, execForm, parseDockerfile, wordsOf } from './index.ts';

function lines(...all: string[]): string {
  return `${all.join('\n')}\n`;
}

function keywords(text: string): readonly string[] {
  return parseDockerfile('Dockerfile', text).instructions.map((instruction) => instruction.keyword);
}

function only(text: string) {
  const [instruction] = parseDockerfile('Dockerfile', text).instructions;
  if (instruction === undefined) throw new Error('no instruction');
  return instruction;
}

function slice(text: string, origin: Origin): string {
  return text.slice(origin.start, origin.end);
}

describe('instructions', () => {
  test('each has its keyword in upper case, its flags and its words, at their offsets', () => {
    const text = 'from --platform=$BUILDPLATFORM node:18 as base\n';
    const from = only(text);
    expect(from.keyword).toBe('FROM');
    expect(from.flags).toMatchObject([{ name: 'platform', value: '$BUILDPLATFORM' }]);
    expect(slice(text, from.flags[0]!.origin)).toBe('--platform=$BUILDPLATFORM');
    expect(wordsOf(from.rest).map((word) => [word.text, slice(text, word.origin)])).toEqual([
      ['node:18', 'node:18'],
      ['as', 'as'],
      ['base', 'base'],
    ]);
    expect(slice(text, from.origin)).toBe('from --platform=$BUILDPLATFORM node:18 as base');
  });

  test('continued lines are one, without the comments and empty lines between them', () => {
    const text = lines('EXPOSE 80 \\', '  # the second', '', '  443 \\ ', '22', 'USER a');
    const expose = only(text);
    expect(wordsOf(expose.rest).map((word) => slice(text, word.origin))).toEqual(['80', '443', '22']);
    expect(keywords(text)).toEqual(['EXPOSE', 'USER']);
  });

  test('a word goes on over a line break that is escaped', () => {
    const text = lines('EXPOSE 80\\', '80/tcp');
    const [word] = wordsOf(only(text).rest);
    expect(word?.text).toBe('8080/tcp');
    expect(slice(text, word!.origin)).toBe('80\\\n80/tcp');
  });

  test('the escape directive makes the backslash an ordinary character', () => {
    const text = lines('# escape=`', 'FROM scratch', 'WORKDIR C:\\', 'EXPOSE 80 `', '  81');
    expect(keywords(text)).toEqual(['FROM', 'WORKDIR', 'EXPOSE']);
    expect(parseDockerfile('Dockerfile', text).escape).toBe('`');
    expect(wordsOf(parseDockerfile('Dockerfile', text).instructions[2]!.rest)).toHaveLength(2);
  });

  test('carriage returns end lines too', () => {
    const text = 'FROM a\r\nEXPOSE 80 \\\r\n  81\r\n';
    const expose = parseDockerfile('Dockerfile', text).instructions[1]!;
    expect(wordsOf(expose.rest).map((word) => slice(text, word.origin))).toEqual(['80', '81']);
  });

  test('here-documents are no instructions, and are no part of the one that has them', () => {
    const text = lines(
      'FROM a',
      'RUN <<EOF',
      'EXPOSE 1',
      '# EOF',
      'EOF',
      'COPY <<-A <<B /x/',
      '\tA',
      'USER b',
      'B',
      'EXPOSE 2',
    );
    const { instructions } = parseDockerfile('Dockerfile', text);
    expect(instructions.map((instruction) => instruction.keyword)).toEqual(['FROM', 'RUN', 'COPY', 'EXPOSE']);
    expect(slice(text, instructions[1]!.origin)).toBe('RUN <<EOF');
  });

  test('ONBUILD holds an instruction back', () => {
    const text = 'ONBUILD  EXPOSE 80\n';
    const { trigger } = only(text);
    expect(trigger?.keyword).toBe('EXPOSE');
    expect(slice(text, trigger!.origin)).toBe('EXPOSE 80');
    expect(only('ONBUILD ONBUILD EXPOSE 80').trigger).toBeNull();
  });
});

describe('words', () => {
  test('ENV takes pairs with quotes and escapes, and the old form', () => {
    const pairs = (text: string) => environmentPairs(only(text).rest, '\\').map(({ name, value }) => [name, value]);
    expect(pairs(`ENV a="b c" d=e\\ f g='h' i=`)).toEqual([
      ['a', '"b c"'],
      ['d', 'e\\ f'],
      ['g', `'h'`],
      ['i', ''],
    ]);
    expect(pairs('ENV PORT  80 and more ')).toEqual([['PORT', '80 and more']]);
    expect(pairs('ENV PORT')).toEqual([['PORT', null]]);
    expect(pairs('ENV')).toEqual([]);
  });

  test('a pair knows where it stands', () => {
    const text = lines('ENV a=1 \\', '    b=2');
    expect(environmentPairs(only(text).rest, '\\').map((pair) => slice(text, pair.origin))).toEqual(['a=1', 'b=2']);
  });

  test('ARG takes names with and without a default', () => {
    expect(argumentPairs(only('ARG A B=1 C="2 3"').rest, '\\')).toMatchObject([
      { name: 'A', value: null },
      { name: 'B', value: '1' },
      { name: 'C', value: '"2 3"' },
    ]);
  });

  test('an exec form is a JSON array of strings, over as many lines as it likes', () => {
    const text = lines('CMD ["node", \\', '  "a\\u0041\\"b",', 'USER x');
    expect(execForm(only('CMD [ "node" , "a\\u0041\\"b" ] ').rest)?.map((word) => word.text)).toEqual(['node', 'aA"b']);
    expect(execForm(only('CMD []').rest)).toEqual([]);
    expect(execForm(only(text).rest)).toBeNull();
    const joined = lines('CMD ["node", \\', '  "server.js"]');
    expect(execForm(only(joined).rest)?.map((word) => slice(joined, word.origin))).toEqual(['"node"', '"server.js"']);
  });

  test('under another escape character a JSON array goes on all the same', () => {
    const [cmd] = parseDockerfile('Dockerfile', lines('# escape=`', 'CMD ["a", `', '"b"]')).instructions;
    expect(execForm(cmd!.rest)?.map((word) => word.text)).toEqual(['a', 'b']);
  });

  test.each([`CMD ['a']`, 'CMD ["a"] b', 'CMD ["a" "b"]', 'CMD ["a",]', 'CMD [1]', 'CMD node', 'CMD', 'CMD ["a'])(
    '%s is for a shell',
    (text) => {
      expect(execForm(only(text).rest)).toBeNull();
    },
  );
});

describe('comments', () => {
  test('one above an instruction covers it, one above FROM its stage', () => {
    const text = lines(
      '# syntax=docker/dockerfile:1',
      '# stage',
      'FROM a',
      '',
      '# port',
      '# of it',
      'EXPOSE 80',
      '# b',
      'FROM b',
      'USER x',
    );
    const comments = parseDockerfile('Dockerfile', text).comments();
    expect(comments.map((comment) => comment.text)).toEqual(['stage', 'port', 'of it', 'b']);
    expect(comments.map((comment) => slice(text, comment.covers).split('\n')[0])).toEqual([
      'FROM a',
      'EXPOSE 80',
      'EXPOSE 80',
      'FROM b',
    ]);
    expect(slice(text, comments[0]!.covers)).toContain('EXPOSE 80');
    expect(slice(text, comments[0]!.covers)).not.toContain('FROM b');
    expect(slice(text, comments[3]!.covers)).toContain('USER x');
    expect(slice(text, comments[1]!.origin)).toBe('# port');
  });

  test('one between continued lines covers the next of them; here-documents have none', () => {
    const text = lines('EXPOSE 80 \\', '# ssh', '  22', 'RUN <<EOF', '# not mine', 'EOF', '# last');
    const comments = parseDockerfile('Dockerfile', text).comments();
    expect(comments.map((comment) => [comment.text, slice(text, comment.covers)])).toEqual([
      ['ssh', '22'],
      ['last', '# last'],
    ]);
  });
});

/** Texts that look enough like Dockerfiles to go wrong. */
const dockerfileText = fc
  .array(
    fc.constantFrom(
      'FROM ',
      'EXPOSE ',
      'ENV ',
      'CMD ',
      'RUN ',
      'ONBUILD ',
      'a',
      '"',
      "'",
      '[',
      ']',
      ',',
      '\\',
      '`',
      '\n',
      '\r\n',
      ' ',
      '\t',
      '#',
      '<<E',
      '\nE\n',
      '=',
      '$A',
      '--x=y',
      '# escape=`\n',
      '😀',
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(''));

describe('properties', () => {
  test('any text is taken apart without an error, and every origin lies in it', () => {
    fc.assert(
      fc.property(fc.oneof(dockerfileText, fc.string({ unit: 'binary', maxLength: 200 })), (text) => {
        const parsed = parseDockerfile('Dockerfile', text);
        expect(parsed.notices).toEqual([]);
        const spans = [
          ...parsed.comments().flatMap((comment) => [comment.origin, comment.covers]),
          ...parsed.instructions.flatMap((instruction) => [
            instruction.origin,
            ...instruction.flags.map((flag) => flag.origin),
            ...wordsOf(instruction.rest).map((word) => word.origin),
            ...environmentPairs(instruction.rest, parsed.escape).map((pair) => pair.origin),
            ...(execForm(instruction.rest) ?? []).map((word) => word.origin),
          ]),
        ];
        for (const span of spans) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
    );
  });

  test('instructions are the ones that dockerfile-ast finds, comments or not', () => {
    fc.assert(
      fc.property(dockerfileText, (text) => {
        fc.pre(!text.includes('<<') && !text.includes('#'));
        const theirs = DockerfileParser.parse(text).getInstructions();
        expect(parseDockerfile('Dockerfile', text).instructions).toHaveLength(theirs.length);
      }),
    );
  });

  test('many stages with many comments take no time to speak of', () => {
    const text = '# c\nFROM a\nRUN b\n'.repeat(20_000);
    expect(parseDockerfile('Dockerfile', text).instructions).toHaveLength(40_000);
    expect(parseDockerfile('Dockerfile', text).comments()).toHaveLength(20_000);
  });
});
