import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { unknown } from '../../source/value.ts';
import { expand } from './expand.ts';

const origin = { file: 'Dockerfile', start: 0, end: 1 };
const values: Readonly<Record<string, string>> = { A: 'a', EMPTY: '', PORT: '80', SPACED: 'x y' };

function expanded(text: string, escapeCharacter = '\\') {
  const secret = unknown('SECRET is not in the code', origin);
  return expand(text, escapeCharacter, (name) => (name === 'SECRET' ? secret : values[name]), origin);
}

describe('expand', () => {
  test.each([
    ['plain', 'plain'],
    ['$A', 'a'],
    ['x$A.y', 'xa.y'],
    ['${A}b', 'ab'],
    ['"$A b"', 'a b'],
    ["'$A'", '$A'],
    ['\\$A', '$A'],
    ['"\\$A \\n \\""', '$A \\n "'],
    ['${NONE:-x}', 'x'],
    ['${NONE-x}', 'x'],
    ['${EMPTY:-x}', 'x'],
    ['${EMPTY-x}', ''],
    ['${A:-x}', 'a'],
    ['${A:+x}', 'x'],
    ['${EMPTY:+x}', ''],
    ['${EMPTY+x}', 'x'],
    ['${NONE:+x}', ''],
    ['${PORT:?must be set}', '80'],
    ['${NONE:-${PORT:-1}}0', '800'],
    ['${NONE:-"}"}', '}'],
    ['a$', 'a$'],
    ['$$A', '$a'],
    ['${', '${'],
    ['$-', '$-'],
  ])('%s is %s', (text, value) => {
    expect(expanded(text)).toEqual({ value, unset: [] });
  });

  test('the escape directive gives another character its meaning', () => {
    expect(expanded('`$A\\$A', '`').value).toBe('$A\\a');
  });

  test('names that nothing sets stand for nothing, and are told', () => {
    expect(expanded('$NONE/${OTHER}')).toEqual({ value: '/', unset: ['NONE', 'OTHER'] });
    expect(expanded('${A:-$NONE}').unset).toEqual([]);
    expect(expanded('${NONE:-$OTHER}').unset).toEqual(['OTHER']);
  });

  test('what is unknown stays unknown, unless it is not used', () => {
    expect(expanded('x$SECRET').value).toMatchObject({ kind: 'unknown', because: 'SECRET is not in the code' });
    expect(expanded('${A:-$SECRET}').value).toBe('a');
    expect(expanded('${SECRET:+x}').value).toBe('x');
    expect(expanded('${A#x}').value).toMatchObject({ because: 'a pattern is applied to A' });
  });

  test('depth and length are bounded', () => {
    expect(expanded(`${'${X:-'.repeat(1000)}1${'}'.repeat(1000)}`).value).toMatchObject({ kind: 'unknown' });
    const long = 'y'.repeat(40_000);
    expect(expand('$L$L', '\\', () => long, origin).value).toMatchObject({ kind: 'unknown' });
  });

  test('any text has a value', () => {
    const part = fc.constantFrom('$', '{', '}', ':', '-', '+', '?', '"', "'", '\\', 'A', 'NONE', ' ', '#', '😀');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 40 }), (parts) => {
        const { value } = expanded(parts.join(''));
        expect(['string', 'object']).toContain(typeof value);
      }),
    );
  });
});
