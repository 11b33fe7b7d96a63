/**
 * The regular expressions of kustomizations (RE2 without captures), run in step with all that could match so that none
 * takes longer than its length times that of the text. The file is hostile, and a backtracking engine is not bounded.
 */

/** What a run may still do; counted down, and nothing more is done at zero. */
export interface Work {
  steps: number;
}

/** Whether a text matches, as a whole or in part as the pattern was compiled. */
export type Pattern = (text: string, work: Work) => boolean;

/** A state: what it takes, and where it leads. `split` takes nothing and leads to both. */
type State =
  | { readonly kind: 'sign'; readonly accepts: (code: number) => boolean; readonly next: number }
  | { readonly kind: 'split'; next: number; readonly other: number }
  | { readonly kind: 'start' | 'end'; readonly next: number }
  | { readonly kind: 'match' };

type Node =
  | { readonly kind: 'sign'; readonly accepts: (code: number) => boolean }
  | { readonly kind: 'start' | 'end' }
  | { readonly kind: 'sequence' | 'choice'; readonly parts: readonly Node[] }
  | { readonly kind: 'repeat'; readonly of: Node; readonly least: number; readonly most: number };

const MOST_STATES = 2_000;
const MOST_LENGTH = 1_000;
const DEEPEST = 50;

/** The pattern over whole texts (`whole`) or any part of one; undefined where it is none that is understood. */
export function patternOf(source: string, whole: boolean): Pattern | undefined {
  if (!/[\\^$.|?*+()[\]{}]/.test(source)) return whole ? (text) => text === source : (text) => text.includes(source);
  if (source.length > MOST_LENGTH) return undefined;
  const reader: Reader = { source, at: 0, depth: 0 };
  const node = readChoice(reader);
  if (!node || reader.at < source.length) return undefined;
  if (sizeOf(node) > MOST_STATES) return undefined;
  const states: State[] = [{ kind: 'match' }];
  const start = compile(node, 0, states);
  return (text, work) => run(states, start, text, whole, work);
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
  if (most < least || least > MOST_STATES) return undefined;
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

/** How many states the pattern is compiled to. */
function sizeOf(node: Node): number {
  switch (node.kind) {
    case 'sign':
    case 'start':
    case 'end':
      return 1;
    case 'sequence':
    case 'choice':
      return node.parts.reduce((sum, part) => sum + sizeOf(part) + 1, 0);
    case 'repeat': {
      const times = node.most === Number.POSITIVE_INFINITY ? node.least + 1 : Math.max(node.most, 1);
      return (sizeOf(node.of) + 1) * times;
    }
  }
}

/** Compiles the part so that what follows it begins at `next`; answers where it begins. */
function compile(part: Node, next: number, states: State[]): number {
  const add = (state: State): number => states.push(state) - 1;
  switch (part.kind) {
    case 'start':
    case 'end':
      return add({ kind: part.kind, next });
    case 'sign':
      return add({ kind: 'sign', accepts: part.accepts, next });
    case 'sequence':
      return part.parts.reduceRight((after, each) => compile(each, after, states), next);
    case 'choice':
      return part.parts
        .map((each) => compile(each, next, states))
        .reduceRight((other, each) => add({ kind: 'split', next: each, other }));
    case 'repeat':
      return compileRepeat(part, next, states);
  }
}

function compileRepeat({ of, least, most }: Extract<Node, { kind: 'repeat' }>, next: number, states: State[]): number {
  let tail = next;
  if (most === Number.POSITIVE_INFINITY) {
    const loop: Extract<State, { kind: 'split' }> = { kind: 'split', next: 0, other: next };
    tail = states.push(loop) - 1;
    loop.next = compile(of, tail, states);
  } else {
    for (let i = least; i < most; i++) {
      const inner = compile(of, tail, states);
      tail = states.push({ kind: 'split', next: inner, other: next }) - 1;
    }
  }
  for (let i = 0; i < least; i++) tail = compile(of, tail, states);
  return tail;
}

function run(states: readonly State[], start: number, text: string, whole: boolean, work: Work): boolean {
  let current = new Set<number>();
  const matched = () => [...current].some((each) => states[each]?.kind === 'match');
  for (let at = 0; at < text.length; at++) {
    if (at === 0 || !whole) enter(states, start, at, text.length, current);
    if (!whole && matched()) return true;
    work.steps -= current.size + 1;
    if (work.steps <= 0) return false;
    const next = new Set<number>();
    for (const each of current) {
      const state = states[each] as State;
      if (state.kind === 'sign' && state.accepts(text.charCodeAt(at))) {
        enter(states, state.next, at + 1, text.length, next);
      }
    }
    current = next;
  }
  if (text === '' || !whole) enter(states, start, text.length, text.length, current);
  return matched();
}

/** Joins `into` with everything that is reached from `state` at `at` without taking a sign. */
function enter(states: readonly State[], state: number, at: number, length: number, into: Set<number>): void {
  const open = [state];
  for (let index = open.pop(); index !== undefined; index = open.pop()) {
    if (into.has(index)) continue;
    into.add(index);
    const each = states[index] as State;
    if (each.kind === 'split') open.push(each.other, each.next);
    else if (each.kind === 'start' && at === 0) open.push(each.next);
    else if (each.kind === 'end' && at === length) open.push(each.next);
  }
}
