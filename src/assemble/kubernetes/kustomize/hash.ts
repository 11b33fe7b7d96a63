/** The hash in the names of generated objects: what changes with them, so that their pods are started again. */
import { createHash } from 'node:crypto';
import { at, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { jsonText, plainJson } from './plain-json.ts';
import { gvkOf } from './resource.ts';

/** Signs that make words are written as others. */
const SAFE: ReadonlyMap<string, string> = new Map([
  ['0', 'g'],
  ['1', 'h'],
  ['3', 'k'],
  ['a', 'm'],
  ['e', 't'],
]);

/**
 * The hash of a ConfigMap or Secret, over its kind and its data; undefined where some of its
 * content is not known.
 */
export function contentHash(root: Mapping): string | undefined {
  const secret = gvkOf(root).kind === 'Secret';
  const parts = [
    ...(secret ? [] : optional(root, 'binaryData')),
    ['data', jsonOf(at(root, 'data'))],
    ['kind', jsonText(secret ? 'Secret' : 'ConfigMap')],
    // kustomize means to take the name, and looks for it where it never is.
    ['name', jsonText('')],
    ...(secret ? optional(root, 'stringData') : []),
    ...(secret ? [['type', jsonText(textOf(at(root, 'type')) ?? '')]] : []),
  ];
  if (parts.some(([, json]) => json === undefined)) return undefined;
  const text = `{${parts.map(([key, json]) => `"${key}":${json}`).join(',')}}`;
  const digest = createHash('sha256').update(text).digest('hex');
  return [...digest.slice(0, 10)].map((sign) => SAFE.get(sign) ?? sign).join('');
}

function optional(root: Mapping, key: string): [string, string | undefined][] {
  const value = at(root, key);
  return value?.kind === 'mapping' ? [[key, plainJson(value)]] : [];
}

function jsonOf(value: Value | undefined): string | undefined {
  return value ? plainJson(value) : '""';
}
