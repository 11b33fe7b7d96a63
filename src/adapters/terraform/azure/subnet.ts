/** Subnets of Azure: those that no security group holds let in whoever gets there (R73). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { SegmentFact } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, segmentFact } from '../facts.ts';
import { blocks, get, isUnknown, knownText, text } from '../resource.ts';

const SUBNET = 'azurerm_subnet';
const OF_SUBNET = 'azurerm_subnet_network_security_group_association';
const OF_INTERFACE = 'azurerm_network_interface_security_group_association';

/** The platform keeps these, by name, and takes no group for them or sets its own. */
const KEPT: ReadonlySet<string> = new Set([
  'gatewaysubnet',
  'azurefirewallsubnet',
  'azurefirewallmanagementsubnet',
  'azurebastionsubnet',
  'routeserversubnet',
]);

/** What brings a guard of its own to the subnet, or is one. */
const GUARDING: ReadonlySet<string> = new Set([
  'azurerm_kubernetes_cluster',
  'azurerm_kubernetes_cluster_node_pool',
  'azurerm_private_endpoint',
  'azurerm_application_gateway',
  'azurerm_firewall',
  'azurerm_bastion_host',
  'azurerm_virtual_network_gateway',
]);

export function subnetFacts(subnet: Resource, context: Context): Facts {
  const trait = unguarded(subnet, context);
  return { segments: [{ ...segmentFact('subnet', subnet), ...(trait ? { traits: [trait] } : {}) }] };
}

function unguarded(subnet: Resource, context: Context): TraitFact | undefined {
  const { body, origin } = subnet;
  const trait = 'unguarded';
  if (KEPT.has(knownText(body, 'name')?.toLowerCase() ?? '') || get(body, 'delegation')) return undefined;
  if (get(body, 'network_security_group_id') || context.users(subnet, OF_SUBNET, 'subnet_id').length > 0)
    return undefined;
  if (context.mentions(subnet).some(({ type }) => GUARDING.has(type))) return undefined;
  const cards = context.users(subnet, 'azurerm_network_interface', 'ip_configuration.subnet_id');
  const held = (card: Resource) => context.users(card, OF_INTERFACE, 'network_interface_id').length > 0;
  if (cards.length > 0 && cards.every(held)) return undefined;
  const leaving = context.leaves(subnet);
  if (leaving) return { trait, unknown: unknown(`${leaving.through} names it for others`, leaving.origin), origin };
  const [stray] = context.strays(OF_SUBNET, 'subnet_id', [SUBNET]);
  if (stray)
    return { trait, unknown: unknown(`which subnet ${stray.address} is for is not in the code`, stray.origin), origin };
  return { trait, origin };
}

/** The subnets that a network has as blocks, each with its group in it. */
export function inlineSubnets(network: Resource): readonly SegmentFact[] {
  return blocks(network.body, 'subnet').flatMap((block): readonly SegmentFact[] => {
    if (isUnknown(block)) return [];
    const name = knownText(block, 'name') ?? '';
    const group = text(block, 'security_group');
    const place = { address: `${network.address}/${name}`, origin: block.origin };
    const bare =
      !isUnknown(group) && (group ?? '') === '' && !KEPT.has(name.toLowerCase()) && !get(block, 'delegation');
    const traits: readonly TraitFact[] = bare
      ? [{ trait: 'unguarded', origin: get(block, 'security_group')?.origin ?? block.origin }]
      : [];
    return [{ ...segmentFact('subnet', place), ...(bare ? { traits } : {}) }];
  });
}
