/** Ways between virtual networks: peerings, which both sides declare, hubs of a virtual WAN, and tunnels (R74). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import { halfPeering, joint, type Side } from '../link.ts';
import { blocks, get, isUnknown, knownText, texts, truth } from '../resource.ts';
import { NETWORK, networkAt } from './network.ts';

const CONNECTION = 'azurerm_virtual_hub_connection';
const GATEWAY = 'azurerm_virtual_network_gateway';
const SUBNET = 'azurerm_subnet';

export const PEERING_READERS: Readers = {
  azurerm_virtual_network_peering: (peering, context) => {
    const allowed = truth(peering.body, 'allow_virtual_network_access', true);
    if (allowed === false) return NOTHING;
    const own = sideAt(get(peering.body, 'virtual_network_name'), peering, context);
    const peer = sideAt(get(peering.body, 'remote_virtual_network_id'), peering, context);
    return { links: [halfPeering(peering, own, peer, isUnknown(allowed) ? allowed : undefined)] };
  },
  azurerm_virtual_hub: (hub, context) => {
    const connections = context.users(hub, CONNECTION, 'virtual_hub_id');
    const sides = connections.map((one) => sideAt(get(one.body, 'remote_virtual_network_id'), one, context));
    return { links: joint(hub, 'transit', sides) };
  },
  [CONNECTION]: () => NOTHING,
  azurerm_virtual_network_gateway_connection: tunnel,
};

/** Two gateways of this code, each in the gateway subnet of its network. */
function tunnel(connection: Resource, context: Context) {
  const gateways = ['virtual_network_gateway_id', 'peer_virtual_network_gateway_id'].flatMap(
    (name) => context.one(connection, name, [GATEWAY]) ?? [],
  );
  if (gateways.length < 2 || knownText(connection.body, 'type')?.toLowerCase() !== 'vnet2vnet') return NOTHING;
  const sides = gateways.flatMap((gateway) =>
    blocks(gateway.body, 'ip_configuration').flatMap((block) => {
      if (isUnknown(block)) return [];
      const { meant } = context.meaning(get(block, 'subnet_id'), [SUBNET]);
      return meant.map(({ resource }) => sideAt(get(resource.body, 'virtual_network_name'), resource, context));
    }),
  );
  const learned = unknown(`which routes ${connection.address} has is not in the code`, connection.origin);
  const routed = truth(connection.body, 'enable_bgp', false) === false;
  return { links: joint(connection, 'tunnel', sides, routed ? undefined : learned) };
}

function sideAt(value: Value | undefined, resource: Resource, context: Context): Side {
  const { name, made } = networkAt(value, resource.address, context);
  if (!made) return { name, made: false };
  const [network] = context.meaning(value, [NETWORK]).meant;
  const ranges = texts(network?.resource.body, 'address_space');
  const known = ranges.flatMap((item) => (isUnknown(item) ? [] : [item.text]));
  return { name, made: true, ...(known.length > 0 && known.length === ranges.length ? { ranges: known } : {}) };
}
