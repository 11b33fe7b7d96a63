import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknown } from '../../source/value.ts';
import type { Environment } from './shell.ts';
import { readScript } from './shell.ts';

const origin = { file: 'Dockerfile', start: 0, end: 0 };
const values: Readonly<Record<string, string>> = { PORT: '8080', OPTS: ' -Xmx1g  -Da=b ', EMPTY: '', Q: 'a b' };
const environment: Environment = (name) => {
  if (name === 'SECRET') return { name, value: unknown('it is secret', origin), origin };
  const value = values[name];
  return value === undefined ? undefined : { name, value, origin };
};

function commands(text: string) {
  return readScript(text, environment, (start, end) => ({ file: 'Dockerfile', start, end }));
}

/** Every command as its words, an unknown one as `?`. */
function words(text: string): readonly (readonly string[])[] {
  return commands(text).map((command) => command.words.map((word) => word.text ?? '?'));
}

describe('readScript', () => {
  test.each([
    ['node server.js', [['node', 'server.js']]],
    [`a 'b c' "d e" f\\ g ""`, [['a', 'b c', 'd e', 'f g', '']]],
    ['a && b || c; d | e & f\ng', [['a'], ['b'], ['c'], ['d'], ['e'], ['f'], ['g']]],
    [
      '(cd /x && node y)',
      [
        ['cd', '/x'],
        ['node', 'y'],
      ],
    ],
    ['if test -f x; then exec node y; fi', [['test', '-f', 'x'], ['exec', 'node', 'y'], ['fi']]],
    ['a > /dev/null 2>&1 b < in &> out', [['a', 'b']]],
    ['a # b', [['a']]],
    ['a#b', [['a#b']]],
    ['a \\\n b', [['a', 'b']]],
    ['', []],
    ['  ;; ', []],
  ])('%j', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test.each([
    ['x $PORT ${PORT}0 "$PORT"', [['x', '8080', '80800', '8080']]],
    [`x '$PORT' \\$PORT`, [['x', '$PORT', '$PORT']]],
    ['x ${NONE:-80} ${PORT:-80} ${EMPTY:-1} ${EMPTY-1} ${PORT:+y} ${NONE:+y}', [['x', '80', '8080', '1', 'y']]],
    ['x ${NONE:-${PORT}1}', [['x', '80801']]],
    ['java $OPTS -jar', [['java', '-Xmx1g', '-Da=b', '-jar']]],
    ['x "$Q" $Q', [['x', 'a b', 'a', 'b']]],
    ['x $NONE y', [['x', 'y']]],
    [
      'x $SECRET "$SECRET" $(nproc) `nproc` $1 ${PORT#8} --n=$(a (b) c) y',
      [['x', '?', '?', '?', '?', '?', '?', '?', 'y']],
    ],
    ['x $ $% a$', [['x', '$', '$%', 'a$']]],
  ])('variables: %s', (text, expected) => {
    expect(words(text)).toEqual(expected);
  });

  test('assignments before a command are its own, others are the script’s', () => {
    const [own, other] = commands('PORT=1 a $PORT; b $PORT');
    expect(own?.environment('PORT')?.value).toBe('1');
    expect(own?.words.map((word) => word.text)).toEqual(['a', '8080']);
    expect(other?.words.map((word) => word.text)).toEqual(['b', '8080']);
    expect(words('PORT=1; a $PORT')).toEqual([['a', '1']]);
    expect(words('export PORT=2 X=3 && a $PORT $X')).toEqual([['a', '2', '3']]);
    expect(commands('PORT=$(x) a')[0]?.environment('PORT')?.value).toMatchObject({ kind: 'unknown' });
  });

  test('a word knows where it stands', () => {
    const text = 'a "b c"  $PORT';
    expect(commands(text)[0]?.words.map((word) => text.slice(word.origin.start, word.origin.end))).toEqual([
      'a',
      '"b c"',
      '$PORT',
    ]);
  });

  test('what variables hold is bounded', () => {
    const long = 'y '.repeat(30_000);
    const script = '$L '.repeat(1000);
    const all = readScript(
      script,
      (name) => ({ name, value: long, origin }),
      () => origin,
    );
    const known = all.flatMap((command) => command.words).filter((word) => word.text !== null);
    expect(known.length).toBeLessThan(1_000_000);
  });

  test('any text has a reading, each of whose words lies in it', () => {
    const part = fc.constantFrom(...'$ { } ( ) " \' \\ ` ; & | < > # = - A PORT SECRET :- \n'.split(' '), ' ', '😀');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 60 }), (parts) => {
        const text = parts.join('');
        for (const command of commands(text)) {
          expect(command.words.length).toBeGreaterThan(0);
          for (const word of command.words) {
            expect(word.origin.start).toBeLessThanOrEqual(word.origin.end);
            expect(word.origin.end).toBeLessThanOrEqual(text.length);
          }
        }
      }),
    );
  });
});
