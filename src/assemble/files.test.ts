import { describe, expect, test } from 'vitest';
import { memoryTree, type Reading, type Tree } from '../source/tree.ts';
import { openFiles } from './files.ts';

/** A tree that counts its readings, with some that are refused. */
function countingTree(files: Readonly<Record<string, string>>, refused: Readonly<Record<string, Reading>> = {}) {
  const tree = memoryTree(files);
  const reads: string[] = [];
  const counting: Tree = {
    folder: (path) => tree.folder(path),
    list: () => ({
      value: [...tree.list().value, ...Object.keys(refused).filter((path) => !path.startsWith('..'))].sort(),
      notices: [],
    }),
    read(path) {
      reads.push(path);
      return refused[path] ?? tree.read(path);
    },
  };
  return { tree: counting, reads };
}

test('a file is read and parsed once, by whatever spelling of its path', () => {
  const { tree, reads } = countingTree({ 'a/b.yaml': 'x: 1' });
  const files = openFiles(tree);
  expect(files.read('a/b.yaml')).toEqual({ kind: 'text', text: 'x: 1' });
  expect(files.parsed('./a/b.yaml')).toBe(files.parsed('a/../a/b.yaml'));
  expect(files.lines('a/b.yaml')).toBe(files.lines('a//b.yaml'));
  expect(reads).toEqual(['a/b.yaml']);
  expect(files.parsed('a/b.yaml')?.file).toEqual({ path: 'a/b.yaml', format: 'yaml', text: 'x: 1' });
});

test('what is missing is undefined, and no notice of ours', () => {
  const files = openFiles(memoryTree({}));
  expect(files.parsed('a.yaml')).toBeUndefined();
  expect(files.dotenv('.env')).toBeUndefined();
  expect(files.lines('a.yaml').lines).toBe(1);
  expect(files.notices()).toEqual([]);
});

test('environment files', () => {
  const files = openFiles(memoryTree({ '.env': 'PORT=80\n' }));
  expect(files.dotenv('.env')).toBe(files.dotenv('./.env'));
  expect(files.dotenv('.env')?.entries.map(({ name, text }) => [name, text])).toEqual([['PORT', '80']]);
});

test('the templates of a chart are left to Helm, wherever the chart stands', () => {
  const text = 'name: "{{ .Release.Name }}"\n';
  const paths = [
    'Chart.yaml',
    'templates/a.yaml',
    'x/Chart.yaml',
    'x/templates/sub/a.yaml',
    'y/templates/a.yaml',
    'x/values.yaml',
  ];
  const files = openFiles(memoryTree(Object.fromEntries(paths.map((path) => [path, text]))));
  expect(paths.filter((path) => files.parsed(path)?.documents.length === 0)).toEqual([
    'templates/a.yaml',
    'x/templates/sub/a.yaml',
  ]);
  expect(files.coverage().skipped).toEqual({ 'helm-template': 2 });
});

describe('notices and coverage', () => {
  const refusedBecause = (because: 'file-binary' | 'outside-root'): Reading => ({ kind: 'refused', because });
  const { tree } = countingTree(
    { 'good.yaml': 'a: 1', 'bad.yaml': 'a: [', 'bad.env': '!', 'unread.yaml': '' },
    {
      'image.yaml': refusedBecause('file-binary'),
      '../x.env': refusedBecause('outside-root'),
      'latin.yaml': { kind: 'text', text: 'a: \uFFFD', lossyAt: 3 },
    },
  );
  const files = openFiles(tree);
  for (const path of ['good.yaml', 'bad.yaml', 'image.yaml', 'latin.yaml', 'none.yaml']) files.parsed(path);
  for (const path of ['bad.env', '../x.env']) files.dotenv(path);

  test('a refused file that the tree lists is a notice; one that another file names is told by who follows it', () => {
    expect(files.notices().map(({ code, origin }) => `${code} ${origin.file}:${origin.start}`)).toEqual([
      'syntax-error bad.yaml:4',
      'file-binary image.yaml:0',
      'encoding-error latin.yaml:3',
      'syntax-error bad.env:0',
    ]);
  });

  test('every file is counted', () => {
    expect(files.coverage()).toEqual({
      listed: 6,
      parsed: 4,
      failed: 2,
      skipped: { 'file-binary': 1, 'outside-root': 1 },
    });
  });
});
