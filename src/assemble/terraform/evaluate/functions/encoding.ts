/** Functions that encode and decode (website/docs/language/functions: "Encoding Functions"). */
import { gunzipSync } from 'node:zlib';
import { type Datum, isSequence, isStructure, sequence, structure, text, withMark } from '../datum.ts';
import { derived } from '../derive.ts';
import { comparePoints, sortedEntries } from '../order.ts';
import { holdsSensitive, unknownsIn } from '../weigh.ts';
import {
  type Call,
  type Func,
  made,
  own,
  type Param,
  paid,
  paidText,
  refuse,
  refuseSize,
  str,
  TEXT,
  WHATEVER,
  whole,
} from './call.ts';
import { readCsv } from './csv.ts';
import { jsonText, readJson } from './json.ts';
import { notYet } from './not-yet.ts';
import { readYaml } from './yaml-read.ts';
import { yamlText } from './yaml-write.ts';

const OPEN: Param = { ...TEXT, open: true };
/** What packed data may grow to. */
const MOST_UNPACKED = 8_000_000;

/** By name. What a text decodes to has the place of the text. */
export const ENCODINGS: Readonly<Record<string, Func>> = {
  base64encode: whole([TEXT], ([value], call) => made(Buffer.from(str(value)).toString('base64'), call)),
  base64decode: whole([TEXT], ([value], call) => made(utf8(bytesOf(value as Datum, call), call), call, value?.origin)),
  // The bytes depend on the program that packs them.
  base64gzip: notYet('base64gzip() packs it into bytes that only Terraform makes'),
  base64gunzip: whole([TEXT], ([value], call) => {
    const packed = bytesOf(value as Datum, call);
    let unpacked: Buffer;
    try {
      unpacked = gunzipSync(packed, { maxOutputLength: MOST_UNPACKED });
    } catch (error) {
      if (error instanceof RangeError) return refuseSize(call, 'unpacks to more text than any real one');
      return refuse(call, 'is given a text that is not packed', value?.origin);
    }
    return made(utf8(unpacked, call), call, value?.origin);
  }),
  csvdecode: whole([TEXT], ([value], call) => csv(value as Datum, call)),
  jsondecode: whole([OPEN], ([value], call) => {
    const encoded = encodedIn(value as Datum);
    if (encoded) return encoded;
    pay(value as Datum, call);
    const read = readJson(str(value), (value as Datum).origin);
    return read ?? refuse(call, 'is given a text that is no JSON', value?.origin);
  }),
  jsonencode: own([WHATEVER], ([value], call) => encoded(value as Datum, jsonText, call)),
  yamldecode: whole([OPEN], ([value], call) => {
    const encoded = encodedIn(value as Datum);
    if (encoded) return encoded;
    pay(value as Datum, call);
    const read = readYaml(str(value), (value as Datum).origin);
    return 'failure' in read ? refuse(call, read.failure, value?.origin) : read;
  }),
  yamlencode: own([WHATEVER], ([value], call) => encoded(value as Datum, yamlText, call)),
  textencodebase64: whole([TEXT, TEXT], ([value, name], call) => {
    const encoding = CODINGS[str(name).toLowerCase().replace(/[-_]/g, '')];
    if (!encoding) return refuse(call, 'is given an encoding that is not read here', name?.origin);
    const bytes = Buffer.from(str(value), encoding.node);
    return made((encoding.swapped ? bytes.swap16() : bytes).toString('base64'), call);
  }),
  textdecodebase64: whole([TEXT, TEXT], ([value, name], call) => {
    const encoding = CODINGS[str(name).toLowerCase().replace(/[-_]/g, '')];
    if (!encoding) return refuse(call, 'is given an encoding that is not read here', name?.origin);
    const bytes = bytesOf(value as Datum, call);
    if (encoding.swapped && bytes.length % 2 === 1) return refuse(call, 'is given half a letter', value?.origin);
    return made((encoding.swapped ? bytes.swap16() : bytes).toString(encoding.node), call, value?.origin);
  }),
  urlencode: whole([TEXT], ([value], call) =>
    made(
      encodeURIComponent(str(value).replace(/\p{Surrogate}/gu, '\ufffd'))
        .replace(/[!'()*]/g, (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`)
        .replaceAll('%20', '+'),
      call,
    ),
  ),
  urldecode: whole([TEXT], ([value], call) => {
    try {
      return made(decodeURIComponent(str(value).replaceAll('+', '%20')), call, value?.origin);
    } catch {
      return refuse(call, 'is given a text that is not encoded', value?.origin);
    }
  }),
};

interface Coding {
  readonly node: BufferEncoding;
  /** The other byte first. */
  readonly swapped?: true;
}

const CODINGS: Readonly<Record<string, Coding>> = Object.assign(Object.create(null), {
  utf8: { node: 'utf8' },
  utf16le: { node: 'utf16le' },
  utf16be: { node: 'utf16le', swapped: true },
  usascii: { node: 'latin1' },
  iso88591: { node: 'latin1' },
  latin1: { node: 'latin1' },
});

/** A text that a structure is written as; known or not, it still tells the structure. */
function encoded(value: Datum, write: (datum: Datum) => string, call: Call): Datum {
  const unknowns = unknownsIn(value);
  const [first] = unknowns;
  const text = first ? { ...derived(first, unknowns), origin: call.origin } : made(write(value), call);
  return withMark({ ...text, encodes: value }, holdsSensitive(value));
}

/** What decoding a text gives that tells what it was made from, or that is unknown; undefined of any other text. */
function encodedIn(text: Datum): Datum | undefined {
  if ((text.kind === 'string' || text.kind === 'unknown') && text.encodes)
    return withMark(decoded(text.encodes), text.sensitive);
  return text.kind === 'unknown' ? derived(text) : undefined;
}

/** A value as it comes back: lists and sets as tuples, maps as objects. */
function decoded(value: Datum): Datum {
  if (isSequence(value)) return { ...value, kind: 'tuple', items: value.items.map(decoded) };
  if (!isStructure(value) || value.lazy) return value;
  const entries = sortedEntries(value.entries).map(([key, item]) => [key, decoded(item)] as const);
  return { ...value, kind: 'object', entries: new Map(entries) };
}

/** Reading makes values of what takes one letter each at the least. */
function pay(value: Datum, call: Call): void {
  paid(str(value).length >> 1, call);
}

function bytesOf(value: Datum, call: Call): Buffer {
  const written = str(value).replace(/[\r\n]/g, '');
  if (written.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(written))
    return refuse(call, 'is given a text that is no base64', value.origin);
  return Buffer.from(written, 'base64');
}

function utf8(bytes: Buffer, call: Call): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return refuse(call, 'gives bytes that are no text');
  }
}

function csv(value: Datum, call: Call): Datum {
  const rows = readCsv(str(value));
  if ('failure' in rows) return refuse(call, rows.failure, value.origin);
  const [names, ...records] = rows;
  if (!names) return refuse(call, 'is given a text without a line of names', value.origin);
  if (new Set(names).size < names.length)
    return refuse(call, 'is given a text with a name that stands twice', value.origin);
  paidText(records.length * names.length, call);
  const order = names.map((name, index) => ({ name, index })).sort((one, other) => comparePoints(one.name, other.name));
  const items = records.map((record) =>
    structure(
      'object',
      new Map(order.map(({ name, index }) => [name, text(record[index] ?? '', value.origin)])),
      value.origin,
    ),
  );
  return sequence('list', items, call.origin);
}
