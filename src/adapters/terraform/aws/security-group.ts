/**
 * Security groups (R58–R60). A group guards whoever names it, in both directions, and what the groups of one interface
 * allow adds up: guards of one tier without priority, which isolate. They are stateful: replies need no rule (R18).
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GrantFact, GuardFact, Peer } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import {
  addressPeer,
  grantsOf,
  type Held,
  heldBy,
  mark,
  marked,
  type Plain,
  unseenGrant,
  unseenPeer,
  usersOf,
} from '../guard.ts';
import { type Block, blocks, get, isUnknown, knownText, originOf, texts, truth } from '../resource.ts';
import { portsOf } from './port.ts';
import { networkNamed, type Standing } from './vpc.ts';

const GROUP = 'aws_security_group';
const DEFAULT_GROUP = 'aws_default_security_group';
const GROUPS = [GROUP, DEFAULT_GROUP];
const RULE = 'aws_security_group_rule';
const SINGLE_RULES = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
} as const;
/** What belongs to a group, and does not use it. */
const OWN = Object.fromEntries([RULE, ...Object.keys(SINGLE_RULES)].map((type) => [type, 'security_group_id']));

const DIRECTIONS = ['ingress', 'egress'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** Who uses what a network starts with. */
const NAMELESS = 'whoever names none in its network uses it';

/** What every security group is among guards. */
export const SECURITY_GROUP: Plain = { kind: 'security-group', isolates: DIRECTIONS, tier: 0 };

export const SECURITY_GROUP_READERS: Readers = {
  aws_security_group: (group, context) => ({ guards: [groupFact(group, context)] }),
  aws_default_security_group: (group, context) => ({ guards: [groupFact(group, context)] }),
  aws_security_group_rule: (rule, context) => strayRule(rule, context),
  aws_vpc_security_group_ingress_rule: (rule, context) => strayRule(rule, context),
  aws_vpc_security_group_egress_rule: (rule, context) => strayRule(rule, context),
};

/** A group with the rules in it and the rules that name it: their union, whichever way they are written (R60). */
function groupFact(group: Resource, context: Context): GuardFact {
  const { address, origin } = group;
  const inside = DIRECTIONS.flatMap((direction) =>
    blocks(group.body, direction).flatMap((block, index) =>
      inlineGrants(block, `${address}/${direction}/${index}`, direction, group, context),
    ),
  );
  const apart = [RULE, ...Object.keys(SINGLE_RULES)].flatMap((type) =>
    context.users(group, type, 'security_group_id').flatMap((rule) => ruleGrants(rule, context)),
  );
  const own =
    group.type === DEFAULT_GROUP ? defaultMark(networkNamed(group, context), context) : mark(address, context);
  return {
    id: address,
    name: address,
    namespace: null,
    ...SECURITY_GROUP,
    priority: null,
    subject: marked(own[0], context, origin),
    grants: uncertain([...inside, ...apart], group.uncertain),
    users: group.type === DEFAULT_GROUP ? unknown(NAMELESS, origin) : usersOf(group, OWN, context),
    origin,
  };
}

/** A rule whose group is not in the code: it opens something that nobody sees. */
function strayRule(rule: Resource, context: Context) {
  const { meant, unknown: hidden } = context.meaning(get(rule.body, 'security_group_id'), GROUPS);
  if (meant.length > 0) return NOTHING;
  const { address, origin } = rule;
  const guard: GuardFact = {
    id: address,
    name: `the group of ${address}`,
    namespace: null,
    ...SECURITY_GROUP,
    priority: null,
    subject: marked(address, context, origin),
    grants: ruleGrants(rule, context),
    users: hidden[0] ?? unknown('its group is not in the code', origin),
    origin,
  };
  return { guards: [guard] };
}

function inlineGrants(
  block: Block | Unknown,
  id: string,
  direction: Direction,
  group: Resource,
  context: Context,
): readonly GrantFact[] {
  if (isUnknown(block)) return [unseenGrant(id, direction, block)];
  const peers = peersOf(block, INLINE, group, context);
  const { ports, perhaps } = portsOf(block);
  const description = knownText(block, 'description');
  return grantsOf({
    id,
    name: description,
    direction,
    peers,
    ports,
    perhaps: block.uncertain ?? perhaps,
    verdict: 'allow',
  });
}

function ruleGrants(rule: Resource, context: Context): readonly GrantFact[] {
  const { address, type, body } = rule;
  const single = SINGLE_RULES[type as keyof typeof SINGLE_RULES];
  const written = single ?? knownText(body, 'type');
  const direction = written === 'egress' ? 'egress' : 'ingress';
  const group = context.one(rule, 'security_group_id', GROUPS);
  const peers = peersOf(body, single ? SINGLE : INLINE, group, context);
  const { ports, perhaps } = portsOf(body, single ? 'ip_protocol' : 'protocol');
  const hidden =
    single || written ? undefined : unknown('its type is not in the code', originOf(body, 'type', rule.origin));
  return grantsOf({
    id: address,
    name: knownText(body, 'description'),
    direction,
    peers,
    ports,
    perhaps: rule.uncertain ?? hidden ?? perhaps,
    verdict: 'allow',
  });
}

function uncertain(grants: readonly GrantFact[], perhaps: Unknown | undefined): readonly GrantFact[] {
  return perhaps ? grants.map((grant) => ({ ...grant, perhaps })) : grants;
}

/** The attributes in which rules name their peers. */
interface PeerAttributes {
  readonly addresses: readonly string[];
  readonly lists: readonly string[];
  readonly groups: readonly string[];
}

const INLINE: PeerAttributes = {
  addresses: ['cidr_blocks', 'ipv6_cidr_blocks'],
  lists: ['prefix_list_ids'],
  groups: ['security_groups', 'source_security_group_id'],
};
const SINGLE: PeerAttributes = {
  addresses: ['cidr_ipv4', 'cidr_ipv6'],
  lists: ['prefix_list_id'],
  groups: ['referenced_security_group_id'],
};

/** Whom a rule speaks of (R59): each address, prefix list and group by itself, and the group's own members. */
function peersOf(
  block: Block,
  { addresses, lists, groups }: PeerAttributes,
  group: Resource | undefined,
  context: Context,
): readonly Peer[] {
  const peers: Peer[] = [];
  for (const item of addresses.flatMap((name) => texts(block, name))) {
    peers.push(isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin));
  }
  for (const name of lists) {
    const { meant, unknown: hidden } = context.meaning(get(block, name), ['aws_ec2_managed_prefix_list']);
    for (const { resource } of meant) peers.push(...listPeers(resource));
    for (const each of hidden) {
      peers.push(unseenPeer(unknown('which addresses a prefix list holds is not in the code', each.origin)));
    }
  }
  for (const name of groups) {
    const { meant, unknown: hidden } = context.meaning(get(block, name), GROUPS);
    for (const { resource, origin } of meant) {
      const elsewhere = usersOf(resource, OWN, context) === 'here' ? {} : { elsewhere: true as const };
      const selector = marked(groupMark(resource, context), context, origin);
      peers.push({ kind: 'workloads', selector, ...elsewhere, origin });
    }
    for (const each of hidden) peers.push(unseenPeer(each, 'workloads'));
  }
  const self = truth(block, 'self', false);
  const origin = originOf(block, 'self', block.origin);
  if (isUnknown(self)) peers.push(unseenPeer(self, 'workloads'));
  else if (self && group) {
    peers.push({ kind: 'workloads', selector: marked(groupMark(group, context), context, origin), origin });
  }
  return peers;
}

function listPeers(list: Resource): readonly Peer[] {
  return blocks(list.body, 'entry').flatMap((entry) => {
    if (isUnknown(entry)) return [unseenPeer(entry)];
    return texts(entry, 'cidr').map((item) =>
      isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin),
    );
  });
}

function groupMark(group: Resource, context: Context): string {
  return group.type === DEFAULT_GROUP ? defaultMark(networkNamed(group, context), context)[0] : group.address;
}

/** The mark of whoever is in a network and names no group: its default group holds it. */
function defaultMark(network: string, context: Context): readonly [string, string] {
  return mark(`default security group of ${network}`, context);
}

/**
 * The groups of something that has interfaces of its own. Who names none gets the default group of its network, which lets
 * in its own members and lets out to everybody, unless the code takes it over (R58).
 */
export function groupsOf(
  resource: Resource,
  named: readonly (string | readonly [Block | undefined, string])[],
  standing: Standing,
  context: Context,
): Held {
  const values = named.map((name) => (typeof name === 'string' ? get(resource.body, name) : get(...name)));
  if (values.some((value) => value !== undefined)) {
    const held = heldByGroups(resource, values, context);
    if (held.labels.size > 0) return held;
  }
  const [key, value] = defaultMark(standing.network, context);
  const labels = new Map([[key, value]]);
  const managed = context.all(DEFAULT_GROUP).some((group) => networkNamed(group, context) === standing.network);
  return { labels, guards: managed ? [] : [defaultGroup(key, resource, context)] };
}

function heldByGroups(resource: Resource, values: readonly ReturnType<typeof get>[], context: Context): Held {
  const held = heldBy(resource, values, GROUP, SECURITY_GROUP, context);
  return held;
}

function defaultGroup(id: string, { origin }: Resource, context: Context): GuardFact {
  const itself: Peer = { kind: 'workloads', selector: marked(id, context, origin), origin };
  const anyone = (cidr: string) => addressPeer(cidr, origin);
  const grants = [
    ...grantsOf({
      id: `${id}/ingress`,
      direction: 'ingress',
      peers: [itself],
      ports: [],
      verdict: 'allow',
      implicit: true,
    }),
    ...grantsOf({
      id: `${id}/egress`,
      direction: 'egress',
      peers: ['0.0.0.0/0', '::/0'].map(anyone),
      ports: [],
      verdict: 'allow',
      implicit: true,
    }),
  ];
  return {
    id,
    name: id,
    namespace: null,
    ...SECURITY_GROUP,
    priority: null,
    subject: marked(id, context, origin),
    grants,
    origin,
  };
}
