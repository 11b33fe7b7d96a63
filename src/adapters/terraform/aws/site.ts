/**
 * What stands at the far end of a VPN of AWS (R71): the addresses that its static routes name, or the routes of a network to its
 * gateway. What the other side tells by itself (BGP) is not in the code.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { LinkEnd } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { type Block, get, isUnknown, texts } from '../resource.ts';
import { siteOf } from '../site.ts';
import { networkAt } from './network-name.ts';
import { sendersIn, subnetsIn, tableOf } from './routes.ts';

const GATEWAY = 'aws_vpn_gateway';
const ATTACHED = 'aws_vpn_gateway_attachment';
const CONNECTION = 'aws_vpn_connection';
const ROUTE = 'aws_vpn_connection_route';
const PROPAGATION = 'aws_vpn_gateway_route_propagation';
const TABLES = ['aws_route_table', 'aws_default_route_table'];
const TRANSIT = 'aws_ec2_transit_gateway';
const TRANSIT_ATTACHMENT = 'aws_ec2_transit_gateway_vpc_attachment';
const TRANSIT_ROUTE = 'aws_ec2_transit_gateway_route';

export const SITE_READERS: Readers = {
  [GATEWAY]: gatewaySite,
  [CONNECTION]: transitSite,
  ...Object.fromEntries([ATTACHED, ROUTE, PROPAGATION, 'aws_customer_gateway'].map((type) => [type, () => NOTHING])),
};

function gatewaySite(gateway: Resource, context: Context): Facts {
  const attached = [gateway, ...context.users(gateway, ATTACHED, 'vpn_gateway_id')].find(({ body }) =>
    get(body, 'vpc_id'),
  );
  if (!attached) return NOTHING;
  const network = networkAt(get(attached.body, 'vpc_id'), attached, context);
  const connections = context.users(gateway, CONNECTION, 'vpn_gateway_id');
  const fixed = connections.flatMap((one) => rangesTold(one, context));
  const leads = (route: Block): boolean =>
    context.meaning(get(route, 'gateway_id'), [GATEWAY]).meant.some(({ resource }) => resource === gateway);
  const written = sendersIn(network, leads, gateway, context);
  const learned = subnetsIn(network.name, context).filter((subnet) => learns(subnet, gateway, context));
  const ends = written.map((end): LinkEnd => {
    const propagated = fixed.length > 0 && learned.some(({ address }) => end.segment.endsWith(`:${address}`));
    const { unknown: hidden, addresses = [], ...rest } = end;
    return propagated && !hidden ? { ...rest, addresses: [...addresses, ...fixed] } : end;
  });
  // Whatever is sent to the gateway goes to the other side.
  const routed = ends.flatMap(({ addresses = [] }) => addresses);
  return sitesOf(connections[0] ?? gateway, ends, [...fixed, ...routed]);
}

/** The static routes of a connection. */
function rangesTold(connection: Resource, context: Context): readonly string[] {
  return context
    .users(connection, ROUTE, 'vpn_connection_id')
    .flatMap(({ body }) => texts(body, 'destination_cidr_block'))
    .flatMap((item) => (isUnknown(item) ? [] : [item.text]));
}

/** Whether the table of a subnet takes in what a gateway learns. */
function learns(subnet: Resource, gateway: Resource, context: Context): boolean {
  const table = tableOf(subnet, context);
  if (!table) return false;
  const apart = context.users(gateway, PROPAGATION, 'vpn_gateway_id');
  const named = context.meaning(get(table.body, 'propagating_vgws'), [GATEWAY]).meant;
  return (
    named.some(({ resource }) => resource === gateway) ||
    apart.some((one) =>
      context.meaning(get(one.body, 'route_table_id'), TABLES).meant.some((each) => each.resource === table),
    )
  );
}

/** A connection to a transit gateway: what routes of that lead to it, for the networks that send there. */
function transitSite(connection: Resource, context: Context): Facts {
  const transit = context.one(connection, 'transit_gateway_id', [TRANSIT]);
  if (!transit) return NOTHING;
  const told = context
    .users(connection, TRANSIT_ROUTE, 'transit_gateway_attachment_id')
    .flatMap(({ body }) => texts(body, 'destination_cidr_block'))
    .flatMap((item) => (isUnknown(item) ? [] : [item.text]));
  const ends = context.users(transit, TRANSIT_ATTACHMENT, 'transit_gateway_id').flatMap((attachment) => {
    const network = networkAt(get(attachment.body, 'vpc_id'), attachment, context);
    const leads = (route: Block): boolean =>
      context.meaning(get(route, 'transit_gateway_id'), [TRANSIT]).meant.some(({ resource }) => resource === transit);
    return sendersIn(network, leads, attachment, context);
  });
  return sitesOf(connection, ends, told);
}

function sitesOf(at: Resource, ends: readonly LinkEnd[], told: readonly string[]): Facts {
  const receivers = ends.filter(({ addresses, unknown: hidden }) => hidden || (addresses ?? []).length > 0);
  return { sites: siteOf({ at, name: at.address, told, receivers }) };
}
