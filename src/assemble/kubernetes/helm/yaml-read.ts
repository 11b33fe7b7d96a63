/** Values files as Helm reads them: YAML 1.1 by way of JSON, so that `yes` is true and every number a float. */
import { parseData } from '../../../parsers/yaml/index.ts';
import type { Scalar, Value } from '../../../source/value.ts';
import { bool, type Datum, float, NIL, opaque, type Slot } from './datum.ts';
import { NOWHERE, placed } from './origins.ts';
import { marked, type Text } from './text.ts';

/** A value as templates see it. */
export function datumOf(value: Value): Datum {
  const origin = value.origin === NOWHERE ? undefined : value.origin;
  switch (value.kind) {
    case 'unknown':
      return opaque(value.because);
    case 'list':
      return { kind: 'list', items: value.items.map(datumOf), origin };
    case 'mapping': {
      const slots = new Map<string, Slot>();
      for (const { key, keyOrigin, value: under } of value.entries.values()) {
        slots.set(key, { value: datumOf(under), keyOrigin: keyOrigin === NOWHERE ? undefined : keyOrigin });
      }
      return { kind: 'dict', slots, origin };
    }
    case 'scalar': {
      const read = scalarOf(value);
      if (read === null) return NIL;
      if (typeof read === 'string') return marked(read, origin);
      return typeof read === 'boolean' ? { ...bool(read), origin } : float(read, origin);
    }
  }
}

/** Parses a text that a template made; undefined where it is no YAML. */
export function readYaml(text: Text): Datum | undefined {
  const { documents, notices } = parseData({ path: '', format: 'yaml', text: text.text });
  if (notices.some(({ code }) => code === 'syntax-error' || code === 'depth-limit')) return undefined;
  const root = documents[0]?.root;
  return root ? datumOf(placed(root, text, NOWHERE)) : NIL;
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

function scalarOf({ value, text, quoted }: Scalar): string | number | boolean | null {
  if (quoted) return text;
  return resolve(text) ?? (typeof value === 'string' ? text : NULL.has(text) ? null : text);
}

/** What a plain scalar is besides a text: a truth value or a number by the YAML 1.1 that Helm reads; undefined else. */
export function resolve(text: string): number | boolean | undefined {
  if (TRUE.has(text)) return true;
  if (FALSE.has(text)) return false;
  if (!/^[-+.\d]/.test(text)) return undefined;
  const infinite = /^([-+])?\.(?:inf|Inf|INF)$/.exec(text);
  if (infinite) return infinite[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  if (/^\.(?:nan|NaN|NAN)$/.test(text)) return Number.NaN;
  const digits = text.replaceAll('_', '');
  const based = /^([-+])?(0[xX][\da-fA-F]+|0[bB][01]+|0[oO][0-7]+|0[0-7]+)$/.exec(digits);
  if (based) {
    const whole = based[2] as string;
    const size = /^0\d/.test(whole) ? Number.parseInt(whole, 8) : Number(whole);
    return based[1] === '-' ? -size : size;
  }
  return /^[-+]?(?:\.\d+|\d+(?:\.\d*)?)(?:[eE][-+]?\d+)?$/.test(digits) ? Number(digits) : undefined;
}

/** Whether a plain scalar of this text would be read as something else than the text. */
export function readsOtherwise(text: string): boolean {
  return NULL.has(text) || resolve(text) !== undefined || /^\d\d\d\d-\d\d?-\d\d?(?:$|[Tt\s])/.test(text);
}
