/**
 * What stands at the far end of a VPN or an interconnect of Google Cloud (R71): the addresses that routes through a tunnel are
 * for, and those that a peer of a router is said to have. What peers tell by themselves (BGP) is not in the code.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { SiteFact } from '../../../graph/fragment.ts';
import { type Unknown, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, segmentKey } from '../facts.ts';
import { blocks, get, isUnknown, texts, truth, type Written } from '../resource.ts';
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
  const some = tags && unknown('the route is for machines with a tag only', tags.origin);
  return siteOf(route, tunnel.resource.address, texts(body, 'dest_range'), get(body, 'network'), origin, context, some);
}

/** What somebody says that the peers of a router have, in place of what these would tell. */
function toldOfPeers(router: Resource, context: Context): Facts {
  const peers = context.users(router, PEER, 'router').filter(({ body }) => truth(body, 'enable', true) !== false);
  const sites = peers.flatMap((peer) => {
    const ranges = blocks(peer.body, 'custom_learned_ip_ranges').flatMap((block) =>
      isUnknown(block) ? [] : texts(block, 'range'),
    );
    return siteOf(peer, peer.address, ranges, get(router.body, 'network'), router.origin, context).sites ?? [];
  });
  return sites.length > 0 ? { sites } : NOTHING;
}

function siteOf(
  told: Resource,
  name: string,
  ranges: readonly (Written | Unknown)[],
  network: Value | undefined,
  place: Resource['origin'],
  context: Context,
  doubt: Unknown | undefined = told.uncertain,
): Facts {
  const known = ranges.flatMap((item) => (isUnknown(item) || EVERYWHERE.has(item.text) ? [] : [item.text]));
  if (known.length === 0) return NOTHING;
  const segment = segmentKey('virtual-network', networkOf(network, told, context).name);
  const site: SiteFact = {
    id: told.address,
    name,
    ranges: known,
    receivers: [{ segment, origin: network?.origin ?? place }],
    ...(doubt ? { unknown: doubt } : {}),
    origin: told.origin,
  };
  return { sites: [site] };
}

/** Whoever has routes to everywhere says nothing of who is there. */
const EVERYWHERE: ReadonlySet<string> = new Set(['0.0.0.0/0', '::/0']);
