/** Networks of Google Cloud, and where interfaces stand in them. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { LinkFact, Membership, SegmentFact } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { append } from '../../../source/multimap.ts';
import type { Origin } from '../../../source/span.ts';
import type { Unknown, Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, segmentFact, segmentKey, unseenNetwork } from '../facts.ts';
import { joint } from '../link.ts';
import {
  type Block,
  blocks,
  get,
  isUnknown,
  knownText,
  originOf,
  text,
  texts,
  truth,
  type Written,
} from '../resource.ts';
import {
  type Called,
  calledBy,
  lastOf,
  NETWORK,
  projectIn,
  projectOf,
  projectOfProvider,
  regionOf,
  SUBNET,
} from './named.ts';

export const NETWORK_READERS: Readers = {
  google_compute_network: (network, context) => ({
    segments: [
      {
        ...segmentFact('virtual-network', network),
        traits: networkTraits(network, context),
        ...rangesOf(network, context),
      },
    ],
  }),
  google_compute_subnetwork: (subnet) => ({
    segments: [{ ...segmentFact('subnet', subnet), traits: subnetTraits(subnet) }],
  }),
  google_project: (project) => ({ segments: projectNetwork(project) }),
  google_compute_shared_vpc_host_project: () => NOTHING,
  google_compute_shared_vpc_service_project: () => NOTHING,
};

/**
 * A network that makes subnets of its own in every region: where that is asked for, or where somebody makes subnets in it and
 * does not say that these are all. A network with a range of its own is of the kind that had no subnets.
 */
function networkTraits(network: Resource, context: Context): readonly TraitFact[] {
  const { body, origin } = network;
  const name = 'auto_create_subnetworks';
  const range = get(body, 'ipv4_range');
  const legacy: readonly TraitFact[] = [
    ...(range ? [{ trait: 'legacy', origin: range.origin } as const] : []),
    ...portRanges(network, context),
  ];
  const asked = truth(body, name, partsOf(network, SUBNET, context).length > 0);
  if (asked === false) return legacy;
  const place = originOf(body, name, origin);
  return [...legacy, { trait: 'auto-created', ...(isUnknown(asked) ? { unknown: asked } : {}), origin: place }];
}

/** So many ports of one rule are a range, and no list of what is used. */
const FEW_PORTS = 20;
const EVERYBODY: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);

/** The first range of ports that a rule opens of every machine of the network to some: who is let in from outside aside. */
function portRanges(network: Resource, context: Context): readonly TraitFact[] {
  for (const { body } of partsOf(network, 'google_compute_firewall', context)) {
    const targeted = get(body, 'target_tags') ?? get(body, 'target_service_accounts');
    const outbound = knownText(body, 'direction')?.toUpperCase() === 'EGRESS';
    const ranges = texts(body, 'source_ranges');
    const outside = ranges.some((item) => isUnknown(item) || EVERYBODY.has(item.text));
    const sources = ranges.length + texts(body, 'source_tags').length + texts(body, 'source_service_accounts').length;
    if (targeted || outbound || outside || sources === 0 || truth(body, 'disabled', false) !== false) continue;
    for (const allow of blocks(body, 'allow')) {
      const wide = isUnknown(allow) ? undefined : texts(allow, 'ports').find(isWide);
      if (wide) return [{ trait: 'opens-port-ranges', origin: wide.origin }];
    }
  }
  return [];
}

function isWide(item: Written | Unknown): boolean {
  const match = isUnknown(item) ? null : /^(\d{1,5})-(\d{1,5})$/.exec(item.text.trim());
  return match !== null && Number(match[2]) - Number(match[1]) >= FEW_PORTS;
}

/** Purposes of subnets in which no machines stand. */
const WITHOUT_MACHINES = /PROXY|HTTPS_LOAD_BALANCER|PRIVATE_SERVICE_CONNECT|PRIVATE_NAT|PEER_MIGRATION/;

/** Whether machines without public addresses get to Google's services, for each family of addresses that they have. */
function subnetTraits({ body, origin }: Resource): readonly TraitFact[] {
  if (WITHOUT_MACHINES.test(knownText(body, 'purpose')?.toUpperCase() ?? '')) return [];
  const trait = 'no-private-access';
  const access = truth(body, 'private_ip_google_access', false);
  const place = originOf(body, 'private_ip_google_access', origin);
  if (isUnknown(access)) return [{ trait, unknown: access, origin: place }];
  if (!access) return [{ trait, origin: place }];
  if (!/IPV6/.test(knownText(body, 'stack_type')?.toUpperCase() ?? '')) return [];
  const newer = text(body, 'private_ipv6_google_access');
  if (isUnknown(newer)) return [{ trait, unknown: newer, origin: newer.origin }];
  if (newer !== undefined && !/^DISABLE/i.test(newer)) return [];
  return [{ trait, origin: originOf(body, 'private_ipv6_google_access', originOf(body, 'stack_type', origin)) }];
}

/** A project starts with a network that lets SSH, RDP and ICMP in from everywhere, unless it is told not to (R77). */
function projectNetwork(project: Resource): readonly SegmentFact[] {
  const { address, body, origin } = project;
  const made = truth(body, 'auto_create_network', true);
  if (made === false) return [];
  const place = originOf(body, 'auto_create_network', origin);
  return [
    {
      ...segmentFact('virtual-network', { address: `the default network of ${address}`, origin: place }),
      isDefault: true,
      traits: [{ trait: 'auto-created', ...(isUnknown(made) ? { unknown: made } : {}), origin: place }],
    },
  ];
}

/** A network has the addresses of its parts; one that makes these itself has some for each region. */
function rangesOf(network: Resource, context: Context): Pick<SegmentFact, 'ranges'> {
  if (truth(network.body, 'auto_create_subnetworks', true) !== false) return { ranges: AUTOMATIC };
  const ranges = partsOf(network, SUBNET, context)
    .map(({ body }) => knownText(body, 'ip_cidr_range'))
    .filter((range) => range !== undefined);
  return ranges.length > 0 ? { ranges } : {};
}

const AUTOMATIC = ['10.128.0.0/9'];

/** The network of a project that comes with rules of its own (R77). */
const DEFAULT_NETWORK = 'default';

/** A network by the name that everybody in it gives it. */
export interface Network {
  readonly name: string;
  /** The resource that makes it; undefined where none of the unit surely does. */
  readonly made: Resource | undefined;
  /** One of the code that it may be. */
  readonly perhaps?: Called['perhaps'];
}

/** The network that a value of `user` names. */
export function networkOf(
  value: Value | undefined,
  user: Pick<Resource, 'body' | 'provider'>,
  context: Context,
): Network {
  const home = { project: projectOf(user, context), region: undefined };
  // Who names no network is in the one that a project starts with.
  const named = value ?? { ...STANDARD, origin: user.body.origin };
  const { made, name, perhaps } = calledBy(named, NETWORK, home, context);
  return { name: name || DEFAULT_NETWORK, made, ...(perhaps ? { perhaps } : {}) };
}

const STANDARD = { kind: 'scalar', text: DEFAULT_NETWORK, value: DEFAULT_NETWORK, quoted: true } as const;

/** Whether it is the network that a project starts with. */
export function isDefault({ name, made }: Network): boolean {
  return !made && lastOf(name) === DEFAULT_NETWORK;
}

/** What of a type is in a network. */
export function partsOf(network: Resource, type: string, context: Context): readonly Resource[] {
  const known = parts.get(context) ?? new Map<string, Map<string, Resource[]>>();
  parts.set(context, known);
  const found = known.get(type) ?? new Map<string, Resource[]>();
  if (!known.has(type)) {
    known.set(type, found);
    for (const each of context.all(type)) {
      append(found, networkOf(get(each.body, 'network'), each, context).name, each);
    }
  }
  return found.get(network.address) ?? [];
}

const parts = new WeakMap<Context, Map<string, Map<string, Resource[]>>>();

/** Where an interface stands. */
export interface Standing {
  readonly network: Network;
  readonly memberships: readonly Membership[];
  readonly segments: readonly SegmentFact[];
  readonly links: readonly LinkFact[];
  /** The range of its addresses, where the code shows it. */
  readonly range: string | undefined;
}

/** An interface of `user` names its network, or the part of one. */
export function standingOf(card: Block, user: Resource, context: Context): Standing {
  const named = get(card, 'subnetwork');
  // The project of an interface is the one of its provider, whatever its machine says.
  const own = card === user.body ? projectOf(user, context) : projectOfProvider(user.provider, context);
  const home = { project: projectIn(card, 'subnetwork_project') ?? own, region: regionOf(user) };
  const called = named && calledBy(named, SUBNET, home, context);
  const subnet = called?.made;
  const value = get(card, 'network') ?? (subnet ? get(subnet.body, 'network') : undefined);
  const network =
    value || !called
      ? networkOf(value, subnet && !get(card, 'network') ? subnet : user, context)
      : around(called, context);
  const place = (value ?? named)?.origin ?? user.origin;
  const key = segmentKey('virtual-network', network.name);
  return {
    network,
    range: subnet && knownText(subnet.body, 'ip_cidr_range'),
    memberships: [
      ...(subnet && called ? [{ segment: segmentKey('subnet', subnet.address), origin: called.origin }] : []),
      { segment: key, origin: place },
    ],
    ...surroundings(network, user, place),
  };
}

/** The network of a subnet that no resource makes goes by the subnet's name. */
function around({ name, perhaps }: Called, context: Context): Network {
  const within = perhaps && networkOf(get(perhaps.resource.body, 'network'), perhaps.resource, context);
  const made = within?.made;
  return { name, made: undefined, ...(perhaps && made ? { perhaps: { ...perhaps, resource: made } } : {}) };
}

/** What there is of the network of `user` besides what resources make. */
export function surroundings(
  network: Network,
  user: Resource,
  place: Origin,
): Required<Pick<Facts, 'segments' | 'links'>> {
  if (network.made) return { segments: [], links: [] };
  const { name, perhaps } = network;
  const segment = unseenNetwork('google', { address: name, origin: place });
  const sides = [{ name, made: false }, ...(perhaps ? [{ name: perhaps.resource.address, made: true }] : [])];
  return {
    segments: [isDefault(network) ? { ...segment, isDefault: true } : segment],
    links: perhaps ? joint({ ...user, address: `${user.address}/${name}` }, 'namesake', sides, perhaps.because) : [],
  };
}
