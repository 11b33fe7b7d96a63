import type { Comment } from '../../source/comment.ts';
import type { Notice } from '../../source/notice.ts';
import { parseHcl, parseTemplate } from './index.ts';
import type { Range } from './syntax.ts';

/** Whether a value of a tree has a place. */
function isNode(value: unknown): value is Range {
  return typeof value === 'object' && value !== null && 'start' in value && 'end' in value;
}

/**
 * What must hold of any text, valid or not: parsing ends without an exception, every place is inside the file and inside
 * the place of what holds it, comments come in order, and what is lost has a notice. Answers what does not hold.
 */
export function unsoundness(text: string): readonly string[] {
  const path = 'a.tf';
  const native = parseHcl({ path, format: 'hcl', text });
  const bare = parseTemplate({ path, text });
  const found = [
    ...misplaced(native.body, { start: 0, end: text.length }),
    ...misplaced(bare.value, { start: 0, end: text.length }),
    ...strayed([...native.notices, ...bare.notices], native.comments(), text.length),
  ];
  const lost = JSON.stringify(native.body).includes('"kind":"invalid"') || bare.value === null;
  if (lost && native.notices.length + bare.notices.length === 0) found.push('something was lost in silence');
  return found;
}

/** The same of a text that is taken for JSON; labels stand before the block that they are shared by. */
export function unsoundnessOfJson(text: string): readonly string[] {
  const { body, notices, comments } = parseHcl({ path: 'a.tf.json', format: 'hcl-json', text });
  const inside = { start: 0, end: text.length };
  return [...outside(body, inside), ...strayed(notices, comments(), text.length)];
}

/** What of a tree is not inside what holds it. */
function misplaced(tree: unknown, parent: Range): readonly string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const found: string[] = [];
  let around = parent;
  if (isNode(tree)) {
    if (!(tree.start <= tree.end && tree.start >= parent.start && tree.end <= parent.end)) {
      found.push(`${label(tree)} is not inside ${parent.start}-${parent.end}`);
    }
    around = tree;
  }
  for (const value of Object.values(tree)) found.push(...misplaced(value, around));
  return found;
}

function outside(tree: unknown, file: Range): readonly string[] {
  if (typeof tree !== 'object' || tree === null) return [];
  const wrong = isNode(tree) && !(tree.start <= tree.end && tree.start >= file.start && tree.end <= file.end);
  return [...(wrong ? [label(tree)] : []), ...Object.values(tree).flatMap((value) => outside(value, file))];
}

function label(node: Range): string {
  return `${'kind' in node ? node.kind : 'node'} ${node.start}-${node.end}`;
}

function strayed(notices: readonly Notice[], comments: readonly Comment[], length: number): readonly string[] {
  const found: string[] = [];
  const inside = (what: string, { start, end }: Range, from: number) => {
    if (!(start <= end && start >= from && end <= length)) found.push(`${what} ${start}-${end} is not inside the file`);
  };
  for (const { code, origin } of notices) inside(code, origin, 0);
  let last = 0;
  for (const { origin, covers } of comments) {
    inside('comment', origin, last);
    inside('what a comment covers', covers, 0);
    last = origin.end;
  }
  return found;
}

/** Pieces of which texts are made that look like HCL and are often broken. */
export const PIECES: readonly string[] = [
  ...['a', 'b', 'for', 'in', 'if', 'else', 'true', 'null', '1', '1.5', '0', '.', '..', '...', '-', '!', '+', '*', '/'],
  ...['%', '==', '!=', '<', '>', '<=', '>=', '&&', '||', '?', ':', '::', '=', '=>', ',', '(', ')', '[', ']', '{', '}'],
  ...[
    '"',
    '"',
    '${',
    '%{',
    '~}',
    '${~',
    '}',
    '$${',
    '%%{',
    '$',
    '\\n',
    '\\"',
    '\\u00e9',
    '\\',
    '\n',
    '\n',
    '\r\n',
    '\r',
  ],
  ...[
    ' ',
    '  ',
    '\t',
    '#',
    '//',
    '/*',
    '*/',
    '<<E\n',
    '<<-E\n',
    '\nE\n',
    '\n  E\n',
    '<<',
    '\u00e9',
    'e\u0301',
    '\ud800',
  ],
  ...['.*', '[*]', '.0', '.a', 'a = ', 'b {', '}\n', '"x"', '%{if a}', '%{else}', '%{endif}', '%{for a in b}'],
  ...['%{endfor}', '[for a in b : a]', '{for k, v in b : k => v}', 'f(a...)', 'p::f(', '\u00a0', '\u2028', '\uFEFF'],
];
