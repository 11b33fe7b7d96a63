/**
 * Which traffic of a subnet takes the way through a firewall of AWS Network Firewall: what the subnet's routes lead to an
 * endpoint of it, and what other routes of the network (those of an internet gateway among them) lead there for the subnet.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import {
  type AddressSet,
  cidrsOf,
  intersect,
  isEmpty,
  NO_ADDRESSES,
  parseAddresses,
  subtract,
  unionOf,
} from '../../../graph/sets/address-set.ts';
import { append } from '../../../source/multimap.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Block, get, isUnknown, knownText } from '../resource.ts';
import { SUBNET, VPC } from './network-name.ts';
import { destinationsOf, rangesIn, routesOf, routesOfSubnet } from './routes.ts';

export const FIREWALL = 'aws_networkfirewall_firewall';
const TABLES = ['aws_route_table', 'aws_default_route_table'];

/** The firewall to an endpoint of which a route leads. */
export function firewallAt(route: Block, context: Context): Resource | undefined {
  return context.meaning(get(route, 'vpc_endpoint_id'), [FIREWALL]).meant[0]?.resource;
}

/** A subnet, and which of its traffic goes through a firewall. */
export interface Guarded {
  readonly subnet: Resource;
  /** The addresses of the others, in CIDR notation, whom it reaches through the firewall. */
  readonly through: readonly string[];
  /** Why the firewall may not see all of a connection. */
  readonly unknown: Unknown | undefined;
}

const guarded = new WeakMap<Context, ReadonlyMap<Resource, readonly Guarded[]>>();

/** The subnets whose routes lead through a firewall. */
export function guardedBy(firewall: Resource, context: Context): readonly Guarded[] {
  const found = guarded.get(context) ?? allGuarded(context);
  guarded.set(context, found);
  return found.get(firewall) ?? [];
}

function allGuarded(context: Context): ReadonlyMap<Resource, readonly Guarded[]> {
  const found = new Map<Resource, Guarded[]>();
  if (context.all(FIREWALL).length === 0) return found;
  const inward = routesInward(context);
  for (const subnet of SUBNET.flatMap((type) => context.all(type))) {
    if (!isLivedIn(subnet, context)) continue;
    const { routes } = routesOfSubnet(subnet, context);
    const known = routes.filter((route): route is Block => !isUnknown(route));
    for (const firewall of new Set(known.flatMap((route) => firewallAt(route, context) ?? []))) {
      const led = known.filter((route) => firewallAt(route, context) === firewall);
      const others = known.filter((route) => !led.includes(route));
      const back = (inward.get(firewall) ?? []).some(({ route, to }) => !led.includes(route) && meets(to, subnet));
      const one = { subnet, ...throughOf(led, others, subnet, context) };
      append(found, firewall, back || one.unknown ? one : { ...one, unknown: oneWay(subnet, firewall) });
    }
  }
  return found;
}

/** What leads into a subnet, and what only passes through it. */
const PLUMBING: ReadonlySet<string> = new Set([
  'aws_route_table_association',
  'aws_network_acl',
  'aws_network_acl_association',
  'aws_ec2_transit_gateway_vpc_attachment',
  FIREWALL,
]);

/** Whether anybody stands in a subnet whom the firewall could be for: one for the way to a transit gateway holds nobody. */
function isLivedIn(subnet: Resource, context: Context): boolean {
  return context.mentions(subnet).some(({ type }) => !PLUMBING.has(type));
}

function oneWay(subnet: Resource, firewall: Resource): Unknown {
  const because = `no route for ${subnet.address} leads what comes for it through ${firewall.address}, which sees half of each connection`;
  return unknown(because, firewall.origin);
}

interface Inward {
  readonly route: Block;
  readonly to: AddressSet | undefined;
}

/** Every route to an endpoint of each firewall, and the addresses that it is for. */
function routesInward(context: Context): ReadonlyMap<Resource, readonly Inward[]> {
  const found = new Map<Resource, Inward[]>();
  for (const route of TABLES.flatMap((type) => context.all(type)).flatMap((table) => routesOf(table, context))) {
    if (isUnknown(route)) continue;
    const firewall = firewallAt(route, context);
    if (firewall) append(found, firewall, { route, to: addressesOf(route, context) });
  }
  return found;
}

/** What a route is for; undefined where some of it is not in the code. */
function addressesOf(route: Block, context: Context): AddressSet | undefined {
  const sets = destinationsOf(route, context).map((to) => (isUnknown(to) ? undefined : parseAddresses(to.text)));
  const known = sets.flatMap((set) => set ?? []);
  return known.length === sets.length ? unionOf(known) : undefined;
}

function meets(to: AddressSet | undefined, subnet: Resource): boolean {
  const own = rangeOf(subnet);
  return to === undefined || own === undefined || !isEmpty(intersect(to, own));
}

/** The IPv4 addresses of a subnet; undefined where they are not in the code. */
export function rangeOf({ body }: Resource): AddressSet | undefined {
  return parseAddresses(knownText(body, 'cidr_block') ?? '');
}

/** The longest prefix decides, and that of the network itself leads to its own. */
function throughOf(
  led: readonly Block[],
  others: readonly Block[],
  subnet: Resource,
  context: Context,
): Pick<Guarded, 'through' | 'unknown'> {
  const vpc = context.one(subnet, 'vpc_id', VPC);
  const textsOf = (routes: readonly Block[]) => routes.flatMap((route) => destinationsOf(route, context));
  const written = [...textsOf(led), ...textsOf(others)];
  const known = (list: ReturnType<typeof textsOf>) => list.flatMap((to) => (isUnknown(to) ? [] : [to.text]));
  const elsewhere = [...known(textsOf(others)), ...((vpc && rangesIn(vpc, context)) ?? [])];
  const sets = known(textsOf(led)).map((cidr) => {
    const longer = elsewhere.filter((other) => lengthOf(other) > lengthOf(cidr));
    return subtract(setOf(cidr), unionOf(longer.map(setOf)));
  });
  return { through: cidrsOf(unionOf(sets)), unknown: written.find(isUnknown) };
}

function setOf(cidr: string): AddressSet {
  return parseAddresses(cidr) ?? NO_ADDRESSES;
}

function lengthOf(cidr: string): number {
  return Number(cidr.split('/')[1] ?? 128);
}
