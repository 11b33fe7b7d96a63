/**
 * Exposures: who gets to which listener from outside its own network. Together with `access.ts` this is the only part of
 * the program that turns places and segments into scopes.
 */
import { append } from '../../source/multimap.ts';
import { onceEach } from '../../source/once.ts';
import type { SiteFact } from '../fragment.ts';
import { isLoopback } from '../listener/bind.ts';
import type { LinkedGateway, RunningWorkload } from '../running.ts';
import type { Assumptions, Exposure, Listener, Segment } from '../vocabulary.ts';
import { accessThrough, hostAccess, LOCAL, publicAccess } from './access.ts';
import { ANY_HTTP, type Draft, draftOf, merged, plain, privateDraft } from './draft.ts';
import { amongNeighbours, type Surroundings } from './neighbours.ts';
import type { OwnNetwork } from './passage.ts';
import { ownNetwork } from './private-ranges.ts';
import { sitesOf } from './sites.ts';

/** What exposures are made from, in one environment. */
export interface ExposureInput extends Surroundings {
  readonly workloads: readonly RunningWorkload[];
  readonly listeners: readonly Listener[];
  readonly gateways: readonly LinkedGateway[];
  /** By key. */
  readonly segments: ReadonlyMap<string, Segment>;
  /** Networks of others that are joined to some of the segments. */
  readonly sites: readonly SiteFact[];
  readonly assume: Assumptions;
  readonly unique: (id: string) => string;
}

/** All exposures, by listener, then from the widest scope to the narrowest. */
export function exposuresOf(input: ExposureInput): readonly Exposure[] {
  const networks = new Map<string, OwnNetwork>();
  const ownOf = onceEach((workload: RunningWorkload) => ownNetwork(workload, input.segments, networks));
  const running = new Map(input.workloads.map((workload) => [workload.workload, workload]));
  const byDoors = new Map<Listener, Draft[]>();
  const fronts = new Set(input.gateways.flatMap(({ doors }) => doors.flatMap(({ front }) => front ?? [])));
  for (const gateway of input.gateways) {
    for (const draft of throughGateway(gateway, running, input)) append(byDoors, draft.listener, draft);
  }
  const anyOuter = [...input.segments.values()].some(({ outer }) => outer);
  const fromSites = input.sites.length > 0 ? sitesOf(input.sites, input.segments, input.guards) : null;
  const exposures: Exposure[] = [];
  for (const listener of input.listeners) {
    let drafts: readonly Draft[] = byDoors.get(listener) ?? NOTHING;
    const workload = listener.valid ? running.get(listener.workload) : undefined;
    // Most ways lead to few listeners: nothing is done for those that they do not lead to.
    if (workload) {
      drafts = joined(drafts, onHost(listener, workload, input));
      if (anyOuter) drafts = joined(drafts, onOuterNetwork(listener, workload, input));
      // What listens at a door is reached by that.
      if (!fronts.has(listener)) drafts = joined(drafts, onPublicAddress(listener, workload, input));
      drafts = joined(drafts, onPrivateNetworks(listener, workload, ownOf, input));
      if (fromSites) drafts = joined(drafts, fromSites(listener, workload, input.reservations(workload)));
      drafts = joined(drafts, amongNeighbours(listener, workload, input));
    }
    for (const each of merged(drafts, input.unique, input.assume.trustedSources)) exposures.push(each);
  }
  return exposures;
}

function joined(drafts: readonly Draft[], more: readonly Draft[]): readonly Draft[] {
  if (more.length === 0) return drafts;
  return drafts.length === 0 ? more : [...drafts, ...more];
}

/** Through the doors of a gateway, where they stand outside the listener's own segments. */
function throughGateway(
  { gateway, doors }: LinkedGateway,
  running: ReadonlyMap<Listener['workload'], RunningWorkload>,
  input: ExposureInput,
): readonly Draft[] {
  return doors.flatMap(({ fact, routes, front }) => {
    const accesses = accessThrough(fact, input.assume);
    if (accesses.length === 0) return [];
    const only = new Set(routes.map(({ listener }) => listener)).size === 1;
    const common = {
      entry: gateway,
      address: 'address' in fact.place ? fact.place.address : null,
      http: fact.http ? { ...ANY_HTTP, ...fact.http } : ANY_HTTP,
      grant: fact.origin,
      portOrigin: fact.portOrigin,
    };
    const spoken = (listener: Listener) =>
      fact.tls === undefined ? listener.transport : fact.tls ? ('tls' as const) : ('plaintext' as const);
    const behind = routes.flatMap(({ listener, ports, hops }) => {
      const workload = running.get(listener.workload);
      if (!workload || !opensTo(listener, workload, fact.place.kind)) return [];
      const admitted = accesses.flatMap((access) => input.guards.through(fact, access, listener));
      return admitted.map(({ access, passed }) => ({
        access,
        draft: draftOf(listener, access, input.reservations(workload), {
          ports,
          implicit: fact.implicit || front !== null,
          relayed: front,
          transport: spoken(listener),
          loopback: only ? fact.loopback : undefined,
          hops,
          passed,
          ...common,
        }),
      }));
    });
    const taking = front && running.get(front.workload);
    if (!taking) return behind.map(({ draft }) => draft);
    // Who calls in the callers' place takes all of them in; what hands their own addresses on is reached by whom the guards
    // behind it let in (R66).
    const callsItself = fact.by !== undefined || fact.callingFrom !== undefined;
    const reaching = callsItself || routes.length === 0 ? accesses : behind.map(({ access }) => access);
    // It listens all the same where it is not let in itself to anything behind it: nobody gets further, and rules pass it over.
    const leadsNowhere = routes.length > 0 && behind.length === 0;
    const onward = routes.map(({ listener }) => listener);
    const hop = { kind: gateway.kind, name: front.workload.name, origin: fact.origin };
    const before = reaching.flatMap((access) =>
      input.guards.direct(access, front).map(({ access: left, passed }) =>
        draftOf(front, left, input.reservations(taking), {
          ports: fact.ports,
          implicit: fact.implicit || leadsNowhere,
          transport: spoken(front),
          hops: [hop],
          passed,
          onward,
          ...common,
        }),
      ),
    );
    return [...before, ...behind.map(({ draft }) => draft)];
  });
}

/**
 * Whether what knocks at a door gets through: not to a process that listens to its own machine alone, not by a host's
 * port into a network that is cut off (R85), and not by a host's port to a process that has that host's network anyway (S4).
 */
function opensTo(listener: Listener, { fact, workload }: RunningWorkload, place: string): boolean {
  if (!listener.valid || fact.isolated || isLoopback(listener.bind)) return false;
  if (place !== 'host') return true;
  const cutOff = workload.segments.length > 0 && workload.segments.every(({ internal }) => internal);
  return !cutOff && fact.hostNetwork === null;
}

/** S4: a workload with the host's network listens at the host's addresses. */
function onHost(listener: Listener, workload: RunningWorkload, input: ExposureInput): readonly Draft[] {
  const origin = workload.fact.hostNetwork;
  if (origin === null) return NOTHING;
  const address = listener.bind ?? '0.0.0.0';
  const hop = { kind: 'host-network', name: workload.workload.name, origin };
  return hostAccess(address, input.assume).map((access) =>
    draftOf(listener, access, input.reservations(workload), { ...plain(listener, origin, [hop]), address }),
  );
}

/** R64, R75, R80: at an address of the internet a workload is reached by whom its guards let in, and by nothing else. */
function onPublicAddress(listener: Listener, workload: RunningWorkload, input: ExposureInput): readonly Draft[] {
  const { publicAddresses } = workload.fact;
  if (!publicAddresses || isLoopback(listener.bind)) return NOTHING;
  return publicAddresses.flatMap((own) => {
    const { address, origin } = own;
    const hop = { kind: 'public-address', name: address ?? workload.workload.name, origin };
    return input.guards.direct(publicAccess(own), listener).map(({ access, passed }) => {
      const way = plain(listener, passed?.grant.origin ?? origin, [hop]);
      return draftOf(listener, access, input.reservations(workload), { ...way, address, passed });
    });
  });
}

/** From networks joined to its own, as far as the guards of a workload name their addresses. */
function onPrivateNetworks(
  listener: Listener,
  workload: RunningWorkload,
  ownOf: (workload: RunningWorkload) => ReturnType<typeof ownNetwork>,
  input: ExposureInput,
): readonly Draft[] {
  const own = isLoopback(listener.bind) ? null : ownOf(workload);
  if (!own) return NOTHING;
  const admitting = input.guards.privately(listener, own);
  if (admitting.length === 0) return NOTHING;
  return admitting.map((admitted) => privateDraft(listener, admitted, input.reservations(workload)));
}

const NOTHING: readonly never[] = [];

/** R87: members of an outer network stand on it with every port. */
function onOuterNetwork(listener: Listener, workload: RunningWorkload, input: ExposureInput): readonly Draft[] {
  if (isLoopback(listener.bind)) return [];
  return workload.fact.memberships.flatMap(({ segment: key, origin }) => {
    const segment = input.segments.get(key);
    if (!segment?.outer) return [];
    const hop = { kind: segment.kind, name: segment.name, origin };
    return [draftOf(listener, LOCAL, input.reservations(workload), plain(listener, origin, [hop]))];
  });
}
