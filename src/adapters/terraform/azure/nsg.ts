/**
 * Network security groups (R72–R74): rules by priority, of which the first that matches decides, and Azure's own after
 * them. The group of a subnet and that of an interface are two layers: both have to allow.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Direction, GrantFact, GuardFact, Peer } from '../../../graph/fragment.ts';
import { unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import { addressPeer, grantsOf, mark, marked, unseenGrant, usersOf } from '../guard.ts';
import { blocks, get, isUnknown, whole } from '../resource.ts';
import { IN_A_NETWORK } from './network.ts';
import { APPLICATION_GROUP, refused, ruleGrants } from './nsg-rule.ts';

const GROUP = 'azurerm_network_security_group';
const RULE = 'azurerm_network_security_rule';
const OF_INTERFACE = 'azurerm_network_interface_security_group_association';
const OF_SUBNET = 'azurerm_subnet_network_security_group_association';
/**
 * What belongs to a group without using it: an association of an interface that is here has made its machine the user. What
 * comes into a subnet may come from anywhere.
 */
const OWN = {
  [RULE]: 'network_security_group_name',
  [OF_INTERFACE]: 'network_security_group_id',
  azurerm_network_watcher_flow_log: 'network_security_group_id',
};

export const NSG_READERS: Readers = {
  azurerm_network_security_group: (group, context) => ({
    guards: groupFacts(group, context),
    notices: blocks(group.body, 'security_rule').flatMap((block) => (isUnknown(block) ? [] : refused(block))),
  }),
  azurerm_network_security_rule: (rule, context) => ({ ...strayRule(rule, context), notices: refused(rule.body) }),
  azurerm_network_interface_security_group_association: () => NOTHING,
  azurerm_subnet_network_security_group_association: () => NOTHING,
  azurerm_network_interface_application_security_group_association: () => NOTHING,
};

/** Where a group is used decides its layer. */
const LAYERS = [
  { layer: 0, suffix: '' },
  { layer: 1, suffix: '/subnet' },
] as const;

function groupFacts(group: Resource, context: Context): readonly GuardFact[] {
  const { address, origin } = group;
  const grants = [...rulesOf(group, context), ...defaultGrants(group, context)];
  const onSubnets = context.users(group, OF_SUBNET, 'network_security_group_id').length > 0;
  const common = {
    kind: 'network-security-group',
    name: address,
    namespace: null,
    tier: 0,
    priority: 0,
    isolates: [],
    origin,
  } as const;
  const users = usersOf(group, OWN, context);
  // What both have is said once: of a group that is used in both ways the second guard is the first again.
  return LAYERS.filter(
    ({ layer }) => layer === (onSubnets ? 1 : 0) || (layer === 0 && onInterfaces(group, context)),
  ).map(({ layer, suffix }) => ({
    ...common,
    id: `${address}${suffix}`,
    ...(layer === 0 ? {} : { layer }),
    subject: marked(`${address}${suffix}`, context, origin),
    grants,
    users,
  }));
}

function onInterfaces(group: Resource, context: Context): boolean {
  const others = context.mentions(group).filter(({ type }) => ![RULE, OF_SUBNET].includes(type));
  return others.length > 0;
}

/** Rules inside the group and rules that name it, by priority. */
function rulesOf(group: Resource, context: Context): readonly GrantFact[] {
  const inside = blocks(group.body, 'security_rule').map((block, index) => ({
    block,
    id: `${group.address}/security_rule/${index}`,
    uncertain: isUnknown(block) ? undefined : block.uncertain,
  }));
  const apart = context
    .users(group, RULE, 'network_security_group_name')
    .map((rule) => ({ block: rule.body, id: rule.address, uncertain: rule.uncertain }));
  const ranked = [...inside, ...apart].map((rule) => ({
    ...rule,
    priority: isUnknown(rule.block) ? rule.block : (whole(rule.block, 'priority') ?? 4096),
  }));
  // A rule whose place nobody knows may come before all others.
  const hidden = ranked.flatMap(({ priority, block, id, uncertain }) =>
    typeof priority === 'number'
      ? []
      : isUnknown(block)
        ? [unseenGrant(id, 'ingress', block)]
        : ruleGrants(block, id, uncertain ?? priority, context),
  );
  const sorted = ranked
    .flatMap((rule) =>
      typeof rule.priority === 'number' && !isUnknown(rule.block)
        ? [{ ...rule, number: rule.priority, block: rule.block }]
        : [],
    )
    .sort((a, b) => a.number - b.number);
  return [
    ...hidden,
    ...sorted.flatMap(({ block, id, uncertain }) => ruleGrants(block, id, uncertain ?? group.uncertain, context)),
  ];
}

function strayRule(rule: Resource, context: Context) {
  const { meant, unknown: hidden } = context.meaning(get(rule.body, 'network_security_group_name'), [GROUP]);
  if (meant.length > 0) return NOTHING;
  const { address, origin } = rule;
  const guard: GuardFact = {
    id: address,
    kind: 'network-security-group',
    name: `the group of ${address}`,
    namespace: null,
    subject: marked(address, context, origin),
    tier: 0,
    priority: 0,
    isolates: [],
    grants: ruleGrants(rule.body, address, rule.uncertain, context),
    users: hidden[0] ?? unknown('its group is not in the code', origin),
    origin,
  };
  return { guards: [guard] };
}

/** What Azure adds to every group (R72). */
function defaultGrants(group: Resource, context: Context): readonly GrantFact[] {
  const { address, origin } = group;
  const network: Peer = { kind: 'workloads', selector: marked(IN_A_NETWORK, context, origin), origin };
  const allow = (direction: Direction, peers: readonly Peer[], name: string) =>
    grantsOf({ id: `${address}/${name}`, name, direction, peers, ports: [], verdict: 'allow', implicit: true });
  const deny = (direction: Direction, name: string): GrantFact => ({
    id: `${address}/${name}`,
    name,
    direction,
    peers: [],
    ports: [],
    verdict: 'deny',
    implicit: true,
    origin,
  });
  return [
    ...allow('ingress', [network], 'AllowVnetInBound'),
    deny('ingress', 'DenyAllInBound'),
    ...allow('egress', [network, addressPeer('0.0.0.0/0', origin)], 'AllowVnetAndInternetOutBound'),
    deny('egress', 'DenyAllOutBound'),
  ];
}

/** The marks of what has these interfaces, in these subnets: their groups', and those of the application groups. */
export function groupMarks(interfaces: readonly Resource[], subnets: readonly Resource[], context: Context) {
  const labels = new Map<string, string>();
  let guarded = false;
  for (const card of interfaces) {
    for (const one of context.users(card, OF_INTERFACE, 'network_interface_id')) {
      guarded = true;
      for (const { resource } of context.meaning(get(one.body, 'network_security_group_id'), [GROUP]).meant)
        labels.set(...mark(resource.address, context));
    }
    for (const one of context.users(
      card,
      'azurerm_network_interface_application_security_group_association',
      'network_interface_id',
    )) {
      for (const { resource } of context.meaning(get(one.body, 'application_security_group_id'), [APPLICATION_GROUP])
        .meant)
        labels.set(...mark(resource.address, context));
    }
  }
  for (const subnet of subnets) {
    for (const one of context.users(subnet, OF_SUBNET, 'subnet_id')) {
      guarded = true;
      for (const { resource } of context.meaning(get(one.body, 'network_security_group_id'), [GROUP]).meant)
        labels.set(...mark(`${resource.address}/subnet`, context));
    }
  }
  return { labels, guarded };
}
