/** The syntax of regular expressions, as far as kustomizations use it (RE2 without names, flags and Unicode classes). */

/** A part of a pattern. */
export type Node =
  | { readonly kind: 'sign'; readonly accepts: (code: number) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly most: number };

const DEEPEST = 50;
const MOST_REPEATS = 1_000;

/** The parts of a pattern; undefined where it is none that is understood. */
export function readPattern(source: string): Node | undefined {
  const reader: Reader = { source, at: 0, depth: 0 };
  const node = readChoice(reader);
  return reader.at < source.length ? undefined : node;
}

interface Reader {
  readonly source: string;
  at: number;
  depth: number;
}

function readChoice(reader: Reader): Node | undefined {
  const parts: Node[] = [];
  do {
    const part = readSequence(reader);
    if (!part) return undefined;
    parts.push(part);
  } while (reader.source[reader.at] === '|' && ++reader.at);
  return parts.length === 1 ? parts[0] : { kind: 'choice', parts };
}

function readSequence(reader: Reader): Node | undefined {
  const parts: Node[] = [];
  while (reader.at < reader.source.length && !'|)'.includes(reader.source[reader.at] as string)) {
    const atom = readAtom(reader);
    const part = atom && readRepeats(reader, atom);
    if (!part) return undefined;
    parts.push(part);
  }
  return { kind: 'sequence', parts };
}

function readAtom(reader: Reader): Node | undefined {
  const sign = reader.source[reader.at++] as string;
  switch (sign) {
    case '.':
      return { kind: 'sign', accepts: (code) => code !== 10 };
    case '^':
      return { kind: 'start' };
    case '$':
      return { kind: 'end' };
    case '(':
      return readGroup(reader);
    case '[':
      return readClass(reader);
    case '\\':
      return readEscape(reader);
    default:
      return '*+?{}'.includes(sign) && sign !== '}' ? undefined : literal(sign);
  }
}

function readGroup(reader: Reader): Node | undefined {
  const { source } = reader;
  if (source.startsWith('?', reader.at)) {
    if (!source.startsWith('?:', reader.at)) return undefined;
    reader.at += 2;
  }
  if (++reader.depth > DEEPEST) return undefined;
  const inner = readChoice(reader);
  reader.depth--;
  return source[reader.at++] === ')' ? inner : undefined;
}

const CLASSES: ReadonlyMap<string, RegExp> = new Map([
  ['d', /[0-9]/],
  ['w', /[0-9A-Za-z_]/],
  ['s', /[\t\n\f\r ]/],
]);

function readEscape(reader: Reader): Node | undefined {
  const sign = reader.source[reader.at++];
  if (sign === undefined) return undefined;
  const known = CLASSES.get(sign.toLowerCase());
  if (known) {
    const wanted = sign === sign.toLowerCase();
    return { kind: 'sign', accepts: (code) => known.test(String.fromCharCode(code)) === wanted };
  }
  if (sign === 'A') return { kind: 'start' };
  if (sign === 'z') return { kind: 'end' };
  return /[0-9A-Za-z]/.test(sign) ? undefined : literal(sign);
}

function readClass(reader: Reader): Node | undefined {
  const { source } = reader;
  const negated = source[reader.at] === '^' && ++reader.at > 0;
  const ranges: [number, number][] = [];
  const classes: ((code: number) => boolean)[] = [];
  for (let first = true; source[reader.at] !== ']' || first; first = false) {
    const from = classSign(reader, classes);
    if (from === undefined) return undefined;
    if (from === null) continue;
    let to: number | null | undefined = from;
    if (source[reader.at] === '-' && source[reader.at + 1] !== ']') {
      reader.at++;
      to = classSign(reader, []);
    }
    if (to === undefined || to === null || to < from) return undefined;
    ranges.push([from, to]);
  }
  reader.at++;
  const holds = (code: number) =>
    ranges.some(([from, to]) => from <= code && code <= to) || classes.some((accepts) => accepts(code));
  return { kind: 'sign', accepts: (code) => holds(code) !== negated };
}

/** The sign that stands next in a class; null for a class within it, which joins `classes`. */
function classSign(reader: Reader, classes: ((code: number) => boolean)[]): number | null | undefined {
  const sign = reader.source[reader.at++];
  if (sign === undefined || (sign === '[' && reader.source[reader.at] === ':')) return undefined;
  if (sign !== '\\') return sign.charCodeAt(0);
  const escaped = readEscape(reader);
  if (escaped?.kind !== 'sign') return undefined;
  const before = reader.source[reader.at - 1] as string;
  if (!CLASSES.has(before.toLowerCase())) return before.charCodeAt(0);
  classes.push(escaped.accepts);
  return null;
}

function readRepeats(reader: Reader, atom: Node): Node | undefined {
  const [least, most] = readBounds(reader) ?? [];
  if (least === undefined || most === undefined) return atom;
  if (most < least || least > MOST_REPEATS) return undefined;
  if (reader.source[reader.at] === '?') reader.at++;
  return { kind: 'repeat', of: atom, least, most };
}

function readBounds(reader: Reader): readonly [number, number] | undefined {
  const bounds = { '*': [0, Number.POSITIVE_INFINITY], '+': [1, Number.POSITIVE_INFINITY], '?': [0, 1] } as const;
  const sign = reader.source[reader.at];
  if (sign === '*' || sign === '+' || sign === '?') {
    reader.at++;
    return bounds[sign];
  }
  const counted = /^\{(\d{1,4})(,?)(\d{0,4})\}/.exec(reader.source.slice(reader.at, reader.at + 12));
  if (!counted) return undefined;
  reader.at += counted[0].length;
  const least = Number(counted[1]);
  if (counted[2] === '') return [least, least];
  return [least, counted[3] === '' ? Number.POSITIVE_INFINITY : Number(counted[3])];
}

function literal(sign: string): Node {
  const wanted = sign.charCodeAt(0);
  return { kind: 'sign', accepts: (code) => code === wanted };
}
