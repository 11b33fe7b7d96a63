/** Docker networks and who is on them (R82, R85, R87, R89). */
import { keptVariables } from '../../assemble/compose/interpolate.ts';
import type { ComposeUnit } from '../../assemble/unit.ts';
import type { Membership, SegmentFact, WorkloadFact } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { byText } from '../../source/order.ts';
import type { Origin } from '../../source/span.ts';
import { at, booleanOf, type Entry, entriesOf, entryOf, textOf, type Value } from '../../source/value.ts';

/** Where the containers of a service stand, by its `network_mode` and `networks`. */
export interface Placement {
  readonly memberships: readonly ComposeMembership[];
  readonly hostNetwork: Origin | null;
  readonly isolated: boolean;
  readonly shares: WorkloadFact['shares'] | null;
}

/** A membership, with the place in the file that it comes from. */
export interface ComposeMembership extends Membership {
  /** The network's key in the file; null where a `network_mode` names it. */
  readonly network: string | null;
  /** What the service says about itself on it. */
  readonly settings: Value | null;
}

/** The networks of a unit, and where each of its services stands. */
export interface Networks {
  /** Sorted by key; only those that some service is on. */
  readonly segments: readonly SegmentFact[];
  readonly segment: (key: string) => SegmentFact | undefined;
  readonly placements: ReadonlyMap<string, Placement>;
  readonly notices: readonly Notice[];
}

/** The host's own network: what has it for its network meets there. */
const HOST: Omit<SegmentFact, 'origin'> = { key: 'host', name: 'host', kind: 'host', open: true, internal: false };

/** Reads `networks` and `network_mode` of every service; a network or service that is not there is a notice. */
export function readNetworks(unit: ComposeUnit): Networks {
  const segments = new Map<string, SegmentFact>();
  const placements = new Map<string, Placement>();
  const notices: Notice[] = [];
  const services = [...entriesOf(at(unit.model, 'services'))];
  const containers = new Map(services.map(({ key, value }) => [textOf(at(value, 'container_name')), key]));
  const join = (segment: SegmentFact, origin: Origin, entry?: Entry): ComposeMembership => {
    if (!segments.has(segment.key)) segments.set(segment.key, segment);
    return { segment: segment.key, origin, network: entry?.key ?? null, settings: entry?.value ?? null };
  };
  const onHost = (origin: Origin): Placement => ({
    ...NOWHERE,
    memberships: [join({ ...HOST, origin }, origin)],
    hostNetwork: origin,
  });

  const place = (service: Entry): Placement => {
    const mode = at(service.value, 'network_mode');
    const written = textOf(mode);
    if (mode && written) return byMode(service, written, mode.origin);
    const listed = at(service.value, 'networks');
    const named = listed?.kind === 'mapping' ? [...listed.entries.values()] : [];
    if (named.length === 0) {
      const segment = declaredNetwork(unit, 'default', ownServices(unit));
      return { ...NOWHERE, memberships: [{ ...join(segment, service.keyOrigin), network: 'default' }] };
    }
    const memberships: ComposeMembership[] = [];
    for (const entry of named) {
      if (entry.key !== 'default' && !entryOf(at(unit.model, 'networks'), entry.key)) {
        const message = `The network ${entry.key} is not defined; Compose refuses the file. Add it to "networks".`;
        notices.push(notice('reference-missing', message, entry.keyOrigin));
      }
      const segment = declaredNetwork(unit, entry.key, entry.keyOrigin);
      // A swarm's way to say `network_mode: host`.
      if (segment.external && segment.key === networkKey('host')) return onHost(entry.keyOrigin);
      memberships.push(join(segment, entry.keyOrigin, entry));
    }
    return { ...NOWHERE, memberships };
  };

  const byMode = (service: Entry, mode: string, origin: Origin): Placement => {
    if (mode === 'host') return onHost(origin);
    if (mode === 'none') return { ...NOWHERE, isolated: true };
    const [kind, name = ''] = mode.split(/:(.*)/s);
    if (kind === 'service' || kind === 'container') {
      const other = kind === 'container' ? (containers.get(name) ?? name) : name;
      const known = entryOf(at(unit.model, 'services'), other);
      if (known && other !== service.key) return { ...NOWHERE, shares: { workload: other, origin } };
      const message = `${service.key} has the network of ${name}, which is not in this project; what reaches it is not known.`;
      notices.push(notice('reference-missing', message, origin));
      return NOWHERE;
    }
    // `bridge` is Docker's own network, and any other mode is the name of one that somebody made.
    return { ...NOWHERE, memberships: [join({ ...network(mode, mode, origin), external: true }, origin)] };
  };

  for (const service of services) placements.set(service.key, place(service));
  const sorted = [...segments.values()].sort(byText(({ key }) => key));
  return { segments: sorted, segment: (key) => segments.get(key), placements, notices };
}

/** Where a network would be written that is not: beside the project's own services, or where the project begins. */
function ownServices({ model }: ComposeUnit): Origin {
  const services = entryOf(model, 'services')?.keyOrigin;
  return services?.file === model.origin.file ? services : model.origin;
}

const NOWHERE: Placement = { memberships: [], hostNetwork: null, isolated: false, shares: null };

/** Docker's default bridge, on which containers do not find each other by name. */
export const DEFAULT_BRIDGE = networkKey('bridge');

/** A network of the unit by its key in the file, or as one that nobody wrote, which has the origin `otherwise`. */
function declaredNetwork(unit: ComposeUnit, key: string, otherwise: Origin): SegmentFact {
  const entry = entryOf(at(unit.model, 'networks'), key);
  const value = entry?.value;
  const external = at(value, 'external');
  const isExternal = external?.kind === 'mapping' || booleanOf(external) === true;
  const given = textOf(at(value, 'name')) ?? textOf(at(external, 'name'));
  const name = given ?? (isExternal ? key : `${unit.project}_${key}`);
  const driver = textOf(at(value, 'driver'));
  const quiet = booleanOf(at(value, 'driver_opts', 'com.docker.network.bridge.enable_icc')) === false;
  const [unset] = keptVariables(name);
  return {
    ...network(unset === undefined ? name : `${name} of ${unit.id}`, key, entry?.keyOrigin ?? otherwise),
    open: !quiet,
    internal: booleanOf(at(value, 'internal')) === true,
    ...(driver === 'macvlan' || driver === 'ipvlan' ? { outer: true } : {}),
    ...(isExternal ? { external: true } : {}),
  };
}

function network(name: string, shown: string, origin: Origin): SegmentFact {
  const segment = {
    key: networkKey(name),
    name: shown,
    kind: 'docker-network',
    open: true,
    internal: false,
    origin,
  } as const;
  return shown === 'default' ? { ...segment, isDefault: true } : segment;
}

function networkKey(name: string): string {
  return `docker-network:${name}`;
}

/** Every address of the host: what Docker publishes at unless told otherwise (R83). */
export const EVERYWHERE = '0.0.0.0';

/** The address at which ports are published that give none: the networks' own where they agree on one (R84). */
export function defaultAddress(unit: ComposeUnit, placement: Placement): string {
  const addresses = new Set<string>();
  for (const { network } of placement.memberships) {
    const options = network === null ? undefined : at(unit.model, 'networks', network, 'driver_opts');
    addresses.add(textOf(at(options, 'com.docker.network.bridge.host_binding_ipv4')) ?? EVERYWHERE);
  }
  const [first = EVERYWHERE] = addresses;
  return addresses.size === 1 ? first : EVERYWHERE;
}
