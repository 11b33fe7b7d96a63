/**
 * AWS Network Firewall: what goes through one of its endpoints has to be let through by its policy, first by the stateless
 * rules, then by the stateful ones that these forward to. It is a layer of its own for the subnets whose routes lead there.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GrantFact, GuardFact, Peer } from '../../../graph/fragment.ts';
import { intersect, isEmpty, parseAddressList } from '../../../graph/sets/address-set.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Readers } from '../facts.ts';
import { addressPeer, marked } from '../guard.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownText, texts, type Written, whole } from '../resource.ts';
import { FIREWALL, type Guarded, guardedBy, rangeOf } from './firewall-route.ts';
import { type FirewallRule, firewallGrants, statefulRules, statelessRule, verdictOf } from './firewall-rule.ts';
import { SUBNET } from './network-name.ts';
import { networkNamed } from './vpc.ts';

const POLICY = 'aws_networkfirewall_firewall_policy';
const GROUP = 'aws_networkfirewall_rule_group';
const DIRECTIONS = ['ingress', 'egress'] as const;

/** The layer of what stands on the way: interfaces and subnets have theirs. */
const LAYER = 2;

export const NETWORK_FIREWALL_READERS: Readers = {
  [FIREWALL]: (firewall, context) => firewallFacts(firewall, context),
  [POLICY]: () => NOTHING,
  [GROUP]: () => NOTHING,
};

function firewallFacts(firewall: Resource, context: Context): Facts {
  const subnets = guardedBy(firewall, context);
  if (subnets.length === 0) return NOTHING;
  const stages = stagesOf(firewall, context);
  return {
    guards: subnets.flatMap((one) => guardsOf(firewall, one, stages, context)),
    notices: undecided(firewall, [...stages.stateless, ...stages.stateful]),
  };
}

/** What is not read of the rules, told once for all subnets. */
function undecided({ address }: Resource, rules: readonly FirewallRule[]): readonly Notice[] {
  const hidden = new Set(rules.flatMap(({ implicit, perhaps }) => (implicit && perhaps ? [perhaps] : [])));
  return [...hidden].map(({ because, origin }) =>
    notice('not-evaluated', `What ${address} lets through is not decided, because ${because}.`, origin),
  );
}

/** The rules that are asked first, and those that decide about what these pass on. */
interface Stages {
  readonly stateless: readonly FirewallRule[];
  readonly stateful: readonly FirewallRule[];
}

function guardsOf(firewall: Resource, one: Guarded, stages: Stages, context: Context): readonly GuardFact[] {
  const { address, origin } = firewall;
  const seen = { own: rangeOf(one.subnet), through: parseAddressList(one.through).set, doubt: one.unknown };
  const said = (rules: readonly FirewallRule[]) =>
    DIRECTIONS.flatMap((direction) => rules.flatMap((rule) => firewallGrants(rule, direction, seen)));
  const common = {
    kind: 'firewall',
    name: address,
    namespace: null,
    subject: marked(one.subnet.address, context, origin),
    layer: LAYER,
    priority: 0,
    isolates: [],
    origin,
  } as const;
  const id = `${address}/${one.subnet.address}`;
  return [
    { ...common, id, tier: 0, grants: [...around(firewall, one, context), ...said(stages.stateless)] },
    { ...common, id: `${id}/stateful`, tier: 1, grants: said(stages.stateful) },
  ];
}

/** Whoever is reached by another way is none of its business. */
function around(firewall: Resource, { subnet, through }: Guarded, context: Context): readonly GrantFact[] {
  const { address, origin } = firewall;
  const network = networkNamed(subnet, context);
  const led = parseAddressList(through).set;
  const near = SUBNET.flatMap((type) => context.all(type)).filter((other) => {
    const range = rangeOf(other);
    return networkNamed(other, context) === network && !(range && !isEmpty(intersect(range, led)));
  });
  const neighbours = near.map(
    (other): Peer => ({ kind: 'workloads', selector: marked(other.address, context, origin), origin }),
  );
  const apart = (family: string, every: string): Peer => ({
    ...(addressPeer(every, origin) as Extract<Peer, { kind: 'addresses' }>),
    except: through.filter((cidr) => cidr.includes(family)),
  });
  const peers = [...neighbours, apart('.', '0.0.0.0/0'), apart(':', '::/0')];
  return DIRECTIONS.map((direction) => ({
    id: `${address}/${subnet.address}/${direction}/around`,
    direction,
    peers,
    ports: [],
    verdict: 'allow',
    implicit: true,
    origin,
  }));
}

/** What the policy of a firewall says, with what it does with everything else at the end of each stage. */
function stagesOf(firewall: Resource, context: Context): Stages {
  const named = get(firewall.body, 'firewall_policy_arn');
  const policy = context.one(firewall, 'firewall_policy_arn', [POLICY]);
  const body = firstBlock(policy?.body, 'firewall_policy');
  if (!policy || !body) {
    const hidden = unknown(`the policy of ${firewall.address} is not in the code`, named?.origin ?? firewall.origin);
    return { stateless: unseen(firewall.address, hidden), stateful: [] };
  }
  const otherwise = verdictOf(texts(body, 'stateless_default_actions'));
  const stateless = groupsOf(body, 'stateless', policy, context).flatMap(({ group, id, unknown: hidden }) =>
    hidden || !group ? unseen(id, hidden) : packetRules(group, id, otherwise),
  );
  return {
    stateless: [...stateless, ...lastly(policy, `${policy.address}/stateless`, otherwise)],
    stateful: [...connectionRules(body, policy, context)],
  };
}

interface Group {
  readonly id: string;
  readonly group?: Resource;
  readonly unknown?: Unknown;
}

/** The groups of a stage in the order in which they are asked. */
function groupsOf(
  body: Block,
  stage: 'stateless' | 'stateful',
  { address }: Resource,
  context: Context,
): readonly Group[] {
  const named = blocks(body, `${stage}_rule_group_reference`).flatMap((block, index) => {
    const id = `${address}/${stage}/${index}`;
    if (isUnknown(block)) return [{ rank: 0, id, unknown: block }];
    // What only tells what it would have dropped drops nothing.
    if (knownText(firstBlock(block, 'override'), 'action') === 'DROP_TO_ALERT') return [];
    const rank = whole(block, 'priority');
    const [meant] = context.meaning(get(block, 'resource_arn'), [GROUP]).meant;
    const name = knownText(block, 'resource_arn')?.split('/').pop() ?? 'one of its groups';
    const hidden = isUnknown(rank) ? rank : unknown(`the rules of ${name} are not in the code`, block.origin);
    const found = meant && typeof rank !== 'object' ? { group: meant.resource } : { unknown: hidden };
    return [{ rank: typeof rank === 'number' ? rank : 0, id, ...found }];
  });
  return named.sort((a, b) => a.rank - b.rank);
}

/** Rules that may let anything through, and keep anything out. */
function unseen(id: string, hidden: Unknown | undefined): readonly FirewallRule[] {
  if (!hidden) return [];
  return (['allow', 'deny'] as const).map((verdict) => ({
    ...everything(`${id}/${verdict}`, verdict, hidden),
    perhaps: hidden,
    // What they say is no rule that anybody here could change.
    implicit: true as const,
  }));
}

function everything(id: string, verdict: GrantFact['verdict'], { origin }: Pick<Unknown, 'origin'>): FirewallRule {
  const anybody = ['0.0.0.0/0', '::/0'].map((text): Written => ({ kind: 'written', text, origin }));
  return { id, verdict, source: anybody, destination: anybody, fromSomePorts: false, ports: [] };
}

/** What befalls everything else. */
function lastly(
  policy: Resource,
  id: string,
  verdict: GrantFact['verdict'] | Unknown | undefined,
): readonly FirewallRule[] {
  if (isUnknown(verdict)) return unseen(id, verdict);
  return verdict === undefined ? [] : [{ ...everything(`${id}/otherwise`, verdict, policy), implicit: true }];
}

function packetRules(group: Resource, id: string, otherwise: ReturnType<typeof verdictOf>): readonly FirewallRule[] {
  const said = sourceOf(group);
  const listed = blocks(firstBlock(said, 'stateless_rules_and_custom_actions'), 'stateless_rule');
  const ranked = listed.map((block, index) => ({
    block,
    index,
    rank: isUnknown(block) ? 0 : (whole(block, 'priority') ?? 0),
  }));
  const rules = ranked
    .sort((a, b) => Number(a.rank) - Number(b.rank))
    .flatMap(({ block, index, rank }) => {
      const own = `${id}/${index}`;
      const hidden = [block, rank].find(isUnknown);
      return hidden || isUnknown(block) ? unseen(own, hidden) : [statelessRule(block, own, otherwise)];
    });
  return rules.length > 0
    ? rules
    : unseen(id, unknown(`the rules of ${group.address} are not in the code`, group.origin));
}

function sourceOf({ body }: Resource): Block | undefined {
  return firstBlock(firstBlock(body, 'rule_group'), 'rules_source');
}

/** In strict order what is written first decides; otherwise whatever passes comes before whatever drops. */
function connectionRules(body: Block, policy: Resource, context: Context): readonly FirewallRule[] {
  const engine = firstBlock(body, 'stateful_engine_options');
  const order = knownText(engine, 'rule_order') ?? 'DEFAULT_ACTION_ORDER';
  const rules = groupsOf(body, 'stateful', policy, context).flatMap(({ group, id, unknown: hidden }) =>
    hidden || !group ? unseen(id, hidden) : headerRules(group, id),
  );
  if (order === 'STRICT_ORDER') {
    const drops = texts(body, 'stateful_default_actions').some(
      (item) => !isUnknown(item) && /^aws:drop/.test(item.text),
    );
    return [...rules, ...lastly(policy, `${policy.address}/stateful`, drops ? 'deny' : undefined)];
  }
  return [...rules.filter(({ verdict }) => verdict === 'allow'), ...rules.filter(({ verdict }) => verdict !== 'allow')];
}

/** The rules of a group that are headers; those in the language of Suricata, and lists of names, ask for contents. */
function headerRules(group: Resource, id: string): readonly FirewallRule[] {
  const said = sourceOf(group);
  const headers = blocks(said, 'stateful_rule');
  if (headers.length === 0) {
    const names = blocks(said, 'rules_source_list').length > 0;
    const why = names
      ? 'lists names of others, which only contents tell'
      : 'is written in the language of Suricata, which is not read';
    return unseen(id, unknown(`${group.address} ${why}`, (said ?? group).origin));
  }
  const sets = new Map(
    blocks(firstBlock(firstBlock(group.body, 'rule_group'), 'rule_variables'), 'ip_sets').flatMap((block) =>
      isUnknown(block)
        ? []
        : [[knownText(block, 'key') ?? '', texts(firstBlock(block, 'ip_set'), 'definition')] as const],
    ),
  );
  return headers.flatMap((block, index) =>
    isUnknown(block) ? unseen(`${id}/${index}`, block) : statefulRules(block, `${id}/${index}`, sets),
  );
}
