import { describe, expect, test } from 'vitest';
import { at, itemsOf, type Value } from '../../source/value.ts';
import { parseYaml } from './index.ts';
import { plainOf } from './plain.fixture.ts';

function parse(text: string) {
  const { documents, notices } = parseYaml({ path: 'a.yaml', format: 'yaml', text });
  return { root: documents[0]?.root ?? undefined, notices };
}

/** The text at a value's origin and at each step of the way that it came. */
function way(text: string, value: Value | undefined): readonly string[] {
  const steps: string[] = [];
  for (let origin = value?.origin; origin; origin = origin.via) steps.push(text.slice(origin.start, origin.end));
  return steps;
}

describe('aliases', () => {
  test('a value is edited at its anchor, and came by the alias', () => {
    const text = 'x: &ports\n  - "80:80"\na: *ports\n';
    const { root } = parse(text);
    expect(plainOf(at(root, 'a') ?? null)).toEqual(['80:80']);
    expect(way(text, at(root, 'a'))).toEqual(['- "80:80"', '*ports']);
    expect(way(text, itemsOf(at(root, 'a'))[0])).toEqual(['"80:80"', '*ports']);
    expect(way(text, itemsOf(at(root, 'x'))[0])).toEqual(['"80:80"']);
  });

  test('an alias inside what another alias names', () => {
    const text = 'a: &a 1\nb: &b [*a]\nc: *b\n';
    expect(way(text, itemsOf(at(parse(text).root, 'c'))[0])).toEqual(['1', '*a', '*b']);
  });

  test('the latest anchor of a name counts; keys and scalars have anchors too', () => {
    expect(plainOf(parse('a: &x 1\nb: *x\nc: &x 2\nd: *x\n&k e: 3\nf: *k\n*x : 4\n').root ?? null)).toEqual({
      a: 1,
      b: 1,
      c: 2,
      d: 2,
      e: 3,
      f: 'e',
      '2': 4,
    });
  });

  test('anchors belong to their document', () => {
    const { notices } = parseYaml({ path: 'a.yaml', format: 'yaml', text: 'a: &x 1\n---\nb: *x\n' });
    expect(notices.map(({ code, origin }) => [code, origin.start])).toEqual([['syntax-error', 15]]);
  });

  test.each([
    ['a: *nowhere\n', 'no anchor "nowhere" precedes it'],
    ['a: &a [*a]\n', 'the anchor "a" contains itself'],
    ['a: &a {b: {c: *a}}\n', 'the anchor "a" contains itself'],
  ])('%j is unknown, with a notice', (text, because) => {
    const { root, notices } = parse(text);
    expect(JSON.stringify(plainOf(root ?? null))).toContain(JSON.stringify(`unknown because ${because}`).slice(1, -1));
    expect(notices.map(({ code }) => code)).toEqual(['syntax-error']);
  });

  test('a bomb is stopped, and what stands beside it is read', () => {
    const levels = Array.from(
      { length: 12 },
      (_, level) =>
        `l${level}: &l${level} [${level === 0 ? 'x' : `*l${level - 1}`}${`, *l${level - 1}`.repeat(level === 0 ? 0 : 9)}]`,
    );
    const { root, notices } = parse(`${levels.join('\n')}\nafter: 1\n`);
    expect(notices.map(({ code }) => code)).toEqual(['expansion-limit']);
    expect(plainOf(at(root, 'after') ?? null)).toBe(1);
    expect(itemsOf(at(root, 'l11')).every(({ kind }) => kind === 'unknown')).toBe(true);
    expect(plainOf(at(root, 'l3') ?? null)).toHaveLength(10);
  });

  test('aliases nest no deeper than a reader can follow', () => {
    const nested = (inner: string) => `${'['.repeat(20)}${inner}${']'.repeat(20)}`;
    const levels = Array.from(
      { length: 15 },
      (_, level) => `l${level}: &l${level} ${nested(level === 0 ? '1' : `*l${level - 1}`)}`,
    );
    expect(parse(levels.join('\n')).notices.map(({ code }) => code)).toEqual(['depth-limit']);
  });
});

describe('merge keys', () => {
  test.each([
    ['written keys win wherever they stand', 'x: &x {a: 1, b: 2}\ny:\n  a: 0\n  <<: *x\n  b: 3\n', { a: 0, b: 3 }],
    ['the earlier mapping of a list wins', 'x: [&x {a: 1}, &z {a: 2, c: 3}]\ny:\n  <<: [*x, *z]\n', { a: 1, c: 3 }],
    ['an inline mapping', 'y:\n  <<: {a: 1}\n  b: 2\n', { a: 1, b: 2 }],
    ['several, as Compose takes them', 'x: [&x {a: 1}, &z {b: 2}]\ny:\n  <<: *x\n  <<: *z\n', { a: 1, b: 2 }],
    ['a quoted one is a key like any other', 'y:\n  "<<": {a: 1}\n', { '<<': { a: 1 } }],
    ['mappings inside are not merged', 'x: &x {a: {b: 1}}\ny:\n  <<: *x\n  a: {c: 2}\n', { a: { c: 2 } }],
  ])('%s', (_, text, expected) => {
    const { root, notices } = parse(text);
    expect(plainOf(at(root, 'y') ?? null)).toEqual(expected);
    expect(notices).toEqual([]);
  });

  test('a merged entry is edited at the anchor', () => {
    const text = 'x: &x\n  image: nginx\ny:\n  <<: *x\n';
    expect(way(text, at(parse(text).root, 'y', 'image'))).toEqual(['nginx', '*x']);
  });

  test('what cannot be merged is a notice', () => {
    const { root, notices } = parse('y:\n  <<: 5\n  a: 1\n');
    expect(plainOf(at(root, 'y') ?? null)).toEqual({ a: 1 });
    expect(notices.map(({ code, origin }) => [code, origin.start])).toEqual([['syntax-error', 5]]);
  });
});
