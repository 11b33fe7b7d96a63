import type { Comment } from '../../source/comment.ts';
import type { Notice } from '../../source/notice.ts';
import type { SourceFile } from '../../source/source-file.ts';
import type { Entry, Mapping, Scalar, Value } from '../../source/value.ts';
import { type FileNotices, fileNotices, tell } from '../file-notices.ts';
import { parseData } from '../yaml/index.ts';
import { parseExpression, parseTemplate } from './fragment.ts';
import { type BlockKind, FILE_BLOCKS, PROVIDERS_BLOCK } from './json-blocks.ts';
import type { Attribute, Block, Body, Expression, Label, Range } from './syntax.ts';

/** What the bodies of one file share. */
interface Reading {
  readonly file: SourceFile;
  readonly notices: FileNotices;
}

/** How the strings of an argument are read. */
type Strings = 'template' | 'bare' | 'literal';

/** What a body knows of its arguments. */
type Knowledge = Pick<BlockKind, 'blocks' | 'bare' | 'literal'>;

const FILE: Knowledge = { blocks: FILE_BLOCKS, bare: new Set(), literal: new Set() };

/**
 * The body of a file in HCL's JSON syntax (hashicorp/hcl, json/spec.md; for Terraform's blocks, its page "JSON
 * Configuration Syntax"), in the shapes of the native one. Blocks are what the language itself says are blocks; a block
 * of a provider cannot be told from an argument, and is an argument whose value is an object or a tuple of objects. The
 * range of a block begins at its last label, since those before are shared. `*.tfvars.json` holds arguments alone, whose
 * strings are no templates.
 */
export function readJson(file: SourceFile): {
  readonly body: Body;
  readonly notices: readonly Notice[];
  readonly comments: () => readonly Comment[];
} {
  const { documents, notices, comments } = parseData({ ...file, format: 'json' });
  const reading: Reading = { file, notices: fileNotices() };
  const values = /\.tfvars\.json$/.test(file.path);
  const items: (Attribute | Block)[] = [];
  for (const { root } of documents) {
    for (const mapping of mappingsOf(reading, root)) {
      if (values) for (const entry of mapping.entries.values()) items.push(attributeOf(reading, entry, 'literal'));
      else items.push(...itemsOf(reading, mapping, FILE));
    }
  }
  const body = { start: 0, end: file.text.length, items };
  return { body, notices: [...notices, ...reading.notices.list], comments };
}

/** The object that a value is, or the objects that it lists: JSON allows either wherever there is a body. */
function mappingsOf(reading: Reading, value: Value | null): readonly Mapping[] {
  if (value === null || (value.kind === 'scalar' && value.value === null)) return [];
  if (value.kind === 'mapping') return [value];
  if (value.kind === 'list') return value.items.flatMap((item) => mappingsOf(reading, item));
  tell(reading.notices, 'syntax-error', NO_OBJECT, value.origin);
  return [];
}

const NO_OBJECT = 'An object, or an array of objects, is expected here; this is ignored.';

function itemsOf(reading: Reading, mapping: Mapping, known: Knowledge): readonly (Attribute | Block)[] {
  const items: (Attribute | Block)[] = [];
  for (const entry of mapping.entries.values()) {
    if (entry.key === '//') continue;
    const kind = known.blocks.get(entry.key) ?? (holdsDynamic(entry.value) ? PROVIDERS_BLOCK : undefined);
    if (kind) items.push(...blocksOf(reading, entry, kind, entry.key, []));
    else items.push(attributeOf(reading, entry, stringsOf(known, entry.key)));
  }
  return items;
}

function stringsOf({ bare, literal }: Knowledge, name: string): Strings {
  return bare.has(name) ? 'bare' : literal.has(name) ? 'literal' : 'template';
}

/** Only blocks can hold `dynamic`. */
function holdsDynamic(value: Value): boolean {
  if (value.kind === 'list') return value.items.some(holdsDynamic);
  return value.kind === 'mapping' && value.entries.has('dynamic');
}

/** The blocks below one key, through as many levels of labels as there are to come. */
function blocksOf(
  reading: Reading,
  { value, keyOrigin }: Entry,
  kind: BlockKind,
  type: string,
  labels: readonly Label[],
): readonly Block[] {
  return mappingsOf(reading, value).flatMap((mapping) => {
    if (labels.length < kind.labels) {
      return [...mapping.entries.values()].flatMap((entry) => {
        const label = { ...rangeOf(entry.keyOrigin), text: entry.key };
        return entry.key === '//' ? [] : blocksOf(reading, entry, kind, type, [...labels, label]);
      });
    }
    const header = rangeOf(keyOrigin);
    const body = { ...rangeOf(mapping.origin), items: itemsOf(reading, mapping, kind) };
    return [{ kind: 'block', start: header.start, end: body.end, type, labels, header, body } as const];
  });
}

function attributeOf(reading: Reading, { key, keyOrigin, value }: Entry, strings: Strings): Attribute {
  const range = rangeOf(keyOrigin);
  const expression = expressionOf(reading, value, strings);
  return { kind: 'attribute', start: range.start, end: expression.end, name: key, key: range, value: expression };
}

function rangeOf({ start, end }: Range): Range {
  return { start, end };
}

function expressionOf(reading: Reading, value: Value, strings: Strings): Expression {
  const range = rangeOf(value.origin);
  switch (value.kind) {
    case 'scalar':
      if (typeof value.value === 'string') return stringOf(reading, value, strings);
      return { kind: 'literal', ...range, value: value.value, text: value.text };
    case 'list':
      return { kind: 'tuple', ...range, items: value.items.map((item) => expressionOf(reading, item, strings)) };
    case 'mapping':
      return {
        kind: 'object',
        ...range,
        items: [...value.entries.values()].map((entry) => pairOf(reading, entry, strings)),
      };
    case 'unknown':
      return { kind: 'invalid', ...range };
  }
}

function pairOf(reading: Reading, { key, keyOrigin, value }: Entry, strings: Strings) {
  const scalar: Scalar = { kind: 'scalar', value: key, text: key, quoted: true, origin: keyOrigin };
  const read = stringOf(reading, scalar, strings === 'template' ? 'template' : 'literal');
  return { key: read, value: expressionOf(reading, value, strings) };
}

/** A string as what it means: itself, a template, or an expression. */
function stringOf(reading: Reading, { text, origin }: Scalar, strings: Strings): Expression {
  const range = rangeOf(origin);
  const itself = { kind: 'text', ...range, value: text } as const;
  if (strings === 'literal' || (strings === 'template' && !/[$%]\{/.test(text))) return itself;
  const { file } = reading;
  const fragment = { path: file.path, text, place: placing(file.text, range, text) };
  const { value, notices } = strings === 'bare' ? parseExpression(fragment) : parseTemplate(fragment);
  for (const { code, message, origin: at } of notices) tell(reading.notices, code, message, at);
  if (value === null) return { kind: 'invalid', ...range };
  return value.kind === 'text' || value.kind === 'template' ? { ...value, ...range } : value;
}

/** Where the characters of a decoded string stand in the file. */
function placing(text: string, { start, end }: Range, decoded: string): (offset: number) => number {
  if (end - start - 2 === decoded.length) return (offset) => start + 1 + offset;
  const places: number[] = [];
  for (let at = start + 1; at < end - 1; ) {
    places.push(at);
    if (text[at] !== '\\') at++;
    else at += text[at + 1] === 'u' ? 6 : 2;
  }
  places.push(Math.max(start, end - 1));
  return (offset) => places[offset] ?? end;
}
