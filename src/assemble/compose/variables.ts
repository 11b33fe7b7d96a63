/** Variables from `.env` files: those that fill in a project, and those that `env_file` gives to containers. */
import { type Dotenv, parseDotenv } from '../../parsers/dotenv.ts';
import type { Notice } from '../../source/notice.ts';
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

/** Where files come from, which are parsed already, how many more characters may be read, and where notices go. */
export interface VariableReading {
  readonly notices: Notice[];
  readonly tree: { readonly files: Files; readonly dotenv: Map<string, Dotenv>; characters: number };
}

/**
 * The variables of the file at `path`, in its order; undefined where it cannot be read. Values may use variables of
 * `outer` and those above them; in single quotes nothing is filled in, nor where `raw` (the `format` of an `env_file`).
 */
export function readVariables(
  path: string,
  outer: Lookup,
  reading: VariableReading,
  raw = false,
): readonly Variable[] | undefined {
  const parsed = parsedFile(path, reading);
  if (!parsed) return undefined;
  const above = new Map<string, string>();
  const lookup: Lookup = (name) => outer(name) ?? above.get(name);
  const variables: Variable[] = [];
  let left = MAX_EXPANSION;
  for (const { name, text, quote, origin } of parsed.entries) {
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
  return variables;
}

/** The file, parsed once; what parsing has to say is told the first time. */
function parsedFile(path: string, { tree, notices }: VariableReading): Dotenv | undefined {
  const known = tree.dotenv.get(path);
  const reading = tree.files.read(path);
  if (reading.kind !== 'text' || tree.characters < 0) return undefined;
  tree.characters -= reading.text.length;
  if (known) return known;
  const parsed = parseDotenv({ path, format: 'dotenv', text: reading.text });
  tree.dotenv.set(path, parsed);
  for (const each of parsed.notices) notices.push(each);
  return parsed;
}
