import { describe, expect, test } from 'vitest';
import { parseExpression, parseTemplate } from './fragment.ts';
import { parseHcl } from './index.ts';
import type { Body } from './syntax.ts';

const read = (text: string) => parseHcl({ path: 'a.tf', format: 'hcl', text });

/** A body as words: blocks with what is in them, arguments with the kind of their value. */
function outline({ items }: Body): unknown[] {
  return items.map((item) =>
    item.kind === 'attribute' ? `${item.name}: ${item.value.kind}` : [item.type, ...outline(item.body)],
  );
}

/** The texts that notices point at. */
function marked(text: string): unknown[] {
  return read(text).notices.map(({ code, origin }) => [code, text.slice(origin.start, origin.end)]);
}

describe('one bad item does not lose the file', () => {
  test.each([
    ['an open bracket', 'a = [1\nb = 2\n', ['a: invalid', 'b: literal'], 'b'],
    ['an open parenthesis', 'a {\n  b = f(1\n  c = 2\n}\n', [['a', 'b: invalid', 'c: literal']], 'c'],
    ['an open string', 'a = "b\nc = 1\n', ['a: invalid', 'c: literal'], '"b'],
    ['an open sequence', 'a = "${b"\nc = 1\n', ['a: invalid', 'c: literal'], '"'],
    ['an open heredoc', 'a = <<E\n  b\nc = 1\n', ['a: invalid', 'c: literal'], '<<E'],
    ['a bad heredoc', 'a = <<E\n${b c}\nd = 1\nE\ne = 2\n', ['a: invalid', 'e: literal'], 'c'],
    ['no value', 'a =\nb = 1\n', ['a: invalid', 'b: literal'], ''],
    ['two values', 'a = b c\nd = 1\n', ['a: invalid', 'd: literal'], 'c'],
    ['a bad item of an object', 'a = {\n  b c\n}\nd = 1\n', ['a: invalid', 'd: literal'], 'c'],
    ['no item', '= 1\nb = 1\n', ['b: literal'], '='],
    ['a name alone', 'a\nb = 1\n', ['b: literal'], '\n'],
    ['a bad header', 'a "b" = {\n  c = 1\n}\nd = 1\n', ['d: literal'], '='],
    [
      'a bad block in one line',
      'a { b = }\nc { d = 1 }\n',
      [
        ['a', 'b: invalid'],
        ['c', 'd: literal'],
      ],
      '}',
    ],
    ['single quotes', "a = 'b'\nc = 1\n", ['a: invalid', 'c: literal'], "'"],
    ['an open comment', 'a = 1 /* b\nc = 1\n', ['a: invalid', 'c: literal'], '/*'],
    ['a brace too many', 'a {\n}\n}\nb = 1\n', [['a'], 'b: literal'], '}'],
    ['an open directive', 'a = "%{ if b }"\nc = 1\n', ['a: invalid', 'c: literal'], '%{ if b }'],
  ])('%s', (_, text, items, wrong) => {
    expect(outline(read(text).body)).toEqual(items);
    expect(marked(text)).toEqual([['syntax-error', wrong]]);
  });

  test('a block that is not closed ends where something stands as far left as its header', () => {
    const text = 'a "b" {\n  c {\n    d = 1\n  e = 2\n}\n\nf "g" {\n  h = 3\n\ni {\n  j = 4\n}\n';
    expect(outline(read(text).body)).toEqual([
      ['a', ['c', 'd: literal'], 'e: literal'],
      ['f', 'h: literal'],
      ['i', 'j: literal'],
    ]);
    expect(marked(text)).toEqual([
      ['syntax-error', 'c'],
      ['syntax-error', 'f "g"'],
    ]);
  });

  test('nor does one that is nested too deep', () => {
    const text = `a = ${'['.repeat(300)}\nb = 1\n`;
    expect(outline(read(text).body)).toEqual(['a: invalid', 'b: literal']);
    expect(read(text).notices.map(({ code }) => code)).toEqual(['depth-limit']);
    expect(read(`a = b${'.c'.repeat(300)}\n`).notices.map(({ code }) => code)).toEqual(['depth-limit']);
    expect(read(`a = ${'['.repeat(200)}${']'.repeat(200)}\n`).notices).toEqual([]);
  });
});

test('every node stands where it is written', () => {
  const text = 'resource "a" b {\n  c = d.e[0].*.f == "x ${g}" ? -1 : h(i...)\n}\n';
  const found: string[] = [];
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return;
    if ('start' in node && 'end' in node) found.push(text.slice(node.start as number, node.end as number));
    for (const inner of Object.values(node)) visit(inner);
  };
  visit(read(text).body.items[0]);
  const value = 'd.e[0].*.f == "x ${g}" ? -1 : h(i...)';
  expect(found).toEqual([
    ...[text.trim(), '"a"', 'b', 'resource "a" b', `\n  c = ${value}\n`, `c = ${value}`, 'c', value],
    ...['d.e[0].*.f == "x ${g}"', 'd.e[0].*.f', 'd.e[0]', 'd.e', 'd', 'e', '0', '.*.f', '.*', 'f'],
    ...['"x ${g}"', 'x ', '${g}', 'g', '-1', '1', 'h(i...)', 'i'],
  ]);
});

describe('a text by itself', () => {
  test('is a template up to its end, wherever it stands', () => {
    const { value, notices } = parseTemplate({ path: 'a.tftpl', text: '%{ for x in y ~}\n${x}"\n%{ endfor }\nz' });
    expect(notices).toEqual([]);
    expect(value).toMatchObject({
      kind: 'template',
      parts: [
        { kind: 'for-directive', item: 'x', parts: [{ value: '' }, { kind: 'interpolation' }, { value: '"\n' }] },
        { value: '\nz' },
      ],
    });
  });

  test('is an expression, over as many lines as it likes', () => {
    const { value } = parseExpression({ path: 'a.tf', text: '[\n1\n,2]', place: (offset) => offset + 10 });
    expect(value).toMatchObject({ kind: 'tuple', start: 10, end: 17 });
  });

  test('that cannot be read is null, and a notice says where', () => {
    const { value, notices } = parseTemplate({ path: 'a.tf', text: 'a ${b c}', place: (offset) => offset + 10 });
    expect(value).toBeNull();
    expect(notices.map(({ origin }) => origin)).toEqual([{ file: 'a.tf', start: 16, end: 17 }]);
    expect(parseExpression({ path: 'a.tf', text: 'a b' }).value).toBeNull();
  });
});
