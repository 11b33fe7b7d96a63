/** Managed clusters of Google Cloud (R80): who gets to the API, whether nodes are public, and what becomes of policies. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Trait, TraitFact } from '../../../graph/trait.ts';
import type { Origin } from '../../../source/span.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import { clusterApi } from '../cluster-api.ts';
import type { Context } from '../context.ts';
import type { Facts } from '../facts.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownText, originOf, texts, truth } from '../resource.ts';

/** The API of a cluster is on the internet unless its endpoint is private, for whom the authorized networks name. */
export function cluster(resource: Resource, context: Context): Facts {
  const { body, origin } = resource;
  const priv = firstBlock(body, 'private_cluster_config');
  const limits = firstBlock(body, 'master_authorized_networks_config');
  const listed = blocks(limits, 'cidr_blocks').flatMap((block) =>
    isUnknown(block) ? [block] : texts(block, 'cidr_block'),
  );
  const allowed = limits ? listed : undefined;
  const place = originOf(priv, 'enable_private_endpoint', priv?.origin ?? origin);
  const traits = [
    ...publicNodes(resource, priv, context),
    ...policies(resource),
    ...routes(resource),
    ...consoles(resource),
    ...platform(limits),
  ];
  return clusterApi(resource, { shut: shutFor(body, priv), place, allowed, traits }, context);
}

/** A private endpoint, or one of neither an address nor a name that the internet resolves. */
function shutFor(body: Block, priv: Block | undefined): boolean | Unknown {
  const endpoints = firstBlock(body, 'control_plane_endpoints_config');
  const addresses = truth(firstBlock(endpoints, 'ip_endpoints_config'), 'enabled', true);
  const name = truth(firstBlock(endpoints, 'dns_endpoint_config'), 'allow_external_traffic', false);
  if (addresses === false && name === false) return true;
  return truth(priv, 'enable_private_endpoint', false);
}

/** Nodes have public addresses, unless the cluster or each of its pools of nodes says no. */
function publicNodes(resource: Resource, priv: Block | undefined, context: Context): readonly TraitFact[] {
  const { body, origin } = resource;
  const name = 'enable_private_nodes';
  const network = firstBlock(firstBlock(body, 'node_config'), 'network_config');
  const closed = truth(priv, name, truth(network, name, false) === true);
  if (closed === true) return [];
  const pools = context.users(resource, 'google_container_node_pool', 'cluster');
  const apart = truth(body, 'remove_default_node_pool', false) === true && pools.length > 0;
  if (apart && pools.every((pool) => truth(firstBlock(pool.body, 'network_config'), name, false) === true)) return [];
  return [fact('public-nodes', closed, originOf(priv, name, priv?.origin ?? origin))];
}

/** Policies are kept by the newer data plane, or where both the engine and the addon for it are on. */
function policies({ body, origin }: Resource): readonly TraitFact[] {
  if (truth(body, 'enable_autopilot', false) !== false) return [];
  const plane = get(body, 'datapath_provider');
  if (isUnknown(plane) || knownText(body, 'datapath_provider') === 'ADVANCED_DATAPATH') return [];
  const engine = firstBlock(body, 'network_policy');
  const enabled = truth(engine, 'enabled', false);
  if (enabled !== true) return [fact('policies-unenforced', enabled, originOf(engine, 'enabled', origin))];
  const addons = firstBlock(body, 'addons_config');
  const addon = firstBlock(addons, 'network_policy_config');
  const off = truth(addon, 'disabled', true);
  if (off === false) return [];
  const place = originOf(addon, 'disabled', addon?.origin ?? addons?.origin ?? origin);
  return [fact('policies-unenforced', isUnknown(off) ? off : false, place)];
}

/** Pods that have addresses of routes and not of the network: no firewall rule and no peer of the network knows them. */
function routes({ body, origin }: Resource): readonly TraitFact[] {
  if (truth(body, 'enable_autopilot', false) !== false) return [];
  const mode = get(body, 'networking_mode');
  if (isUnknown(mode)) return [fact('legacy', mode, mode.origin)];
  if (mode) return knownText(body, 'networking_mode') === 'ROUTES' ? [fact('legacy', false, mode.origin)] : [];
  if (get(body, 'ip_allocation_policy') !== undefined) return [];
  return [fact('legacy', unknown('which mode clusters get hangs on the version of the provider', origin), origin)];
}

function consoles({ body }: Resource): readonly TraitFact[] {
  const board = firstBlock(firstBlock(body, 'addons_config'), 'kubernetes_dashboard');
  if (!board) return [];
  const off = truth(board, 'disabled', false);
  return off === true ? [] : [fact('web-console', off, originOf(board, 'disabled', board.origin))];
}

/** Every machine of Google Cloud, whoever rents it. */
function platform(limits: Block | undefined): readonly TraitFact[] {
  const value = get(limits, 'gcp_public_cidrs_access_enabled');
  const open = truth(limits, 'gcp_public_cidrs_access_enabled', false);
  return value && open !== false ? [fact('open-to-platform', open, value.origin)] : [];
}

function fact(trait: Trait, state: boolean | Unknown, origin: Origin): TraitFact {
  return { trait, ...(isUnknown(state) ? { unknown: state } : {}), origin };
}
