import { describe, expect, test } from 'vitest';
import { at, entryOf } from '../../source/value.ts';
import { assemble, codes, plain, service } from './assembled.fixture.ts';

describe('merging layers', () => {
  const merged = (base: string, over: string) => {
    const result = assemble({ 'compose.yaml': base, 'compose.override.yaml': over });
    return { ...result, web: plain(service(result.unit('compose:.'), 'web')) as Record<string, unknown> };
  };

  test('lists grow, mappings and environments of both forms merge, commands are replaced', () => {
    const { web } = merged(
      `
        services:
          web:
            image: web
            command: [a, b]
            entrypoint: x
            ports: ["80:80", "127.0.0.1:443:443"]
            expose: [80, 9000]
            environment: { A: "1", B: "2" }
            depends_on: [db]
            networks: [front]
            volumes: ["./a:/a", "./b:/b"]
            healthcheck: { test: [CMD, a], interval: 5s }
            labels: ["one=1"]
            logging: { driver: json-file, options: { max-size: 1m } }
            build: { context: ., args: [X=1] }
      `,
      `
        services:
          web:
            command: [c]
            entrypoint: []
            ports: [{ target: 80, published: 80 }, "443:443", "80:80/udp"]
            expose: ["9000", "9001"]
            environment: ["B=3", "C=4"]
            depends_on: { cache: { condition: service_healthy } }
            networks: { front: { aliases: [www] }, back: }
            volumes: [{ type: bind, source: ./c, target: /b }, "./d:/d"]
            healthcheck: { test: [CMD, b] }
            labels: { one: "2", two: "2" }
            logging: { driver: fluentd, options: { tag: x } }
            build: { args: { X: "2", Y: "3" } }
      `,
    );
    expect(web).toEqual({
      image: 'web',
      command: ['c'],
      entrypoint: [],
      ports: [{ target: '80', published: '80' }, '127.0.0.1:443:443', '443:443', '80:80/udp'],
      expose: ['80', '9000', '9001'],
      environment: { A: '1', B: '3', C: '4' },
      depends_on: { db: null, cache: { condition: 'service_healthy' } },
      networks: { front: { aliases: ['www'] }, back: null },
      volumes: ['./a:/a', { type: 'bind', source: './c', target: '/b' }, './d:/d'],
      healthcheck: { test: ['CMD', 'b'], interval: '5s' },
      labels: { one: '2', two: '2' },
      logging: { driver: 'fluentd', options: { tag: 'x' } },
      build: { context: '.', args: { X: '2', Y: '3' } },
    });
  });

  test('!override replaces, !reset takes away, and nothing is an empty service', () => {
    const { web, unit } = merged(
      `
        services:
          web: { image: web, ports: ["80:80"], expose: [80], environment: { A: "1" }, hostname: web }
          db: { image: db }
      `,
      `
        services:
          web: { ports: !override ["81:80"], expose: !override [], environment: !reset null, hostname: !reset "" }
          db: !reset null
          seed:
      `,
    );
    expect(web).toEqual({ image: 'web', ports: ['81:80'], expose: [] });
    expect(plain(at(unit('compose:.').model, 'services'))).not.toHaveProperty('db');
    expect(plain(service(unit('compose:.'), 'seed'))).toEqual({});
  });

  test('each value has the origin of the layer that says it, and a name that of the layer which first does', () => {
    const { unit, quote } = merged(
      'services: { web: { image: web, hostname: a } }',
      'services: { web: { hostname: b } }',
    );
    const web = entryOf(at(unit('compose:.').model, 'services'), 'web');
    expect(quote(web?.keyOrigin)).toBe('compose.yaml: web');
    expect(quote(at(web?.value, 'hostname')?.origin)).toBe('compose.override.yaml: b');
  });

  test('two forms that do not fit are told, and the later one is taken', () => {
    const { web, notices } = merged(
      'services: { web: { image: web, ports: ["80:80"] } }',
      'services: { web: { ports: { a: 80 } } }',
    );
    expect(web.ports).toEqual({ a: '80' });
    expect(codes(notices)).toEqual(['merge-conflict']);
  });

  test('x- extensions are no part of it; what they anchor is', () => {
    const { unit } = assemble({
      'compose.yaml': `
        x-env: &env { A: "1" }
        services:
          x-template: { image: no }
          web: { image: web, x-note: no, environment: { <<: *env, B: "2" } }
      `,
    });
    expect(plain(unit('compose:.').model)).toEqual({
      services: { web: { image: 'web', environment: { A: '1', B: '2' } } },
    });
  });

  test('the documents of one file are layers', () => {
    const { unit } = assemble({
      'compose.yaml': 'services: { web: { image: a } }\n---\nservices: { web: { image: b } }',
    });
    expect(plain(service(unit('compose:.'), 'web'))).toEqual({ image: 'b' });
  });
});
