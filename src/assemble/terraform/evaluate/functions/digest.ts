/** Hashes and other functions of cryptography (website/docs/language/functions: "Hash and Crypto Functions"). */
import { type BinaryToTextEncoding, createHash } from 'node:crypto';
import { text } from '../datum.ts';
import { type Func, refuse, str, TEXT, whole } from './call.ts';
import { textOfFile } from './file.ts';
import { notYet } from './not-yet.ts';

const digest = (algorithm: string, encoding: BinaryToTextEncoding = 'hex'): Func =>
  whole([TEXT], ([value], { origin }) => text(createHash(algorithm).update(str(value)).digest(encoding), origin));

const digestOfFile = (algorithm: string, encoding: BinaryToTextEncoding = 'hex'): Func =>
  whole([TEXT], ([path], call) => {
    const source = textOfFile(path, call);
    if (typeof source !== 'string') return source;
    return text(createHash(algorithm).update(source).digest(encoding), call.origin);
  });

/** By name. */
export const DIGESTS: Readonly<Record<string, Func>> = {
  base64sha256: digest('sha256', 'base64'),
  base64sha512: digest('sha512', 'base64'),
  md5: digest('md5'),
  sha1: digest('sha1'),
  sha256: digest('sha256'),
  sha512: digest('sha512'),
  filebase64sha256: digestOfFile('sha256', 'base64'),
  filebase64sha512: digestOfFile('sha512', 'base64'),
  filemd5: digestOfFile('md5'),
  filesha1: digestOfFile('sha1'),
  filesha256: digestOfFile('sha256'),
  filesha512: digestOfFile('sha512'),
  bcrypt: notYet('bcrypt() gives another hash each time'),
  rsadecrypt: notYet('rsadecrypt() gives a secret', 'sensitive'),
  uuid: notYet('uuid() gives another identifier each time'),
  uuidv5: whole([TEXT, TEXT], ([space, name], call) => {
    const written = str(space);
    const id = Object.hasOwn(SPACES, written) ? (SPACES[written] as string) : written;
    if (!/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(id))
      return refuse(call, 'is given a namespace that is no UUID', space?.origin);
    const bytes = createHash('sha1')
      .update(Buffer.from(id.replaceAll('-', ''), 'hex'))
      .update(str(name))
      .digest();
    bytes[6] = ((bytes[6] as number) & 0x0f) | 0x50;
    bytes[8] = ((bytes[8] as number) & 0x3f) | 0x80;
    const hex = bytes.toString('hex');
    const parts = [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20, 32)];
    return text(parts.join('-'), call.origin);
  }),
};

/** The namespaces that RFC 4122 names. */
const SPACES: Readonly<Record<string, string>> = {
  dns: '6ba7b810-9dad-11d1-80b4-00c04fd430c8',
  url: '6ba7b811-9dad-11d1-80b4-00c04fd430c8',
  oid: '6ba7b812-9dad-11d1-80b4-00c04fd430c8',
  x500: '6ba7b814-9dad-11d1-80b4-00c04fd430c8',
};
