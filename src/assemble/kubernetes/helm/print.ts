/** How Go prints values: what `{{ x }}` writes, and the verb %v. */
import { type Datum, guardDepth, sortedSlots } from './datum.ts';
import { derived, marked, plain, type Text } from './text.ts';

/** What an action writes for a value. A value that is not there is told apart from an empty one; it is taken out at the end. */
export const NO_VALUE = '<no value>';

/** As an action writes a value, with the place that it comes from. */
export function written(datum: Datum): Text {
  return datum.kind === 'nil' ? plain(NO_VALUE) : shown(datum);
}

/** As `toString` and `%v` have a value, with the place that it comes from. */
export function shown(datum: Datum): Text {
  switch (datum.kind) {
    case 'text':
      return datum;
    case 'opaque':
      return marked('unknown', undefined, datum.because);
    case 'list':
    case 'dict':
      return derived(goText(datum), textsWithin(datum, 0));
    case 'bool':
    case 'int':
    case 'float':
      return marked(goText(datum), datum.origin);
    default:
      return plain(goText(datum));
  }
}

/** The verb %v: `map[a:1 b:2]`, `[1 2]`, `<nil>`. */
export function goText(datum: Datum, depth = 0): string {
  guardDepth(depth);
  switch (datum.kind) {
    case 'nil':
      return '<nil>';
    case 'bool':
    case 'int':
      return String(datum.value);
    case 'float':
      return goFloat(datum.value);
    case 'text':
      return datum.text;
    case 'list':
      return `[${datum.items.map((item) => goText(item, depth + 1)).join(' ')}]`;
    case 'dict':
      return `map[${sortedSlots(datum)
        .map(([key, { value }]) => `${key}:${goText(value, depth + 1)}`)
        .join(' ')}]`;
    case 'struct':
      return datum.printed;
    case 'opaque':
      return 'unknown';
  }
}

/** A float in its shortest form: with an exponent from a million on, where it is not a small round number. */
export function goFloat(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'NaN' : value > 0 ? '+Inf' : '-Inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const [mantissa = '', exponent = ''] = value.toExponential().split('e');
  const power = Number(exponent);
  if (power >= -4 && power < 6) return value.toFixed(decimals(mantissa, power));
  return `${mantissa}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

/** How many digits stand behind the point when a number is written without an exponent. */
function decimals(mantissa: string, power: number): number {
  const digits = mantissa.replace(/[-.]/g, '').length;
  return Math.max(0, digits - 1 - power);
}

/** Everything in it that has a place, for the place that a printed collection comes from. */
function textsWithin(datum: Datum, depth: number): readonly Text[] {
  guardDepth(depth);
  if (datum.kind === 'list') return datum.items.flatMap((item) => textsWithin(item, depth + 1));
  if (datum.kind === 'dict') return [...datum.slots.values()].flatMap(({ value }) => textsWithin(value, depth + 1));
  return [shown(datum)];
}
