/** What a port is for: ranked from what its process is, what its image is, what it is called, and its number (§3). */
import type { Catalogue, ImagePort, PortEntry } from './catalogue.ts';
import type { PortRange, Protocol } from './fragment.ts';
import { type PortIndex, portIndex } from './port-index.ts';
import type { Confidence, RankedRole, Role, Transport } from './vocabulary.ts';

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
  /** Paths that probes and health checks ask for at it. */
  readonly checkPaths: readonly string[];
  /** Something scrapes metrics from it. */
  readonly scraped: boolean;
}

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
 * a poor one. What says little (`http`) comes after what says much (15672).
 */
export function rolesOf(clues: RoleClues, catalogue: Catalogue): RoleVerdict {
  const index = portIndex(catalogue.ports);
  const number = index.number(clues.ports, clues.protocol);
  const named = clues.name === null ? undefined : byName(clues.name, index);
  const guesses: (Guess | undefined)[] = [
    clues.flag === null ? undefined : ofFlag(clues.flag, number),
    ofImagePort(clues, index),
    ofService(clues.program, 'high', index),
    named && !saysLittle(named.entry) ? named : undefined,
    number?.dedicated ? { role: number.role, confidence: 'medium', entry: number } : undefined,
    clues.imagePort === null ? ofService(clues.image, 'medium', index) : undefined,
    named && saysLittle(named.entry) ? named : undefined,
    clues.checkPaths.length > 0 ? { role: 'application', confidence: 'medium' } : undefined,
    clues.scraped ? { role: 'metrics', confidence: 'medium' } : undefined,
    number && !number.dedicated ? { role: number.role, confidence: 'low', entry: number } : undefined,
  ];
  return verdictOf(guesses.filter((guess) => guess !== undefined));
}

function verdictOf(guesses: readonly Guess[]): RoleVerdict {
  const best: Guess = guesses[0] ?? { role: 'unknown', confidence: 'low' };
  const roles = new Map<Role, RankedRole>();
  for (const { role, confidence } of guesses) if (!roles.has(role)) roles.set(role, { role, confidence });
  return {
    service: best.confidence === 'low' ? null : (best.entry?.service ?? null),
    roles: roles.size === 0 ? [{ role: best.role, confidence: best.confidence }] : [...roles.values()],
    sensitive: best.entry ? best.entry.sensitive : !HARMLESS.has(best.role),
    transport: transportOf(guesses),
  };
}

/** Roles that are worth little to an attacker by themselves, where the catalogue has no word on the service. */
const HARMLESS: ReadonlySet<Role> = new Set(['application', 'inter-service', 'metrics', 'health', 'unknown']);

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

/** Names that say how something is spoken to, and not what it is. */
function saysLittle(entry: PortEntry | undefined): boolean {
  return entry !== undefined && (entry.role === 'application' || entry.role === 'inter-service');
}

/**
 * What a port's name tells: the whole of it (`http-metrics`), or it without the words for how it is spoken to
 * (`tcp-redis`, `grpc-otlp-tls`, `postgres2`), or one of its words (`admin-ui`), the most telling first. A name with
 * `tls` in it is inside TLS.
 */
function byName(name: string, index: PortIndex): Guess | undefined {
  const words = name.toLowerCase().split(/[^a-z0-9]+/, 8);
  const telling = words.filter((word) => !MANNER.has(word)).map((word) => word.replace(/\d{1,5}$/, ''));
  const found = [name, telling.join('-'), ...telling, ...words].flatMap((candidate) => index.name(candidate) ?? []);
  const best = found.find(({ entry }) => !saysLittle(entry)) ?? found[0];
  const tls = best?.secure || words.some((word) => TLS_WORDS.has(word)) || undefined;
  return best && { role: best.entry.role, confidence: 'medium', entry: best.entry, tls };
}

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
