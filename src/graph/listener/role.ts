/** What a port is for: ranked from what its process is, what its image is, what it is called, and its number (§3). */
import type { Catalogue, ImagePort, PortEntry } from '../catalogue.ts';
import type { PortRange, Protocol } from '../fragment.ts';
import type { Confidence, RankedRole, Role, Transport } from '../vocabulary.ts';
import { type PortIndex, portIndex } from './port-index.ts';

/** Everything that may tell what a port is for; null or empty where nothing is known. */
export interface RoleClues {
  readonly ports: PortRange;
  readonly protocol: Protocol;
  /** What the part of the command line that opens the port says: `debug` of `--inspect=0.0.0.0:9229`. */
  readonly flag: Role | null;
  /** The service whose program the command line starts, in the catalogue's words: `Redis`. */
  readonly program: string | null;
  /** The service that the image is. */
  readonly image: string | null;
  /** What the image catalogue says of this very port. */
  readonly imagePort: ImagePort | null;
  /** The name that the code gives the port: `http-metrics`. */
  readonly name: string | null;
  /** What the container is called: a port that is called the same is named after it, and not after what it is for. */
  readonly owner: string;
  /** Paths that probes and health checks ask for at it. */
  readonly checkPaths: readonly string[];
  /** A gRPC health check asks it. */
  readonly grpc: boolean;
  /** Something scrapes metrics from it. */
  readonly scraped: boolean;
}

/** What a port is taken for. */
export interface RoleVerdict {
  /** What the catalogue calls what listens; null where it has no entry, or only the number of many speaks for it. */
  readonly service: string | null;
  /** Best first; never empty. */
  readonly roles: readonly RankedRole[];
  readonly sensitive: boolean;
  /** What the service speaks by habit. */
  readonly transport: Transport;
}

interface Guess {
  readonly role: Role;
  readonly confidence: Confidence;
  readonly entry?: PortEntry | undefined;
  readonly tls?: boolean | undefined;
}

/**
 * Ranks what `clues` say: command line, then image, then port name, then number. A flag, a program and an image's own
 * port are sure; a name, a number that few others use and an image's other ports are fair guesses; the number of many is
 * a poor one. What says little (`http`, 80) comes after what says much (15672), and a word of a name after such a number.
 */
export function rolesOf(clues: RoleClues, catalogue: Catalogue): RoleVerdict {
  const index = portIndex(catalogue.ports);
  if (isNumberAlone(clues)) return byNumber(index.number(clues.ports, clues.protocol));
  const whole = clues.name === null ? undefined : byWholeName(clues.name, index);
  const word = clues.name === null || clues.name === clues.owner ? undefined : byWord(clues.name, index);
  const entry = index.number(clues.ports, clues.protocol);
  const number = entry && ofNumber(entry);
  const guesses: (Guess | undefined)[] = [
    clues.flag === null ? undefined : ofFlag(clues.flag, entry),
    ofImagePort(clues, index),
    clues.imagePort === null ? ofService(clues.program, 'high', index) : undefined,
    telling(whole),
    entry?.dedicated ? telling(number) : undefined,
    telling(word),
    entry?.dedicated ? number : undefined,
    clues.imagePort === null ? ofService(clues.image, 'medium', index) : undefined,
    whole ?? word,
    clues.grpc ? ofService('gRPC', 'medium', index) : undefined,
    clues.checkPaths.length > 0 ? { role: 'application', confidence: 'medium' } : undefined,
    clues.scraped ? SCRAPED : undefined,
    number,
  ];
  return verdictOf(guesses.filter((guess) => guess !== undefined));
}

/** Whether nothing but its number is known of a port: of machines whose ports guards open there are very many. */
function isNumberAlone({ flag, program, image, imagePort, name, checkPaths, grpc, scraped }: RoleClues): boolean {
  const named = flag !== null || program !== null || image !== null || imagePort !== null || name !== null;
  return !named && checkPaths.length === 0 && !grpc && !scraped;
}

function byNumber(entry: PortEntry | undefined): RoleVerdict {
  return entry ? verdictOf([ofNumber(entry)]) : NOTHING;
}

function ofNumber(entry: PortEntry): Guess {
  return { role: entry.role, confidence: entry.dedicated ? 'medium' : 'low', entry };
}

/** Metrics are often served at the very port of the application, which is for both then. */
const SCRAPED: Guess = { role: 'metrics', confidence: 'medium' };

function verdictOf(guesses: readonly Guess[]): RoleVerdict {
  const best: Guess = guesses[0] ?? { role: 'unknown', confidence: 'low' };
  const roles = new Map<Role, RankedRole>();
  for (const guess of guesses) {
    const { role } = guess;
    // A port is for one thing: what else it could be is not likely any more.
    const confidence = guess === best || guess === SCRAPED ? guess.confidence : 'low';
    if (!roles.has(role)) roles.set(role, { role, confidence });
  }
  return {
    service: best.confidence === 'low' ? null : (best.entry?.service ?? null),
    roles: roles.size === 0 ? [{ role: best.role, confidence: best.confidence }] : [...roles.values()],
    sensitive: best.entry ? best.entry.sensitive : !HARMLESS.has(best.role),
    transport: transportOf(guesses),
  };
}

/** Roles that are worth little to an attacker by themselves, where the catalogue has no word on the service. */
const HARMLESS: ReadonlySet<Role> = new Set(['application', 'inter-service', 'metrics', 'health', 'unknown']);

const NOTHING = verdictOf([]);

/** TLS where the name or the image says so; otherwise what the best-known service does, unless only the number of many tells it. */
function transportOf(guesses: readonly Guess[]): Transport {
  const said = guesses.find(({ tls }) => tls !== undefined);
  if (said?.tls) return 'tls';
  const entry = guesses.find((guess) => guess.entry && guess.confidence !== 'low')?.entry;
  if (entry?.tls) return 'tls';
  return entry?.plaintext ? 'plaintext' : 'unknown';
}

function ofFlag(role: Role, number: PortEntry | undefined): Guess {
  return { role, confidence: 'high', entry: number?.role === role ? number : undefined };
}

function ofImagePort({ imagePort, image, program }: RoleClues, index: PortIndex): Guess | undefined {
  if (imagePort === null) return undefined;
  const service = imagePort.service ?? image ?? program;
  const entry = service === null ? undefined : index.service(service);
  const role = imagePort.role ?? entry?.role;
  const suits = entry?.role === role ? entry : undefined;
  return role === undefined ? undefined : { role, confidence: 'high', entry: suits, tls: imagePort.tls };
}

function ofService(service: string | null, confidence: Confidence, index: PortIndex): Guess | undefined {
  const entry = service === null ? undefined : index.service(service);
  return entry && { role: entry.role, confidence, entry };
}

/** The guess, unless it says only how something is spoken to, and not what it is. */
function telling(guess: Guess | undefined): Guess | undefined {
  return guess && SPOKEN.has(guess.role) ? undefined : guess;
}

const SPOKEN: ReadonlySet<Role> = new Set(['application', 'inter-service']);

/** What a port's name tells that the catalogue has as it is: `http-metrics`. */
function byWholeName(name: string, index: PortIndex): Guess | undefined {
  return bestName(name, [name], index);
}

/** What a part of a port's name tells, the most telling first: `tcp-redis`, `postgres2`, `admin-ui`. */
function byWord(name: string, index: PortIndex): Guess | undefined {
  const words = name.toLowerCase().split(SEPARATOR, MOST_WORDS);
  const telling = words.filter((word) => !MANNER.has(word)).map((word) => word.replace(/\d{1,5}$/, ''));
  return bestName(name, [telling.join('-'), ...telling, ...words], index);
}

function bestName(name: string, candidates: readonly string[], index: PortIndex): Guess | undefined {
  const found = candidates.flatMap((candidate) => index.name(candidate) ?? []);
  const best = found.find(({ entry }) => !SPOKEN.has(entry.role)) ?? found[0];
  if (!best) return undefined;
  const tls =
    best.secure ||
    name
      .toLowerCase()
      .split(SEPARATOR, MOST_WORDS)
      .some((word) => TLS_WORDS.has(word));
  return { role: best.entry.role, confidence: 'medium', entry: best.entry, tls: tls || undefined };
}

const SEPARATOR = /[^a-z0-9]+/;
const MOST_WORDS = 8;
const TLS_WORDS: ReadonlySet<string> = new Set(['https', 'tls', 'ssl', 'mtls']);
const MANNER: ReadonlySet<string> = new Set([
  ...TLS_WORDS,
  'http',
  'tcp',
  'udp',
  'grpc',
  'port',
  'server',
  'service',
  'svc',
  'internal',
  'external',
  'public',
]);
