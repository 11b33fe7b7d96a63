/**
 * Exposures: who gets to which listener from outside its own network. Together with `place.ts` this is the only part of
 * the program that turns places and segments into scopes.
 */
import type { Origin } from '../source/span.ts';
import { type AddressSet, cidrsOf, NO_ADDRESSES, union } from './address-set.ts';
import { isLoopback } from './claim.ts';
import type { PortRange } from './fragment.ts';
import { type Access, accessThrough, hostAccess, outerAccess } from './place.ts';
import type { LinkedGateway, RunningWorkload } from './running.ts';
import {
  type Assumptions,
  type Exposure,
  type Gateway,
  type Hop,
  type Listener,
  SCOPES,
  type Segment,
  type Transport,
} from './vocabulary.ts';

/** What exposures are made from, in one environment. */
export interface ExposureInput {
  readonly workloads: readonly RunningWorkload[];
  readonly listeners: readonly Listener[];
  readonly gateways: readonly LinkedGateway[];
  /** By key. */
  readonly segments: ReadonlyMap<string, Segment>;
  /** The open segments that a workload sits in, each with whether anybody else may be there. */
  readonly neighbours: (
    workload: RunningWorkload,
  ) => readonly { readonly segment: Segment; readonly others: boolean }[];
  /** Why nobody can be sure that the workload is reached (it is optional, a guard stands before it). */
  readonly reservations: (workload: RunningWorkload) => readonly string[];
  readonly assume: Assumptions;
  readonly unique: (id: string) => string;
}

/** An exposure before it is merged with others of the same identity. */
type Draft = Omit<Exposure, 'id'>;

/** All exposures, by listener, then from the widest scope to the narrowest. */
export function exposuresOf(input: ExposureInput): readonly Exposure[] {
  const running = new Map(input.workloads.map((workload) => [workload.workload, workload]));
  const drafts = new Map<Listener, Draft[]>();
  const add = (draft: Draft) => {
    const list = drafts.get(draft.listener);
    if (list) list.push(draft);
    else drafts.set(draft.listener, [draft]);
  };
  for (const gateway of input.gateways) for (const draft of throughGateway(gateway, running, input)) add(draft);
  for (const listener of input.listeners) {
    const workload = running.get(listener.workload);
    if (!workload || !listener.valid) continue;
    for (const draft of [...onHost(listener, workload, input), ...onOuterNetwork(listener, workload, input)])
      add(draft);
    for (const draft of amongNeighbours(listener, workload, input)) add(draft);
  }
  return input.listeners.flatMap((listener) =>
    merged(drafts.get(listener) ?? []).map((draft) => ({ ...draft, id: input.unique(idOf(draft)) })),
  );
}

/** Through the doors of a gateway, where they stand outside the listener's own segments. */
function throughGateway(
  { gateway, doors }: LinkedGateway,
  running: ReadonlyMap<Listener['workload'], RunningWorkload>,
  input: ExposureInput,
): readonly Draft[] {
  return doors.flatMap(({ fact, routes }) => {
    const accesses = accessThrough(fact, input.assume);
    if (accesses.length === 0) return [];
    return routes.flatMap(({ listener, ports, hops }) => {
      const workload = running.get(listener.workload);
      if (!workload || !opensTo(listener, workload, fact.place.kind)) return [];
      return accesses.map((access) =>
        draftOf(listener, workload, access, input, {
          entry: gateway,
          ports,
          address: 'address' in fact.place ? fact.place.address : null,
          implicit: fact.implicit,
          transport: fact.tls === undefined ? listener.transport : fact.tls ? 'tls' : 'plaintext',
          http: { hosts: fact.http?.hosts ?? [], paths: fact.http?.paths ?? [], methods: [] },
          grant: fact.origin,
          hops,
        }),
      );
    });
  });
}

/**
 * Whether what knocks at a door gets through: not to a process that listens to its own machine alone, not by a host's
 * port into a network that is cut off (R85), and not by a host's port to a process that has that host's network anyway (S4).
 */
function opensTo(listener: Listener, { fact, workload }: RunningWorkload, place: string): boolean {
  if (!listener.valid || fact.isolated || (listener.bind !== null && isLoopback(listener.bind))) return false;
  if (place !== 'host') return true;
  const cutOff = workload.segments.length > 0 && workload.segments.every(({ internal }) => internal);
  return !cutOff && fact.hostNetwork === null;
}

/** S4: a workload with the host's network listens at the host's addresses. */
function onHost(listener: Listener, workload: RunningWorkload, input: ExposureInput): readonly Draft[] {
  const origin = workload.fact.hostNetwork;
  if (origin === null) return [];
  const address = listener.bind ?? '0.0.0.0';
  return hostAccess(address, input.assume).map((access) =>
    draftOf(listener, workload, access, input, {
      ...plain(listener),
      address,
      ports: listener.ports,
      grant: origin,
      hops: [{ kind: 'host-network', name: workload.workload.name, origin }],
    }),
  );
}

/** R87: members of an outer network stand on it with every port. */
function onOuterNetwork(listener: Listener, workload: RunningWorkload, input: ExposureInput): readonly Draft[] {
  if (listener.bind !== null && isLoopback(listener.bind)) return [];
  return workload.fact.memberships.flatMap(({ segment: key, origin }) => {
    const segment = input.segments.get(key);
    if (!segment?.outer) return [];
    return [
      draftOf(listener, workload, outerAccess(), input, {
        ...plain(listener),
        ports: listener.ports,
        grant: origin,
        hops: [{ kind: segment.kind, name: segment.name, origin }],
      }),
    ];
  });
}

/** From the other members of its segments; a process that listens on loopback, from the others in its own network. */
function amongNeighbours(listener: Listener, workload: RunningWorkload, input: ExposureInput): readonly Draft[] {
  if (workload.fact.isolated) return [];
  const grant = listener.origins[0] ?? workload.fact.origin;
  if (listener.bind !== null && isLoopback(listener.bind)) {
    const alone = workload.network === workload.workload.id && workload.containers.length === 1;
    if (alone || workload.fact.hostNetwork) return [];
    const access: Access = { scope: 'pod', addresses: NO_ADDRESSES, verdict: 'reachable', because: [] };
    const sources: Exposure['sources'] = [{ kind: 'workloads', value: workload.workload.name }];
    return [
      draftOf(listener, workload, access, input, {
        ...plain(listener),
        ports: listener.ports,
        grant,
        hops: [],
        sources,
      }),
    ];
  }
  return input.neighbours(workload).flatMap(({ segment, others }) => {
    if (!others) return [];
    const scope = segment.kind === 'cluster' ? 'cluster' : 'segment';
    const access: Access = { scope, addresses: NO_ADDRESSES, verdict: 'reachable', because: [] };
    const sources: Exposure['sources'] = [{ kind: 'segment', value: segment.name }];
    const hops = [{ kind: segment.kind, name: segment.name, origin: segment.origin }];
    return [
      draftOf(listener, workload, access, input, { ...plain(listener), ports: listener.ports, grant, hops, sources }),
    ];
  });
}

interface Details {
  readonly entry: Gateway | null;
  readonly ports: PortRange | null;
  readonly address: string | null;
  readonly implicit: boolean;
  readonly transport: Transport;
  readonly http: Exposure['http'];
  readonly grant: Origin;
  readonly hops: readonly Hop[];
  readonly sources?: Exposure['sources'];
}

/** The details of a way that no gateway and no platform has a part in. */
function plain(listener: Listener) {
  return {
    entry: null,
    address: null,
    implicit: false,
    transport: listener.transport,
    http: { hosts: [], paths: [], methods: [] },
  };
}

function draftOf(
  listener: Listener,
  workload: RunningWorkload,
  access: Access,
  input: ExposureInput,
  { hops, sources, ...details }: Details,
): Draft {
  const because = [...access.because, ...input.reservations(workload), ...(listener.doubt ? [listener.doubt] : [])];
  const last = listener.origins[0] ?? workload.fact.origin;
  return {
    ...details,
    listener,
    scope: access.scope,
    sources: sources ?? cidrsOf(access.addresses).map((value) => ({ kind: 'cidr', value })),
    addresses: access.addresses,
    authentication: listener.authentication,
    verdict: because.length > 0 ? 'possible' : access.verdict,
    because,
    path: [...hops, { kind: 'listener', name: nameOf(listener), origin: last }],
  };
}

/** Joins drafts of one identity (`0.0.0.0` and `::` of one published port): addresses together, the surer verdict wins. */
function merged(drafts: readonly Draft[]): readonly Draft[] {
  const byIdentity = new Map<string, Draft>();
  for (const draft of drafts) {
    const identity = `${draft.entry?.id ?? ''} ${draft.ports?.from}-${draft.ports?.to} ${draft.scope} ${segmentOf(draft)}`;
    const other = byIdentity.get(identity);
    byIdentity.set(identity, other ? joined(other, draft) : draft);
  }
  return [...byIdentity.values()].sort((a, b) => SCOPES.indexOf(a.scope) - SCOPES.indexOf(b.scope));
}

function joined(first: Draft, second: Draft): Draft {
  const surer = first.verdict === 'possible' && second.verdict === 'reachable' ? second : first;
  const addresses: AddressSet = union(first.addresses, second.addresses);
  const named = surer.sources.filter(({ kind }) => kind !== 'cidr');
  return {
    ...surer,
    addresses,
    sources: [...cidrsOf(addresses).map((value) => ({ kind: 'cidr' as const, value })), ...named],
    implicit: first.implicit && second.implicit,
    http: {
      hosts: commonOrAll(first.http.hosts, second.http.hosts),
      paths: commonOrAll(first.http.paths, second.http.paths),
      methods: commonOrAll(first.http.methods, second.http.methods),
    },
  };
}

/** The routes of two doors together: none named means all of them. */
function commonOrAll(a: readonly string[], b: readonly string[]): readonly string[] {
  return a.length === 0 || b.length === 0 ? [] : [...new Set([...a, ...b])].sort();
}

function idOf(draft: Draft): string {
  const port = draft.ports === null ? '*' : rangeText(draft.ports);
  const entry = draft.entry ? `${draft.entry.kind}/${draft.entry.name}` : segmentOf(draft) || 'direct';
  return `${draft.listener.id}<${draft.scope}/${entry}:${port}`;
}

function segmentOf(draft: Draft): string {
  return draft.sources.find(({ kind }) => kind === 'segment')?.value ?? '';
}

function nameOf(listener: Listener): string {
  return `${listener.workload.name}:${rangeText(listener.ports)}/${listener.protocol}`;
}

function rangeText({ from, to }: PortRange): string {
  return from === to ? `${from}` : `${from}-${to}`;
}
