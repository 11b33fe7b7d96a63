import { expect, test } from 'vitest';
import { parseHcl } from './index.ts';

const TEXT = `# of the file, or of what follows
# still
resource "a" "b" { # behind the header
  # inside, above
  c = 1 // behind
  d = [
    # in a list
    { e = 1 }, /* behind an item */
    2,
    # behind the last item
  ]
  f = "# no comment" # one
  g = <<E
# no comment
E
  # behind the last argument
}
# alone
`;

test('comments cover what begins on their line, or on the next line of code, or what is around them', () => {
  const { comments } = parseHcl({ path: 'a.tf', format: 'hcl', text: TEXT });
  const block = TEXT.slice(TEXT.indexOf('resource'), TEXT.lastIndexOf('}') + 1);
  const list = TEXT.slice(TEXT.indexOf('d = ['), TEXT.indexOf(']') + 1);
  expect(comments().map(({ text, covers }) => [text, TEXT.slice(covers.start, covers.end)])).toEqual([
    ['of the file, or of what follows', block],
    ['still', block],
    ['behind the header', block],
    ['inside, above', 'c = 1'],
    ['behind', 'c = 1'],
    ['in a list', '{ e = 1 }'],
    ['behind an item', '{ e = 1 }'],
    ['behind the last item', list],
    ['one', 'f = "# no comment"'],
    ['behind the last argument', block],
    ['alone', '# alone'],
  ]);
  expect(comments().map(({ within }) => within && TEXT.slice(within.start, within.end))).toEqual([
    ...[undefined, undefined],
    ...Array.from({ length: 8 }, () => block),
    undefined,
  ]);
});

test('comments of a file in which a brace is missing are those of what was read', () => {
  const text = 'a "b" {\n  c = 1 # one\n\nd {\n  e = 2 # two\n}\n';
  const { comments, body } = parseHcl({ path: 'a.tf', format: 'hcl', text });
  expect(body.items).toHaveLength(2);
  expect(comments().map((comment) => [comment.text, text.slice(comment.covers.start, comment.covers.end)])).toEqual([
    ['one', 'c = 1'],
    ['two', 'e = 2'],
  ]);
});
