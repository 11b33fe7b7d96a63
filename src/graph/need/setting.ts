/**
 * Settings: values with the names that people gave them, wherever they stand (variables, flags, lines of configuration),
 * and the hosts that they mention (E1, E2).
 */
import type { Origin } from '../../source/span.ts';
import type { NeedKind } from '../fragment.ts';
import type { PortIndex } from '../listener/port-index.ts';
import type { Transport } from '../vocabulary.ts';
import { type Address, addressesIn } from './address.ts';
import { connectionStringsIn } from './connection-string.ts';
import { encryptionIn } from './encryption.ts';
import { canonicalHost, isHost, isLiteral, isOwnMachine, portNumber } from './host.ts';
import { meaningOf } from './scheme.ts';
import { hostPrefix, meansSomethingElse, portPrefix, serviceIn, suggestsAddress, wordsOf } from './setting-name.ts';

/** A text that a workload gets, and what it is called. */
export interface Setting {
  /** Null for a text that has no name, like a line of a script. */
  readonly name: string | null;
  /** With its variables filled in. */
  readonly value: string;
  readonly origin: Origin;
}

/** A host that a client has in its strings, and what they say about what it wants there. */
export interface Mention {
  readonly host: string;
  /** Null where nothing says it. */
  readonly port: number | null;
  /** What is spoken, in the catalogue's words; null where nothing says it. */
  readonly service: string | null;
  readonly transport: Transport;
  readonly kind: NeedKind;
  /** How sure it is that the client connects, if the host is one that it can find. */
  readonly weight: number;
  /** It is an address wherever the host is, and not only when something here is called so. */
  readonly external: boolean;
  readonly origins: readonly Origin[];
}

/** A host with a port or a scheme; a bare word under a name that says it is a host; under one that often does (§5.3, E1). */
const WEIGHTS = { address: 0.9, strong: 0.7, weak: 0.5 } as const;

/** The hosts that `settings` mention; ports stand with their hosts, or in settings beside them (`DB_HOST`, `DB_PORT`). */
export function mentionsIn(settings: readonly Setting[], kind: NeedKind, index: PortIndex): readonly Mention[] {
  if (settings.length === 0) return [];
  const named = settings.map((setting) => ({ setting, words: setting.name === null ? [] : wordsOf(setting.name) }));
  const ports = portsBeside(named);
  return named.flatMap(({ setting, words }, at) => {
    if (meansSomethingElse(words)) return [];
    const addresses = everyAddress(setting.value);
    if (addresses.length === 0) return bareHosts(setting, words, ports[at], kind, index);
    const beside = addresses.length === 1 ? ports[at] : undefined;
    return addresses.flatMap((address) => mentionOf(address, setting, words, beside, kind, index) ?? []);
  });
}

interface Named {
  readonly setting: Setting;
  readonly words: readonly string[];
}

interface PortBeside {
  readonly port: number;
  readonly origin: Origin;
}

/** For each setting that may name a host the port that goes with it: the next one of the same prefix, else the last. */
function portsBeside(named: readonly Named[]): readonly (PortBeside | undefined)[] {
  const beside: (PortBeside | undefined)[] = named.map(() => undefined);
  const sweep = (order: readonly number[]) => {
    const seen = new Map<string, PortBeside>();
    for (const at of order) {
      const { setting, words } = named[at] as Named;
      const port = portNumber(setting.value.trim());
      const prefix = port === null ? hostPrefix(words) : portPrefix(words);
      if (prefix === null) continue;
      if (port === null) beside[at] ??= seen.get(prefix);
      else seen.set(prefix, { port, origin: setting.origin });
    }
  };
  const forward = named.map((_, at) => at);
  sweep([...forward].reverse());
  sweep(forward);
  return beside;
}

/** All addresses; a connection string names its host once, whatever form it has there. */
function everyAddress(text: string): readonly Address[] {
  const plain = addressesIn(text);
  const starts = new Set(plain.map(({ start }) => start));
  return [...plain, ...connectionStringsIn(text).filter(({ start }) => !starts.has(start))];
}

function mentionOf(
  { host, port, scheme, options }: Address,
  { origin }: Setting,
  words: readonly string[],
  beside: PortBeside | undefined,
  kind: NeedKind,
  index: PortIndex,
): Mention | null {
  if (isOwnMachine(host)) return null;
  const meaning = scheme === null ? null : meaningOf(scheme, index);
  const encrypted = WEB.has(scheme ?? '') ? null : encryptionIn(options);
  const used = port === null ? beside : undefined;
  return {
    host,
    port: port ?? beside?.port ?? meaning?.port ?? null,
    service: meaning?.service ?? serviceIn(words, index),
    transport: encrypted === null ? (meaning?.transport ?? 'unknown') : encrypted ? 'tls' : 'plaintext',
    kind,
    weight: WEIGHTS.address,
    external:
      (kind !== 'config' || suggestsAddress(words) !== null) &&
      (meaning?.service != null || (port !== null && host.includes('.'))),
    origins: used ? [origin, used.origin] : [origin],
  };
}

/** Their queries belong to applications and say nothing of the transport. */
const WEB: ReadonlySet<string> = new Set(['http', 'https', 'ws', 'wss']);

/** A value that is a host and nothing else, or a list of hosts, under a name that says so. */
function bareHosts(
  { value, origin }: Setting,
  words: readonly string[],
  beside: PortBeside | undefined,
  kind: NeedKind,
  index: PortIndex,
): readonly Mention[] {
  const suggested = suggestsAddress(words);
  if (suggested === null || value.length > LONGEST_LIST) return [];
  const hosts = value.trim().split(/\s*[,;\s]\s*/);
  if (!hosts.every((host) => isHost(host))) return [];
  return hosts.map(canonicalHost).flatMap((host) =>
    isOwnMachine(host)
      ? []
      : {
          host,
          port: beside?.port ?? null,
          service: serviceIn(words, index),
          transport: 'unknown',
          kind,
          weight: beside ? WEIGHTS.address : WEIGHTS[suggested],
          external: suggested === 'strong' && host.includes('.') && !isLiteral(host),
          origins: beside ? [origin, beside.origin] : [origin],
        },
  );
}

/** Longer values are no lists of hosts that people write. */
const LONGEST_LIST = 4096;
