/** Peerings of AWS (R71): both sides have to accept, and each sends what its routes lead there, never any further. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { LinkEnd, LinkFact } from '../../../graph/fragment.ts';
import { addressCount, parseAddresses, publicPart } from '../../../graph/sets/address-set.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers, segmentFact, segmentKey, unseenNetwork } from '../facts.ts';
import { type Block, get, isUnknown, knownBlocks, knownText, truth } from '../resource.ts';
import { type Network, networkAt } from './network-name.ts';
import { destinationsOf, rangesIn, sendersIn } from './routes.ts';

const PEERING = 'aws_vpc_peering_connection';
const ACCEPTER = 'aws_vpc_peering_connection_accepter';
const THERE = 'vpc_peering_connection_id';

export const PEERING_READERS: Readers = {
  [PEERING]: (peering, context) => ({ links: [linkFact(peering, context)] }),
  [ACCEPTER]: () => NOTHING,
  aws_vpc_peering_connection_options: () => NOTHING,
  aws_route_table: tableFacts,
  aws_default_route_table: tableFacts,
  aws_route: routeFacts,
};

function linkFact(peering: Resource, context: Context): LinkFact {
  const { address, body, origin } = peering;
  const sides = ['vpc_id', 'peer_vpc_id'].map((name) => networkAt(get(body, name), peering, context));
  const same = new Set([peering, ...context.users(peering, ACCEPTER, THERE)]);
  const leads = (route: Block): boolean => {
    const { meant } = context.meaning(get(route, THERE), [PEERING, ACCEPTER]);
    return meant.some(({ resource }) => same.has(resource));
  };
  const hidden = peering.uncertain ?? acceptance(peering, context);
  return {
    id: address,
    kind: 'peering',
    name: address,
    senders: sides.flatMap((side) => sendersIn(side, leads, peering, context)),
    receivers: sides.map((side) => receiver(side, peering, context)),
    ...(hidden ? { unknown: hidden } : {}),
    origin,
  };
}

/** A network that packets are delivered in. */
export function receiver({ name, made }: Network, { origin }: Resource, context: Context): LinkEnd {
  const ranges = made && rangesIn(made, context);
  return { segment: segmentKey('virtual-network', name), ...(ranges ? { addresses: ranges } : {}), origin };
}

/** Why it may not be accepted. */
function acceptance(peering: Resource, context: Context): Unknown | undefined {
  const accepting = [peering, ...context.users(peering, ACCEPTER, THERE)];
  const answers = accepting.map(({ body }) => truth(body, 'auto_accept', false));
  if (answers.includes(true)) return undefined;
  return (
    answers.find(isUnknown) ??
    unknown(`whether the other side accepts ${peering.address} is not in the code`, peering.origin)
  );
}

function tableFacts(table: Resource, context: Context): Facts {
  const routes = knownBlocks(table.body, 'route');
  const value = get(table.body, 'vpc_id') ?? get(table.body, 'default_route_table_id');
  return wideRoutes(routes, networkAt(value, table, context), table, context);
}

function routeFacts(route: Resource, context: Context): Facts {
  const tables = context.meaning(get(route.body, 'route_table_id'), ['aws_route_table', 'aws_default_route_table']);
  const [table] = tables.meant;
  const value = table
    ? (get(table.resource.body, 'vpc_id') ?? get(table.resource.body, 'default_route_table_id'))
    : get(route.body, 'route_table_id');
  return wideRoutes([route.body], networkAt(value, route, context), route, context);
}

/** More addresses of the internet than any network of somebody's own has. */
const TOO_MANY = 2 ** 24;

/** The network of a table that sends to a peer what cannot be the peer's. */
function wideRoutes(routes: readonly Block[], network: Network, { origin }: Resource, context: Context): Facts {
  const traits = routes.flatMap((route): readonly TraitFact[] => {
    const peer = get(route, THERE);
    if (peer === undefined || knownText(route, THERE) === '') return [];
    return destinationsOf(route, context).flatMap((to): readonly TraitFact[] => {
      if (isUnknown(to)) return [];
      const { v4, v6 } = addressCount(publicPart(parseAddresses(to.text) ?? { v4: [], v6: [] }));
      const wide = v4 > TOO_MANY || v6 > 2n ** 112n;
      return wide ? [{ trait: 'routes-everything', origin: to.origin }] : [];
    });
  });
  if (traits.length === 0) return NOTHING;
  const fact = network.made
    ? segmentFact('virtual-network', network.made)
    : unseenNetwork('aws', { address: network.name, origin });
  return { segments: [{ ...fact, traits }] };
}
