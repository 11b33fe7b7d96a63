/** Encodings: base64, digests, JSON, YAML. */
import { createHash } from 'node:crypto';
import { type Datum, dict, guardDepth, list, sortedSlots } from '../datum.ts';
import { spendText } from '../fault.ts';
import type { Caller, Func } from '../machine.ts';
import { shown } from '../print.ts';
import { derived, plain, type Text } from '../text.ts';
import { readYaml } from '../yaml-read.ts';
import { writeYaml } from '../yaml-write.ts';
import { type Args, any, fixed, text, open as tolerant } from './arguments.ts';

const coding = (code: (value: string) => string): Func =>
  fixed(1, (args, { machine }) => {
    const source = text(args, 0);
    spendText(machine.budget, source.text.length * 2);
    return derived(code(source.text), [source]);
  });

const digest = (algorithm: string): Func => coding((value) => createHash(algorithm).update(value).digest('hex'));

const json = (indent: string, html: boolean): Func =>
  tolerant(fixed(1, (args, caller) => jsonText(any(args, 0), indent, html, caller)));

const YAML = tolerant(fixed(1, (args, { machine }) => writeYaml(any(args, 0), machine.budget)));
const FROM_JSON = fixed(1, (args, caller) => read(args, caller) ?? dict([['Error', plain('this is no JSON')]]));

/** By name. */
export const ENCODINGS: Readonly<Record<string, Func>> = {
  b64enc: coding((value) => Buffer.from(value).toString('base64')),
  b64dec: coding((value) => Buffer.from(value, 'base64').toString()),
  b32enc: coding(base32),
  sha1sum: digest('sha1'),
  sha256sum: digest('sha256'),
  sha512sum: digest('sha512'),
  adler32sum: coding(adler32),
  toYaml: YAML,
  mustToYaml: YAML,
  toYamlPretty: YAML,
  toJson: json('', true),
  mustToJson: json('', true),
  toRawJson: json('', false),
  mustToRawJson: json('', false),
  toPrettyJson: json('  ', true),
  mustToPrettyJson: json('  ', true),
  js: coding((value) => JSON.stringify(value).slice(1, -1).replaceAll("'", "\\'")),
  fromYaml: fixed(1, (args, caller) => {
    const value = read(args, caller);
    if (value?.kind === 'nil') return dict();
    return value?.kind === 'dict' ? value : dict([['Error', plain('this is no YAML mapping')]]);
  }),
  fromYamlArray: fixed(1, (args, caller) => array(read(args, caller))),
  fromJson: FROM_JSON,
  mustFromJson: FROM_JSON,
  fromJsonArray: fixed(1, (args, caller) => array(read(args, caller))),
};

function read(args: Args, { machine }: Caller): Datum | undefined {
  const source = text(args, 0);
  spendText(machine.budget, source.text.length * 4);
  return readYaml(source);
}

function array(value: Datum | undefined): Datum {
  if (value?.kind === 'nil') return list([]);
  return value?.kind === 'list' ? value : list([plain('this is no list')]);
}

function jsonText(datum: Datum, indent: string, html: boolean, { machine }: Caller): Text {
  const sources: Text[] = [];
  const written = jsonOf(datum, { indent, sources, depth: 0 });
  spendText(machine.budget, written.length);
  if (!html) return derived(written, sources);
  const safe = written.replace(
    /[<>&\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return derived(safe, sources);
}

/** How JSON is written; the texts that it is made of are added to `sources`. */
interface Json {
  readonly indent: string;
  readonly sources: Text[];
  readonly depth: number;
}

function jsonOf(datum: Datum, json: Json): string {
  guardDepth(json.depth);
  const deeper = { ...json, depth: json.depth + 1 };
  switch (datum.kind) {
    case 'list':
      return bracketed(
        '[',
        ']',
        datum.items.map((item) => jsonOf(item, deeper)),
        json,
      );
    case 'dict': {
      const colon = json.indent === '' ? ':' : ': ';
      const members = sortedSlots(datum).map(
        ([key, { value }]) => `${JSON.stringify(key)}${colon}${jsonOf(value, deeper)}`,
      );
      return bracketed('{', '}', members, json);
    }
    case 'bool':
    case 'int':
    case 'float':
      json.sources.push(shown(datum));
      return JSON.stringify(datum.value);
    case 'text':
    case 'opaque':
      json.sources.push(shown(datum));
      return JSON.stringify(shown(datum).text);
    case 'struct':
      return '{}';
    case 'nil':
      return 'null';
  }
}

function bracketed(open: string, close: string, members: readonly string[], { indent, depth }: Json): string {
  if (members.length === 0 || indent === '') return `${open}${members.join(',')}${close}`;
  const pad = `\n${indent.repeat(depth + 1)}`;
  return `${open}${pad}${members.join(`,${pad}`)}\n${indent.repeat(depth)}${close}`;
}

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

function base32(value: string): string {
  let bits = '';
  for (const byte of Buffer.from(value)) bits += byte.toString(2).padStart(8, '0');
  const groups = bits.match(/.{1,5}/g) ?? [];
  const letters = groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)]).join('');
  return letters.padEnd(Math.ceil(letters.length / 8) * 8, '=');
}

function adler32(value: string): string {
  let low = 1;
  let high = 0;
  for (const byte of Buffer.from(value)) {
    low = (low + byte) % 65_521;
    high = (high + low) % 65_521;
  }
  return String(high * 65_536 + low);
}
