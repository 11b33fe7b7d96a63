import { describe, expect, test } from 'vitest';
import { memoryTree } from '../../source/tree.ts';
import type { Value } from '../../source/value.ts';
import { type Files, openFiles } from '../files.ts';
import type { Build } from '../unit.ts';
import { assembleDocker } from './index.ts';

function filesOf(texts: Readonly<Record<string, string>>): Files {
  return openFiles(memoryTree(texts));
}

const origin = { file: 'compose.yaml', start: 3, end: 9 };

function build(dockerfile: string, more: Partial<Build> = {}): Build {
  return { dockerfile, target: null, args: new Map(), names: [], origin, ...more };
}

function scalar(text: string): Value {
  return { kind: 'scalar', value: text, text, quoted: false, origin };
}

describe('assembleDocker', () => {
  test('every Dockerfile that nobody asks for is built by itself', () => {
    const files = filesOf({
      'a/Dockerfile': 'FROM a',
      'b/web.Dockerfile': 'FROM b',
      'b/Dockerfile.dev': 'FROM c',
      'readme.md': '',
    });
    const { value, notices } = assembleDocker(files, [build('a/Dockerfile', { target: 'dev', names: ['shop/a'] })]);
    expect(notices).toEqual([]);
    expect(value.map(({ id, root, variant }) => [id, root, variant])).toEqual([
      ['docker:a/Dockerfile#dev', 'a/Dockerfile', 'dev'],
      ['docker:b/Dockerfile.dev', 'b/Dockerfile.dev', null],
      ['docker:b/web.Dockerfile', 'b/web.Dockerfile', null],
    ]);
    expect(value[0]).toMatchObject({ technology: 'docker', files: ['a/Dockerfile'], text: 'FROM a' });
  });

  test('builds with one id are one unit with all of their names; arguments make another', () => {
    const files = filesOf({ Dockerfile: 'FROM a' });
    const { value } = assembleDocker(files, [
      build('Dockerfile', { names: ['b'] }),
      build('Dockerfile', { names: ['a', 'b'] }),
      build('Dockerfile', { args: new Map([['PORT', scalar('80')]]) }),
    ]);
    expect(value.map((unit) => [unit.id, unit.variant, unit.build.names])).toEqual([
      ['docker:Dockerfile', null, ['a', 'b']],
      ['docker:Dockerfile?PORT=80', '?PORT=80', []],
    ]);
  });

  test('a Dockerfile that is not there is a notice where it is asked for', () => {
    const { value, notices } = assembleDocker(filesOf({}), [build('web/Dockerfile')]);
    expect(value).toEqual([]);
    expect(notices).toMatchObject([{ code: 'reference-missing', origin }]);
    expect(notices[0]?.message).toContain('web/Dockerfile');
  });

  test('skaffold names images, and leaves the work of other builders alone', () => {
    const files = filesOf({
      'shop/skaffold.yaml': [
        'build:',
        '  artifacts:',
        '    - image: frontend',
        '      context: src/frontend',
        '    - image: cart',
        '      context: src/cart',
        '      docker: { dockerfile: Dockerfile.debug, target: final, buildArgs: { A: "1" } }',
        '    - image: jibbed',
        '      jib: {}',
        '    - {}',
      ].join('\n'),
      'shop/src/frontend/Dockerfile': 'FROM a',
      'shop/src/cart/Dockerfile.debug': 'FROM b',
    });
    const { value, notices } = assembleDocker(files, []);
    expect(notices).toEqual([]);
    expect(value.map((unit) => [unit.id, unit.build.names])).toEqual([
      ['docker:shop/src/cart/Dockerfile.debug#final?A=1', ['cart']],
      ['docker:shop/src/frontend/Dockerfile', ['frontend']],
    ]);
  });
});
