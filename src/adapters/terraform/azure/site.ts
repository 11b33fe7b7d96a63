/**
 * What stands at the far end of a site-to-site connection of Azure (R74): the addresses of a local network gateway, for the
 * network in which the other gateway stands.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { LinkEnd } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { type Facts, type Readers, segmentKey } from '../facts.ts';
import { get, isUnknown, knownBlocks, knownText, texts, truth } from '../resource.ts';
import { siteOf } from '../site.ts';
import { networkAt } from './network.ts';

const GATEWAY = 'azurerm_virtual_network_gateway';
const CONNECTION = 'azurerm_virtual_network_gateway_connection';
const LOCAL = 'azurerm_local_network_gateway';
const SUBNET = 'azurerm_subnet';
const TABLE = 'azurerm_route_table';
const ASSOCIATION = 'azurerm_subnet_route_table_association';

export const SITE_READERS: Readers = { [LOCAL]: localGateway };

function localGateway(local: Resource, context: Context): Facts {
  const told = texts(local.body, 'address_space').flatMap((item) => (isUnknown(item) ? [] : [item.text]));
  const sites = context.users(local, CONNECTION, 'local_network_gateway_id').flatMap((connection) => {
    const gateway = context.one(connection, 'virtual_network_gateway_id', [GATEWAY]);
    if (!gateway || knownText(connection.body, 'type')?.toLowerCase() !== 'ipsec') return [];
    const receivers = receiversOf(gateway, context);
    return siteOf({
      at: connection,
      name: local.address,
      told,
      receivers,
      doubt: connection.uncertain ?? local.uncertain,
    });
  });
  return { sites };
}

/** The network of a gateway; subnets whose table takes no routes of gateways have no way back. */
function receiversOf(gateway: Resource, context: Context): readonly LinkEnd[] {
  const subnets = knownBlocks(gateway.body, 'ip_configuration').flatMap((block) =>
    context.meaning(get(block, 'subnet_id'), [SUBNET]).meant.map(({ resource }) => resource),
  );
  return subnets.flatMap((subnet) => {
    const network = networkAt(get(subnet.body, 'virtual_network_name'), subnet.address, context);
    const shut = context
      .all(SUBNET)
      .filter((one) => networkAt(get(one.body, 'virtual_network_name'), one.address, context).name === network.name)
      .flatMap((one): readonly LinkEnd[] => {
        const table = tableOf(one, context);
        const segment = segmentKey('subnet', one.address);
        return table && takesNone(table) ? [{ segment, addresses: [], origin: table.origin }] : [];
      });
    return [{ segment: segmentKey('virtual-network', network.name), origin: gateway.origin }, ...shut];
  });
}

function tableOf(subnet: Resource, context: Context): Resource | undefined {
  const [association] = context.users(subnet, ASSOCIATION, 'subnet_id');
  return association && context.one(association, 'route_table_id', [TABLE]);
}

function takesNone({ body }: Resource): boolean {
  const newer = truth(body, 'bgp_route_propagation_enabled', true);
  return newer === false || truth(body, 'disable_bgp_route_propagation', false) === true;
}
