import { isUtf8 } from 'node:buffer';
import type { Reading } from './tree.ts';

/**
 * The text of a file's bytes: UTF-8, or UTF-16 where a byte order mark says so; the mark is not part of the text.
 * Bytes that hold a NUL and no such mark are no text. Bytes that are not valid read as U+FFFD, and the answer says where.
 */
export function decode(bytes: Buffer): Reading {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return { kind: 'text', text: bytes.toString('utf16le', 2) };
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return { kind: 'text', text: bigEndian(bytes).toString('utf16le') };
  if (bytes.includes(0)) return { kind: 'refused', because: 'file-binary' };
  const marked = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  const text = bytes.toString('utf8', marked ? 3 : 0);
  return isUtf8(bytes) ? { kind: 'text', text } : { kind: 'text', text, lossyAt: Math.max(0, text.indexOf('\uFFFD')) };
}

/** The code units after the mark, turned round; an odd last byte is half a unit and falls away. */
function bigEndian(bytes: Buffer): Buffer {
  return Buffer.from(bytes.subarray(2, bytes.length - (bytes.length % 2))).swap16();
}
