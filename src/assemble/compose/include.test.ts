import { describe, expect, test } from 'vitest';
import { at, entryOf, textOf } from '../../source/value.ts';
import { assemble, codes, plain, service } from './assembled.fixture.ts';

describe('extends', () => {
  test('from the same file and from another, through a chain, with the paths of the file that says them', () => {
    const { unit, ids, notices } = assemble({
      'app/compose.yaml': `
        services:
          web: { extends: base, ports: ["81:80"] }
          base: { extends: { file: ../common/services.yml, service: root }, environment: { B: "2" } }
      `,
      'common/services.yml': `
        services:
          root: { build: ., ports: ["80:80"], environment: [A=1], env_file: root.env }
          other: { image: other }
      `,
      'common/root.env': 'X=1',
    });
    expect(plain(service(unit('compose:app'), 'web'))).toEqual({
      build: { context: 'common' },
      ports: ['80:80', '81:80'],
      environment: { X: '1', A: '1', B: '2' },
      env_file: [{ path: 'common/root.env' }],
    });
    expect(unit('compose:app').files).toEqual(['app/compose.yaml', 'common/root.env', 'common/services.yml']);
    expect(ids).toEqual(['compose:app', 'compose:common#services']);
    expect(notices).toEqual([]);
  });

  test('a long service that a thousand extend leaves them without it, and keeps what they say themselves', () => {
    const variables = Array.from({ length: 3_000 }, (_, i) => `A${i}: 1`).join(', ');
    const others = Array.from(
      { length: 1_200 },
      (_, i) => `s${i}: { image: b, extends: long, environment: { B: 1 } }`,
    ).join(', ');
    const { units, notices } = assemble({
      'compose.yaml': `services: { long: { image: a, environment: { ${variables} } }, ${others} }`,
    });
    expect(codes(notices)).toEqual(['expansion-limit']);
    expect(textOf(at(units[0]?.model, 'services', 's0', 'environment', 'A0'))).toBe('1');
    expect(textOf(at(units[0]?.model, 'services', 's1199', 'image'))).toBe('b');
  });

  test('circles and missing services are told, and the rest is kept', () => {
    const { unit, notices } = assemble({
      'compose.yaml': `
        services:
          a: { image: a, extends: b }
          b: { image: b, extends: { service: a } }
          c: { image: c, extends: { file: gone.yml, service: x } }
          d: { image: d, extends: nobody }
          e: { image: e, extends: {} }
      `,
    });
    const services = plain(at(unit('compose:.').model, 'services')) as Record<string, { image: string }>;
    expect(Object.values(services).map(({ image }) => image)).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(codes(notices).sort()).toEqual([
      'reference-cycle',
      'reference-missing',
      'reference-missing',
      'reference-missing',
      'reference-missing',
    ]);
  });

  test('a part that is not valid alone is no unit', () => {
    const { ids } = assemble({
      'compose.yaml': 'services: { web: { image: web, extends: { file: docker-compose.common.yml, service: base } } }',
      'docker-compose.common.yml': 'services: { base: { environment: { A: "1" } } }',
    });
    expect(ids).toEqual(['compose:.']);
  });
});

describe('include', () => {
  const shop = {
    'app/compose.yaml': `
      include:
        - ../catalog/docker-compose.yml
        - { path: [../cart/docker-compose.yml, cart.override.yml], env_file: cart.env, project_directory: ../cart }
      services:
        web: { image: web, depends_on: [catalog] }
    `,
    'app/compose.override.yaml': 'services: { catalog: { ports: !override [] } }',
    'app/cart.override.yml': 'services: { cart: { hostname: carts } }',
    'app/.env': 'TAG=2',
    'app/cart.env': 'NAME=shop-cart\nTAG=1',
    'catalog/docker-compose.yml': `
      services: { catalog: { build: ., image: "catalog:\${TAG}", ports: ["\${PORT}:8080"], networks: [back] } }
      networks: { back: }
    `,
    'catalog/.env': 'PORT=8081\nTAG=1',
    'cart/docker-compose.yml': 'services: { cart: { build: ., container_name: "${NAME}-${TAG}" } }',
  };

  test('brings in services, networks and paths, with its own variables under those of the project', () => {
    const { unit, ids, notices } = assemble(shop);
    const app = unit('compose:app');
    expect(plain(app.model)).toEqual({
      services: {
        catalog: { build: { context: 'catalog' }, image: 'catalog:2', ports: [], networks: { back: null } },
        cart: { build: { context: 'cart' }, container_name: 'shop-cart-2', hostname: 'carts' },
        web: { image: 'web', depends_on: { catalog: null } },
      },
      networks: { back: {} },
    });
    expect(app.files).toEqual([
      'app/.env',
      'app/cart.env',
      'app/cart.override.yml',
      'app/compose.override.yaml',
      'app/compose.yaml',
      'cart/docker-compose.yml',
      'catalog/.env',
      'catalog/docker-compose.yml',
    ]);
    expect(ids).toEqual(['compose:app', 'compose:cart', 'compose:catalog']);
    expect(codes(notices)).toEqual(['variable-unset', 'variable-unset']);
  });

  test('the line that includes is the way of what it brings', () => {
    const { unit, quote } = assemble(shop);
    const catalog = entryOf(at(unit('compose:app').model, 'services'), 'catalog')?.keyOrigin;
    expect(quote(catalog)).toBe('catalog/docker-compose.yml: catalog');
    expect(quote(catalog?.via)).toBe('app/compose.yaml: ../catalog/docker-compose.yml');
  });

  test('circles, missing files and remote ones are told', () => {
    const { notices, units } = assemble({
      'a.docker-compose.yml': 'include: [b.yml, gone.yml, "https://github.com/x/y.git"]\nservices: { a: { image: a } }',
      'b.yml': 'include: [a.docker-compose.yml]\nservices: { b: { image: b } }',
    });
    expect(new Set(codes(notices))).toEqual(new Set(['not-built', 'reference-cycle', 'reference-missing']));
    expect(plain(at(units[0]?.model, 'services'))).toEqual({ a: { image: 'a' }, b: { image: 'b' } });
  });

  test('one service in two files is told', () => {
    const { notices } = assemble({
      'compose.yaml': 'include: [x/compose.yaml]\nservices: { web: { hostname: y } }',
      'x/compose.yaml': 'services: { web: { image: web } }',
    });
    expect(codes(notices)).toEqual(['merge-conflict']);
  });

  test('many files that include many files end', () => {
    const files = Object.fromEntries(
      Array.from({ length: 40 }, (_, i) => {
        const next = Array.from({ length: 40 - i - 1 }, (_, j) => `f${i + j + 1}.yml`);
        return [`f${i}.yml`, `include: [${next.join(', ')}]\nservices: { s${i}: { image: x } }`];
      }),
    );
    const { notices } = assemble({ 'compose.yaml': 'include: [f0.yml]', ...files });
    expect(codes(notices)).toContain('expansion-limit');
  });
});
