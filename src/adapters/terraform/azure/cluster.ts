/** Managed clusters of Azure (R76): who gets to the API, and what the cluster does with policies. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { clusterApi } from '../cluster-api.ts';
import type { Context } from '../context.ts';
import type { Facts } from '../facts.ts';
import { firstBlock, get, isUnknown, originOf, text, texts, truth } from '../resource.ts';
import { setting } from './setting.ts';

export function cluster(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const shut = truth(body, 'private_cluster_enabled', false);
  const profile = firstBlock(body, 'api_server_access_profile');
  const listed = [...texts(body, 'api_server_authorized_ip_ranges'), ...texts(profile, 'authorized_ip_ranges')];
  const place = originOf(body, 'private_cluster_enabled', origin);
  const traits = [...publicNodes(resource, context), ...policies(resource), ...consoles(resource)];
  return clusterApi(resource, { shut, place, allowed: listed.length === 0 ? undefined : listed, traits }, context);
}

/** The switch by which nodes get public addresses, by its names of two versions of the provider. */
const NODE_ADDRESSES = ['node_public_ip_enabled', 'enable_node_public_ip'];

/** Nodes have inner addresses alone, unless a pool of them says otherwise. */
function publicNodes(resource: Resource, context: Context): readonly TraitFact[] {
  const pools = context.users(resource, 'azurerm_kubernetes_cluster_node_pool', 'kubernetes_cluster_id');
  const own = firstBlock(resource.body, 'default_node_pool');
  return [...(own ? [own] : []), ...pools.map((pool) => pool.body)].flatMap((pool): readonly TraitFact[] => {
    const { on, origin } = setting(pool, NODE_ADDRESSES, false, resource.origin);
    if (on === false) return [];
    return [{ trait: 'public-nodes', ...(isUnknown(on) ? { unknown: on } : {}), origin }];
  });
}

const ENGINES: ReadonlySet<string> = new Set(['azure', 'calico', 'cilium']);

/** Policies are kept where an engine for them is named, and nowhere else. */
function policies({ body, origin }: Resource): readonly TraitFact[] {
  const network = firstBlock(body, 'network_profile');
  const engine = text(network, 'network_policy');
  const trait = 'policies-unenforced';
  if (isUnknown(engine)) return [{ trait, unknown: engine, origin: engine.origin }];
  if (engine !== undefined && ENGINES.has(engine.toLowerCase())) return [];
  return [{ trait, origin: originOf(network, 'network_policy', network?.origin ?? origin) }];
}

function consoles({ body, origin }: Resource): readonly TraitFact[] {
  const board = firstBlock(firstBlock(body, 'addon_profile'), 'kube_dashboard');
  if (!board || get(board, 'enabled') === undefined) return [];
  const { on, origin: place } = setting(board, ['enabled'], false, origin);
  if (on === false) return [];
  return [{ trait: 'web-console', ...(isUnknown(on) ? { unknown: on } : {}), origin: place }];
}
