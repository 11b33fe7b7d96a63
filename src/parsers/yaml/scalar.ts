/**
 * What a plain scalar means by the core schema of YAML 1.2 (section 10.3.2), which compose and Kubernetes files are
 * written for: `22:22`, `yes` and `2001-01-01` are strings, `0777` is 777, `0o17` is 15.
 */
export function resolvePlain(text: string): string | number | boolean | null {
  const resolved = CANDIDATE_LENGTHS.has(text.length) ? WORDS.get(text) : undefined;
  if (resolved !== undefined) return resolved;
  const first = text.charCodeAt(0);
  // Only digits, `+`, `-` and `.` begin a number.
  if (first < 43 || first > 57 || first === 44 || first === 47) return text;
  if (INTEGER.test(text)) return finite(Number(text), text);
  if (OCTAL.test(text)) return finite(Number.parseInt(text.slice(2), 8), text);
  if (HEXADECIMAL.test(text)) return finite(Number.parseInt(text.slice(2), 16), text);
  return FLOAT.test(text) ? finite(Number(text), text) : text;
}

/** The value that a standard tag (`!!str 80`) gives to a text; undefined where the tag is none of the core schema. */
export function resolveTagged(tag: string, text: string): string | number | boolean | null | undefined {
  if (tag === 'str') return text;
  if (tag === 'null') return null;
  if (tag !== 'int' && tag !== 'float' && tag !== 'bool') return undefined;
  return resolvePlain(text);
}

const WORDS = new Map<string, number | boolean | null>([
  ['', null],
  ['~', null],
  ['null', null],
  ['Null', null],
  ['NULL', null],
  ['true', true],
  ['True', true],
  ['TRUE', true],
  ['false', false],
  ['False', false],
  ['FALSE', false],
  ['.inf', Number.POSITIVE_INFINITY],
  ['.Inf', Number.POSITIVE_INFINITY],
  ['.INF', Number.POSITIVE_INFINITY],
  ['+.inf', Number.POSITIVE_INFINITY],
  ['+.Inf', Number.POSITIVE_INFINITY],
  ['+.INF', Number.POSITIVE_INFINITY],
  ['-.inf', Number.NEGATIVE_INFINITY],
  ['-.Inf', Number.NEGATIVE_INFINITY],
  ['-.INF', Number.NEGATIVE_INFINITY],
  ['.nan', Number.NaN],
  ['.NaN', Number.NaN],
  ['.NAN', Number.NaN],
]);

const CANDIDATE_LENGTHS: ReadonlySet<number> = new Set([...WORDS.keys()].map((word) => word.length));

const INTEGER = /^[-+]?[0-9]+$/;
const OCTAL = /^0o[0-7]+$/;
const HEXADECIMAL = /^0x[0-9a-fA-F]+$/;
const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/** A number too large to hold stays the text that it was. */
function finite(number: number, text: string): number | string {
  return Number.isFinite(number) ? number : text;
}
