/** Ways between networks of Google Cloud: peerings, which both sides declare, and tunnels between gateways. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { halfPeering, joint, type Side } from '../link.ts';
import { get } from '../resource.ts';
import { networkOf } from './network.ts';

const GATEWAY = 'google_compute_ha_vpn_gateway';

export const PEERING_READERS: Readers = {
  // Subnets are exchanged by themselves; there is no route to write.
  google_compute_network_peering: (peering, context) => ({
    links: [halfPeering(peering, sideOf(peering, 'network', context), sideOf(peering, 'peer_network', context))],
  }),
  google_compute_network_peering_routes_config: () => NOTHING,
  google_compute_ha_vpn_gateway: () => NOTHING,
  google_compute_vpn_tunnel: tunnel,
};

function sideOf(resource: Resource, attribute: string, context: Context): Side {
  const { name, made } = networkOf(get(resource.body, attribute), resource, context);
  return { name, made: made !== undefined };
}

/** Two gateways of this code; what their routers tell each other is not in it. */
function tunnel(resource: Resource, context: Context): Facts {
  const gateways = ['vpn_gateway', 'peer_gcp_gateway'].flatMap(
    (attribute) => context.one(resource, attribute, [GATEWAY]) ?? [],
  );
  if (gateways.length < 2) return NOTHING;
  const sides = gateways.map((gateway) => sideOf(gateway, 'network', context));
  const learned = unknown(`which routes ${resource.address} learns is not in the code`, resource.origin);
  return { links: joint(resource, 'tunnel', sides, learned) };
}
