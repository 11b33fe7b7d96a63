import { describe, expect, test } from 'vitest';
import { inlineText } from '../docker/inline.ts';
import { buildId } from '../unit.ts';
import { assemble, codes } from './assembled.fixture.ts';

describe('builds', () => {
  const built = (yaml: string) => {
    const { builds, notices } = assemble({ 'shop/compose.yaml': yaml });
    return { ids: builds.map(buildId), names: builds.map(({ names }) => names), codes: codes(notices) };
  };

  test('every form, relative to the file; one build for all who ask for it', () => {
    expect(
      built(`
        services:
          a: { build: ./a }
          b: { build: { context: b, dockerfile: docker/Dockerfile.prod, target: dev, args: [X=1, FROM_ENV] }, image: "shop/b:1" }
          c: { build: { context: ../lib, args: { Y: 2 } } }
          d: { build: { context: a }, image: a }
          e: { build: { dockerfile: e.Dockerfile } }
      `),
    ).toEqual({
      ids: [
        'docker:lib/Dockerfile?Y=2',
        'docker:shop/a/Dockerfile',
        'docker:shop/b/docker/Dockerfile.prod#dev?FROM_ENV=&X=1',
        'docker:shop/e.Dockerfile',
      ],
      names: [[], ['a'], ['shop/b:1'], []],
      codes: [],
    });
  });

  test.each([
    ['https://github.com/x/y.git#main'],
    ['git@github.com:x/y.git'],
    ['github.com/x/y'],
    ['/srv/app'],
    ['../../outside'],
    ['"${NOWHERE}"'],
  ])('a context of %s is not built', (context) => {
    const { ids, codes } = built(`services: { a: { build: { context: ${context} } } }`);
    expect(ids).toEqual([]);
    expect(codes).toContain('not-built');
  });

  test('a Dockerfile inside the compose file is one of its service, wherever the context is', () => {
    expect(
      built(`
        services:
          a: { build: { dockerfile_inline: FROM x, target: dev, args: [X=1] }, image: shop }
          b: { build: { context: https://github.com/x/y.git, dockerfile_inline: FROM x } }
      `),
    ).toEqual({
      ids: ['docker:shop/compose.yaml[a]#dev?X=1', 'docker:shop/compose.yaml[b]'],
      names: [['shop'], []],
      codes: [],
    });
  });

  test('a Dockerfile inside a later file replaces the earlier one', () => {
    const { builds } = assemble({
      'compose.yaml': 'services: { a: { build: { dockerfile_inline: FROM x } } }',
      'compose.override.yaml': 'services: { a: { build: { dockerfile_inline: FROM y } } }',
    });
    expect(builds.map(({ dockerfile, inline }) => [dockerfile, inlineText(inline?.pieces ?? [])])).toEqual([
      ['compose.override.yaml', 'FROM y'],
    ]);
  });

  test('a Dockerfile inside the compose file that goes on and on is not built', () => {
    const lines = '  \n'.repeat(300_000);
    const { builds, notices } = assemble({
      'compose.yaml': `services:\n  a:\n    build:\n      dockerfile_inline: |\n        FROM x\n${lines}        EXPOSE 1`,
    });
    expect(builds).toEqual([]);
    expect(codes(notices)).toEqual(['not-built']);
  });
});
