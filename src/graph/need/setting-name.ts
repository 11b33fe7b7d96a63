/** What the names of variables, flags and keys of configuration tell about their values. */
import type { PortIndex } from '../listener/port-index.ts';

/** The words of a name, in lower case: `redis`, `host` of `REDIS_HOST`, `--redis-host`, `redis.host` and `redisHost`. */
export function wordsOf(name: string): readonly string[] {
  return name
    .slice(0, 200)
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}

/**
 * Whether a bare word is an address under this name: `strong` where the name says so (`DB_HOST`), `weak` where it often
 * does (`UPSTREAM`), null where a bare word means something else.
 */
export function suggestsAddress(words: readonly string[]): 'strong' | 'weak' | null {
  const last = (words[words.length - 1] ?? '').replace(/\d+$/, '');
  const singular = last.endsWith('s') && !last.endsWith('ss') ? last.slice(0, -1) : last;
  if (STRONG.has(singular) || STRONG.has(last)) return 'strong';
  if (WEAK.has(singular)) return 'weak';
  return /^(?:pg|db|mysql|redis|mongo|smtp)(?:host|server)$/.test(last) ? 'strong' : null;
}

const STRONG: ReadonlySet<string> = new Set([
  'host',
  'hostname',
  'addr',
  'address',
  'addresse',
  'url',
  'uri',
  'endpoint',
  'server',
  'dsn',
  'fqdn',
]);
const WEAK: ReadonlySet<string> = new Set([
  'service',
  'broker',
  'upstream',
  'backend',
  'target',
  'proxy',
  'node',
  'seed',
  'peer',
  'master',
  'leader',
  'replica',
  'gateway',
  'conn',
  'connection',
]);

/**
 * Whether values under this name are no needs, whatever stands in them: what it calls itself, where it listens, who may
 * come, where browsers are sent.
 */
export function meansSomethingElse(words: readonly string[]): boolean {
  if (words.length === 1 && words[0] === 'hostname') return true;
  const pairs = words.map((word, at) => `${words[at - 1]} ${word}`);
  return (
    words.some((word) => NOT_CALLED.has(word)) ||
    pairs.some((pair) => NOT_CALLED.has(pair)) ||
    NOT_CALLED_LAST.has(words[words.length - 1] ?? '') ||
    NOT_CALLED_LAST.has(pairs[pairs.length - 1] ?? '')
  );
}

const NOT_CALLED: ReadonlySet<string> = new Set([
  ...['allowed', 'allow', 'cors', 'csrf', 'origin', 'origins', 'trusted', 'referer', 'callback', 'redirect'],
  ...['advertised', 'advertise', 'announce', 'listen', 'listener', 'listeners', 'bind', 'no proxy', 'virtual host'],
]);
const NOT_CALLED_LAST: ReadonlySet<string> = new Set(['image', 'images', 'name', 'names', 'domain', 'domains']);

/** The service that a name speaks of: `Redis` for `REDIS_HOST`; null where it says nothing that the catalogue knows. */
export function serviceIn(words: readonly string[], index: PortIndex): string | null {
  for (const word of words) {
    const entry = index.name(word)?.entry;
    if (entry && entry.role !== 'application' && entry.role !== 'inter-service') return entry.service;
  }
  return null;
}

/**
 * What a name that says a host has in common with the name that says its port: `redis` of `REDIS_HOST` and `REDIS_PORT`,
 * `pg` of `PGHOST` and `PGPORT`. Null for names that say neither.
 */
export function hostPrefix(words: readonly string[]): string | null {
  return prefixBefore(words, /^(.*?)(?:host|hostname|addr|address|server|service|endpoint|url|uri)s?$/);
}

/** The same for the name that says the port. */
export function portPrefix(words: readonly string[]): string | null {
  const named = words[words.length - 1] === 'number' ? words.slice(0, -1) : words;
  return prefixBefore(named, /^(.*?)port$/);
}

function prefixBefore(words: readonly string[], pattern: RegExp): string | null {
  const last = pattern.exec(words[words.length - 1] ?? '');
  if (!last) return null;
  return [...words.slice(0, -1), ...(last[1] ? [last[1]] : [])].join(' ');
}
