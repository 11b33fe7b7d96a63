import { describe, expect, it } from 'vitest';
import { encryptionIn } from './encryption.ts';

describe('encryptionIn', () => {
  it.each([
    ['?sslmode=disable', false],
    ['?x=1&sslmode=verify-full', true],
    ['?useSSL=false&allowPublicKeyRetrieval=true', false],
    ['?tls=skip-verify', true],
    [';encrypt=true;trustServerCertificate=true', true],
    ['Host=db;SSL Mode=None', false],
    ['host=db sslmode=require', true],
    ['?ssl=true', true],
    ['?sslmode=prefer', null],
    ['?sslcert=x', null],
    ['', null],
  ])('reads %s as %s', (options, said) => {
    expect(encryptionIn(options)).toBe(said);
  });
});
