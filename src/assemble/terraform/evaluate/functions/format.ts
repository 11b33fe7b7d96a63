/** `format` and `formatlist` (zclconf/go-cty function/stdlib/format.go, whose grammar is format_fsm.rl). */
import { convertTo } from '../convert.ts';
import { type Datum, isSequence, sequence, withMark } from '../datum.ts';
import { derived } from '../derive.ts';
import { numberText } from '../number.ts';
import { holdsSensitive, unknownsIn } from '../weigh.ts';
import { type Call, type Func, made, own, paidText, refuse, refuseSize, str, TEXT, WHATEVER, whole } from './call.ts';
import { clusters, countClusters } from './cluster.ts';
import { jsonText } from './json.ts';

/** By name. An item of `formatlist` has the place of the one item that it is made of, where there is only one. */
export const FORMATS: Readonly<Record<string, Func>> = {
  format: whole([TEXT], ([pattern, ...args], call) => made(formatted(str(pattern), args, call), call), {
    rest: { ...WHATEVER, open: undefined as never },
  }),
  formatlist: own([TEXT], formattedList, { rest: WHATEVER }),
};

function formattedList([pattern, ...args]: readonly Datum[], call: Call): Datum {
  if (pattern?.kind === 'unknown') return derived(pattern, [pattern, ...args]);
  const whys = args.filter((arg) => arg.kind === 'unknown');
  const [why] = whys;
  const sensitive = [pattern as Datum, ...args].some((arg) => arg.sensitive);
  if (why?.kind === 'unknown') return withMark(derived(why, args), sensitive);
  const lists = args.filter(isSequence);
  const [first] = lists;
  if (lists.some(({ items }) => items.length !== first?.items.length)) return refuse(call, 'needs lists of one length');
  const count = first ? first.items.length : 1;
  const items = Array.from({ length: count }, (_, index) => {
    const row = args.map((arg) => (isSequence(arg) ? (arg.items[index] as Datum) : arg));
    const unknowns = row.flatMap((each) => unknownsIn(each));
    const hidden = row.some(holdsSensitive);
    if (unknowns[0]) return withMark(derived(unknowns[0], unknowns), hidden);
    const origin = lists.length === 1 ? first?.items[index]?.origin : undefined;
    return withMark(made(formatted(str(pattern), row, call), call, origin), hidden);
  });
  return withMark(sequence('list', items, call.origin), sensitive);
}

const VERB =
  /%(?:%|(?<flags>[-+# 0]*)(?<width>[1-9]\d*)?(?:\.(?<precision>\d*))?(?:\[(?<arg>[1-9]\d*)\])?(?<verb>[a-zA-Z]))?/g;

interface Verb {
  readonly flags: string;
  readonly width: number;
  readonly precision: number | undefined;
  readonly letter: string;
}

/** Nothing is laid out wider. */
const WIDEST = 100_000;

function formatted(pattern: string, args: readonly Datum[], call: Call): string {
  let next = 0;
  let highest = 0;
  const text = pattern.replace(VERB, (...match) => {
    const [written] = match as [string];
    if (written === '%%') return '%';
    if (written === '%') return refuse(call, 'is given a format with a percent sign that begins no verb');
    const { flags = '', width = '', precision, arg, verb = '' } = match.at(-1) as Record<string, string | undefined>;
    const index = arg === undefined ? next : Number(arg) - 1;
    next = index + 1;
    highest = Math.max(highest, next);
    const value = args[index];
    if (!value) return refuse(call, `has no argument for "${written.slice(0, 40)}"`);
    const spec = {
      flags,
      width: Number(width),
      precision: precision === undefined ? undefined : Number(precision),
      letter: verb,
    };
    if (spec.width > WIDEST || (spec.precision ?? 0) > WIDEST)
      return refuseSize(call, 'lays out a text wider than any');
    const filled = filledIn(spec, value, call);
    paidText(filled.length, call);
    return filled;
  });
  if (highest < args.length) return refuse(call, `is given ${args.length} arguments and uses ${highest} of them`);
  return text;
}

function filledIn(verb: Verb, value: Datum, call: Call): string {
  if (value.kind === 'null' && verb.letter !== 'v') return refuse(call, 'cannot format null', value.origin);
  switch (verb.letter) {
    case 'v':
      if (!verb.flags.includes('#') && value.kind === 'string') return padded(value.value, verb);
      if (!verb.flags.includes('#') && value.kind === 'number') return padded(general(value.value), verb);
      return padded(jsonText(value), verb);
    case 't':
      return String((convertTo(value, 'bool') as { value: boolean }).value);
    case 's':
    case 'q': {
      const whole = str(convertTo(value, 'string'));
      const text = verb.precision ? clusters(whole).slice(0, verb.precision).join('') : whole;
      return padded(verb.letter === 'q' ? jsonText({ kind: 'string', value: text, origin: value.origin }) : text, verb);
    }
    case 'b':
    case 'd':
    case 'o':
    case 'x':
    case 'X': {
      const number = (convertTo(value, 'number') as { value: number }).value;
      if (!Number.isInteger(number)) return refuse(call, 'needs a whole number', value.origin);
      return laidOut(integerText(BigInt(number), verb), number >= 0, verb);
    }
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G': {
      const number = (convertTo(value, 'number') as { value: number }).value;
      return laidOut(floatText(Math.abs(number), verb), number >= 0, verb);
    }
    default:
      return refuse(call, `is given the verb "${verb.letter}", which there is not`);
  }
}

/** A number as Go writes a large float in its shortest way: with an exponent from a million on. */
function general(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return numberText(value);
  const written = value.toExponential();
  const exponent = Number(written.slice(written.indexOf('e') + 1));
  return exponent < -4 || exponent >= 6 ? goExponent(written) : numberText(value);
}

/** Go writes an exponent with two digits at least. */
function goExponent(written: string): string {
  return written.replace(/e([-+])(\d)$/, 'e$10$2');
}

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, d: 10, x: 16, X: 16 };
const PREFIXES: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X', d: '' };

function integerText(value: bigint, { letter, flags, precision }: Verb): string {
  const size = value < 0n ? -value : value;
  const digits = size.toString(BASES[letter]).padStart(precision ?? 0, '0');
  const text = `${flags.includes('#') ? PREFIXES[letter] : ''}${digits}`;
  return letter === 'X' ? text.toUpperCase() : text;
}

function floatText(size: number, { letter, precision }: Verb): string {
  const digits = Math.min(100, precision ?? 6);
  if (letter === 'f') return size.toFixed(digits);
  if (letter === 'e' || letter === 'E') {
    const text = goExponent(size.toExponential(digits));
    return letter === 'E' ? text.toUpperCase() : text;
  }
  if (precision === undefined) return letter === 'G' ? general(size).toUpperCase() : general(size);
  const rounded = Number(size.toPrecision(Math.max(1, digits)));
  const exponent = rounded === 0 ? 0 : Math.floor(Math.log10(rounded));
  const text =
    exponent < -4 || exponent >= Math.max(1, digits) ? goExponent(rounded.toExponential()) : numberText(rounded);
  return letter === 'G' ? text.toUpperCase() : text;
}

/** A number with its sign, to its width. */
function laidOut(text: string, positive: boolean, { flags, width }: Verb): string {
  const sign = positive ? (flags.includes('+') ? '+' : flags.includes(' ') ? ' ' : '') : '-';
  const missing = Math.max(0, width - sign.length - text.length);
  if (flags.includes('-')) return sign + text + ' '.repeat(missing);
  return flags.includes('0') ? sign + '0'.repeat(missing) + text : ' '.repeat(missing) + sign + text;
}

function padded(text: string, { flags, width }: Verb): string {
  const missing = width - (width > 0 ? countClusters(text) : 0);
  if (missing <= 0) return text;
  const pad = (flags.includes('0') ? '0' : ' ').repeat(missing);
  return flags.includes('-') ? text + pad : pad + text;
}
