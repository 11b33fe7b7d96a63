/** Listeners: everything that says a container listens, claim by claim, made into one listener a port. */
import { type Notice, notice } from '../../source/notice.ts';
import { onceEach } from '../../source/once.ts';
import type { Result } from '../../source/result.ts';
import { distinctPlaces, type Origin } from '../../source/span.ts';
import type { Catalogue } from '../catalogue.ts';
import type { RunningContainer, RunningWorkload } from '../running.ts';
import { LAST_PORT } from '../sets/port-set.ts';
import type { Evidence, Listener } from '../vocabulary.ts';
import { isLoopback } from './bind.ts';
import { type Claim, cutAtEnds, type Piece } from './claim.ts';
import { rolesOf } from './role.ts';

/** A container, and all that claims to know a port of it. */
export interface ClaimedContainer {
  readonly workload: RunningWorkload;
  readonly container: RunningContainer;
  /** The service that its image is known for; null for an unknown one. */
  readonly service: string | null;
  readonly claims: readonly Claim[];
}

/** The order in which evidence convinces. */
const STRENGTH: readonly Evidence[] = ['declared', 'coded', 'provided', 'conventional', 'granted'];

/** Each by itself, as most listeners of machines have it. */
const ALONE = Object.fromEntries(STRENGTH.map((evidence) => [evidence, [evidence]])) as unknown as Readonly<
  Record<Evidence, readonly Evidence[]>
>;

/** More ranges than this on one container are nobody's honest work, and each is looked at for every end of another. */
const MOST_RANGES = 64;

/** The listeners of an environment. */
export interface Listeners {
  readonly listeners: readonly Listener[];
  /** The words of a command line without which a listener would not be there: `--inspect=0.0.0.0`. */
  readonly openers: ReadonlyMap<Listener, Origin>;
}

/** The listeners of the containers, in their order, then by protocol and port. */
export function listenersOf(
  containers: readonly ClaimedContainer[],
  catalogue: Catalogue,
  unique: (id: string) => string,
): Result<Listeners> {
  const notices: Notice[] = [];
  const openers = new Map<Listener, Origin>();
  const piecesOf = onceEach(cutAtEnds);
  // What guards open is the same on each machine that they hold, and there may be very many of these.
  const granted = onceEach((piece: Piece) => saidOf(piece, null, '', catalogue));
  const listeners = containers.flatMap((each) => {
    const { container, claims, service } = each;
    const ranges = claims.filter(({ ports }) => ports.from < ports.to);
    const left = ranges.slice(MOST_RANGES);
    if (left.length > 0) {
      const message = `"${container.fact.name}" has ${ranges.length} ranges of ports: the last ${left.length} are left out`;
      notices.push(notice('expansion-limit', message, container.fact.origin));
    }
    return piecesOf(left.length > 0 ? without(claims, left) : claims).map((piece) => {
      const shared = service === null && piece.claims.every(({ evidence }) => evidence === 'granted');
      const said = shared ? granted(piece) : saidOf(piece, service, container.fact.name, catalogue);
      const listener = listenerOf(each, piece, said, unique);
      const opener = shared ? undefined : piece.claims.find(({ flag }) => flag !== undefined);
      if (opener) openers.set(listener, opener.origin);
      return listener;
    });
  });
  return { value: { listeners, openers }, notices };
}

/** What says so, each kind once, strongest first. */
function evidencesOf(claims: readonly Claim[]): readonly Evidence[] {
  const [only] = claims;
  if (only && claims.length === 1) return ALONE[only.evidence];
  return STRENGTH.filter((evidence) => claims.some((claim) => claim.evidence === evidence));
}

function without(claims: readonly Claim[], left: readonly Claim[]): readonly Claim[] {
  const leaving = new Set(left);
  return claims.filter((claim) => !leaving.has(claim));
}

/**
 * What claims say of a port, whoever listens there.
 *
 * @param service the service that the image of its container is known for
 * @param owner the name of its container
 */
function saidOf(
  { ports, protocol, claims }: Piece,
  service: string | null,
  owner: string,
  catalogue: Catalogue,
): Omit<Listener, 'id' | 'workload' | 'container' | 'hearsay'> {
  const ranked = claims.length < 2 ? claims : [...claims].sort((a, b) => a.rank - b.rank);
  const evidences = evidencesOf(ranked);
  const transportOrigin = firstOf(ranked, 'transportOrigin');
  const tls = firstOf(ranked, 'tls');
  const asking = ranked.find(({ authentication }) => authentication !== undefined);
  const name = firstOf(ranked, 'name') ?? null;
  const verdict = rolesOf(
    {
      ports,
      protocol,
      flag: firstOf(ranked, 'flag') ?? null,
      program: firstOf(ranked, 'program') ?? null,
      image: service,
      imagePort: firstOf(ranked, 'imagePort') ?? null,
      name,
      owner,
      checkPaths: ranked.flatMap(({ checkPath }) => checkPath ?? []),
      grpc: ranked.some(({ grpc }) => grpc),
      scraped: ranked.some(({ scraped }) => scraped),
    },
    catalogue,
  );
  return {
    protocol,
    ports,
    valid: ports.from >= 1 && ports.to <= LAST_PORT,
    name,
    bind: bindOf(ranked),
    service: verdict.service,
    roles: verdict.roles,
    sensitive: verdict.sensitive,
    transport: firstOf(ranked, 'transport') ?? verdict.transport,
    authentication: asking?.authentication ?? 'unknown',
    authenticationOrigin: asking ? (asking.authenticationOrigin ?? asking.origin) : null,
    evidence: evidences[0] ?? 'declared',
    evidences,
    doubt: ranked.every(({ doubt }) => doubt !== undefined) ? (firstOf(ranked, 'doubt') ?? null) : null,
    origins: distinctPlaces(ranked.map(({ origin }) => origin)),
    removal: (ranked.length === 1 && ranked[0]?.removal) || null,
    ...(transportOrigin && { transportOrigin }),
    ...(tls && { tls }),
  };
}

function listenerOf(
  { workload: { workload }, container }: ClaimedContainer,
  { claims }: Piece,
  said: ReturnType<typeof saidOf>,
  unique: (id: string) => string,
): Listener {
  const { ports, protocol } = said;
  const { name } = container.fact;
  const place = ports.from === ports.to ? `${ports.from}` : `${ports.from}-${ports.to}`;
  const inside = name === workload.name ? '' : `/${name}`;
  const { transportOrigin, tls } = said;
  // Written out: copying whatever is there takes many times as long.
  return {
    // One text: V8 keeps the parts of a template beside each other, and there may be very many of these.
    id: unique([workload.id, inside, ':', place, '/', protocol].join('')),
    workload,
    container: name,
    protocol,
    ports,
    valid: said.valid,
    name: said.name,
    bind: said.bind,
    service: said.service,
    roles: said.roles,
    sensitive: said.sensitive,
    transport: said.transport,
    authentication: said.authentication,
    authenticationOrigin: said.authenticationOrigin,
    evidence: said.evidence,
    evidences: said.evidences,
    doubt: said.doubt,
    origins: said.origins,
    hearsay: isHearsay(container, claims),
    removal: said.removal,
    ...(transportOrigin && { transportOrigin }),
    ...(tls && { tls }),
  };
}

/** A container that declares ports and not this one: what leads there may have another container in mind (R14). */
function isHearsay({ ports, exposed }: RunningContainer, claims: readonly Claim[]): boolean {
  return ports.length + exposed.length > 0 && claims.every(({ hearsay }) => hearsay);
}

/** What the first claim says that says anything. */
function firstOf<K extends keyof Claim>(claims: readonly Claim[], key: K): Claim[K] | undefined {
  for (const claim of claims) if (claim[key] !== undefined) return claim[key];
  return undefined;
}

/** The widest address that anything names; every address where nothing names one. */
function bindOf(claims: readonly Claim[]): string {
  let local: string | null = null;
  for (const { bind } of claims) {
    if (bind === undefined) continue;
    if (!isLoopback(bind)) return bind ?? '0.0.0.0';
    local ??= bind;
  }
  return local ?? '0.0.0.0';
}
