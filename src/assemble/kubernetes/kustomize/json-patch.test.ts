import { describe, expect, test } from 'vitest';
import { parseYaml } from '../../../parsers/yaml/index.ts';
import { applyOperations, operationsOf } from './json-patch.ts';
import { plainOf } from './kustomize.fixture.ts';

const read = (text: string) => parseYaml({ path: 'a.yaml', format: 'yaml', text }).documents[0]?.root;

function patched(target: string, operations: string): unknown {
  const [root, list] = [read(target), operationsOf(read(operations))];
  if (!root || !list) return 'no patch';
  const result = applyOperations(root, list, { steps: 10_000 });
  return 'value' in result ? plainOf(result.value) : result.failure;
}

describe('an operation', () => {
  test.each([
    ['add a field', '{ a: 1 }', '[{ op: add, path: /b, value: 2 }]', { a: 1, b: 2 }],
    ['add over a field', '{ a: 1 }', '[{ op: add, path: /a, value: 2 }]', { a: 2 }],
    ['add to a list', '{ a: [1, 3] }', '[{ op: add, path: /a/1, value: 2 }]', { a: [1, 2, 3] }],
    ['add behind a list', '{ a: [1] }', '[{ op: add, path: /a/-, value: 2 }]', { a: [1, 2] }],
    ['remove', '{ a: [1, 2], b: 1 }', '[{ op: remove, path: /a/0 }, { op: remove, path: /b }]', { a: [2] }],
    ['replace', '{ a: { b: [1] } }', '[{ op: replace, path: /a/b/0, value: 2 }]', { a: { b: [2] } }],
    ['replace what is not there', '{ a: {} }', '[{ op: replace, path: /a/b, value: 2 }]', { a: { b: 2 } }],
    ['move', '{ a: 1 }', '[{ op: move, from: /a, path: /b }]', { b: 1 }],
    ['copy', '{ a: { b: 1 } }', '[{ op: copy, from: /a/b, path: /c }]', { a: { b: 1 }, c: 1 }],
    ['test', '{ a: { b: [1] } }', '[{ op: test, path: /a, value: { b: [1] } }]', { a: { b: [1] } }],
    ['escapes', '{ a/b: 1, c~d: 2 }', '[{ op: remove, path: /a~1b }, { op: remove, path: /c~0d }]', {}],
    ['below zero', '{ a: [1, 2] }', '[{ op: remove, path: /a/-1 }]', { a: [1] }],
  ])('%s', (_, target, operations, expected) => expect(patched(target, operations)).toEqual(expected));

  test.each([
    ['nothing there', '{ a: 1 }', '[{ op: remove, path: /b }]', 'there is no /b in it'],
    ['no list', '{ a: 1 }', '[{ op: add, path: /a/0, value: 1 }]', 'there is no /a/0 in it'],
    ['too far', '{ a: [] }', '[{ op: add, path: /a/1, value: 1 }]', 'there is no /a/1 in it'],
    ['a test', '{ a: 1 }', '[{ op: test, path: /a, value: 2 }]', 'a test in it fails'],
    ['nowhere from', '{ a: 1 }', '[{ op: copy, from: /b, path: /c }]', 'there is nothing at /b'],
    ['no operation', '{ a: 1 }', '[{ op: swap, path: /a }]', 'swap is no operation of a JSON patch'],
  ])('fails: %s', (_, target, operations, expected) => expect(patched(target, operations)).toBe(expected));

  test('without op or path makes the list no patch', () => {
    expect(patched('{}', '[{ op: add }]')).toBe('no patch');
    expect(patched('{}', '{ op: add, path: /a }')).toBe('no patch');
  });

  test('stops when the work is used up', () => {
    const root = read('{ a: [] }');
    const operations = operationsOf(read(`[${'{ op: add, path: /a/-, value: 1 }, '.repeat(1000)}]`));
    const result = root && operations && applyOperations(root, operations, { steps: 2_000 });
    expect(result).toMatchObject({ failure: expect.stringContaining('more work') });
  });
});
