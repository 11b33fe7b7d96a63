/** Route tables of AWS: which subnets they are for, and where their routes lead (R63, R71). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { LinkEnd } from '../../../graph/fragment.ts';
import { append } from '../../../source/multimap.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { segmentKey } from '../facts.ts';
import { type Block, blocks, get, isUnknown, knownText, texts, type Written } from '../resource.ts';
import { type Network, networkAt, SUBNET, VPC } from './network-name.ts';

const TABLE = ['aws_route_table', 'aws_default_route_table'];

/** The tables that say where something sends to, and why there may be others. */
export interface Tables {
  /** Routes by themselves and in blocks. */
  readonly routes: readonly (Block | Unknown)[];
  readonly unknown: Unknown | undefined;
  /** Nobody says anything, and the table that its network starts with leads to the internet. */
  readonly open?: boolean;
}

/** The routes of a subnet: those of its own tables, else of the main table of its network. */
export function routesOfSubnet(subnet: Resource, context: Context): Tables {
  const associations = context.users(subnet, 'aws_route_table_association', 'subnet_id');
  if (associations.length === 0) {
    // What is for a gateway is for no subnet.
    const stray = context
      .strays('aws_route_table_association', 'subnet_id', SUBNET)
      .find(({ body }) => get(body, 'subnet_id'));
    if (stray) {
      return { routes: [], unknown: unknown(`which subnet ${stray.address} is for is not in the code`, stray.origin) };
    }
    const vpc = context.one(subnet, 'vpc_id', VPC);
    return vpc
      ? mainRoutes(vpc, context)
      : { routes: [], unknown: unknown('the routes of its subnet are not in the code', subnet.origin) };
  }
  const tables = associations.flatMap((one) => context.one(one, 'route_table_id', TABLE) ?? []);
  const hidden =
    tables.length === associations.length
      ? undefined
      : unknown('the route table of its subnet is not in the code', (associations[0] as Resource).origin);
  return { routes: tables.flatMap((table) => routesOf(table, context)), unknown: hidden };
}

/** The table of a subnet that names one, as far as it is in the code. */
export function tableOf(subnet: Resource, context: Context): Resource | undefined {
  const [association] = context.users(subnet, 'aws_route_table_association', 'subnet_id');
  return association && context.one(association, 'route_table_id', TABLE);
}

/** R63: subnets without a table of their own have the main one, which leads nowhere outside unless somebody says so. */
function mainRoutes(vpc: Resource, context: Context): Tables {
  const own = context.users(vpc, 'aws_default_route_table', 'default_route_table_id');
  const replaced = context.users(vpc, 'aws_main_route_table_association', 'vpc_id');
  const tables = [...own, ...replaced.flatMap((one) => context.one(one, 'route_table_id', TABLE) ?? [])];
  const added = context.users(vpc, 'aws_route', 'route_table_id').map(({ body }) => body);
  return {
    routes: [...tables.flatMap((table) => routesOf(table, context)), ...added],
    unknown: undefined,
    open: vpc.type === 'aws_default_vpc',
  };
}

/** The routes of one table, whichever way they are written. */
export function routesOf(table: Resource, context: Context): readonly (Block | Unknown)[] {
  const apart = context.users(table, 'aws_route', 'route_table_id').map(({ body }) => body);
  return [...blocks(table.body, 'route'), ...apart];
}

const DESTINATIONS = [
  ...['cidr_block', 'ipv6_cidr_block'],
  ...['destination_cidr_block', 'destination_ipv6_cidr_block'],
];
const LISTS = ['destination_prefix_list_id', 'prefix_list_id'];

/** Whether a route is for addresses of a family: not where it names some of the other one alone. */
export function isOf(route: Block, family: 'ipv4' | 'ipv6'): boolean {
  const names = (six: boolean) =>
    DESTINATIONS.some(
      (name) => name.includes('ipv6') === six && knownText(route, name) !== '' && get(route, name) !== undefined,
    );
  return names(family === 'ipv6') || !names(family === 'ipv4');
}

/** The addresses that a route is for. */
export function destinationsOf(route: Block, context: Context): readonly (Written | Unknown)[] {
  const written = DESTINATIONS.flatMap((name) => texts(route, name)).filter(
    (item) => isUnknown(item) || item.text !== '',
  );
  const listed = LISTS.flatMap((name) => {
    const value = get(route, name);
    if (value === undefined || knownText(route, name) === '') return [];
    const { meant, unknown: hidden } = context.meaning(value, ['aws_ec2_managed_prefix_list']);
    const entries = meant.flatMap(({ resource }) => blocks(resource.body, 'entry'));
    return [...entries.flatMap((entry) => (isUnknown(entry) ? [entry] : texts(entry, 'cidr'))), ...hidden];
  });
  return [...written, ...listed];
}

/**
 * Who in a network sends over something, and what: each subnet by its own routes, and whoever stands in none that the code
 * shows. Its line is that of the route; without one that of the table, or of who has none.
 *
 * @param leads whether a route leads there
 */
export function sendersIn(
  { name, made }: Network,
  leads: (route: Block) => boolean | Unknown,
  { origin }: Pick<Resource, 'origin'>,
  context: Context,
): readonly LinkEnd[] {
  const segment = segmentKey('virtual-network', name);
  const ends = subnetsIn(name, context).map((subnet): LinkEnd => {
    const { routes, unknown: hidden } = routesOfSubnet(subnet, context);
    const said = tableOf(subnet, context) ?? subnet;
    const segment = segmentKey('subnet', subnet.address);
    return { segment, origin: said.origin, ...routed(routes, hidden, leads, context) };
  });
  const some = ends.some(({ addresses = [], unknown: hidden }) => addresses.length > 0 || hidden);
  const why = unknown('which routes it has in its network is not in the code', origin);
  return [...ends, made && !some ? { segment, addresses: [], origin: made.origin } : { segment, unknown: why, origin }];
}

function routed(
  routes: Tables['routes'],
  otherwise: Unknown | undefined,
  leads: (route: Block) => boolean | Unknown,
  context: Context,
): Partial<LinkEnd> {
  const addresses: string[] = [];
  let origin: Origin | undefined;
  let hidden = otherwise;
  for (const route of routes) {
    const answer = isUnknown(route) ? route : leads(route);
    if (answer === false) continue;
    if (isUnknown(answer) || isUnknown(route)) {
      hidden ??= isUnknown(answer) ? answer : undefined;
      continue;
    }
    for (const to of destinationsOf(route, context)) {
      if (isUnknown(to)) hidden ??= unknown(`which addresses a route is for is not in the code`, to.origin);
      else {
        addresses.push(to.text);
        origin ??= to.origin;
      }
    }
  }
  return { ...(hidden ? { unknown: hidden } : { addresses }), ...(origin ? { origin } : {}) };
}

const inNetworks = new WeakMap<Context, ReadonlyMap<string, readonly Resource[]>>();

/** The subnets of a network, by the name that everybody in it gives it. */
export function subnetsIn(network: string, context: Context): readonly Resource[] {
  let known = inNetworks.get(context);
  if (!known) {
    const found = new Map<string, Resource[]>();
    for (const subnet of SUBNET.flatMap((type) => context.all(type))) {
      const { name } = networkAt(get(subnet.body, 'vpc_id'), subnet, context);
      append(found, name, subnet);
    }
    known = found;
    inNetworks.set(context, known);
  }
  return known.get(network) ?? [];
}

/** The ranges of a network as far as they are in the code; undefined where one is not. */
export function rangesIn(vpc: Resource, context: Context): readonly string[] | undefined {
  const more = context.users(vpc, 'aws_vpc_ipv4_cidr_block_association', 'vpc_id');
  const ranges = [vpc, ...more].flatMap(({ body }) => texts(body, 'cidr_block'));
  const known = ranges.flatMap((item) => (isUnknown(item) ? [] : [item.text]));
  return known.length === ranges.length && known.length > 0 ? known : undefined;
}

/** What a value names among resources of these types: an address, or what stands for one that is not in the code. */
export function nameOf(value: Value | undefined, types: readonly string[], context: Context): string | undefined {
  if (value === undefined) return undefined;
  const [meant] = context.meaning(value, types).meant;
  if (meant) return meant.resource.address;
  if (isUnknown(value)) return value.refers?.[0]?.address ?? value.because;
  return value.kind === 'scalar' ? value.text || undefined : undefined;
}
