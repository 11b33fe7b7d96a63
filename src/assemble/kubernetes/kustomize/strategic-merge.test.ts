import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../parsers/yaml/index.ts';
import type { Notice } from '../../../source/notice.ts';
import type { Mapping } from '../../../source/value.ts';
import { plainOf } from './kustomize.fixture.ts';
import { mergeKeysOf } from './merge-keys.ts';
import { gvkOf } from './resource.ts';
import { strategicMerge } from './strategic-merge.ts';

const read = (text: string) => parseYaml({ path: 'a.yaml', format: 'yaml', text }).documents[0]?.root as Mapping;

/** The spec of an object after a patch of its spec, as plain data. */
function merged(head: string, spec: string, patch: string) {
  const [target, change] = [read(`${head}\nspec: ${spec}\n`), read(`spec: ${patch}\n`)];
  const notices: Notice[] = [];
  const result = strategicMerge(target, change, {
    keys: mergeKeysOf(gvkOf(target)),
    notices,
    work: { steps: 100_000 },
  });
  return { spec: result && (plainOf(result) as { spec?: unknown }).spec, codes: notices.map(({ code }) => code) };
}

const SERVICE = 'apiVersion: v1\nkind: Service';
const POD = 'apiVersion: v1\nkind: Pod';
const CUSTOM = 'apiVersion: example.com/v1\nkind: Widget';

describe('fields', () => {
  test.each([
    ['are set', '{ a: 1, b: 2 }', '{ b: 3, c: 4 }', { a: 1, b: 3, c: 4 }],
    ['are removed by null', '{ a: 1, b: { c: 2 } }', '{ a: null, b: { c: null } }', { b: {} }],
    ['are replaced', '{ a: { b: 1 } }', '{ a: { $patch: replace, c: 2 } }', { a: { c: 2 } }],
    ['are deleted', '{ a: { b: 1 }, d: 1 }', '{ a: { $patch: delete } }', { d: 1 }],
    ['lose what was empty', '{ a: 1, b: , c: null }', '{ a: 2 }', { a: 2, c: null }],
    ['come without the nulls in them', '{}', '{ a: { b: null, c: 1, d: { $patch: delete } } }', { a: { c: 1 } }],
  ])('%s', (_, spec, patch, expected) => expect(merged(CUSTOM, spec, patch).spec).toEqual(expected));

  test('of another kind than before are told, and so is a directive that is none', () => {
    expect(merged(CUSTOM, '{ a: [1] }', '{ a: { b: 1 } }')).toEqual({
      spec: { a: { b: 1 } },
      codes: ['merge-conflict'],
    });
    expect(merged(CUSTOM, '{ a: { b: 1 } }', '{ a: { $patch: x, c: 1 } }')).toEqual({
      spec: { a: { b: 1, c: 1 } },
      codes: ['invalid-value'],
    });
  });

  test('all of them can go', () => {
    const target = read(`${POD}\nspec: { a: 1 }\n`);
    const merging = { keys: mergeKeysOf(gvkOf(target)), notices: [], work: { steps: 1000 } };
    expect(strategicMerge(target, read('$patch: delete\n'), merging)).toBeUndefined();
  });
});

describe('lists', () => {
  const names = (...list: string[]) => `{ containers: [${list.map((name) => `{ name: ${name} }`).join(', ')}] }`;

  test.each([
    ['with a key are merged, new items first', names('a', 'b'), names('c', 'b'), ['c', 'b', 'a']],
    ['lose an item', names('a', 'b'), '{ containers: [{ name: a, $patch: delete }] }', ['b']],
    ['are replaced', names('a', 'b'), '{ containers: [{ $patch: replace }, { name: c }] }', ['c']],
    ['lose everything', names('a'), '{ containers: [{ $patch: delete }] }', undefined],
    ['have an item once, the last', '{ containers: [{ name: a }, { name: b }, { name: a }] }', '{}', ['a', 'b']],
  ])('%s', (_, spec, patch, expected) => {
    const { containers } = merged(POD, spec, patch).spec as { containers?: { name: string }[] };
    expect(containers?.map(({ name }) => name)).toEqual(expected);
  });

  test('of kinds that nobody described are replaced', () => {
    expect(merged(CUSTOM, names('a', 'b'), names('c')).spec).toEqual({ containers: [{ name: 'c' }] });
    expect(merged(POD, '{ tolerations: [{ key: a }] }', '{ tolerations: [{ key: b }] }').spec).toEqual({
      tolerations: [{ key: 'b' }],
    });
  });

  test('with two keys: what the patch adds comes first, what was there keeps its order', () => {
    const { spec } = merged(
      SERVICE,
      '{ ports: [{ port: 80, protocol: TCP, name: a }, { port: 53, protocol: UDP }] }',
      '{ ports: [{ port: 80, protocol: TCP, nodePort: 30000 }, { port: 53, protocol: TCP }] }',
    );
    expect(spec).toEqual({
      ports: [
        { port: 53, protocol: 'TCP' },
        { port: 80, protocol: 'TCP', name: 'a', nodePort: 30000 },
        { port: 53, protocol: 'UDP' },
      ],
    });
  });

  test('with two keys of which nobody says one are merged by the other', () => {
    const { spec } = merged(
      SERVICE,
      '{ ports: [{ port: 80, name: a }] }',
      '{ ports: [{ port: 80, nodePort: 30000 }] }',
    );
    expect(spec).toEqual({ ports: [{ port: 80, name: 'a', nodePort: 30000 }] });
  });

  test('with two keys of which one side leaves one out stay as they were', () => {
    const { spec } = merged(
      SERVICE,
      '{ ports: [{ port: 80, protocol: TCP }] }',
      '{ ports: [{ port: 80, nodePort: 30000 }] }',
    );
    expect(spec).toEqual({ ports: [{ port: 80, protocol: 'TCP' }] });
  });

  test('with two keys that are longer than any real one are not merged', () => {
    const ports = (from: number) =>
      Array.from({ length: 400 }, (_, i) => `{ port: ${from + i}, protocol: TCP }`).join();
    const { spec, codes } = merged(SERVICE, `{ ports: [${ports(1)}] }`, `{ ports: [${ports(1000)}] }`);
    expect(codes).toEqual(['expansion-limit']);
    expect((spec as { ports: unknown[] }).ports).toHaveLength(400);
  });

  test('of plain values are sets', () => {
    const target = read('apiVersion: v1\nkind: Pod\nmetadata: { finalizers: [a, b] }\n');
    const merging = { keys: mergeKeysOf(gvkOf(target)), notices: [], work: { steps: 1000 } };
    const result = strategicMerge(target, read('metadata: { finalizers: [c, b] }\n'), merging);
    expect(result && plainOf(result)).toMatchObject({ metadata: { finalizers: ['c', 'b', 'a'] } });
  });
});
