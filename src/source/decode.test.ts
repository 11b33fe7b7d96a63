import { expect, test } from 'vitest';
import { decode } from './decode.ts';

const TEXT = 'ports: [80] # Öl 𝛑\r\n';

test.each([
  ['UTF-8', Buffer.from(TEXT)],
  ['UTF-8 with a mark', Buffer.from(`\uFEFF${TEXT}`)],
  ['UTF-16, little end first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\uFEFF${TEXT}`, 'utf16le').swap16()],
])('%s', (_, bytes) => {
  expect(decode(bytes)).toEqual({ kind: 'text', text: TEXT });
});

test('an empty file is an empty text', () => {
  expect(decode(Buffer.alloc(0))).toEqual({ kind: 'text', text: '' });
});

test('half a unit at the end of UTF-16 falls away', () => {
  expect(decode(Buffer.from([0xfe, 0xff, 0, 0x61, 0]))).toEqual({ kind: 'text', text: 'a' });
  expect(decode(Buffer.from([0xff, 0xfe, 0x61, 0, 0x62]))).toEqual({ kind: 'text', text: 'a' });
});

test('bytes that are not UTF-8 are replaced, and the place is told', () => {
  expect(decode(Buffer.from([0x61, 0xe4, 0x62, 0xff]))).toEqual({ kind: 'text', text: 'a\uFFFDb\uFFFD', lossyAt: 1 });
  expect(decode(Buffer.from('a\uFFFD'))).toEqual({ kind: 'text', text: 'a\uFFFD' });
});

test('a NUL makes a file binary', () => {
  expect(decode(Buffer.from('GIF\0x'))).toEqual({ kind: 'refused', because: 'file-binary' });
});
