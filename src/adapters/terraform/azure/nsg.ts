/**
 * Network security groups (R72–R74): rules by priority, of which the first that matches decides, and Azure's own after
 * them. The group of a subnet and that of an interface are two layers: both have to allow.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Direction, GrantFact, GrantPort, GuardFact, Peer } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import { addressPeer, grantsOf, mark, marked, type Ports, unseenGrant, unseenPeer, usersOf } from '../guard.ts';
import {
  type Block,
  blocks,
  get,
  isUnknown,
  knownText,
  originOf,
  text,
  texts,
  type Written,
  whole,
} from '../resource.ts';
import { IN_A_NETWORK } from './network.ts';

const GROUP = 'azurerm_network_security_group';
const RULE = 'azurerm_network_security_rule';
const OF_INTERFACE = 'azurerm_network_interface_security_group_association';
const OF_SUBNET = 'azurerm_subnet_network_security_group_association';
/** What belongs to a group without using it: an association of something that is here has made that its user. */
const OWN = {
  [RULE]: 'network_security_group_name',
  [OF_INTERFACE]: 'network_security_group_id',
  [OF_SUBNET]: 'network_security_group_id',
  azurerm_network_watcher_flow_log: 'network_security_group_id',
};
const APPLICATION_GROUP = 'azurerm_application_security_group';

const DIRECTIONS = { inbound: 'ingress', outbound: 'egress' } as const;

export const NSG_READERS: Readers = {
  azurerm_network_security_group: (group, context) => ({ guards: groupFacts(group, context) }),
  azurerm_network_security_rule: (rule, context) => strayRule(rule, context),
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

function ruleGrants(block: Block, id: string, uncertain: Unknown | undefined, context: Context): readonly GrantFact[] {
  const written = knownText(block, 'direction')?.toLowerCase();
  const direction = DIRECTIONS[written === 'outbound' ? 'outbound' : 'inbound'];
  const access = knownText(block, 'access')?.toLowerCase();
  const side = direction === 'ingress' ? 'source' : 'destination';
  const { ports, perhaps } = portsOf(block);
  const vague = [written === undefined ? 'direction' : '', access === undefined ? 'access' : ''].find(
    (name) => name !== '',
  );
  const hidden = vague
    ? unknown(`its ${vague} is not in the code`, originOf(block, vague, block.origin))
    : narrowed(block, direction);
  return grantsOf({
    id,
    name: knownText(block, 'name'),
    direction,
    peers: peersOf(block, side, context),
    ports,
    perhaps: uncertain ?? hidden ?? perhaps,
    verdict: access === 'deny' ? 'deny' : 'allow',
  });
}

const ANYWHERE: ReadonlySet<string> = new Set(['*', '0.0.0.0/0', '::/0', 'any', 'internet', 'virtualnetwork']);

/** R74: a rule for some addresses of what it guards is not for all of it, and whose they are is not in the code. */
function narrowed(block: Block, direction: Direction): Unknown | undefined {
  const own = direction === 'ingress' ? 'destination' : 'source';
  const named = [...texts(block, `${own}_address_prefix`), ...texts(block, `${own}_address_prefixes`)];
  const groups = get(block, `${own}_application_security_group_ids`);
  const narrow = named.find((item) => isUnknown(item) || !ANYWHERE.has(item.text.toLowerCase()));
  if (!narrow && !groups) return undefined;
  const place = narrow?.origin ?? groups?.origin ?? block.origin;
  return unknown('it is for some addresses only, and which workloads have these is not in the code', place);
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'];

function peersOf(block: Block, side: 'source' | 'destination', context: Context): readonly Peer[] {
  const written = [...texts(block, `${side}_address_prefix`), ...texts(block, `${side}_address_prefixes`)];
  const groups = context.meaning(get(block, `${side}_application_security_group_ids`), [APPLICATION_GROUP]);
  return [
    ...written.flatMap((item) => (isUnknown(item) ? [unseenPeer(item)] : prefixPeers(item, context))),
    ...groups.meant.map(
      ({ resource, origin }): Peer => ({
        kind: 'workloads',
        selector: marked(resource.address, context, origin),
        origin,
      }),
    ),
    ...groups.unknown.map((each) => unseenPeer(each, 'workloads')),
  ];
}

function prefixPeers({ text: written, origin }: Written, context: Context): readonly Peer[] {
  switch (written.toLowerCase()) {
    case '*':
    case 'any':
      return [addressPeer('0.0.0.0/0', origin), addressPeer('::/0', origin)];
    case 'internet':
      return [{ kind: 'addresses', cidr: '0.0.0.0/0', except: PRIVATE, origin }];
    case 'virtualnetwork':
      return [{ kind: 'workloads', selector: marked(IN_A_NETWORK, context, origin), origin }];
    case 'azureloadbalancer':
      return [addressPeer('168.63.129.16/32', origin)];
  }
  if (/^[0-9a-f]*[.:]/i.test(written) || /^\d/.test(written)) return [addressPeer(written, origin)];
  return [{ kind: 'unknown', because: `which addresses the tag ${written} has is not in the code`, origin }];
}

/** The ports of a rule, as Azure writes them: `*`, `22`, `8000-8010`, or lists of these. */
function portsOf(block: Block): Ports {
  const protocol = text(block, 'protocol');
  const origin = originOf(block, 'destination_port_range', originOf(block, 'destination_port_ranges', block.origin));
  if (isUnknown(protocol)) return { ports: [], perhaps: protocol };
  const known = protocolOf(protocol);
  if (known === 'other') return { ports: [{ protocol: 'other', ports: null, origin }] };
  const written = [...texts(block, 'destination_port_range'), ...texts(block, 'destination_port_ranges')];
  const hidden = written.find(isUnknown);
  if (hidden) return { ports: known === null ? [] : [{ protocol: known, ports: null, origin }], perhaps: hidden };
  const ranges = written.flatMap((item) => (isUnknown(item) ? [] : [rangeOf(item, known)]));
  // Every port of every protocol is what no list of ports stands for.
  return { ports: known === null && ranges.some(({ ports }) => ports === null) ? [] : ranges };
}

function protocolOf(written: string | undefined): GrantPort['protocol'] {
  switch ((written ?? '*').toLowerCase()) {
    case '*':
    case 'any':
      return null;
    case 'tcp':
      return 'tcp';
    case 'udp':
      return 'udp';
  }
  return 'other';
}

function rangeOf({ text: written, origin }: Written, protocol: GrantPort['protocol']): GrantPort {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(written.trim());
  if (!match) return { protocol, ports: null, origin };
  const from = Number(match[1]);
  return { protocol, ports: { from: Math.max(1, from), to: Number(match[2] ?? match[1]) }, origin };
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
