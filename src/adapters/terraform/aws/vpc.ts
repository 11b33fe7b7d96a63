/** AWS networks: VPCs, subnets, and whether a subnet's routes lead to the internet (R63). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Membership, PublicAddress, SegmentFact, Unreached } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { type Unknown, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, segmentFact, segmentKey, unseenNetwork } from '../facts.ts';
import { mark } from '../guard.ts';
import { type Block, blocks, get, isUnknown, knownText, originOf, truth } from '../resource.ts';
import { traitsTold } from '../told-trait.ts';
import { firewallAt } from './firewall-route.ts';
import { networkAt, SUBNET } from './network-name.ts';
import { isOf, routesOfSubnet, tableOf } from './routes.ts';

export const VPC_READERS: Readers = {
  aws_vpc: (resource, context) => ({
    segments: [
      {
        ...segmentFact('virtual-network', resource),
        ...blocksOf(resource, context),
        ...traitsOfVpc(resource, context),
      },
    ],
  }),
  aws_default_vpc: (resource) => {
    const traits = [{ trait: 'auto-created', origin: resource.origin }] as const;
    return {
      segments: [{ ...segmentFact('virtual-network', resource), isDefault: true, ranges: DEFAULT_BLOCK, traits }],
    };
  },
  aws_subnet: subnet,
  aws_default_subnet: subnet,
  aws_route_table_association: () => NOTHING,
  aws_main_route_table_association: () => NOTHING,
};

/** What default networks have in every account. */
const DEFAULT_BLOCK = ['172.31.0.0/16'];

/** The blocks of addresses of a VPC, where the code shows all of them. */
function blocksOf(vpc: Resource, context: Context): Pick<SegmentFact, 'ranges'> {
  const added = context.users(vpc, 'aws_vpc_ipv4_cidr_block_association', 'vpc_id');
  const written = [vpc, ...added].map(({ body }) => knownText(body, 'cidr_block'));
  const ranges = written.filter((range) => range !== undefined);
  return ranges.length === written.length ? { ranges } : {};
}

function traitsOfVpc(vpc: Resource, context: Context): Pick<SegmentFact, 'traits'> {
  const traits = [...unnamed(vpc), ...traitsTold(vpc, 'segment', context)];
  return traits.length > 0 ? { traits } : {};
}

/** A network that does not resolve names leads nobody to private endpoints by the names of their services. */
function unnamed({ body, origin }: Resource): readonly TraitFact[] {
  if (truth(body, 'enable_dns_support', true) !== false) return [];
  return [{ trait: 'no-name-resolution', origin: originOf(body, 'enable_dns_support', origin) }];
}

/** A subnet may give whoever starts in it an address of the internet; a default one does unless somebody says otherwise. */
function subnet(resource: Resource, context: Context): Facts {
  const { body, origin, type } = resource;
  const given = truth(body, 'map_public_ip_on_launch', type === 'aws_default_subnet');
  const trait = {
    trait: 'assigns-public-addresses',
    origin: originOf(body, 'map_public_ip_on_launch', origin),
    ...(isUnknown(given) ? { unknown: given } : {}),
  } as const;
  const traits = given === false ? {} : { traits: [trait] };
  return { segments: [{ ...segmentFact('subnet', resource), ...blockOf(resource, context), ...traits }] };
}

/** The addresses of a subnet whose network is not in the code; else that shows them. */
function blockOf(resource: Resource, context: Context): Pick<SegmentFact, 'ranges'> {
  const range = knownText(resource.body, 'cidr_block');
  const { made } = networkAt(get(resource.body, 'vpc_id'), resource, context);
  return made || range === undefined ? {} : { ranges: [range] };
}

/** Where something stands in the network. */
export interface Standing {
  readonly memberships: readonly Membership[];
  /** Networks that no resource of the unit makes. */
  readonly segments: readonly SegmentFact[];
  readonly subnets: readonly Resource[];
  /** The marks of the subnets, by which what guards these finds it. */
  readonly labels: ReadonlyMap<string, string>;
  /** The ranges of their addresses; none where one of them is not in the code. */
  readonly ranges: readonly string[];
  /** What the network is called, by which its own groups are found. */
  readonly network: string;
  /** Some of the subnets are not in the code. */
  readonly unknown: Unknown | undefined;
}

/** Where a resource stands by the subnets, or the network, that it names. */
export function standingOf(
  resource: Resource,
  subnetsNamed: Value | undefined,
  networkNamed: Value | undefined,
  context: Context,
): Standing {
  const { meant, unknown: hidden } = context.meaning(subnetsNamed, SUBNET);
  const subnets = [...new Set(meant.map((each) => each.resource))];
  const memberships: Membership[] = meant.map((each) => ({
    segment: segmentKey('subnet', each.resource.address),
    origin: each.origin,
  }));
  const [first] = subnets;
  const value = networkNamed ?? (first ? get(first.body, 'vpc_id') : undefined);
  const network = networkAt(value, resource, context, hidden[0]);
  const origin = meant[0]?.origin ?? networkNamed?.origin ?? resource.origin;
  const key = segmentKey('virtual-network', network.name);
  const unseen = unseenNetwork('aws', { address: network.name, origin });
  const made = network.made ? [] : [network.isDefault ? { ...unseen, isDefault: network.isDefault } : unseen];
  return {
    memberships: [...distinctMemberships(memberships), { segment: key, origin }],
    segments: made,
    subnets,
    ranges: hidden.length > 0 ? [] : rangesOf(subnets),
    labels: new Map(subnets.map(({ address }) => mark(address, context))),
    network: network.name,
    unknown: hidden[0],
  };
}

/** The IPv4 ranges of all subnets; none where one has none that is known. */
function rangesOf(subnets: readonly Resource[]): readonly string[] {
  const ranges = subnets.flatMap(({ body }) => knownText(body, 'cidr_block') ?? []);
  return ranges.length === subnets.length ? [...new Set(ranges)].sort() : [];
}

function distinctMemberships(list: readonly Membership[]): readonly Membership[] {
  return [...new Map(list.map((each) => [each.segment, each])).values()];
}

/** The VPC that a subnet or group stands in, by the name that `standingOf` gives it. */
export function networkNamed(resource: Resource, context: Context): string {
  return networkAt(get(resource.body, 'vpc_id'), resource, context).name;
}

/**
 * Whether what has a public address in these subnets is reached at it: one of them has a route to an internet gateway. Of
 * subnets that nobody names the default ones are meant, which have one.
 */
export function isRouted(
  { subnets, unknown: hidden }: Standing,
  context: Context,
  family: Family = 'ipv4',
): boolean | Unknown {
  if (subnets.length === 0) return hidden ?? true;
  const answers = subnets.map((subnet) =>
    subnet.type === 'aws_default_subnet' && family === 'ipv4' ? true : routesOut(subnet, context, family),
  );
  return answers.find((answer) => answer === true) ?? answers.find(isUnknown) ?? hidden ?? false;
}

/** What keeps the internet from whom stands there: a route that is missing, at the table it would be in. */
export function unrouted(standing: Standing, context: Context): Unreached | undefined {
  const [subnet] = standing.subnets;
  if (!subnet || isRouted(standing, context) !== false) return undefined;
  const table = tableOf(subnet, context);
  const because = `no route of its subnet ${subnet.address} leads to an internet gateway`;
  return { because, origin: (table ?? subnet).origin };
}

type Family = NonNullable<PublicAddress['family']>;

/**
 * The table that a default network starts with leads out over IPv4 alone.
 *
 * @param leads whether a route leads out
 */
function routesOut(subnet: Resource, context: Context, family: Family, leads: Leads = leadsOn): boolean | Unknown {
  const { routes, unknown: hidden, open } = routesOfSubnet(subnet, context);
  if (open && family === 'ipv4') return true;
  const answers = routes.map((route) =>
    isUnknown(route) ? route : isOf(route, family) && leads(route, context, family),
  );
  return answers.find((answer) => answer === true) ?? answers.find(isUnknown) ?? hidden ?? false;
}

type Leads = (route: Block, context: Context, family: Family) => boolean | Unknown;

/**
 * Whether a route leads to an internet gateway by itself, or through a firewall whose subnets have such a route. What an
 * endpoint is for that leads to something else is not in the code.
 */
function leadsOn(route: Block, context: Context, family: Family): boolean | Unknown {
  const through = get(route, 'vpc_endpoint_id');
  if (through === undefined || knownText(route, 'vpc_endpoint_id') === '') return leadsOut(route, context);
  const firewall = firewallAt(route, context);
  const placed = blocks(firewall?.body, 'subnet_mapping').flatMap((block) =>
    isUnknown(block) ? [] : context.meaning(get(block, 'subnet_id'), SUBNET).meant,
  );
  if (placed.length === 0)
    return unknown('what the endpoint that its subnet sends to leads to is not in the code', through.origin);
  const answers = placed.map(({ resource }) => routesOut(resource, context, family, leadsOut));
  return answers.find((answer) => answer === true) ?? answers.find(isUnknown) ?? false;
}

/** Whether a route leads to an internet gateway, whatever part of the internet it is for. */
function leadsOut(route: Block, context: Context): boolean | Unknown {
  const gateway = get(route, 'gateway_id');
  if (gateway === undefined) return false;
  if (context.meaning(gateway, ['aws_internet_gateway']).meant.length > 0) return true;
  const written = knownText(route, 'gateway_id');
  if (written !== undefined) return written.startsWith('igw-');
  return isUnknown(gateway) ? unknown('where the routes of its subnet lead is not in the code', gateway.origin) : false;
}
