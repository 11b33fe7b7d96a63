/**
 * Private ways to services (R71): endpoints that are routes, and endpoints with interfaces. Both lead somebody there only
 * where a route table or a name does.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Context } from '../context.ts';
import { type Facts, type Readers, workloadFact } from '../facts.ts';
import { get, isUnknown, knownText, originOf, text, truth } from '../resource.ts';
import { groupsOf } from './interface-groups.ts';
import { standingOf } from './vpc.ts';

export const VPC_ENDPOINT_READERS: Readers = { aws_vpc_endpoint: vpcEndpoint };

function vpcEndpoint(endpoint: Resource, context: Context): Facts {
  const type = text(endpoint.body, 'vpc_endpoint_type') ?? 'Gateway';
  if (isUnknown(type)) return {};
  const traits = type === 'Gateway' ? unrouted(endpoint, context) : unnamed(endpoint, type, context);
  if (type === 'Gateway' || type === 'GatewayLoadBalancer') {
    return traits.length === 0 ? {} : { workloads: [workloadFact(endpoint, { kind: 'endpoint', traits })] };
  }
  const { body } = endpoint;
  const standing = standingOf(endpoint, get(body, 'subnet_ids'), get(body, 'vpc_id'), context);
  const held = groupsOf(endpoint, ['security_group_ids'], standing, context);
  const { memberships, ranges } = standing;
  return {
    segments: standing.segments,
    guards: held.guards,
    workloads: [
      workloadFact(endpoint, {
        kind: 'endpoint',
        memberships,
        ranges,
        labels: new Map([...standing.labels, ...held.labels]),
        traits: [...traits, ...held.traits],
      }),
    ],
  };
}

/** A gateway endpoint is a route: nothing takes it that is in none of its tables. */
function unrouted(endpoint: Resource, context: Context): readonly TraitFact[] {
  const tables = get(endpoint.body, 'route_table_ids');
  const named = tables !== undefined && !(tables.kind === 'list' && tables.items.length === 0);
  const joined = context.users(endpoint, 'aws_vpc_endpoint_route_table_association', 'vpc_endpoint_id');
  if (named || joined.length > 0 || context.leaves(endpoint)) return [];
  return [{ trait: 'unrouted-endpoint', origin: originOf(endpoint.body, 'route_table_ids', endpoint.origin) }];
}

/** An interface endpoint is found by the service's own name where its network answers it so. */
function unnamed(endpoint: Resource, type: string, context: Context): readonly TraitFact[] {
  if (type !== 'Interface' || !isOfPlatform(endpoint)) return [];
  const own = truth(endpoint.body, 'private_dns_enabled', false);
  if (own !== true) return [];
  const vpc = context.one(endpoint, 'vpc_id', ['aws_vpc']);
  const resolves = vpc ? truth(vpc.body, 'enable_dns_support', true) : true;
  if (resolves !== false) return [];
  return [{ trait: 'unrouted-endpoint', origin: originOf(endpoint.body, 'private_dns_enabled', endpoint.origin) }];
}

function isOfPlatform({ body }: Resource): boolean {
  return /^com\.amazonaws\./.test(knownText(body, 'service_name') ?? 'com.amazonaws.');
}
