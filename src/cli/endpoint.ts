/** What people call the ends of a connection: workloads by name, addresses, the internet. */

import type { AskedEnd, AskedPort } from '../graph/explanation/view.ts';
import { INTERNET } from '../graph/explanation/ways.ts';
import type { Environment } from '../graph/exposure-graph.ts';
import type { Protocol } from '../graph/fragment.ts';
import { ALL_ADDRESSES, parseAddresses, publicPart } from '../graph/sets/address-set.ts';
import { LAST_PORT, PROTOCOLS } from '../graph/sets/port-set.ts';
import type { Workload } from '../graph/vocabulary.ts';
import { suggestion } from '../policy/suggest.ts';
import { matchesGlob } from '../source/glob.ts';
import { UsageError } from './exit.ts';

/** An end as it is written: a name that each environment has to look up, or addresses. */
export type WrittenEnd = string | Extract<AskedEnd, { kind: 'addresses' }>;

/** An end, and the port after it; null where none is written. */
export interface WrittenTarget {
  readonly end: WrittenEnd;
  readonly port: AskedPort | null;
}

/**
 * Reads `shop/web`, `shop/web:8080/tcp`, `10.0.0.0/8`, `[2001:db8::1]:443`, `internet`. What looks like an address as a
 * whole has no port after it. Throws `UsageError`.
 */
export function readTarget(text: string): WrittenTarget {
  const whole = addressesIn(text);
  if (whole) return { end: whole, port: null };
  const split = /^(.*):([^:/]*)(?:\/([^/]*))?$/s.exec(text);
  if (!split) return { end: text, port: null };
  const [, name = '', port = '', protocol] = split;
  return { end: addressesIn(name.replace(/^\[(.*)\]$/, '$1')) ?? name, port: readPort(text, port, protocol) };
}

function addressesIn(text: string): Extract<AskedEnd, { kind: 'addresses' }> | undefined {
  if (text === INTERNET) return { kind: 'addresses', text, addresses: publicPart(ALL_ADDRESSES) };
  const addresses = parseAddresses(text);
  return addresses && { kind: 'addresses', text, addresses };
}

function readPort(text: string, port: string, protocol: string | undefined): AskedPort {
  const number = /^\d{1,5}$/.test(port) ? Number(port) : 0;
  if (number < 1 || number > LAST_PORT) {
    throw new UsageError(`"${text}" has no port after its colon: write a number from 1 to ${LAST_PORT}`);
  }
  if (protocol === undefined) return { port: number, protocol: null };
  const known: readonly string[] = PROTOCOLS;
  if (!known.includes(protocol)) {
    throw new UsageError(`"${protocol}" in "${text}" is no protocol with ports: write ${PROTOCOLS.join(', ')}`);
  }
  return { port: number, protocol: protocol as Protocol };
}

/** The ends of a question in one environment. */
export interface FoundEnds {
  readonly environment: Environment;
  readonly from: AskedEnd;
  readonly to: AskedEnd;
}

/**
 * Finds both ends in every environment that has them. Throws `UsageError` for names that are nowhere, that several
 * workloads of one environment have, or that no environment has together.
 */
export function findEnds(environments: readonly Environment[], from: WrittenEnd, to: WrittenEnd): readonly FoundEnds[] {
  const found = environments.flatMap((environment) => {
    const source = inEnvironment(environment, from);
    const target = inEnvironment(environment, to);
    return source && target ? [{ environment, from: source, to: target }] : [];
  });
  if (found.length > 0) return found;
  for (const end of [from, to]) {
    const known = typeof end !== 'string' || environments.some((environment) => inEnvironment(environment, end));
    if (!known) throw new UsageError(unknown(environments, end as string));
  }
  const places = [from, to].map((end) => {
    const where = environments.filter((environment) => inEnvironment(environment, end)).map(({ id }) => id);
    return `${String(end)} is in ${listed(where)}`;
  });
  throw new UsageError(`no environment has both of them: ${places.join('; ')}`);
}

function inEnvironment(environment: Environment, end: WrittenEnd): AskedEnd | undefined {
  if (typeof end !== 'string') return end;
  const [first, ...others] = environment.workloads.filter((workload) => namesOf(workload).includes(end));
  if (others.length > 0 && first) {
    const all = [first, ...others].map((workload) => namesOf(workload).at(-1) as string);
    throw new UsageError(`several workloads of ${environment.id} are called "${end}": name one of ${listed(all)}`);
  }
  return first ? { kind: 'workload', workload: first } : unusedGuard(environment, end);
}

/** A guard that nothing is known to use may be asked for by its name: it is what would let somebody in. */
function unusedGuard({ guards }: Environment, name: string): AskedEnd | undefined {
  const guard = guards.find((each) => each.name === name && each.attachment !== 'attached');
  return guard && { kind: 'guard', guard };
}

/** What a workload may be called, from the shortest to the one that says the most. */
function namesOf({ name, namespace, writtenKind, address }: Workload): readonly string[] {
  const full = namespace === null ? name : `${namespace}/${name}`;
  return [name, full, `${name}[${writtenKind}]`, `${full}[${writtenKind}]`, ...(address ? [address] : [])];
}

/** A list that is longer is cut. */
const MOST_NAMES = 20;

function listed(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).join(', ');
  return names.length > MOST_NAMES ? `${shown} and ${names.length - MOST_NAMES} more` : shown;
}

function unknown(environments: readonly Environment[], name: string): string {
  const workloads = environments.flatMap((environment) => environment.workloads);
  const full = [...new Set(workloads.map((workload) => namesOf(workload)[1] as string))].sort();
  if (/[*?]/.test(name)) {
    const matching = full.filter(
      (each) => matchesGlob(name, each) || matchesGlob(name, each.split('/').at(-1) as string),
    );
    return `give one workload instead of the pattern "${name}"${matching.length > 0 ? `, which matches ${listed(matching)}` : ''}`;
  }
  const gateway = environments
    .flatMap(({ gateways }) => gateways)
    .find((each) => each.name === name || `${each.namespace}/${each.name}` === name);
  if (gateway) {
    const behind = [...new Set(gateway.targets.map(({ workload }) => namesOf(workload)[1] as string))];
    return `"${name}" is a ${gateway.kind.replaceAll('-', ' ')} and no workload: ask for what it leads to (${listed(behind) || 'nothing here'})`;
  }
  const guarding = environments.flatMap(({ guards }) => guards).find((each) => each.name === name);
  if (guarding)
    return `"${name}" is a ${guarding.kind.replaceAll('-', ' ')} and no workload: ask for one that it guards`;
  const short = [...new Set(workloads.map((workload) => workload.name))];
  const hint =
    full.length > MOST_NAMES ? near(name, [...short, ...full]) : suggestion(name, name.includes('/') ? full : short);
  return `no workload is called "${name}"${hint === '' ? '' : `: ${hint}`}`;
}

/** A suggestion where the known names are too many to be listed. */
function near(name: string, known: readonly string[]): string {
  const hint = suggestion(name, known);
  return hint.startsWith('did you mean') ? hint : '`portolan ports` lists them all';
}
