/**
 * Security groups (R58–R60). A group guards whoever names it, in both directions, and what the groups of one interface
 * allow adds up: guards of one tier without priority, which isolate. They are stateful: replies need no rule (R18).
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GrantFact, GuardFact } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import type { Origin } from '../../../source/span.ts';
import { textOf, type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { grantsOf, mark, marked, unseenGrant, usersOf } from '../guard.ts';
import { type Block, blocks, get, isUnknown, knownText, originOf } from '../resource.ts';
import { traitsTold } from '../told-trait.ts';
import { SECURITY_GROUP } from './interface-groups.ts';
import { latentOpening } from './latent.ts';
import { portsOf } from './port.ts';
import { refusedRanges } from './range.ts';
import {
  DEFAULT_GROUP,
  defaultMark,
  GROUPS,
  INLINE,
  OWN,
  peersOf,
  RULE,
  SINGLE,
  SINGLE_RULES,
} from './security-group-peer.ts';
import { networkNamed } from './vpc.ts';

const DIRECTIONS = ['ingress', 'egress'] as const;
type Direction = (typeof DIRECTIONS)[number];

/** What Terraform writes where nobody describes a group. */
const BY_DEFAULT = 'Managed by Terraform';

/** Who uses what a network starts with. */
const NAMELESS = 'whoever names none in its network uses it';

export const SECURITY_GROUP_READERS: Readers = {
  aws_security_group: readGroup,
  aws_default_security_group: readGroup,
  aws_security_group_rule: readRule,
  aws_vpc_security_group_ingress_rule: readRule,
  aws_vpc_security_group_egress_rule: readRule,
};

function readGroup(group: Resource, context: Context): Facts {
  const rules = DIRECTIONS.flatMap((direction) => blocks(group.body, direction));
  const notices = rules.flatMap((block) => (isUnknown(block) ? [] : refusedRanges(block, INLINE.addresses)));
  return { guards: [groupFact(group, context)], notices };
}

function readRule(rule: Resource, context: Context): Facts {
  const notices = refusedRanges(rule.body, [...INLINE.addresses, ...SINGLE.addresses]);
  return { ...strayRule(rule, context), notices };
}

/** A group with the rules in it and the rules that name it: their union, whichever way they are written (R60). */
function groupFact(group: Resource, context: Context): GuardFact {
  const { address, origin } = group;
  const inside = DIRECTIONS.flatMap((direction) =>
    blocks(group.body, direction).flatMap((block, index) =>
      inlineGrants(block, `${address}/${direction}/${index}`, direction, group, context),
    ),
  );
  const rules = [RULE, ...Object.keys(SINGLE_RULES)].flatMap((type) => context.users(group, type, 'security_group_id'));
  const apart = rules.flatMap((rule) => ruleGrants(rule, context));
  const traits = traitsOfGroup(group, rules, context);
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
    ...(traits.length > 0 && { traits }),
    origin,
  };
}

/** What is said of a group by its kind, its rules, and the model that makes it. */
function traitsOfGroup(group: Resource, rules: readonly Resource[], context: Context): readonly TraitFact[] {
  const { type, body, origin } = group;
  const inside = DIRECTIONS.flatMap((direction) => blocks(body, direction));
  return [
    ...(type === DEFAULT_GROUP ? [{ trait: 'default-guard', origin } as const] : undescribed(body, origin, group)),
    ...inside.flatMap((block) => latentOpening(block, named(INLINE))),
    ...rules.flatMap(latentRule),
    ...traitsTold(group, 'guard', context),
  ];
}

function latentRule({ type, body, uncertain }: Resource): readonly TraitFact[] {
  if (uncertain) return [];
  return type === RULE ? latentOpening(body, named(INLINE)) : latentOpening(body, named(SINGLE), 'ip_protocol');
}

/** The attributes in which a rule names whom it is about. */
function named({ addresses, lists, groups }: typeof INLINE): readonly string[] {
  return [...addresses, ...lists, ...groups, 'self'];
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
  return grantsOf({
    id,
    name: knownText(block, 'description'),
    traits: undescribed(block, block.origin, group),
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
    traits: undescribed(body, rule.origin, rule),
    direction,
    peers,
    ports,
    perhaps: rule.uncertain ?? hidden ?? perhaps,
    verdict: 'allow',
  });
}

/** Neither groups nor their rules have names that anybody chose: what they are for is said by their description, or not. */
function undescribed(body: Block, origin: Origin, { modelled }: Resource): readonly TraitFact[] {
  if (modelled) return [];
  const written = get(body, 'description');
  const silent = written === undefined || ['', BY_DEFAULT].includes(textOf(written)?.trim() ?? 'unknown');
  return silent ? [{ trait: 'undescribed', origin }] : [];
}

function uncertain(grants: readonly GrantFact[], perhaps: Unknown | undefined): readonly GrantFact[] {
  return perhaps ? grants.map((grant) => ({ ...grant, perhaps })) : grants;
}
