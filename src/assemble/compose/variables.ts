/** Variables from `.env` files: those that fill in a project, and those that `env_file` gives to containers. */
import type { Origin } from '../../source/span.ts';
import type { Files } from '../files.ts';
import { interpolate, type Lookup } from './interpolate.ts';

/** A variable of a `.env` file, filled in. */
export interface Variable {
  readonly name: string;
  readonly value: string;
  readonly origin: Origin;
}

/** What the values of one file may grow to by naming each other: doubling twenty times is no configuration. */
const MAX_EXPANSION = 1_000_000;

/** Where files come from, and how many more characters and variables of them may be read, each time that one is. */
export interface VariableReading {
  readonly tree: { readonly files: Files; characters: number; variables: number };
}

/**
 * The variables of the file at `path`, in its order; undefined where it cannot be read, none where no more may be. Values may use variables of
 * `outer` and those above them; in single quotes nothing is filled in, nor where `raw` (the `format` of an `env_file`).
 */
export function readVariables(
  path: string,
  outer: Lookup,
  { tree }: VariableReading,
  raw = false,
): readonly Variable[] | undefined {
  const { files } = tree;
  const file = files.read(path);
  if (file.kind !== 'text') return undefined;
  if (tree.characters < 0 || tree.variables < 0) return [];
  tree.characters -= file.text.length;
  const entries = files.dotenv(path)?.entries ?? [];
  const above = new Map<string, string>();
  const lookup: Lookup = (name) => outer(name) ?? above.get(name);
  const variables: Variable[] = [];
  let left = MAX_EXPANSION;
  for (const { name, text, quote, origin } of entries) {
    const written = text ?? outer(name);
    if (written === undefined) continue;
    const literal = raw || text === null || quote === 'single' || left < 0;
    // The parser leaves `\$` in double quotes to us: a dollar sign that begins no variable.
    const template = quote === 'double' ? written.replaceAll('\\$', '$$$$') : written;
    const value = literal ? written : interpolate(template, lookup, false).text;
    if (value !== written) left -= value.length;
    above.set(name, value);
    variables.push({ name, value, origin });
  }
  tree.variables -= variables.length;
  return variables;
}
