/** A structural hash: equal for objects that say the same, wherever and in whatever order they say it. */
import type { Mapping, Value } from '../../source/value.ts';

/**
 * What a cluster or a tool writes into an object, and what is said to people or to us: two objects that differ in
 * nothing else are the same. All other labels and annotations count, since controllers act on them.
 */
const IGNORED: Readonly<Record<string, ReadonlySet<string>>> = {
  '': new Set(['status']),
  metadata: new Set(['managedFields', 'creationTimestamp', 'resourceVersion', 'uid', 'generation', 'selfLink']),
  'metadata.annotations': new Set([
    'kubectl.kubernetes.io/last-applied-configuration',
    'deployment.kubernetes.io/revision',
    'kubernetes.io/description',
    'portolan.dev/ignore',
  ]),
};

/** The digest of an object's content, without its origins. By chance one in four thousand million pairs looks alike. */
export function digestOf(root: Mapping): string {
  return hashOf(root, '').toString(16).padStart(8, '0');
}

/** `path` is where the value stands, as far as the table above knows it; null elsewhere. */
function hashOf(value: Value, path: string | null): number {
  if (value.kind === 'scalar') return hashText(String(value.value), SEEDS[typeof value.value as keyof typeof SEEDS]);
  if (value.kind === 'unknown') return hashText(value.because, SEEDS.unknown);
  if (value.kind === 'list') {
    let hash = SEEDS.list;
    for (const item of value.items) hash = mix(hash, hashOf(item, null));
    return hash;
  }
  const ignored = path === null ? undefined : IGNORED[path];
  let hash = SEEDS.mapping;
  for (const entry of value.entries.values()) {
    if (ignored?.has(entry.key)) continue;
    // A sum, because the order of keys says nothing.
    hash = (hash + mix(hashText(entry.key, SEEDS.string), hashOf(entry.value, below(path, entry.key)))) >>> 0;
  }
  return hash;
}

/** Where the hash of each kind of value begins; `80` and `"80"` are not the same. */
const SEEDS = { string: 1, number: 2, boolean: 3, object: 4, unknown: 5, list: 6, mapping: 7 };

function below(path: string | null, key: string): string | null {
  if (path === '') return key === 'metadata' ? 'metadata' : null;
  return path === 'metadata' && key === 'annotations' ? 'metadata.annotations' : null;
}

function hashText(text: string, seed: number): number {
  let hash = 0x811c9dc5 ^ seed;
  for (let i = 0; i < text.length; i++) hash = Math.imul(hash ^ text.charCodeAt(i), 0x01000193);
  return hash >>> 0;
}

function mix(one: number, other: number): number {
  const product = Math.imul(one ^ Math.imul(other, 0xcc9e2d51), 0x1b873593);
  return (product ^ (product >>> 15)) >>> 0;
}
