/**
 * Network ACLs (R62): ordered rules of a subnet, of which the first that matches decides, and a denial at the end. They are
 * a layer of their own: what a security group allows they have to allow too, but not inside of their subnet.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GrantFact, GuardFact, Peer } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { addressPeer, grantsOf, marked, unseenGrant, unseenPeer, usersOf } from '../guard.ts';
import { type Block, blocks, get, isUnknown, knownText, texts, truth, whole } from '../resource.ts';
import { latentOpening } from './latent.ts';
import { portsOf } from './port.ts';

const RULE = 'aws_network_acl_rule';
const ASSOCIATION = 'aws_network_acl_association';
const DIRECTIONS = ['ingress', 'egress'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** The attributes in which rules name whom they are about. */
const CIDRS = ['cidr_block', 'ipv6_cidr_block'];

/** The layer of what guards subnets. */
const LAYER = 1;

export const NACL_READERS: Readers = {
  aws_network_acl: (acl, context) => ({ guards: aclFacts(acl, context) }),
  aws_default_network_acl: (acl, context) => ({ guards: aclFacts(acl, context) }),
  aws_network_acl_rule: strayRule,
  aws_network_acl_association: () => NOTHING,
};

const ACLS = ['aws_network_acl', 'aws_default_network_acl'];

/**
 * A rule whose ACL is not in the code: it opens something that nobody sees. Beside one that denies nobody knows which of
 * them comes first.
 */
function strayRule(rule: Resource, context: Context): Facts {
  const { meant, unknown: hidden } = context.meaning(get(rule.body, 'network_acl_id'), ACLS);
  if (meant.length > 0) return NOTHING;
  const strays = context.strays(RULE, 'network_acl_id', ACLS);
  if (strays.some(({ body }) => knownText(body, 'rule_action')?.toLowerCase() !== 'allow')) return NOTHING;
  const { address, body, origin } = rule;
  const direction = truth(body, 'egress', false);
  if (isUnknown(direction)) return NOTHING;
  const grants = aclGrants(body, address, direction ? 'egress' : 'ingress', 'rule_action', rule.uncertain);
  const users = hidden[0] ?? unknown('its ACL is not in the code', origin);
  const subject = marked(address, context, origin);
  return {
    guards: [{ ...ACL, id: address, name: `the ACL of ${address}`, subject, priority: 0, grants, users, origin }],
  };
}

/** What every ACL is. */
const ACL = {
  kind: 'network-acl',
  namespace: null,
  layer: LAYER,
  stateless: true,
  tier: 0,
  isolates: [],
} as const;

/** The subnets that it guards each have a guard, since inside of each it has no say. */
function aclFacts(acl: Resource, context: Context): readonly GuardFact[] {
  const { address, origin } = acl;
  const rules = DIRECTIONS.flatMap((direction) => rulesOf(acl, direction, context));
  const subnets = subnetsOf(acl, context);
  const isDefault = acl.type === 'aws_default_network_acl';
  const apart = context.users(acl, RULE, 'network_acl_id');
  const traits: readonly TraitFact[] = [
    ...(isDefault ? [{ trait: 'default-guard', origin } as const] : []),
    ...DIRECTIONS.flatMap((direction) => blocks(acl.body, direction)).flatMap((rule) => latentRule(rule, 'action')),
    ...apart.flatMap(({ body, uncertain }) => (uncertain ? [] : latentRule(body, 'rule_action'))),
  ];
  const common = {
    ...ACL,
    name: address,
    ...(traits.length > 0 && { traits }),
    origin,
  } as const;
  if (subnets.length === 0) {
    const users = isDefault
      ? unknown('subnets that name none use it', origin)
      : usersOf(acl, { [RULE]: 'network_acl_id', [ASSOCIATION]: 'network_acl_id' }, context);
    return [{ ...common, id: address, subject: marked(address, context, origin), priority: 0, grants: rules, users }];
  }
  return subnets.map((subnet, index) => {
    const within = marked(subnet.address, context, subnet.origin);
    const grants = [...neighbours(address, within, subnet), ...rules, ...denials(address, acl)];
    return { ...common, id: index === 0 ? address : `${address}/${index + 1}`, subject: within, priority: 0, grants };
  });
}

/** A rule that allows something, and lets nobody through as it stands. */
function latentRule(rule: Block | Unknown, action: string): readonly TraitFact[] {
  return !isUnknown(rule) && knownText(rule, action)?.toLowerCase() === 'allow' ? latentOpening(rule, CIDRS) : [];
}

function subnetsOf(acl: Resource, context: Context): readonly Resource[] {
  const { meant } = context.meaning(get(acl.body, 'subnet_ids'), ['aws_subnet', 'aws_default_subnet']);
  const associated = context.users(acl, ASSOCIATION, 'network_acl_id');
  const apart = associated.flatMap((one) => context.one(one, 'subnet_id', ['aws_subnet', 'aws_default_subnet']) ?? []);
  return [...new Set([...meant.map(({ resource }) => resource), ...apart])];
}

function neighbours(id: string, selector: ReturnType<typeof marked>, { origin }: Resource): readonly GrantFact[] {
  const peers: readonly Peer[] = [{ kind: 'workloads', selector, origin }];
  return DIRECTIONS.flatMap((direction) =>
    grantsOf({ id: `${id}/${direction}/subnet`, direction, peers, ports: [], verdict: 'allow', implicit: true }),
  );
}

function denials(id: string, { origin }: Resource): readonly GrantFact[] {
  return DIRECTIONS.map((direction) => ({
    id: `${id}/${direction}/otherwise`,
    direction,
    peers: [],
    ports: [],
    verdict: 'deny',
    implicit: true,
    origin,
  }));
}

/** Rules by number, whichever way they are written. */
function rulesOf(acl: Resource, direction: Direction, context: Context): readonly GrantFact[] {
  const inline = blocks(acl.body, direction).map((block, index) => ({
    block,
    number: isUnknown(block) ? block : (whole(block, 'rule_no') ?? index),
    id: `${acl.address}/${direction}/${index}`,
    action: 'action',
    uncertain: isUnknown(block) ? undefined : block.uncertain,
  }));
  const apart = context
    .users(acl, RULE, 'network_acl_id')
    .filter(({ body }) => (truth(body, 'egress', false) === true) === (direction === 'egress'))
    .map((rule) => ({
      block: rule.body,
      number: whole(rule.body, 'rule_number') ?? 0,
      id: rule.address,
      action: 'rule_action',
      uncertain: rule.uncertain,
    }));
  const all = [...inline, ...apart];
  const numbered = all.filter(
    (rule): rule is (typeof all)[number] & { number: number; block: Block } => typeof rule.number === 'number',
  );
  const sorted = numbered.sort((a, b) => a.number - b.number);
  const hidden = all.flatMap(({ number, id }) => (isUnknown(number) ? [unseenGrant(id, direction, number)] : []));
  return [
    ...hidden,
    ...sorted.flatMap(({ block, id, action, uncertain }) =>
      aclGrants(block, id, direction, action, uncertain ?? acl.uncertain),
    ),
  ];
}

function aclGrants(
  block: Block,
  id: string,
  direction: Direction,
  actionName: string,
  uncertain: Unknown | undefined,
): readonly GrantFact[] {
  const action = knownText(block, actionName)?.toLowerCase();
  const peers = CIDRS.flatMap((name) => texts(block, name)).map((item) =>
    isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin),
  );
  const { ports, perhaps } = portsOf(block);
  const hidden =
    action === undefined ? unknown('whether it allows or denies is not in the code', block.origin) : undefined;
  return grantsOf({
    id,
    direction,
    peers,
    ports,
    perhaps: uncertain ?? hidden ?? perhaps,
    verdict: action === 'deny' ? 'deny' : 'allow',
  });
}
