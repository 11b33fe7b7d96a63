/** Whom rules of security groups speak of (R59), and the marks of those who have a group. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Peer } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { addressPeer, mark, marked, unseenPeer, usersOf } from '../guard.ts';
import { type Block, blocks, get, isUnknown, originOf, texts, truth } from '../resource.ts';
import { isRefused } from './range.ts';
import { networkNamed } from './vpc.ts';

export const GROUP = 'aws_security_group';

export const DEFAULT_GROUP = 'aws_default_security_group';

export const GROUPS = [GROUP, DEFAULT_GROUP];

export const RULE = 'aws_security_group_rule';

export const SINGLE_RULES = {
  aws_vpc_security_group_ingress_rule: 'ingress',
  aws_vpc_security_group_egress_rule: 'egress',
} as const;

/** What belongs to a group, and does not use it. */
export const OWN = Object.fromEntries([RULE, ...Object.keys(SINGLE_RULES)].map((type) => [type, 'security_group_id']));

/** The attributes in which rules name their peers. */
interface PeerAttributes {
  readonly addresses: readonly string[];
  readonly lists: readonly string[];
  readonly groups: readonly string[];
}

export const INLINE: PeerAttributes = {
  addresses: ['cidr_blocks', 'ipv6_cidr_blocks'],
  lists: ['prefix_list_ids'],
  groups: ['security_groups', 'source_security_group_id'],
};

export const SINGLE: PeerAttributes = {
  addresses: ['cidr_ipv4', 'cidr_ipv6'],
  lists: ['prefix_list_id'],
  groups: ['referenced_security_group_id'],
};

/** Whom a rule speaks of (R59): each address, prefix list and group by itself, and the group's own members. */
export function peersOf(
  block: Block,
  { addresses, lists, groups }: PeerAttributes,
  group: Resource | undefined,
  context: Context,
): readonly Peer[] {
  const peers: Peer[] = [];
  for (const item of addresses.flatMap((name) => texts(block, name))) {
    if (isUnknown(item)) peers.push(unseenPeer(item, isOfNetwork(item, context) ? 'workloads' : 'anybody'));
    else if (!isRefused(item.text)) peers.push(addressPeer(item.text, item.origin));
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

/** The range of a network or subnet: which one is not known, but who has such an address is inside of it. */
function isOfNetwork({ refers = [] }: Unknown, context: Context): boolean {
  return (
    refers.length > 0 &&
    refers.every(({ address, attribute }) => RANGE.test(attribute) && NETWORK.test(context.typeOf(address) ?? address))
  );
}

const RANGE = /^(cidr_block|ipv6_cidr_block)(_associations\b.*)?$/;
const NETWORK = /(^|\.)aws_(default_)?(vpc|subnet)(\.|$)/;

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
export function defaultMark(network: string, context: Context): readonly [string, string] {
  return mark(`default security group of ${network}`, context);
}
