import { describe, expect, test } from 'vitest';
import { at, entriesOf } from '../../source/value.ts';
import { assemble, codes, plain, service } from './assembled.fixture.ts';

describe('variables', () => {
  test('.env beside the project fills in values, and counts among its files when it did', () => {
    const { unit, notices, quote } = assemble({
      'compose.yaml': `
        services:
          web:
            image: \${REPO}/web:\${TAG}
            ports: ["\${BIND}:80", '\${PORT:-8080}:8080', "$$x"]
            environment:
              - BARE
              - URL=http://\${NAME}:80/$$literal
              - OTHER
      `,
      '.env':
        'REPO=shop\nTAG=1.0 # the latest\nBIND=127.0.0.1:9000\nNAME="$REPO-${TAG}"\nBARE=\'$REPO\'\nexport UNUSED=1',
      'other/compose.yaml': 'services: { web: { image: web } }',
      'other/.env': 'UNUSED=1',
    });
    expect(plain(service(unit('compose:.'), 'web'))).toEqual({
      image: 'shop/web:1.0',
      ports: ['127.0.0.1:9000:80', '8080:8080', '$x'],
      environment: { BARE: '$REPO', URL: 'http://shop-1.0:80/$literal', OTHER: '? OTHER has no value' },
    });
    expect(unit('compose:.').files).toEqual(['.env', 'compose.yaml']);
    expect(unit('compose:other').files).toEqual(['other/compose.yaml']);
    expect(notices).toEqual([]);
    expect(quote(at(service(unit('compose:.'), 'web'), 'image')?.origin)).toBe('compose.yaml: ${REPO}/web:${TAG}');
  });

  test('without a value: kept where ports, images and names are made of it, unknown or empty elsewhere; told once', () => {
    const { unit, notices, quote } = assemble({
      'compose.yaml': `
        services:
          web:
            image: web:\${TAG}
            ports: ["\${PORT}:80"]
            command: serve --port \${PORT}
            environment:
              PORT: \${PORT}
              DSN: postgres://shop:\${PASSWORD}@db/shop
              NOTHING:
            labels: { a: "x\${LABEL}y" }
            volumes: ["\${HOME}/x:/x"]
      `,
    });
    expect(plain(service(unit('compose:.'), 'web'))).toEqual({
      image: 'web:${TAG}',
      ports: ['${PORT}:80'],
      command: 'serve --port ${PORT}',
      environment: { PORT: '? PORT has no value', DSN: 'postgres://shop:@db/shop', NOTHING: '? NOTHING has no value' },
      labels: { a: 'xy' },
      volumes: ['${HOME}/x:/x'],
    });
    expect(codes(notices)).toEqual(Array(4).fill('variable-unset'));
    expect(notices.map(({ origin }) => quote(origin))).toContain('compose.yaml: "${PORT}:80"');
  });

  test('what only looks like a variable is told', () => {
    const { notices } = assemble({ 'compose.yaml': 'services: { web: { image: "web:${1}" } }' });
    expect(codes(notices)).toEqual(['invalid-value']);
  });

  test('env_file is read, in every form; a missing one is told unless it is optional', () => {
    const { unit, notices, quote } = assemble({
      'a/compose.yaml': `
        services:
          one: { image: a, env_file: one.env }
          two: { image: a, env_file: [./one.env, ../b/two.env, { path: raw.env, format: raw }], environment: { X: "2" } }
          three: { image: a, env_file: [{ path: none.env, required: false }, { path: gone.env }] }
      `,
      'a/.env': 'HOST=db',
      'a/one.env': 'DB_HOST=$HOST\nDB_PORT=5432\nADDRESS=$DB_HOST:${DB_PORT}\nBARE',
      'b/two.env': 'X=1\nDB_PORT=1\nBEFORE=$DB_HOST',
      'a/raw.env': 'Y=$HOST',
    });
    const environment = (name: string) => at(service(unit('compose:a'), name), 'environment');
    expect(plain(environment('one'))).toEqual({ DB_HOST: 'db', DB_PORT: '5432', ADDRESS: 'db:5432' });
    expect(plain(environment('two'))).toEqual({
      DB_HOST: 'db',
      DB_PORT: '1',
      ADDRESS: 'db:5432',
      X: '2',
      BEFORE: 'db',
      Y: '$HOST',
    });
    expect(quote(at(environment('two'), 'DB_PORT')?.origin)).toBe('b/two.env: 1');
    expect(unit('compose:a').files).toEqual(['a/.env', 'a/compose.yaml', 'a/one.env', 'a/raw.env', 'b/two.env']);
    expect(codes(notices)).toEqual(['file-missing']);
  });

  test('COMPOSE_PROFILES turns profiles on', () => {
    const { unit } = assemble({
      'compose.yaml': 'services: { web: { image: web } }',
      '.env': 'COMPOSE_PROFILES=debug,seed',
    });
    expect(unit('compose:.').profiles).toEqual(['debug', 'seed']);
  });

  test('variables that double each other end', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `V${i + 1}=$V${i}$V${i}`).join('\n');
    const { unit } = assemble({ 'compose.yaml': 'services: { web: { image: $V60 } }', '.env': `V0=xx\n${doubling}` });
    expect(String(plain(at(service(unit('compose:.'), 'web'), 'image'))).length).toBeLessThan(1_000_000);
  });
});

test('a file that a hundred services read is not read into all of them when it is long', () => {
  const names = Array.from({ length: 100 }, (_, index) => `s${index}`);
  const { units, notices } = assemble({
    'compose.yaml': `services: { ${names.map((name) => `${name}: { image: a, env_file: long.env }`).join(', ')} }`,
    'long.env': Array.from({ length: 50_000 }, (_, index) => `A${index}=1`).join('\n'),
  });
  const sizes = names.map((name) => [...entriesOf(at(units[0]?.model, 'services', name, 'environment'))].length);
  expect(sizes[0]).toBe(50_000);
  expect(sizes.at(-1)).toBe(0);
  expect(codes(notices)).toEqual(['expansion-limit']);
});
