import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { type Scalar, unknown, type Value } from '../../source/value.ts';
import { mapEntries } from './construct.ts';
import {
  type Interpolated,
  interpolate,
  interpolatePieces,
  keptVariable,
  type Lookup,
  type Piece,
} from './interpolate.ts';

/** What filling variables into one project shares: where values come from, and what was told already. */
export interface Filling {
  readonly lookup: Lookup;
  readonly notices: Notice[];
  /** Variables whose absence was told: once a project is enough. */
  readonly told: Set<string>;
}

/** Variables that every shell sets: that no file gives them a value is no news. */
const SHELL = new Set(['HOME', 'PWD', 'USER']);

/**
 * A tree with the variables in its strings filled in. Without a value a variable is empty text, as Compose has it, or
 * stays as `${VAR}` with `keep`: where ports, images and names are made of it, "empty" would be a guess.
 */
export function fillValue(value: Value, keep: boolean, filling: Filling): Value {
  switch (value.kind) {
    case 'scalar':
      return fillScalar(value, keep, filling);
    case 'list':
      return { ...value, items: value.items.map((item) => fillValue(item, keep, filling)) };
    case 'mapping':
      return mapEntries(value, (entry) => fillValue(entry.value, keep, filling));
    case 'unknown':
      return value;
  }
}

function fillScalar(value: Scalar, keep: boolean, filling: Filling): Scalar {
  if (typeof value.value !== 'string' || !value.text.includes('$')) return value;
  const text = fillText(value.text, keep, value.origin, filling);
  return { ...value, value: text, text };
}

/** `text`, which stands at `origin`, with its variables filled in; what has no value is told once a project. */
export function fillText(text: string, keep: boolean, origin: Origin, filling: Filling): string {
  const filled = interpolate(text, filling.lookup, keep);
  tell(filled, origin, filling);
  return filled.text;
}

/** The pieces of a text with its variables filled in; without a value a variable is empty, as in Compose. */
export function fillPieces(value: Scalar, filling: Filling): readonly Piece[] {
  const filled = interpolatePieces(value.text, filling.lookup);
  tell(filled, value.origin, filling);
  return filled.pieces;
}

/** The value of a variable of a container or build: unknown where it is one variable without value. */
export function fillVariable(value: Scalar, filling: Filling): Value {
  if (typeof value.value !== 'string' || !value.text.includes('$')) return value;
  const kept = interpolate(value.text, filling.lookup, true);
  const name = kept.unset.length === 1 ? keptVariable(kept.text) : undefined;
  if (name === undefined) return fillScalar(value, false, filling);
  tell(kept, value.origin, filling);
  return unknown(`${name} has no value`, value.origin);
}

function tell(filled: Interpolated, origin: Origin, { notices, told }: Filling): void {
  for (const name of filled.unset) {
    if (SHELL.has(name) || told.has(name)) continue;
    told.add(name);
    const message = `${name} has no value in an .env file and no default. Give it one (\${${name}:-…}), or what depends on it stays unknown.`;
    notices.push(notice('variable-unset', message, origin));
  }
  if (filled.invalid !== undefined) {
    const message = `"${shorten(filled.invalid)}" is no variable that Compose knows. Write \${NAME}, or $$ for a dollar sign.`;
    notices.push(notice('invalid-value', message, origin));
  }
}

function shorten(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
