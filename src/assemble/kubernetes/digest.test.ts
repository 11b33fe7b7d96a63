import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../parsers/yaml/index.ts';
import type { Mapping } from '../../source/value.ts';
import { digestOf } from './digest.ts';

function digest(text: string): string {
  const root = parseYaml({ path: 'a.yaml', format: 'yaml', text }).documents[0]?.root;
  if (root?.kind !== 'mapping') throw new Error('the text is no mapping');
  return digestOf(root as Mapping);
}

describe('the digest of an object', () => {
  test('knows no place, no order of keys and no way of writing', () => {
    expect(digest('a: 1\nb: [x, y]\n')).toBe(digest('{ "b": ["x", "y"], "a": 1 }'));
  });

  test('knows the order of lists, types and keys', () => {
    const digests = ['a: [x, y]', 'a: [y, x]', 'a: 1', 'a: "1"', 'b: 1', 'a: null', 'a: {}', 'a: []', 'a: { b: 1 }'];
    expect(new Set(digests.map(digest)).size).toBe(digests.length);
  });

  test('passes over what a cluster writes, and only where it writes it', () => {
    const plain = digest('metadata: { name: web }\nspec: {}');
    expect(digest('metadata: { name: web, uid: x, resourceVersion: "1" }\nspec: {}\nstatus: { ready: true }')).toBe(
      plain,
    );
    expect(digest('metadata: { name: web, uid: x }\nspec: { uid: x }')).not.toBe(plain);
    const annotated = (key: string) => digest(`metadata: { name: web, annotations: { "${key}": x, other: y } }`);
    expect(annotated('portolan.dev/ignore')).toBe(annotated('kubectl.kubernetes.io/last-applied-configuration'));
    expect(annotated('portolan.dev/ignore')).not.toBe(annotated('nginx.ingress.kubernetes.io/rewrite-target'));
  });

  test('is the same for the same content, however it is written', () => {
    const content = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 5 });
    fc.assert(
      fc.property(content, (object) => {
        const reversed = Object.fromEntries(Object.entries(object).reverse());
        expect(digest(JSON.stringify(object))).toBe(digest(JSON.stringify(reversed, null, 2)));
      }),
    );
  });
});
