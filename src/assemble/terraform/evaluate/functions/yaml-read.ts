/** `yamldecode`: YAML as zclconf/go-cty-yaml reads it: the truth values of YAML 1.1, the numbers of 1.2. */
import { parseData } from '../../../../parsers/yaml/index.ts';
import type { Origin } from '../../../../source/span.ts';
import type { Scalar, Value } from '../../../../source/value.ts';
import { bool, type Datum, nothing, number, sequence, structure, text, unknownDatum } from '../datum.ts';
import { parseNumber } from '../number.ts';
import { comparePoints } from '../order.ts';
import { formatTime, parseTime } from './time.ts';

/** The value of a YAML text, all of it at `origin`; of one that has none, why. */
export function readYaml(source: string, origin: Origin): Datum | { readonly failure: string } {
  const { documents, notices } = parseData({ path: origin.file, format: 'yaml', text: source });
  const bad = notices.find(({ code }) => FATAL.has(code));
  if (bad) return { failure: 'is given a text that is no YAML, or more of it than can be read' };
  if (documents.length > 1) return { failure: 'is given more than one document' };
  const root = documents[0]?.root;
  return root ? datumOf(root, origin) : { failure: 'is given a text without a value' };
}

const FATAL: ReadonlySet<string> = new Set(['syntax-error', 'depth-limit', 'expansion-limit', 'file-too-large']);

function datumOf(value: Value, origin: Origin): Datum {
  switch (value.kind) {
    case 'unknown':
      return unknownDatum('unmodelled', value.because, origin);
    case 'list':
      return sequence(
        'tuple',
        value.items.map((item) => datumOf(item, origin)),
        origin,
      );
    case 'mapping': {
      const entries = [...value.entries.values()].sort((one, other) => comparePoints(one.key, other.key));
      return structure('object', new Map(entries.map((entry) => [entry.key, datumOf(entry.value, origin)])), origin);
    }
    case 'scalar':
      return scalarOf(value, origin);
  }
}

const TRUE: ReadonlySet<string> = new Set(['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON']);
const FALSE: ReadonlySet<string> = new Set([
  'n',
  'N',
  'no',
  'No',
  'NO',
  'false',
  'False',
  'FALSE',
  'off',
  'Off',
  'OFF',
]);
const NULL: ReadonlySet<string> = new Set(['', '~', 'null', 'Null', 'NULL']);
const DAY = /^(\d{4})-(\d\d?)-(\d\d?)(?:[Tt ](\d\d?):(\d\d?):(\d\d?)(?:\.\d*)?(Z|[-+]\d\d:\d\d)?)?$/;

function scalarOf({ text: written, quoted }: Scalar, origin: Origin): Datum {
  if (quoted) return text(written, origin);
  if (TRUE.has(written)) return bool(true, origin);
  if (FALSE.has(written)) return bool(false, origin);
  if (NULL.has(written)) return nothing(origin);
  const day = DAY.exec(written);
  if (day) {
    const [year = '', ...rest] = day.slice(1, 7).map((part) => (part ?? '0').padStart(2, '0'));
    const [month, date, hour, minute, second] = rest;
    const time = parseTime(`${year}-${month}-${date}T${hour}:${minute}:${second}${day[7] ?? 'Z'}`);
    if (time) return text(formatTime(time), origin);
  }
  if (/^(?:0o[0-7]+|0x[0-9a-fA-F]+)$/.test(written)) return number(Number(written), origin);
  const value = /^[-+.\d]/.test(written) ? parseNumber(written) : undefined;
  return value === undefined ? text(written, origin) : number(value, origin);
}
