/** Azure's virtual networks, and where network interfaces stand in them. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Membership, SegmentFact } from '../../../graph/fragment.ts';
import type { Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, segmentFact, segmentKey, unseenNetwork } from '../facts.ts';
import { mark } from '../guard.ts';
import { get, isUnknown, texts } from '../resource.ts';
import { inlineSubnets, subnetFacts } from './subnet.ts';

export const NETWORK = 'azurerm_virtual_network';
const SUBNET = 'azurerm_subnet';

export const NETWORK_READERS: Readers = {
  azurerm_virtual_network: networkFacts,
  azure_virtual_network: networkFacts,
  azurerm_subnet: subnetFacts,
  azurerm_public_ip: () => NOTHING,
  azurerm_application_security_group: () => NOTHING,
};

function networkFacts(network: Resource): Facts {
  return { segments: [{ ...segmentFact('virtual-network', network), ...spaceOf(network) }, ...inlineSubnets(network)] };
}

/** The blocks of addresses of a network, where the code shows all of them. */
function spaceOf({ body }: Resource): Pick<SegmentFact, 'ranges'> {
  const blocks = texts(body, 'address_space');
  return blocks.length === 0 || blocks.some(isUnknown)
    ? {}
    : { ranges: blocks.flatMap((block) => (isUnknown(block) ? [] : block.text)) };
}

/** What every workload in any virtual network has: the tag `VirtualNetwork` means those that it shares one with (R74). */
export const IN_A_NETWORK = 'azurerm virtual network';

/** Where something stands. */
export interface Standing {
  readonly memberships: readonly Membership[];
  readonly segments: readonly SegmentFact[];
  readonly subnets: readonly Resource[];
  readonly labels: ReadonlyMap<string, string>;
  /** The ranges of their addresses; none where one of them is not in the code. */
  readonly ranges: readonly string[];
}

/** Where something stands by the subnets that it names. */
export function standingOf(named: readonly (Value | undefined)[], context: Context): Standing {
  const memberships = new Map<string, Membership>();
  const segments: SegmentFact[] = [];
  const subnets = new Set<Resource>();
  const join = (segment: string, origin: Membership['origin']) => memberships.set(segment, { segment, origin });
  for (const value of named) {
    const { meant, unknown: hidden } = context.meaning(value, [SUBNET]);
    for (const { resource, origin } of meant) {
      subnets.add(resource);
      join(segmentKey('subnet', resource.address), origin);
      const network = networkOf(resource, context);
      join(segmentKey('virtual-network', network.name), origin);
      if (!network.made) segments.push(unseenNetwork('azure', { address: network.name, origin }));
    }
    for (const each of hidden) {
      const address = each.refers?.[0]?.address ?? each.because;
      segments.push(unseenNetwork('azure', { address, origin: each.origin }));
      join(segmentKey('virtual-network', address), each.origin);
    }
  }
  const written = [...subnets].map(({ body }) => texts(body, 'address_prefixes'));
  const known = written.flat().flatMap((item) => (isUnknown(item) ? [] : [item.text]));
  const whole = written.every((list) => list.length > 0 && !list.some(isUnknown));
  const labels = memberships.size === 0 ? [] : [mark(IN_A_NETWORK, context)];
  for (const { address } of subnets) labels.push(mark(address, context));
  return {
    memberships: [...memberships.values()],
    segments,
    subnets: [...subnets],
    labels: new Map(labels),
    ranges: whole ? known : [],
  };
}

function networkOf(subnet: Resource, context: Context): Network {
  return networkAt(get(subnet.body, 'virtual_network_name'), subnet.address, context);
}

/** A network by the name that everybody in it gives it. */
export interface Network {
  readonly name: string;
  readonly made: boolean;
}

/** @param otherwise what it is called where nothing is named */
export function networkAt(value: Value | undefined, otherwise: string, context: Context): Network {
  const [network] = context.meaning(value, [NETWORK]).meant;
  if (network) return { name: network.resource.address, made: true };
  if (isUnknown(value)) return { name: value.refers?.[0]?.address ?? value.because, made: false };
  // Of an id the name is the last part.
  return { name: value?.kind === 'scalar' ? (value.text.split('/').pop() as string) : otherwise, made: false };
}
