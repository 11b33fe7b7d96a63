/** The value of a variable; undefined where it has none. */
export type Lookup = (name: string) => string | undefined;

/** A text with its variables filled in. */
export interface Interpolated {
  readonly text: string;
  /** The variables that have neither a value nor a default. */
  readonly unset: readonly string[];
  /** The first piece that begins like a variable and is none, or grows without end. */
  readonly invalid?: string;
}

/** Defaults within defaults, and what one text may grow to: real files have two levels, and some hundred characters. */
const MAX_NESTING = 16;
const MAX_LENGTH = 262_144;

/**
 * `text` with `$VAR`, `${VAR}`, `${VAR:-default}`, `${VAR-default}`, `${VAR:?error}`, `${VAR?error}`, `${VAR:+other}`
 * and `${VAR+other}` filled in and `$$` made `$`, as the Compose specification has it. A variable without a value is
 * empty text, as in Compose; with `keep` it stays as `${VAR}`, so that the reader sees what is not known.
 */
export function interpolate(text: string, lookup: Lookup, keep: boolean): Interpolated {
  if (!text.includes('$')) return { text, unset: [] };
  const unset: string[] = [];
  const state: State = { lookup, keep, unset };
  const filled = fill(text, state, 0);
  return { text: filled, unset, ...(state.invalid === undefined ? {} : { invalid: state.invalid }) };
}

/** A stretch of a text (`from` to `to`, exclusive), and what it reads with its variables filled in. */
export interface Piece {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  /** It is a variable, or a dollar sign that was doubled. */
  readonly filled: boolean;
}

/** As `interpolate`, a variable without a value being empty, piece by piece. */
export function interpolatePieces(text: string, lookup: Lookup): Interpolated & { readonly pieces: readonly Piece[] } {
  const pieces: Piece[] = [];
  const state: State = { lookup, keep: false, unset: [], pieces };
  const filled = fill(text, state, 0);
  return {
    text: filled,
    unset: state.unset,
    pieces,
    ...(state.invalid === undefined ? {} : { invalid: state.invalid }),
  };
}

/** The variables that `interpolate` has kept in a text. */
export function keptVariables(text: string): readonly string[] {
  return text.includes('${') ? [...text.matchAll(KEPT)].map((match) => match[1] as string) : [];
}

/** The variable that a text consists of and that `interpolate` has kept. */
export function keptVariable(text: string): string | undefined {
  const [name] = keptVariables(text);
  return name !== undefined && text === `\${${name}}` ? name : undefined;
}

interface State {
  readonly lookup: Lookup;
  readonly keep: boolean;
  readonly unset: string[];
  invalid?: string;
  /** Where the pieces of the text itself are gathered, not those of defaults. */
  readonly pieces?: Piece[];
}

const KEPT = /\$\{([A-Za-z_][A-Za-z0-9_]*)\}/g;
const NAME = /[A-Za-z_][A-Za-z0-9_]*/y;
const OPERATOR = /:?[-?+]/y;

function fill(text: string, state: State, depth: number): string {
  let result = '';
  let at = 0;
  for (let dollar = text.indexOf('$'); dollar >= 0; dollar = text.indexOf('$', at)) {
    const reference = readReference(text, dollar);
    const before = text.slice(at, dollar);
    const value = substitute(reference, text.slice(dollar, reference.end), state, depth);
    if (depth === 0 && state.pieces) {
      if (before !== '') state.pieces.push({ from: at, to: dollar, text: before, filled: false });
      state.pieces.push({ from: dollar, to: reference.end, text: value, filled: true });
    }
    at = reference.end;
    result += before + value;
    if (result.length <= MAX_LENGTH) continue;
    state.invalid ??= text;
    return result.slice(0, MAX_LENGTH);
  }
  const rest = text.slice(at);
  if (depth === 0 && rest !== '') state.pieces?.push({ from: at, to: text.length, text: rest, filled: false });
  return result + rest;
}

interface Reference {
  readonly end: number;
  /** Undefined for `$$` and for what is no reference. */
  readonly name?: string;
  readonly operator?: string;
  readonly operand?: string;
}

function readReference(text: string, dollar: number): Reference {
  const next = text[dollar + 1];
  if (next === '$') return { end: dollar + 2 };
  if (next !== '{') {
    const name = sticky(NAME, text, dollar + 1);
    return name === undefined ? { end: dollar + 1 } : { end: dollar + 1 + name.length, name };
  }
  const close = closingBrace(text, dollar + 2);
  if (close < 0) return { end: text.length };
  const name = sticky(NAME, text, dollar + 2);
  if (name === undefined) return { end: close + 1 };
  const behind = dollar + 2 + name.length;
  if (behind === close) return { end: close + 1, name };
  const operator = sticky(OPERATOR, text, behind);
  if (operator === undefined) return { end: close + 1 };
  return { end: close + 1, name, operator, operand: text.slice(behind + operator.length, close) };
}

function substitute(reference: Reference, written: string, state: State, depth: number): string {
  const { name, operator, operand = '' } = reference;
  if (name === undefined) {
    if (written === '$$') return '$';
    state.invalid ??= written;
    return written;
  }
  const value = state.lookup(name);
  const present = value !== undefined && (value !== '' || !operator?.startsWith(':'));
  if (operator?.endsWith('+')) return present ? nested(operand, state, depth) : '';
  if (present) return value;
  if (operator?.endsWith('-')) return nested(operand, state, depth);
  // An empty value is a value, unless `:?` insists on a better one.
  if (value !== undefined && operator === undefined) return value;
  if (!state.unset.includes(name)) state.unset.push(name);
  return state.keep ? `\${${name}}` : '';
}

function nested(operand: string, state: State, depth: number): string {
  return depth >= MAX_NESTING ? operand : fill(operand, state, depth + 1);
}

/** Where the brace closes that was opened before `from`; every `${` in between opens one more. */
function closingBrace(text: string, from: number): number {
  let open = 1;
  for (let i = from; i < text.length; i++) {
    if (text[i] === '}' && --open === 0) return i;
    if (text[i] === '$' && text[i + 1] === '{') open++;
  }
  return -1;
}

function sticky(pattern: RegExp, text: string, at: number): string | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0];
}
