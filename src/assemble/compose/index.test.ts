import { describe, expect, test } from 'vitest';
import { at } from '../../source/value.ts';
import { assemble, codes, plain } from './assembled.fixture.ts';

describe('files that are not what they should be', () => {
  test.each([
    ['services: 3'],
    ['services: { web: 3 }'],
    ['services: [a]'],
    ['- a'],
    [''],
    ['services:\n  web:\n    image: a\n   bad'],
    [
      'services: { web: { image: [a], build: 3, ports: 80, environment: x, networks: 3, depends_on: x, env_file: {}, extends: 3 } }',
    ],
    ['include: 3\nservices: { web: { image: a } }'],
    ['include: [[[]]]\nnetworks: []\nvolumes: x\nconfigs: { a: b }'],
  ])('%s makes nothing throw', (text) => {
    expect(() => assemble({ 'compose.yaml': text, 'compose.override.yaml': text })).not.toThrow();
  });

  test('a section that is no mapping is told', () => {
    expect(codes(assemble({ 'compose.yaml': 'services: { web: 3, api: { image: a } }' }).notices)).toEqual([
      'invalid-value',
    ]);
  });

  test.each([['42'], ['[a]'], ['services: 42'], ['services: [a]'], ['services: { web: 3 }']])(
    'so is %s, though nothing is left',
    (text) => {
      const { units, notices } = assemble({ 'compose.yaml': text });
      expect(units).toEqual([]);
      expect(codes(notices)).toEqual(['invalid-value']);
    },
  );

  test.each([['# nothing yet'], ['---\n'], ['services:']])('%s says nothing wrong', (text) => {
    expect(assemble({ 'compose.yaml': text }).notices).toEqual([]);
  });
});

test('configs that are files of the tree have their text', () => {
  const { unit } = assemble({
    'a/compose.yaml': `
      services: { web: { image: web, configs: [proxy] } }
      configs: { proxy: { file: ./nginx.conf }, gone: { file: ./gone.conf } }
    `,
    'a/nginx.conf': 'proxy_pass http://api:8080;',
  });
  const configs = at(unit('compose:a').model, 'configs');
  expect(plain(at(configs, 'proxy', 'content'))).toBe('proxy_pass http://api:8080;\n');
  expect(at(configs, 'proxy', 'content')?.origin.file).toBe('a/nginx.conf');
  expect(at(configs, 'gone', 'content')).toBeUndefined();
  expect(unit('compose:a').files).toContain('a/nginx.conf');
});
