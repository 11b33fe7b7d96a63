/** A structural hash: equal for objects that say the same, wherever and in whatever order they say it. */
import { type Entry, entriesOf, type Mapping, type Value } from '../../source/value.ts';

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

/** Two 32-bit hashes side by side: a chance collision would only make two variants look alike. */
type Hash = readonly [number, number];

/** The digest of an object's content, without its origins: sixteen hexadecimal digits. */
export function digestOf(root: Mapping): string {
  return hex(hashOf(root, ''));
}

function hashOf(value: Value, path: string | null): Hash {
  if (value.kind === 'scalar') return hashText(`${typeof value.value}:${value.value}`);
  if (value.kind === 'unknown') return hashText(`unknown:${value.because}`);
  if (value.kind === 'list') {
    let hash: Hash = hashText('[');
    for (const item of value.items) hash = mix(hash, hashOf(item, null));
    return hash;
  }
  let [a, b] = hashText('{');
  for (const entry of entriesOf(value)) {
    if (path !== null && IGNORED[path]?.has(entry.key)) continue;
    // A sum, because the order of keys says nothing.
    const [c, d] = mix(hashText(entry.key), hashOf(entry.value, below(path, entry)));
    a = (a + c) >>> 0;
    b = (b + d) >>> 0;
  }
  return [a, b];
}

/** The path of an entry as far as the table above knows it; null beyond. */
function below(path: string | null, entry: Entry): string | null {
  if (path === '') return entry.key === 'metadata' ? 'metadata' : null;
  return path === 'metadata' && entry.key === 'annotations' ? 'metadata.annotations' : null;
}

function hashText(text: string): Hash {
  let a = 0x811c9dc5;
  let b = 0x9e3779b9;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    a = Math.imul(a ^ code, 0x01000193);
    b = Math.imul(b + code, 0x85ebca6b) ^ (b >>> 13);
  }
  return [a >>> 0, b >>> 0];
}

function mix([a, b]: Hash, [c, d]: Hash): Hash {
  const first = Math.imul(a ^ Math.imul(c, 0xcc9e2d51), 0x1b873593);
  const second = Math.imul(b ^ Math.imul(d, 0xe6546b64), 0xc2b2ae35);
  return [(first ^ (first >>> 15)) >>> 0, (second ^ (second >>> 16)) >>> 0];
}

function hex([a, b]: Hash): string {
  return a.toString(16).padStart(8, '0') + b.toString(16).padStart(8, '0');
}
