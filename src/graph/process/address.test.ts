import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOwnAddress, parseAddress } from './address.ts';

describe('parseAddress', () => {
  test.each([
    ['8080', null, 8080, null],
    [':8080', '0.0.0.0', 8080, null],
    ['*:8080', '0.0.0.0', 8080, null],
    ['0.0.0.0', '0.0.0.0', null, null],
    ['127.0.0.1:5005', '127.0.0.1', 5005, null],
    ['localhost:3000', '127.0.0.1', 3000, null],
    ['[::]:9090', '::', 9090, null],
    ['[::1]', '::1', null, null],
    ['::', '::', null, null],
    ['redis:6379', 'redis', 6379, null],
    ['tcp://0.0.0.0:2375', '0.0.0.0', 2375, 'tcp'],
    ['http://+:80', '0.0.0.0', 80, 'http'],
    ['HTTPS://*:5001/', '0.0.0.0', 5001, 'https'],
    ['0', null, null, null],
    ['localhost', '127.0.0.1', null, null],
  ])('%s', (text, host, port, scheme) => {
    expect(parseAddress(text)).toEqual({ host, port, scheme });
  });

  test.each([
    '',
    '/run/app.sock',
    'unix:/run/app.sock',
    'unix:///run/app.sock',
    '70000',
    ':70000',
    'a:b:c',
    'x.py:app',
    './x',
  ])('%s is none', (text) => {
    expect(parseAddress(text)).toBeNull();
  });

  test('any text has an answer', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const port = parseAddress(text)?.port ?? null;
        expect(port === null || (port > 0 && port < 65_536)).toBe(true);
      }),
    );
  });
});

test('a name is no address of one own', () => {
  expect(['0.0.0.0', '127.0.0.1', '::', '::1'].every(isOwnAddress)).toBe(true);
  expect(['redis', 'db.example.com', '0.0.0.0.example'].some(isOwnAddress)).toBe(false);
});
