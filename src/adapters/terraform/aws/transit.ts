/**
 * Transit gateways (R71): what an attached network sends there goes by the table that its attachment is associated with, to
 * the networks that are propagated into that table or that a route of it names. Each table is a link of its own.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { LinkEnd, LinkFact } from '../../../graph/fragment.ts';
import { cidrsOf, intersect, parseAddressList, subtract } from '../../../graph/sets/address-set.ts';
import { append } from '../../../source/multimap.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import { type Block, get, isUnknown, knownText, originOf, texts, truth } from '../resource.ts';
import { firewallAt } from './firewall-route.ts';
import { networkAt, SUBNET } from './network-name.ts';
import { receiver } from './peering.ts';
import { nameOf, routesOfSubnet, sendersIn } from './routes.ts';

const TRANSIT = 'aws_ec2_transit_gateway';
const ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const TABLE = 'aws_ec2_transit_gateway_route_table';
const ASSOCIATION = 'aws_ec2_transit_gateway_route_table_association';
const PROPAGATION = 'aws_ec2_transit_gateway_route_table_propagation';
const ROUTE = 'aws_ec2_transit_gateway_route';
const HUB = 'transit_gateway_id';
const OF_TABLE = 'transit_gateway_route_table_id';
const OF_ATTACHMENT = 'transit_gateway_attachment_id';

export const TRANSIT_READERS: Readers = {
  [TRANSIT]: (transit, context) => ({ links: tablesOf(transit, context) }),
  [ATTACHMENT]: (attachment, context) => ({ links: unseenTransit(attachment, context) }),
  [TABLE]: () => NOTHING,
  [ASSOCIATION]: () => NOTHING,
  [PROPAGATION]: () => NOTHING,
  [ROUTE]: () => NOTHING,
};

/** The table that a transit gateway starts with and, by default, every attachment is in. */
function tablesOf(transit: Resource, context: Context): readonly LinkFact[] {
  const attachments = context.users(transit, ATTACHMENT, HUB);
  const own = context.users(transit, TABLE, HUB);
  const takenIn = (attachment: Resource, kind: string, type: string) =>
    isOn(transit, `default_route_table_${kind}`) &&
    truth(attachment.body, `transit_gateway_default_route_table_${kind}`, true) !== false &&
    (kind !== 'association' || context.users(attachment, type, OF_ATTACHMENT).length === 0);
  const started: Table = {
    table: transit,
    associated: attachments.filter((one) => takenIn(one, 'association', ASSOCIATION)),
    propagated: attachments.filter((one) => takenIn(one, 'propagation', PROPAGATION)),
  };
  const named = (table: Resource, type: string) =>
    context
      .users(table, type, OF_TABLE)
      .flatMap((one) => context.meaning(get(one.body, OF_ATTACHMENT), [ATTACHMENT]).meant)
      .map(({ resource }) => resource);
  const made = own.map(
    (table): Table => ({
      table,
      associated: named(table, ASSOCIATION),
      propagated: named(table, PROPAGATION),
    }),
  );
  const tables = [started, ...made];
  return tables
    .map((one) => tableLink(transit, one, tables, context))
    .filter(({ senders, receivers }) => senders.length > 0 && receivers.length > 0);
}

/** A table of a transit gateway, the attachments that send by it, and those whose networks it has learned. */
interface Table {
  readonly table: Resource;
  readonly associated: readonly Resource[];
  readonly propagated: readonly Resource[];
}

/** Switches of a transit gateway are `enable` unless somebody writes `disable`. */
function isOn({ body }: Resource, name: string): boolean {
  return knownText(body, name)?.toLowerCase() !== 'disable';
}

function tableLink(transit: Resource, one: Table, tables: readonly Table[], context: Context): LinkFact {
  const { table, associated } = one;
  return {
    id: table === transit ? `${transit.address}/default` : table.address,
    kind: 'transit',
    name: table.address,
    senders: associated.flatMap((each) => sending(each, transit.address, context)),
    receivers: [...receiversOf(one, context), ...behindFirewalls(transit, one, tables, context)],
    ...(table.uncertain ? { unknown: table.uncertain } : {}),
    origin: table.origin,
  };
}

/** To whom a table leads by itself: the networks that it has learned, and those that its routes name. */
function receiversOf({ table, propagated }: Table, context: Context): readonly LinkEnd[] {
  const routes = context.users(table, ROUTE, OF_TABLE);
  const dropping = routes.filter(({ body }) => truth(body, 'blackhole', false) === true);
  const dropped = dropping.flatMap(destination);
  const fixed = routes.flatMap((route): readonly LinkEnd[] =>
    context.meaning(get(route.body, OF_ATTACHMENT), [ATTACHMENT]).meant.map(({ resource }) => {
      const { segment, origin } = there(resource, context);
      const addresses = destination(route);
      if (addresses.length > 0) return { segment, addresses: without(addresses, dropped), origin: route.origin };
      const why = unknown('which addresses a route is for is not in the code', route.origin);
      return { segment, unknown: why, origin };
    }),
  );
  const learned = propagated.map((attachment) => {
    const end = there(attachment, context);
    const { addresses } = end;
    if (!addresses) return end;
    const whole = dropping.find((route) => without(addresses, destination(route)).length === 0);
    return { ...end, addresses: without(addresses, dropped), origin: whole?.origin ?? end.origin };
  });
  return [...learned, ...fixed];
}

/**
 * Whom a route reaches that leads into a network with a firewall: what that lets through comes back to the transit gateway, and
 * goes on by the table of that network. Its rules are not followed so far, so that nobody can be sure.
 */
function behindFirewalls(
  transit: Resource,
  { table }: Table,
  tables: readonly Table[],
  context: Context,
): readonly LinkEnd[] {
  return context.users(table, ROUTE, OF_TABLE).flatMap((route) =>
    context.meaning(get(route.body, OF_ATTACHMENT), [ATTACHMENT]).meant.flatMap(({ resource: attachment }) => {
      const firewall = firewallBehind(attachment, context);
      const onward = tables.find((one) => one.table !== table && one.associated.includes(attachment));
      if (!firewall || !onward || !sendsBack(attachment, transit, context)) return [];
      const to = parseAddressList(destination(route)).set;
      const why = unknown(`what ${firewall.address} lets through on the way is not followed`, route.origin);
      const { segment: own } = there(attachment, context);
      return receiversOf(onward, context).flatMap((end): readonly LinkEnd[] => {
        const addresses = end.addresses && cidrsOf(intersect(parseAddressList(end.addresses).set, to));
        if (end.segment === own || addresses?.length === 0) return [];
        return [{ ...end, ...(addresses ? { addresses } : {}), unknown: why, origin: route.origin }];
      });
    }),
  );
}

/** The firewall to which the subnets of an attachment lead what comes in. */
function firewallBehind(attachment: Resource, context: Context): Resource | undefined {
  const subnets = context.meaning(get(attachment.body, 'subnet_ids'), SUBNET).meant;
  const routes = subnets.flatMap(({ resource }) => routesOfSubnet(resource, context).routes);
  return routes.flatMap((route) => (isUnknown(route) ? [] : (firewallAt(route, context) ?? [])))[0];
}

function sendsBack(attachment: Resource, { address }: Resource, context: Context): boolean {
  return sending(attachment, address, context).some(({ addresses = [] }) => addresses.length > 0);
}

function destination({ body }: Resource): readonly string[] {
  return texts(body, 'destination_cidr_block').flatMap((item) => (isUnknown(item) ? [] : [item.text]));
}

/** What is left where nothing is dropped that is said of a smaller part: the longest prefix decides. */
function without(addresses: readonly string[], dropped: readonly string[]): readonly string[] {
  if (dropped.length === 0) return addresses;
  const lengthOf = (cidr: string) => Number(cidr.split('/')[1] ?? 128);
  return addresses.flatMap((cidr) => {
    const narrower = dropped.filter((each) => lengthOf(each) >= lengthOf(cidr));
    return cidrsOf(subtract(parseAddressList([cidr]).set, parseAddressList(narrower).set));
  });
}

function there(attachment: Resource, context: Context): LinkEnd {
  const network = networkAt(get(attachment.body, 'vpc_id'), attachment, context);
  const end = receiver(network, attachment, context);
  return attachment.uncertain ? { ...end, unknown: attachment.uncertain } : end;
}

/** Who sends to a transit gateway: the members of a network that is attached to it, by their routes. */
function sending(attachment: Resource, hub: string, context: Context): readonly LinkEnd[] {
  const network = networkAt(get(attachment.body, 'vpc_id'), attachment, context);
  const leads = (route: Block): boolean => {
    const value = get(route, HUB);
    const [through] = context.meaning(value, [ATTACHMENT]).meant;
    return nameOf(through ? get(through.resource.body, HUB) : value, [TRANSIT], context) === hub;
  };
  return sendersIn(network, leads, attachment, context);
}

/** Networks that are attached to one that the code does not make: where it leads is somebody else's. */
function unseenTransit(attachment: Resource, context: Context): readonly LinkFact[] {
  const value = get(attachment.body, HUB);
  const hub = nameOf(value, [TRANSIT], context);
  const attached = hub === undefined ? [] : (unseenIn(context).get(hub) ?? []);
  if (hub === undefined || attached[0] !== attachment || attached.length < 2) return [];
  const origin = originOf(attachment.body, HUB, attachment.origin);
  return [
    {
      id: `${attachment.address}/transit`,
      kind: 'transit',
      name: hub,
      senders: attached.flatMap((one) => sending(one, hub, context)),
      receivers: attached.map((one) => there(one, context)),
      unknown: unknown(`the routes of the transit gateway ${hub} are not in the code`, origin),
      origin,
    },
  ];
}

const unseen = new WeakMap<Context, ReadonlyMap<string, readonly Resource[]>>();

/** The attachments to each transit gateway that no resource makes. */
function unseenIn(context: Context): ReadonlyMap<string, readonly Resource[]> {
  const known = unseen.get(context);
  if (known) return known;
  const found = new Map<string, Resource[]>();
  for (const attachment of context.all(ATTACHMENT)) {
    if (context.one(attachment, HUB, [TRANSIT])) continue;
    const hub = nameOf(get(attachment.body, HUB), [TRANSIT], context);
    if (hub !== undefined) append(found, hub, attachment);
  }
  unseen.set(context, found);
  return found;
}
