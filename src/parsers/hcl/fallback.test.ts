import { describe, expect, test } from 'vitest';
import { notice } from '../../source/notice.ts';
import { readByOtherParser } from './fallback.ts';
import { type HclFile, parseHcl } from './index.ts';

/** A file that is valid, and that our parser is made to have rejected at `at`. */
function rejected(text: string, at: string): HclFile {
  const file = parseHcl({ path: 'a.tf', format: 'hcl', text });
  const start = text.indexOf(at);
  const wrong = notice('syntax-error', 'wrong', { file: 'a.tf', start, end: start + at.length });
  return { ...file, notices: [wrong] };
}

describe('a file that only the other parser accepts', () => {
  const text =
    'a = 1\nresource "x" "y" {\n  b = "${c.d}"\n  e {\n    f = 2\n  }\n}\nlocals {\n  g = 3\n}\nlocals {\n  h = 4\n}\n';

  test('is analysed through it, where its blocks stand, and a notice says whose fault that is', async () => {
    const { body, notices } = await readByOtherParser(rejected(text, 'c.d'));
    expect(notices.map(({ code, origin }) => [code, text.slice(origin.start, origin.end)])).toEqual([
      ['lenient-syntax', 'c.d'],
    ]);
    expect(body.items.map((item) => text.slice(item.start, item.end))).toEqual([
      'a',
      'resource "x" "y"',
      'locals',
      'locals',
    ]);
    const block = body.items[1];
    const values = block?.kind === 'block' ? block.body.items : [];
    expect(values.map((item) => (item.kind === 'attribute' ? [item.name, item.value.kind] : item.type))).toEqual([
      ['b', 'template'],
      ['e', 'tuple'],
    ]);
  });

  test('one that both reject stays as ours read it', async () => {
    const file = parseHcl({ path: 'a.tf', format: 'hcl', text: 'a = \nb = 1\n' });
    expect(await readByOtherParser(file)).toBe(file);
  });

  test.each([
    ['brackets', `a = ${'['.repeat(1000)}`],
    ['signs', `a = ${'!'.repeat(5000)}`],
    ['conditions', `a = ${'b ? '.repeat(5000)}`],
    ['size', `a = [\n${'  1\n'.repeat(100_000)}`],
  ])('is not asked where it could not bear the %s', async (_, hostile) => {
    const file = parseHcl({ path: 'a.tf', format: 'hcl', text: hostile });
    expect(await readByOtherParser(file)).toBe(file);
  });
});
