import { describe, expect, test } from 'vitest';
import { parseHcl } from './index.ts';

const read = (text: string) => parseHcl({ path: 'a.tf', format: 'hcl', text });

describe('one bad item', () => {
  test('does not lose the file', () => {
    const text = 'a = 1\nb = [1\nc = 2\nresource "x" "y" {\n  d = "e\n  f = 3\n}\ng = 4\n';
    const { body, notices } = read(text);
    expect(body.items.map((item) => (item.kind === 'block' ? item.type : `${item.name}:${item.value.kind}`))).toEqual([
      'a:literal',
      'b:invalid',
      'c:literal',
      'resource',
      'g:literal',
    ]);
    expect(notices.map(({ code, origin }) => [code, text.slice(origin.start, origin.end)])).toEqual([
      ['syntax-error', 'c'],
      ['syntax-error', '"e'],
    ]);
  });
});
