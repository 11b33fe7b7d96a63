/** Signs in a command line and its environment: the small language of the image catalogue (`ImageEntry`). */
import { matchesGlob } from '../../source/glob.ts';
import { append } from '../../source/multimap.ts';
import type { Origin } from '../../source/span.ts';
import type { VariableFact } from '../fragment.ts';
import { parseAddress } from './address.ts';
import type { Invocation } from './invocation.ts';
import type { Argument } from './shell.ts';

/** A sign that is there. */
export interface Sighting {
  /** Empty for a flag without a value; null where the code does not show it. */
  readonly value: string | null;
  readonly origin: Origin;
}

/** Every place where `sign` is there, first come first. */
export function sightings(sign: string, invocation: Invocation): readonly Sighting[] {
  const { name, value } = taken(sign);
  const all = name === '#' ? positional(invocation.arguments) : seen(name.replace(/^@/, ''), invocation);
  return value === null ? all.filter((each) => each.value !== '' || name.startsWith('-')) : all.filter(isValue(value));
}

/** Whether one of `signs` is there. `unknown` where one may be: it is set, and to what the code does not show. */
export function anySign(signs: readonly string[], invocation: Invocation): boolean | 'unknown' {
  if (signs.some((sign) => sightings(sign, invocation).length > 0)) return true;
  const hidden = signs.some((sign) => {
    const { name, value } = taken(sign);
    return value !== null && seen(name, invocation).some((each) => each.value === null);
  });
  return hidden && 'unknown';
}

function isValue(value: string): (sighting: Sighting) => boolean {
  return (sighting) => sighting.value?.toLowerCase() === value;
}

function taken(sign: string): { readonly name: string; readonly value: string | null } {
  const equals = sign.indexOf('=');
  if (equals === -1) return { name: sign, value: null };
  return { name: sign.slice(0, equals), value: sign.slice(equals + 1).toLowerCase() };
}

function seen(name: string, invocation: Invocation): readonly Sighting[] {
  if (name.startsWith('-')) return flags(name, invocation.arguments);
  if (name.startsWith('*')) return words(name.slice(1), invocation.arguments);
  const fact = invocation.environment(name);
  return fact === undefined ? [] : [variableSighting(fact)];
}

function variableSighting({ value, origin }: VariableFact): Sighting {
  return { value: typeof value === 'string' ? value : null, origin };
}

/** Words that end in `suffix`: `*.conf` is a configuration file. */
function words(suffix: string, given: readonly Argument[]): readonly Sighting[] {
  return given.filter(({ text }) => text?.endsWith(suffix)).map(({ text, origin }) => ({ value: text, origin }));
}

function flags(name: string, given: readonly Argument[]): readonly Sighting[] {
  const index = indexOf(given);
  if (!name.includes('*')) return index.get(plain(name)) ?? [];
  return [...index].flatMap(([flag, found]) => (matchesGlob(plain(name), flag.toLowerCase()) ? found : []));
}

/** The flags of a command line by name: many signs are looked for in each. */
const INDEXES = new WeakMap<readonly Argument[], ReadonlyMap<string, readonly Sighting[]>>();

function indexOf(given: readonly Argument[]): ReadonlyMap<string, readonly Sighting[]> {
  const known = INDEXES.get(given);
  if (known) return known;
  const index = new Map<string, Sighting[]>();
  const add = (flag: string, sighting: Sighting) => {
    append(index, flag, sighting);
  };
  for (const [i, { text, origin }] of given.entries()) {
    if (!text?.startsWith('-')) continue;
    // Flag and value are one word where an entrypoint that is a script takes them apart again.
    const end = /[=\s]/.exec(text)?.index ?? text.length;
    const next = given[i + 1];
    if (end < text.length) add(plain(text.slice(0, end)), { value: text.slice(end + 1).trim(), origin });
    else if (next === undefined || next.text?.startsWith('-')) add(plain(text), { value: '', origin });
    else add(plain(text), { value: next.text, origin: spanning(origin, next.origin) });
    // A short flag may carry its value (`-p8080`), if that is one that a port or address can be.
    const rest = text.slice(2);
    if (/^-\w[\d:[]/.test(text) && parseAddress(rest) !== null) add(text.slice(0, 2), { value: rest, origin });
  }
  INDEXES.set(given, index);
  return index;
}

/** Long flags count with one dash as with two; short ones and properties (`-Da.b`) are what they are. */
function plain(flag: string): string {
  return flag.length > 2 && !/^-[DE]/.test(flag) ? flag.replace(/^--?/, '--') : flag;
}

/** Words that are a port or an address with a port; a bare number behind a flag is the flag's value. */
function positional(given: readonly Argument[]): readonly Sighting[] {
  return given
    .filter(({ text }, i) => {
      const before = given[i - 1]?.text ?? '';
      const ofFlag = /^-[^=]+$/.test(before) && before !== '--';
      return text !== null && !(ofFlag && /^\d+$/.test(text)) && parseAddress(text)?.port != null;
    })
    .map(({ text, origin }) => ({ value: text, origin }));
}

function spanning(first: Origin, last: Origin): Origin {
  return first.file === last.file && first.start <= last.end ? { ...first, end: Math.max(first.end, last.end) } : last;
}
