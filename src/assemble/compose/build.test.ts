import { describe, expect, test } from 'vitest';
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

  test('a Dockerfile inside the compose file is not read', () => {
    expect(built('services: { a: { build: { dockerfile_inline: FROM x } } }')).toMatchObject({
      ids: [],
      codes: ['not-built'],
    });
  });
});
