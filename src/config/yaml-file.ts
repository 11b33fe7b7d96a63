/** One YAML file of policy: its text, its tree with places, and its content as plain data. */
import { parseYaml } from '../parsers/yaml/index.ts';
import type { Problem, Text } from '../policy/rule.ts';
import { originWithin } from '../source/scalar-origin.ts';
import { fileOrigin, type Origin } from '../source/span.ts';
import type { Value } from '../source/value.ts';

/** A file of ours as data, and as the tree that knows the place of each part. */
export interface YamlFile {
  readonly path: string;
  readonly text: string;
  readonly root: Value;
  /** The root as plain data, as JSON has it. */
  readonly content: unknown;
}

/** The one document of a file, or what keeps it from being read. */
export function readYamlFile(path: string, text: string): YamlFile | readonly Problem[] {
  const parsed = parseYaml({ path, format: path.endsWith('.json') ? 'json' : 'yaml', text });
  const problems = parsed.notices
    .filter(({ code }) => code !== 'lenient-syntax')
    .map(({ message, origin }) => ({ origin, message: withoutStop(message), hint: '' }));
  if (problems.length > 0) return problems;
  const written = parsed.documents.filter(({ root }) => root !== null);
  const [document, second] = written;
  if (!document?.root) return [{ origin: fileOrigin(path), message: 'this file is empty', hint: '' }];
  if (second) return [{ origin: second.span, message: 'this file has to hold one document', hint: '' }];
  return { path, text, root: document.root, content: plain(document.root) };
}

/** The place of what a JSON pointer leads to, or of the nearest thing around it. */
export function originAt(file: YamlFile, pointer: string): Origin {
  return stepsTo(file, pointer).origin;
}

/** The place of a key inside of what a JSON pointer leads to. */
export function keyOriginAt(file: YamlFile, pointer: string, key: string): Origin {
  const { value, origin } = stepsTo(file, pointer);
  return (value.kind === 'mapping' && value.entries.get(key)?.keyOrigin) || origin;
}

/** The text that a JSON pointer leads to, with the place of each stretch of it. */
export function textAt(file: YamlFile, pointer: string, text: string): Text {
  const { value, origin } = stepsTo(file, pointer);
  const place = (start: number, end: number): Origin =>
    value.kind === 'scalar' ? originWithin(file.text, value, start, end) : origin;
  return { text, place };
}

/** The keys of a JSON pointer (RFC 6901). */
export function keysOf(pointer: string): readonly string[] {
  return pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
}

/** A key as a step of a JSON pointer. */
export function pointerStep(key: string): string {
  return key.replaceAll('~', '~0').replaceAll('/', '~1');
}

/** What is there, and its place: of an absent thing its parent's key. */
function stepsTo(file: YamlFile, pointer: string): { readonly value: Value; readonly origin: Origin } {
  let value = file.root;
  let key: Origin | undefined;
  for (const name of keysOf(pointer)) {
    const entry = value.kind === 'mapping' ? value.entries.get(name) : undefined;
    const next = entry?.value ?? (value.kind === 'list' ? value.items[Number(name)] : undefined);
    if (!next) break;
    value = next;
    key = entry?.keyOrigin;
  }
  // A whole mapping or list is pointed at by its key: its first line says nothing of it.
  return { value, origin: value.kind === 'scalar' ? value.origin : (key ?? startOf(value.origin)) };
}

function startOf({ file, start }: Origin): Origin {
  return { file, start, end: start };
}

function plain(value: Value): unknown {
  switch (value.kind) {
    case 'scalar':
      return value.value;
    case 'list':
      return value.items.map(plain);
    case 'mapping':
      return Object.fromEntries([...value.entries.values()].map((entry) => [entry.key, plain(entry.value)]));
    case 'unknown':
      return null;
  }
}

function withoutStop(sentence: string): string {
  return sentence.endsWith('.') ? sentence.slice(0, -1) : sentence;
}
