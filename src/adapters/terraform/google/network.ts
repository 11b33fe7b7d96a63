/** Networks of Google Cloud, and where interfaces stand in them. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Membership, SegmentFact } from '../../../graph/fragment.ts';
import type { Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Readers, segmentFact, segmentKey, unseenNetwork } from '../facts.ts';
import { type Block, get, isUnknown, knownText, truth } from '../resource.ts';

const NETWORK = 'google_compute_network';
const SUBNET = 'google_compute_subnetwork';

export const NETWORK_READERS: Readers = {
  google_compute_network: (network, context) => ({
    segments: [{ ...segmentFact('virtual-network', network), ...rangesOf(network, context) }],
  }),
  google_compute_subnetwork: (subnet) => ({ segments: [segmentFact('subnet', subnet)] }),
};

/** A network has the addresses of its parts; one that makes these itself has some for each region. */
function rangesOf(network: Resource, context: Context): Pick<SegmentFact, 'ranges'> {
  if (truth(network.body, 'auto_create_subnetworks', true) !== false) return { ranges: AUTOMATIC };
  const ranges = context
    .users(network, SUBNET, 'network')
    .map(({ body }) => knownText(body, 'ip_cidr_range'))
    .filter((range) => range !== undefined);
  return ranges.length > 0 ? { ranges } : {};
}

const AUTOMATIC = ['10.128.0.0/9'];

/** The network of a project that comes with rules of its own (R77). */
export const DEFAULT_NETWORK = 'default';

/** A network by the name that everybody in it gives it. */
export interface Network {
  readonly name: string;
  readonly made: boolean;
}

/** The network that a value names. */
export function networkOf(value: Value | undefined, context: Context): Network {
  const [network] = context.meaning(value, [NETWORK]).meant;
  if (network) return { name: network.resource.address, made: true };
  if (isUnknown(value)) return { name: value.refers?.[0]?.address ?? value.because, made: false };
  const text = value?.kind === 'scalar' ? (value.text.split('/').pop() as string) : DEFAULT_NETWORK;
  return { name: text, made: false };
}

/** Where an interface stands. */
export interface Standing {
  readonly network: Network;
  readonly memberships: readonly Membership[];
  readonly segments: readonly SegmentFact[];
  /** The range of its addresses, where the code shows it. */
  readonly range: string | undefined;
}

/** An interface names its network, or the part of one. */
export function standingOf(card: Block, { origin }: Resource, context: Context): Standing {
  const named = get(card, 'subnetwork');
  const [subnet] = context.meaning(named, [SUBNET]).meant;
  const value = get(card, 'network') ?? (subnet ? get(subnet.resource.body, 'network') : named);
  const network = networkOf(value, context);
  const place = value?.origin ?? origin;
  const key = segmentKey('virtual-network', network.name);
  return {
    network,
    range: subnet && knownText(subnet.resource.body, 'ip_cidr_range'),
    memberships: [
      ...(subnet ? [{ segment: segmentKey('subnet', subnet.resource.address), origin: subnet.origin }] : []),
      { segment: key, origin: place },
    ],
    segments: network.made ? [] : [unseenNetwork('google', { address: network.name, origin: place })],
  };
}
