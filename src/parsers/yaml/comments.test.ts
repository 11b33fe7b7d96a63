import { expect, test } from 'vitest';
import { parseYaml } from './index.ts';

/** Each comment with the first and the last line of what it covers, from one. */
function coverage(text: string): readonly (readonly [string, number, number])[] {
  const line = (offset: number) => text.slice(0, offset).split('\n').length;
  const { comments } = parseYaml({ path: 'a.yaml', format: 'yaml', text });
  return comments().map(({ text: comment, covers }) => [comment, line(covers.start), line(covers.end)]);
}

test('in a compose file', () => {
  const text = `# the whole file
# and this too
services: # all of services
  # all of web
  ## and again

  web: # still web
    # only the image
    image: nginx # the image
    ports: # all of ports
      # the first port
      - "80:80" # also the first
      - target: 1 # all of the second
        published: 2
      # what follows is no item
    command: [a, # all of command
      # around
      b ] # the end of command
  db:
    image: "a # b"
    text: |
      # no comment
      x # nor this
    more: it's#none
    last: 'x' # last
# at the end
`;
  expect(coverage(text)).toEqual([
    ['the whole file', 3, 25],
    ['and this too', 3, 25],
    ['all of services', 3, 25],
    ['all of web', 7, 18],
    ['and again', 7, 18],
    ['still web', 7, 18],
    ['only the image', 9, 9],
    ['the image', 9, 9],
    ['all of ports', 10, 14],
    ['the first port', 12, 12],
    ['also the first', 12, 12],
    ['all of the second', 13, 14],
    ['what follows is no item', 16, 18],
    ['all of command', 16, 18],
    ['around', 18, 18],
    ['the end of command', 18, 18],
    ['last', 25, 25],
    ['at the end', 26, 26],
  ]);
});
