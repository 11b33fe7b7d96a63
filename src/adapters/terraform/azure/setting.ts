/** Switches and versions as Azure's resources have them: truth values, words of its API, numbers with prefixes. */
import type { TlsFact, TlsVersion } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { booleanOf, textOf, type Unknown, unknown, type Value } from '../../../source/value.ts';
import { type Block, get } from '../resource.ts';

/** How a switch stands, and the line that says so, or would. */
export interface Setting {
  readonly on: boolean | Unknown;
  readonly origin: Origin;
}

const ON: ReadonlySet<string> = new Set(['enabled', 'true', 'on', 'allowalltraffic']);
const OFF: ReadonlySet<string> = new Set(['disabled', 'false', 'off', 'allowvirtualnetworksonly']);

/** The first of these attributes that is written; `otherwise` where none is. */
export function setting(
  block: Block | undefined,
  names: readonly string[],
  otherwise: boolean,
  unwritten: Origin,
): Setting {
  const value = written(block, names);
  if (!value) return { on: otherwise, origin: unwritten };
  const { origin } = value;
  if (value.kind === 'unknown') return { on: value, origin };
  const word = textOf(value)?.toLowerCase() ?? '';
  const on = booleanOf(value) ?? (ON.has(word) ? true : OFF.has(word) ? false : undefined);
  return { on: on ?? unknown('it is neither on nor off', origin), origin };
}

/** The value of the first of these attributes that is there; a list of one thing is that thing. */
function written(block: Block | undefined, names: readonly string[]): Value | undefined {
  const value = names.map((name) => get(block, name)).find((each) => each !== undefined);
  return value?.kind === 'list' && value.items.length === 1 ? value.items[0] : value;
}

const VERSIONS: Readonly<Record<string, TlsVersion>> = {
  '1': 'TLSv1.0',
  '1.0': 'TLSv1.0',
  '1.1': 'TLSv1.1',
  '1.2': 'TLSv1.2',
  '1.3': 'TLSv1.3',
};

/**
 * The oldest version of TLS that one of these attributes lets in: `1.2`, `TLS1_2`, `Tls12`. Where none is written it is
 * the provider's default, TLS 1.2 wherever its fourth version documents one; words that ask for none let the oldest in.
 */
export function oldestTls(block: Block | undefined, names: readonly string[], unwritten: Origin): TlsFact {
  const value = written(block, names);
  if (!value) return { minimum: 'TLSv1.2', origin: unwritten };
  const { origin } = value;
  if (value.kind === 'unknown') return { minimum: value, origin };
  const text = textOf(value) ?? '';
  const digits = /(\d)(?:[._]?(\d))?$/.exec(text);
  const version = digits ? VERSIONS[digits[2] === undefined ? `${digits[1]}` : `${digits[1]}.${digits[2]}`] : 'TLSv1.0';
  return { minimum: version ?? unknown(`"${text}" is no version of TLS`, origin), origin };
}
