/** Claims: each thing in the code that says a container listens on a port. */
import type { Edit } from '../../source/edit.ts';
import type { Origin } from '../../source/span.ts';
import type { ImagePort } from '../catalogue.ts';
import type { CheckFact, DeclaredPort, PortRange, Protocol, ProvidedPort, TlsFact } from '../fragment.ts';
import type { ProcessListener, RunningContainer } from '../running.ts';
import { PROTOCOLS } from '../sets/port-set.ts';
import type { Authentication, Evidence, Role, Transport } from '../vocabulary.ts';

/** One thing in the code that says that ports are listened on, and what else it knows of them. */
export interface Claim {
  readonly ports: PortRange;
  readonly protocol: Protocol;
  readonly evidence: Evidence;
  /** Lower comes first among origins: what a person would call the declaration. */
  readonly rank: number;
  readonly origin: Origin;
  readonly name?: string;
  /** Null says every address; left out where the claim does not know. */
  readonly bind?: string | null;
  readonly flag?: Role;
  readonly program?: string;
  readonly imagePort?: ImagePort;
  readonly transport?: Transport;
  readonly transportOrigin?: Origin;
  readonly tls?: TlsFact;
  readonly authentication?: Authentication;
  readonly authenticationOrigin?: Origin;
  readonly checkPath?: string;
  /** A gRPC health check asks it, which only gRPC answers. */
  readonly grpc?: true;
  readonly scraped?: true;
  /** Somebody else leads there, and nothing of the workload's own says so. */
  readonly hearsay?: true;
  /** What speaks against it. */
  readonly doubt?: string;
  /** What takes it away and nothing else. */
  readonly removal?: Edit;
}

/** The order of origins. */
const RANKS = {
  workload: 0,
  gateway: 1,
  image: 2,
  coded: 3,
  check: 4,
  provided: 5,
  conventional: 6,
  granted: 7,
} as const;

/**
 * What the container itself says: declarations, its command line and environment, its checks, its image's habit.
 *
 * @param byGateway whether a declaration is but the other side of a published port, which is the gateway's claim
 */
export function ownClaims(
  container: RunningContainer,
  processes: readonly ProcessListener[],
  byGateway: (port: DeclaredPort) => boolean = () => false,
): readonly Claim[] {
  const published = container.ports.filter(byGateway);
  const own = published.length > 0 ? container.ports.filter((port) => !published.includes(port)) : container.ports;
  const declared = [
    ...own.map((port) => declaredClaim(port, RANKS.workload)),
    ...container.exposed.map((port) => declaredClaim(port, RANKS.image)),
  ];
  const checked = container.checks.flatMap((check) => checkClaims(check, container.ports));
  const processed = processes.map(({ origin, ...said }): Claim => ({ ...said, rank: RANKS[said.evidence], origin }));
  const certain = [...declared, ...processed.filter(({ evidence }) => evidence !== 'conventional'), ...checked];
  const habits = processed.filter(({ evidence }) => evidence === 'conventional');
  return contradicted(container, [...certain, ...published], habits) ? certain : [...certain, ...habits];
}

/** The container side of a gateway, where it is the gateway that says so. */
export function gatewayClaim(
  ports: PortRange,
  protocol: Protocol,
  origin: Origin,
  {
    name,
    doubt,
    hearsay,
  }: { readonly name?: string | undefined; readonly doubt?: string | null; readonly hearsay?: boolean },
): Claim {
  return {
    ports,
    protocol,
    evidence: 'declared',
    rank: RANKS.gateway,
    origin,
    ...(hearsay ? { hearsay } : {}),
    ...(name === undefined ? {} : { name }),
    ...(doubt === undefined || doubt === null ? {} : { doubt }),
  };
}

/** A port that a managed service answers at; undefined where nobody knows which. */
export function providedClaim(provided: ProvidedPort, defaultPort: PortRange | undefined): Claim | undefined {
  const { service, protocol, transport, transportOrigin, tls, authentication, authenticationOrigin, doubt, origin } =
    provided;
  const ports = provided.ports ?? defaultPort;
  return (
    ports && {
      ports,
      protocol,
      evidence: 'provided',
      rank: RANKS.provided,
      origin,
      bind: null,
      ...(service === null ? {} : { program: service }),
      ...(transport ? { transport, transportOrigin: transportOrigin ?? origin } : {}),
      ...(tls ? { tls } : {}),
      ...(authentication ? { authentication } : {}),
      ...(authenticationOrigin ? { authenticationOrigin } : {}),
      ...(doubt === undefined ? {} : { doubt }),
    }
  );
}

/** A port of a machine that a guard lets somebody in to. */
export function grantedClaim(ports: PortRange, protocol: Protocol, origin: Origin): Claim {
  return { ports, protocol, evidence: 'granted', rank: RANKS.granted, origin };
}

/** A port that something is asked to scrape. */
export function scrapeClaim(port: number, origin: Origin): Claim {
  return {
    ports: { from: port, to: port },
    protocol: 'tcp',
    evidence: 'coded',
    rank: RANKS.check,
    origin,
    scraped: true,
  };
}

/**
 * A build of this tree that opens ports of its own, and none of those that the image below it is known for, has
 * configured them away (an nginx that listens on 8080).
 */
function contradicted(container: RunningContainer, certain: readonly Ports[], habits: readonly Ports[]): boolean {
  if (!container.build || certain.length === 0) return false;
  return !habits.some((habit) => certain.some((claim) => overlap(claim, habit)));
}

type Ports = Pick<Claim, 'ports' | 'protocol'>;

function overlap(a: Ports, b: Ports): boolean {
  return a.protocol === b.protocol && a.ports.from <= b.ports.to && b.ports.from <= a.ports.to;
}

function declaredClaim({ ports, protocol, name, origin, removal }: DeclaredPort, rank: number): Claim {
  const more = { ...(name === undefined ? {} : { name }), ...(removal ? { removal } : {}) };
  return { ports, protocol, evidence: 'declared', rank, origin, ...more };
}

/** A check proves that something answers it: the port that it names, or those that its command asks on localhost. */
function checkClaims(check: CheckFact, declared: readonly DeclaredPort[]): readonly Claim[] {
  const claim = (port: number, origin: Origin): Claim => ({
    ports: { from: port, to: port },
    protocol: 'tcp',
    evidence: 'coded',
    rank: RANKS.check,
    origin,
    ...(check.path === undefined ? {} : { checkPath: check.path }),
    ...(check.tls ? { transport: 'tls' } : {}),
    ...(check.kind === 'grpc' ? { grpc: true } : {}),
  });
  if (check.kind === 'command') {
    return (check.command?.words ?? []).flatMap((word) =>
      localPorts(word.text).map((port) => claim(port, word.origin)),
    );
  }
  const named = declared.find(({ name }) => name !== undefined && name === check.port)?.ports.from;
  const port = typeof check.port === 'number' ? check.port : named;
  return port === undefined ? [] : [claim(port, check.origin)];
}

const SCHEMES: Readonly<Record<string, number>> = { http: 80, https: 443 };

/** The ports of this very container that a text asks: `http://localhost:8080/health`, `127.0.0.1:6379`. */
function localPorts(text: string): readonly number[] {
  const ports: number[] = [];
  const asked = /(?:\b(https?):\/\/|(?<![\w.-]))(?:localhost|127\.0\.0\.1|\[::1\])(?![\w.-])(?::(\d{1,5})\b)?/g;
  for (const [, scheme, port] of text.matchAll(asked)) {
    const number = port === undefined ? SCHEMES[scheme ?? ''] : Number(port);
    if (number !== undefined) ports.push(number);
  }
  return ports;
}

/** Ports of which the same is claimed. */
export interface Piece {
  readonly ports: PortRange;
  readonly protocol: Protocol;
  readonly claims: readonly Claim[];
}

/**
 * Cuts overlapping ranges at their ends, so that every port is in one piece and each piece has the same claims all over.
 * Sorted by protocol and port.
 */
export function cutAtEnds(claims: readonly Claim[]): readonly Piece[] {
  return PROTOCOLS.flatMap((protocol) => {
    const own = claims.filter((claim) => claim.protocol === protocol);
    // One claim overlaps nothing.
    return own.length < 2 ? own.map(({ ports }) => ({ ports, protocol, claims: own })) : cutOne(protocol, own);
  });
}

function cutOne(protocol: Protocol, claims: readonly Claim[]): readonly Piece[] {
  const waiting = [...claims].sort((a, b) => a.ports.from - b.ports.from);
  const apart = waiting.every(({ ports }, i) => i === 0 || (waiting[i - 1] as Claim).ports.to < ports.from);
  if (apart) return waiting.map((claim) => ({ ports: claim.ports, protocol, claims: [claim] }));
  const cuts = [...new Set(claims.flatMap(({ ports }) => [ports.from, ports.to + 1]))].sort((a, b) => a - b);
  const pieces: Piece[] = [];
  let active: Claim[] = [];
  let next = 0;
  cuts.forEach((from, i) => {
    active = active.filter(({ ports }) => ports.to >= from);
    while (next < waiting.length && (waiting[next] as Claim).ports.from === from) active.push(waiting[next++] as Claim);
    if (active.length > 0) pieces.push({ ports: { from, to: (cuts[i + 1] as number) - 1 }, protocol, claims: active });
  });
  return pieces;
}
