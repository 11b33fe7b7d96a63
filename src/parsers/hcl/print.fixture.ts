import type { Attribute, Block, Body, Expression, ObjectExpression, Part, Template, Text } from './syntax.ts';

/** What stands between two tokens: nothing, blanks, a comment; and, where lines do not count, line ends. */
export type Gap = (lines: boolean) => string;

/** The text of a tree, from which parsing must make the same tree. `gap` is asked for what stands between tokens. */
export function printBody(body: Body, gap: Gap): string {
  return body.items.map((item) => `${printItem(item, gap)}\n`).join('');
}

function printItem(item: Attribute | Block, gap: Gap): string {
  if (item.kind === 'attribute') return `${item.name}${gap(false)}=${gap(false)}${print(item.value, gap, false)}`;
  const labels = item.labels.map((label) => ` ${quoted(label.text)}`).join('');
  return `${item.type}${labels}${gap(false)}{${gap(false)}\n${printBody(item.body, gap)}}`;
}

/** `lines` says whether line ends are blanks here. */
function print(value: Expression, gap: Gap, lines: boolean): string {
  const part = (each: Expression): string => print(each, gap, lines);
  const inside = (each: Expression): string => `${gap(true)}${print(each, gap, true)}${endOf(each)}${gap(true)}`;
  switch (value.kind) {
    case 'literal':
      return value.text;
    case 'text':
    case 'template':
      return value.heredoc ? heredoc(value, gap) : `"${content(value, gap, escapedInQuotes)}"`;
    case 'tuple':
      return `[${value.items.map(inside).join(',')}]`;
    case 'object':
      return `{${value.items.map((item) => printEntry(item, gap)).join('')}}`;
    case 'variable':
      return value.name;
    case 'attr':
      return `${part(value.on)}${gap(lines)}.${value.name}`;
    case 'index':
      return `${part(value.on)}[${inside(value.key)}]`;
    case 'splat':
      return `${part(value.on)}${value.full ? '[*]' : '.*'}${part(value.each)}`;
    case 'item':
      return '';
    case 'call':
      return `${value.name}(${value.args.map(inside).join(',')}${value.expand ? '...' : ''})`;
    case 'conditional':
      return `${part(value.condition)} ?${gap(lines)} ${part(value.then)} :${gap(lines)} ${part(value.otherwise)}`;
    case 'binary':
      return `${part(value.left)}${gap(lines)} ${value.operator} ${gap(lines)}${part(value.right)}`;
    case 'unary':
      return `${value.operator}${gap(lines)}${part(value.operand)}`;
    case 'parentheses':
      return `(${inside(value.inner)})`;
    case 'for': {
      const [open, close] = value.shape === 'tuple' ? '[]' : '{}';
      const names = value.key === null ? value.item : `${value.key}, ${value.item}`;
      const keyed = value.keyed ? `${inside(value.keyed)} =>` : '';
      const condition = value.condition ? ` if ${inside(value.condition)}` : '';
      const grouped = value.grouped ? '...' : '';
      return `${open}for ${names} in ${inside(value.of)} :${keyed}${inside(value.value)}${grouped}${condition}${close}`;
    }
    case 'invalid':
      throw new Error('what could not be read cannot be written');
  }
}

/** The marker of a heredoc is the last of its line. */
function endOf(value: Expression): string {
  return (value.kind === 'text' || value.kind === 'template') && value.heredoc ? '\n' : '';
}

function printEntry({ key, value }: ObjectExpression['items'][number], gap: Gap): string {
  return `\n${print(key, gap, false)}${gap(false)} = ${print(value, gap, false)}`.concat('\n');
}

function content(value: Text | Template, gap: Gap, escaped: (text: string) => string): string {
  return value.kind === 'text' ? escaped(value.value) : parts(value.parts, gap, escaped);
}

function parts(of: readonly Part[], gap: Gap, escaped: (text: string) => string): string {
  return of.map((part) => printPart(part, gap, escaped)).join('');
}

function printPart(part: Part, gap: Gap, escaped: (text: string) => string): string {
  const inside = (each: Expression): string => `${gap(true)}${print(each, gap, true)}${gap(true)}`;
  if (part.kind === 'text') return escaped(part.value);
  if (part.kind === 'interpolation') return `\${${inside(part.value)}}`;
  if (part.kind === 'if') {
    const otherwise = part.otherwise.length > 0 ? `%{ else }${parts(part.otherwise, gap, escaped)}` : '';
    return `%{ if ${inside(part.condition)} }${parts(part.then, gap, escaped)}${otherwise}%{ endif }`;
  }
  const names = part.key === null ? part.item : `${part.key}, ${part.item}`;
  return `%{ for ${names} in ${inside(part.of)} }${parts(part.parts, gap, escaped)}%{ endfor }`;
}

function heredoc(value: Text | Template, gap: Gap): string {
  return `<<MARK_OF_END\n${content(value, gap, escapedInHeredoc)}MARK_OF_END`;
}

/** A text in quotes; nothing in it can be taken for the beginning of a sequence, whatever follows. */
function escapedInQuotes(text: string): string {
  return text.replace(/[\\"$%\p{Cc}\u2028]/gu, (character) => {
    const known = { '\n': '\\n', '\r': '\\r', '\t': '\\t', '"': '\\"', '\\': '\\\\' }[character];
    return known ?? `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
  });
}

function quoted(text: string): string {
  return `"${escapedInQuotes(text)}"`;
}

function escapedInHeredoc(text: string): string {
  return text.replace(/([$%])\{/g, (_, mark: string) => `${mark}${mark}{`);
}
