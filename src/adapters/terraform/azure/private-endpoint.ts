/** Private endpoints (R76): the addresses that a managed service has inside virtual networks, past its own lists. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Peer } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { marked } from '../guard.ts';
import { get } from '../resource.ts';
import { IN_A_NETWORK, type Standing, standingOf } from './network.ts';

/** Where a service stands by its private endpoints, and who gets in by them. */
export type PrivateWays = Pick<Standing, 'memberships' | 'segments' | 'labels'> & { readonly peers: readonly Peer[] };

const CONNECTION = 'private_service_connection.private_connection_resource_id';

export function privateWays(service: Resource, context: Context): PrivateWays {
  const endpoints = context.users(service, 'azurerm_private_endpoint', CONNECTION);
  const { memberships, segments, labels } = standingOf(
    endpoints.map(({ body }) => get(body, 'subnet_id')),
    context,
  );
  // Whoever shares the network comes in by the endpoint; the lists are for the public address.
  const peers = endpoints.map(
    ({ origin }): Peer => ({ kind: 'workloads', selector: marked(IN_A_NETWORK, context, origin), origin }),
  );
  return { memberships, segments, labels, peers };
}
