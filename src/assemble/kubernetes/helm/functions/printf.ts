/** `print`, `println` and `printf`, as Go's fmt has them. */
import { type Datum, kindName, typeName } from '../datum.ts';
import { Fault, spendText } from '../fault.ts';
import type { Func } from '../machine.ts';
import { goFloat, goText, shown } from '../print.ts';
import { derived, joinTexts, plain, sliceText, type Text } from '../text.ts';
import { type Args, open, text, variadic } from './arguments.ts';

/** By name. */
export const PRINTING: Readonly<Record<string, Func>> = {
  print: open(
    variadic(0, (args) => joinTexts(spaced(args, (one, other) => one.kind !== 'text' && other.kind !== 'text'))),
  ),
  println: open(variadic(0, (args) => joinTexts([...spaced(args, () => true), plain('\n')]))),
  printf: open(
    variadic(1, (args, { machine }) =>
      format(text(args, 0), args.slice(1), (length) => spendText(machine.budget, length)),
    ),
  ),
};

function spaced(args: Args, apart: (one: Datum, other: Datum) => boolean): readonly Text[] {
  return args.flatMap((arg, index) => {
    const before = args[index - 1];
    return before && apart(before, arg) ? [plain(' '), shown(arg)] : [shown(arg)];
  });
}

const VERB = /%(?<flags>[-+# 0]*)(?<width>\*|\d+)?(?:\.(?<precision>\*|\d+)?)?(?<verb>[\s\S])?/y;

/** Wider than this Go writes nothing either. */
const WIDEST = 1_000_000;

interface Spec {
  readonly flags: string;
  readonly width: number | undefined;
  readonly precision: number | undefined;
  readonly verb: string;
}

/** `pattern` with its verbs filled in; what stands there as it is keeps its place. */
function format(pattern: Text, args: Args, spend: (length: number) => void): Text {
  const parts: Text[] = [];
  let at = 0;
  let next = 0;
  for (;;) {
    const percent = pattern.text.indexOf('%', at);
    if (percent === -1) break;
    if (percent > at) parts.push(sliceText(pattern, at, percent));
    VERB.lastIndex = percent;
    const match = VERB.exec(pattern.text);
    const { flags = '', width, precision, verb } = match?.groups ?? {};
    at = percent + (match?.[0].length ?? 1);
    if (verb === undefined) {
      parts.push(plain('%!(NOVERB)'));
      continue;
    }
    if (verb === '%') {
      parts.push(plain('%'));
      continue;
    }
    const size = (written: string | undefined): number | undefined => {
      if (written !== '*') return written === undefined ? undefined : Number(written);
      const arg = args[next++];
      return arg?.kind === 'int' ? arg.value : undefined;
    };
    const spec = {
      flags,
      width: size(width),
      precision: match?.[0].includes('.') ? (size(precision) ?? 0) : undefined,
      verb,
    };
    if (Math.abs(spec.width ?? 0) > WIDEST || (spec.precision ?? 0) > WIDEST)
      throw new Fault('it asks for a text wider than any', { limit: true });
    spend(Math.abs(spec.width ?? 0) + (spec.precision ?? 0));
    const arg = args[next++];
    parts.push(arg === undefined ? plain(`%!${verb}(MISSING)`) : filled(spec, arg));
  }
  if (at < pattern.text.length) parts.push(sliceText(pattern, at));
  const extra = args.slice(next).map((arg) => `${typeName(arg)}=${goText(arg)}`);
  if (extra.length > 0) parts.push(plain(`%!(EXTRA ${extra.join(', ')})`));
  return joinTexts(parts);
}

function filled(spec: Spec, arg: Datum): Text {
  const source = shown(arg);
  const verbatim = spec.verb === 'v' || (spec.verb === 's' && (arg.kind === 'text' || arg.kind === 'opaque'));
  if (verbatim && spec.width === undefined && spec.precision === undefined && !/[+#]/.test(spec.flags)) return source;
  const value = verbText(spec, arg);
  const text = padded(value, spec);
  if (arg.kind === 'text' && value === `"${arg.text}"` && text === value)
    return joinTexts([plain('"'), arg, plain('"')]);
  return text === source.text ? source : derived(text, [source]);
}

function verbText(spec: Spec, arg: Datum): string {
  const { verb, precision, flags } = spec;
  const sign = (value: number, written: string): string =>
    value >= 0 && flags.includes('+') ? `+${written}` : value >= 0 && flags.includes(' ') ? ` ${written}` : written;
  switch (verb) {
    case 'v':
      return goText(arg);
    case 'T':
      return typeName(arg);
    case 't':
      return arg.kind === 'bool' ? goText(arg) : wrong(verb, arg);
    case 's':
    case 'q': {
      if (arg.kind === 'list') return `[${arg.items.map((item) => verbText(spec, item)).join(' ')}]`;
      if (arg.kind === 'dict')
        return `map[${[...arg.slots]
          .map(([key, slot]) => `${verb === 'q' ? goQuote(key) : key}:${verbText(spec, slot.value)}`)
          .sort()
          .join(' ')}]`;
      if (arg.kind === 'int' && verb === 'q')
        return `'${String.fromCodePoint(Math.max(0, Math.min(0x10ffff, arg.value)))}'`;
      if (arg.kind !== 'text' && arg.kind !== 'opaque' && arg.kind !== 'struct') return wrong(verb, arg);
      const text = precision === undefined ? goText(arg) : [...goText(arg)].slice(0, precision).join('');
      return verb === 'q' ? goQuote(text) : text;
    }
    case 'd':
    case 'b':
    case 'o':
    case 'x':
    case 'X':
    case 'c':
    case 'U': {
      if (arg.kind === 'list') return `[${arg.items.map((item) => verbText(spec, item)).join(' ')}]`;
      if (arg.kind === 'text' && (verb === 'x' || verb === 'X'))
        return cased(Buffer.from(arg.text).toString('hex'), verb);
      return arg.kind === 'int' ? sign(arg.value, integer(arg.value, verb, flags)) : wrong(verb, arg);
    }
    case 'f':
    case 'F':
    case 'e':
    case 'E':
    case 'g':
    case 'G':
      return arg.kind === 'float' ? sign(arg.value, fraction(arg.value, verb, precision)) : wrong(verb, arg);
    default:
      return wrong(verb, arg);
  }
}

function wrong(verb: string, arg: Datum): string {
  return arg.kind === 'nil'
    ? `%!${verb}(<nil>)`
    : `%!${verb}(${kindName(arg) === 'slice' ? typeName(arg) : typeName(arg)}=${goText(arg)})`;
}

const BASES: Readonly<Record<string, number>> = { b: 2, o: 8, d: 10, x: 16, X: 16 };

function integer(value: number, verb: string, flags: string): string {
  if (verb === 'c') return String.fromCodePoint(Math.max(0, Math.min(0x10ffff, value)));
  if (verb === 'U') return `U+${value.toString(16).toUpperCase().padStart(4, '0')}`;
  const prefix = flags.includes('#') && verb !== 'd' ? { b: '0b', o: '0', x: '0x', X: '0X' }[verb] : '';
  return cased(`${value < 0 ? '-' : ''}${prefix}${Math.abs(value).toString(BASES[verb])}`, verb);
}

function cased(text: string, verb: string): string {
  return verb === 'X' ? text.toUpperCase() : text;
}

function fraction(value: number, verb: string, precision: number | undefined): string {
  if (!Number.isFinite(value)) return goFloat(value);
  const digits = Math.min(100, precision ?? 6);
  if (verb === 'f' || verb === 'F') return value.toFixed(digits);
  if (verb === 'g' || verb === 'G')
    return precision === undefined ? goFloat(value) : String(Number(value.toPrecision(Math.max(1, digits))));
  const [mantissa, exponent = '+0'] = value.toExponential(digits).split('e');
  return `${mantissa}${verb}${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

function padded(value: string, { flags, width = 0, verb }: Spec): string {
  const missing = Math.abs(width) - [...value].length;
  if (missing <= 0) return value;
  if (flags.includes('-') || width < 0) return value + ' '.repeat(missing);
  if (!flags.includes('0') || !/[dboxXfFeEgG]/.test(verb)) return ' '.repeat(missing) + value;
  const sign = /^[-+]/.exec(value)?.[0] ?? '';
  return sign + '0'.repeat(missing) + value.slice(sign.length);
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\x07': '\\a',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\v': '\\v',
};

/** A text as a Go string literal. */
export function goQuote(text: string): string {
  const escaped = text.replace(/["\\]|[^\P{C}\u00ad]|[\u2028\u2029\u00a0\ufeff]/gu, (letter) => {
    const known = ESCAPES[letter];
    if (known !== undefined) return known;
    const code = letter.codePointAt(0) ?? 0;
    if (code < 0x80) return `\\x${code.toString(16).padStart(2, '0')}`;
    return code > 0xffff ? `\\U${code.toString(16).padStart(8, '0')}` : `\\u${code.toString(16).padStart(4, '0')}`;
  });
  return `"${escaped}"`;
}
