/** Numbers as texts and back (zclconf/go-cty convert/conversion_primitive.go, Value.ParseNumberVal). */

/** A number as Terraform writes it: all its digits, never an exponent. */
export function numberText(value: number): string {
  const written = String(value);
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(written);
  if (!match) return written === 'Infinity' ? '+Inf' : written === '-Infinity' ? '-Inf' : written;
  const [, sign = '', first = '', rest = '', exponent = ''] = match;
  const digits = first + rest;
  const point = Number(exponent) + 1;
  return point > 0 ? `${sign}${digits.padEnd(point, '0')}` : `${sign}0.${'0'.repeat(-point)}${digits}`;
}

/** The number that a text is; undefined of any other text. */
export function parseNumber(text: string): number | undefined {
  if (text.length > 1000 || !/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?$/.test(text)) return undefined;
  const value = Number(text);
  return Number.isFinite(value) ? value : undefined;
}

/**
 * The result of arithmetic without what binary fractions add to it: Terraform computes with 512 bits, where a tenth and
 * two tenths are three.
 */
export function tidy(value: number): number {
  return Number.isInteger(value) || !Number.isFinite(value) ? value : Number(value.toPrecision(15));
}
