import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsOfText } from './payload.ts';

const origin = { file: 'config.yaml', start: 0, end: 1 };
const shown = (text: string) =>
  settingsOfText(text, origin).map(({ name, value }) => (name === null ? value : `${name} = ${value}`));

describe('settingsOfText', () => {
  it('puts the keys above before those of nested YAML', () => {
    const text = 'redis:\n  host: cache\n  port: 6379\nurl: "http://web:80"\nbrokers:\n  - a:9092\n  - b:9092\n';
    expect(shown(text)).toEqual([
      'redis.host = cache',
      'redis.port = 6379',
      'url = http://web:80',
      'brokers = a:9092',
      'brokers = b:9092',
    ]);
  });

  it('reads properties, INI sections and exports, and leaves comments out', () => {
    const text =
      '# http://no:1\nspring.redis.host=cache\n[database]\nhost = db\r\nport = 5432\n; host = no\nexport URL=http://web\n';
    expect(shown(text)).toEqual([
      'spring.redis.host = cache',
      'database.host = db',
      'database.port = 5432',
      'database.URL = http://web',
    ]);
  });

  it('reads JSON on one line', () => {
    expect(shown('{"redis": {"host": "cache", "port": 6379}, "urls": ["http://a", "http://b"]}')).toEqual([
      'redis.host = cache',
      'redis.port = 6379',
      'urls = http://a',
      'urls = http://b',
    ]);
  });

  it('takes other lines as they are', () => {
    expect(shown('server {\n  proxy_pass http://app:3000;\n}\nbackend:8080')).toEqual([
      'server {',
      'proxy_pass http://app:3000;',
      '}',
      'backend:8080',
    ]);
  });

  it('is total, also for what only looks like JSON, and for nesting without end', () => {
    expect(shown('{"a": ')).toEqual(['{"a":']);
    expect(shown('['.repeat(100_000) + ']'.repeat(100_000))).toEqual([]);
    const deep = Array.from({ length: 2000 }, (_, depth) => `${' '.repeat(depth)}key:`).join('\n');
    expect(shown(`${deep}\n${' '.repeat(2000)}host: db`)).toHaveLength(1);
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', ':', '=', ' ', '\n', '-', '"', '{', '[', ']') }), (text) =>
        settingsOfText(text, origin).every(({ value }) => value !== ''),
      ),
    );
  });
});
