import { diskTree } from '../../source/disk-tree.ts';
import type { Origin } from '../../source/span.ts';
import type { Value } from '../../source/value.ts';
import { parseYaml } from './index.ts';

/**
 * What must hold of any text, valid or not: parsing ends without an exception, every place is inside the file and inside
 * the place of what holds it, comments come in order, and a plain scalar on one line stands in the file as it reads.
 * Answers what does not hold.
 */
export function unsoundness(text: string): readonly string[] {
  const found: string[] = [];
  const whole = { file: 'a.yaml', start: 0, end: text.length };
  const inside = (what: string, inner: Origin, outer: Origin) => {
    if (inner.start > inner.end || inner.start < outer.start || inner.end > outer.end) {
      found.push(`${what} ${inner.start}-${inner.end} is not inside ${outer.start}-${outer.end}`);
    }
  };
  const visit = (value: Value, parent: Origin) => {
    inside(value.kind, value.origin, whole);
    // What an alias brought here stands at its anchor, outside of what holds it.
    if (value.origin.via) return;
    inside(value.kind, value.origin, parent);
    if (value.kind === 'scalar' && !value.quoted && value.text !== '') {
      const written = text.slice(value.origin.start, value.origin.end);
      if (!/[\n\r]/.test(written) && !written.startsWith('!') && written !== value.text && !/^["'|>]/.test(written)) {
        found.push(`"${value.text}" is written "${written}"`);
      }
    }
    if (value.kind === 'list') for (const item of value.items) visit(item, value.origin);
    if (value.kind !== 'mapping') return;
    for (const entry of value.entries.values()) {
      inside('key', entry.keyOrigin, whole);
      if (!entry.keyOrigin.via) visit(entry.value, value.origin);
    }
  };
  const { documents, notices, comments } = parseYaml({ path: 'a.yaml', format: 'yaml', text });
  for (const { root, span } of documents) if (root) visit(root, span);
  for (const { code, origin } of notices) inside(code, origin, whole);
  let last = 0;
  for (const { origin, covers } of comments()) {
    inside('comment', origin, { ...whole, start: last });
    inside('what a comment covers', covers, whole);
    last = origin.end;
  }
  if (documents.length === 0 && notices.length === 0) found.push('the file was dropped in silence');
  return found;
}

/** Pieces of which texts are made that look like YAML and are often broken. */
export const PIECES: readonly string[] = [
  ...['a', 'b: ', 'c:', '- ', '? ', ': ', '\n', '\n', '\n  ', '\n    ', '\r\n', '\r', '\t', ' ', ', '],
  ...['[', ']', '{', '}', '"', "'", '\\', '|', '>', '|-\n', '>2\n', '#', ' # x', '---', '\n---\n', '\n...\n', '%'],
  ...[
    '&a ',
    '*a',
    '<<: *a',
    '!t ',
    '!!str ',
    '!<x> ',
    '{{',
    '}}',
    '%{',
    '\uFEFF',
    '\u0007',
    '\uD800',
    '\u2028',
    '80:80',
  ],
];

/** The files under `testdata` whose path matches, by path. */
export function sampleTexts(wanted: RegExp): ReadonlyMap<string, string> {
  const tree = diskTree('testdata');
  const texts = new Map<string, string>();
  for (const path of tree.list().value) {
    const reading = wanted.test(path) ? tree.read(path) : undefined;
    if (reading?.kind === 'text') texts.set(path, reading.text);
  }
  return texts;
}
