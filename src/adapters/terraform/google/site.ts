/**
 * What stands at the far end of a VPN or an interconnect of Google Cloud (R71): the addresses that routes through a tunnel are
 * for, and those that a peer of a router is said to have. What peers tell by themselves (BGP) is not in the code.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { LinkEnd } from '../../../graph/fragment.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, segmentKey } from '../facts.ts';
import { get, isUnknown, knownBlocks, texts, truth, type Written } from '../resource.ts';
import { siteOf } from '../site.ts';
import { networkOf } from './network.ts';

const TUNNEL = 'google_compute_vpn_tunnel';
const PEER = 'google_compute_router_peer';

export const SITE_READERS: Readers = {
  google_compute_route: throughTunnel,
  google_compute_router: toldOfPeers,
  [PEER]: () => NOTHING,
};

/** A route through a tunnel says who is behind it. */
function throughTunnel(route: Resource, context: Context): Facts {
  const { body, origin } = route;
  const [tunnel] = context.meaning(get(body, 'next_hop_vpn_tunnel'), [TUNNEL]).meant;
  if (!tunnel) return NOTHING;
  const tags = get(body, 'tags');
  const doubt = tags && unknown('the route is for machines with a tag only', tags.origin);
  const receivers = [endAt(get(body, 'network'), route, origin, context)];
  return {
    sites: siteOf({
      at: route,
      name: tunnel.resource.address,
      told: written(texts(body, 'dest_range')),
      receivers,
      doubt,
    }),
  };
}

/** What somebody says that the peers of a router have, in place of what these would tell. */
function toldOfPeers(router: Resource, context: Context): Facts {
  const peers = context.users(router, PEER, 'router').filter(({ body }) => truth(body, 'enable', true) !== false);
  const sites = peers.flatMap((at) => {
    const told = knownBlocks(at.body, 'custom_learned_ip_ranges').flatMap((block) => written(texts(block, 'range')));
    const receivers = [endAt(get(router.body, 'network'), at, router.origin, context)];
    return siteOf({ at, name: at.address, told, receivers });
  });
  return { sites };
}

function written(ranges: readonly (Written | Unknown)[]): readonly string[] {
  return ranges.flatMap((item) => (isUnknown(item) ? [] : [item.text]));
}

/** The network that sends there. */
function endAt(network: Value | undefined, user: Resource, place: Origin, context: Context): LinkEnd {
  const segment = segmentKey('virtual-network', networkOf(network, user, context).name);
  return { segment, origin: network?.origin ?? place };
}
