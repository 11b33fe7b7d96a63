import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineIndex } from '../source/line-index.ts';
import { excerpt } from './excerpt.ts';
import { withoutSecrets } from './secret.ts';
import { plain } from './style.ts';

describe('hidden is', () => {
  test.each([
    ['      POSTGRES_PASSWORD: hunter2', '      POSTGRES_PASSWORD: *******'],
    ['      POSTGRES_PASSWORD: "hunter 2" # why', '      POSTGRES_PASSWORD: "********" # why'],
    ["      - 'DB_PASS=hunter 2'", "      - 'DB_PASS=********'"],
    ['      - API_TOKEN=abc', '      - API_TOKEN=***'],
    ['{ "apiKey": "abc", "port": 80 }', '{ "apiKey": "***", "port": 80 }'],
    ['ENV AWS_SECRET_ACCESS_KEY=abc PORT=80', 'ENV AWS_SECRET_ACCESS_KEY=*** PORT=80'],
    ['SECRET_KEY_BASE=abc', 'SECRET_KEY_BASE=***'],
    ['URL: postgres://me:hunter2@db:5432/shop', 'URL: postgres://me:*******@db:5432/shop'],
    ['DSN: "Server=db;Password=abc;Port=1"', 'DSN: "Server=db;Password=***;Port=1"'],
    ['command: redis-server --requirepass abc --port 6379', 'command: redis-server --requirepass *** --port 6379'],
    ['command: ["--token", "abc", "--port", "80"]', 'command: ["--token", "***", "--port", "80"]'],
    ['env: [{ name: DB_PASSWORD, value: abc }]', 'env: [{ name: DB_PASSWORD, value: *** }]'],
  ])('%s', (line, shown) => {
    expect(withoutSecrets(line, '')).toBe(shown);
  });

  test('a value whose name stands in the line above', () => {
    expect(withoutSecrets('    value: "abc"', '  - name: DB_PASSWORD')).toBe('    value: "***"');
    expect(withoutSecrets('    value: "abc"', '  - name: DB_HOST')).toBe('    value: "abc"');
  });
});

test.each([
  ['POSTGRES_PASSWORD: ${DB_PASSWORD}'],
  ['POSTGRES_PASSWORD_FILE: /run/secrets/db'],
  ['TOKEN: {{ .Values.token }}'],
  ['TOKEN_URL: https://example.org/token'],
  ['automountServiceAccountToken: false'],
  ['secretName: shop-tls'],
  ['- "5432:5432"'],
  ['image: registry.example/me:1@sha256:00'],
])('shown is %s', (line) => {
  expect(withoutSecrets(line, '')).toBe(line);
});

test('nothing moves, whatever the line', () => {
  const text = fc.string({
    unit: fc.constantFrom('password', '=', ':', '"', "'", ' ', '://', '@', 'x', '--', ',', '*'),
  });
  fc.assert(fc.property(text, text, (line, before) => withoutSecrets(line, before).length === line.length));
});

test('an excerpt marks the same place as before', () => {
  const lines = lineIndex('a:\n  PASSWORD: hunter2 # 5432:5432\n');
  const start = 'a:\n  PASSWORD: hunter2 # '.length;
  expect(excerpt({ file: 'a.yaml', start, end: start + 9 }, { lines: () => lines, style: plain })).toEqual([
    '2 │   PASSWORD: ******* # 5432:5432',
    '  │                       ^^^^^^^^^',
  ]);
});

test('what stands long before the part that is shown counts', () => {
  const line = `TOKEN: ${'x'.repeat(500)}`;
  const [shown] = excerpt({ file: 'a.yaml', start: 300, end: 310 }, { lines: () => lineIndex(line), style: plain });
  expect(shown).not.toContain('x');
});
