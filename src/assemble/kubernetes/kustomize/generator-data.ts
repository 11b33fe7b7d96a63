/** The data of generated ConfigMaps and Secrets: from literals, files and environment files. */
import { posix } from 'node:path';
import { placingWithin } from '../../../source/scalar-origin.ts';
import { type Origin, withVia } from '../../../source/span.ts';
import { at, type Entry, itemsOf, type Scalar, textOf, unknown, type Value } from '../../../source/value.ts';
import { type Layer, namedPath, readNamed, tell } from './layer.ts';
import { stringOf } from './value-edit.ts';

/**
 * The fields of the object by name: `data`, and `binaryData` of a ConfigMap for files that are no text (what they hold
 * is not known). Values of a Secret are encoded. Each value stands where it is written.
 */
export function dataOf(layer: Layer, item: Value, secret: boolean): ReadonlyMap<string, readonly Entry[]> {
  const pairs = [...environmentPairs(layer, item), ...literalPairs(layer, item), ...filePairs(layer, item)];
  const seen = new Map<string, Entry>();
  for (const pair of pairs) {
    const message = `${pair.key} is in this object already: kustomize refuses it twice.`;
    if (seen.has(pair.key)) tell(layer, 'merge-conflict', message, pair.keyOrigin);
    else seen.set(pair.key, secret ? { ...pair, value: encoded(pair.value) } : pair);
  }
  const data = [...seen.values()].filter(({ value }) => secret || value.kind !== 'unknown');
  const binary = [...seen.values()].filter(({ value }) => !secret && value.kind === 'unknown');
  const fields = new Map<string, readonly Entry[]>();
  if (data.length > 0 || secret) fields.set('data', data);
  if (binary.length > 0) fields.set('binaryData', binary);
  return fields;
}

function encoded(value: Value): Value {
  if (value.kind !== 'scalar') return value;
  const text = Buffer.from(value.text).toString('base64');
  // Kubernetes' tools break long values into lines of seventy characters.
  const lines = text.length < 70 ? text : (text.match(/.{1,70}/g) ?? []).map((line) => `${line}\n`).join('');
  return stringOf(lines, value.origin);
}

function literalPairs(layer: Layer, item: Value): Entry[] {
  return itemsOf(at(item, 'literals')).flatMap((literal) => {
    const text = textOf(literal) ?? '';
    const sign = text.indexOf('=');
    if (literal.kind !== 'scalar' || sign < 1) {
      tell(layer, 'invalid-value', 'A literal is written name=value: this one is left out.', literal.origin);
      return [];
    }
    const reading = layer.files.read(literal.origin.file);
    const place = placingWithin(reading.kind === 'text' ? reading.text : '', literal);
    const value = unquoted(text.slice(sign + 1));
    const origin = sign + 1 < text.length ? place(sign + 1, text.length) : literal.origin;
    return [{ key: text.slice(0, sign), keyOrigin: place(0, sign), value: stringOf(value, origin) }];
  });
}

function unquoted(text: string): string {
  const mark = text[0];
  const isQuoted = text.length > 1 && (mark === '"' || mark === "'") && text.endsWith(mark);
  return isQuoted ? text.slice(1, -1) : text;
}

function filePairs(layer: Layer, item: Value): Entry[] {
  return itemsOf(at(item, 'files')).flatMap((source) => {
    const text = textOf(source) ?? '';
    const sign = text.indexOf('=');
    const path = text.slice(sign + 1);
    const key = sign === -1 ? posix.basename(path) : text.slice(0, sign);
    if (path === '' || key === '' || path.includes('=')) {
      tell(layer, 'invalid-value', 'A file is written path or name=path: this one is left out.', source.origin);
      return [];
    }
    const value = fileValue(layer, path, source.origin);
    return value ? [{ key, keyOrigin: source.origin, value }] : [];
  });
}

function fileValue(layer: Layer, reference: string, origin: Origin): Value | undefined {
  const path = namedPath(layer, reference, origin);
  if (path === undefined) return undefined;
  const reading = layer.files.read(path);
  if (reading.kind === 'refused') {
    const message = `${reference} is no text: what is made of it is named without the hash of its content.`;
    tell(layer, 'unsupported-construct', message, origin);
    return unknown(`${reference} is no text`, origin);
  }
  const named = readNamed(layer, reference, origin);
  return named && stringOf(named.text, withVia({ file: named.path, start: 0, end: 0 }, origin));
}

function environmentPairs(layer: Layer, item: Value): Entry[] {
  const single = at(item, 'env');
  const sources = [...itemsOf(at(item, 'envs')), ...(single ? [single] : [])];
  return sources.flatMap((source) => {
    const named =
      source.kind === 'scalar' && source.text !== '' ? readNamed(layer, source.text, source.origin) : undefined;
    return named && source.kind === 'scalar' ? linesOf(named.path, named.text, source) : [];
  });
}

/** `name=value` a line, as it stands: neither quotes nor variables mean anything here. */
function linesOf(path: string, text: string, source: Scalar): Entry[] {
  const entries: Entry[] = [];
  for (const match of text.matchAll(/[^\n]+/g)) {
    const line = match[0].replace(/\r$/, '');
    const content = line.trimStart();
    if (content === '' || content.startsWith('#')) continue;
    const start = match.index + line.length - content.length;
    const sign = content.indexOf('=');
    const key = sign === -1 ? content : content.slice(0, sign);
    const value = sign === -1 ? '' : content.slice(sign + 1);
    const place = (from: number, to: number): Origin =>
      withVia({ file: path, start: start + from, end: start + to }, source.origin);
    const whole = place(0, content.length);
    const origin = value === '' ? whole : place(sign + 1, content.length);
    entries.push({ key, keyOrigin: place(0, key.length), value: stringOf(value, origin) });
  }
  return entries;
}
