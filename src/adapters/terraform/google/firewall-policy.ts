/**
 * Firewall policies of Google Cloud (R79): of an organisation or a folder, asked before the rules of a network; of networks
 * that they are associated with, asked after these unless the network says otherwise. What a rule hands on (`goto_next`)
 * the next tier decides.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Direction, GrantFact, GuardFact, Peer } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { type Facts, NOTHING, type Reader, type Readers } from '../facts.ts';
import { addressPeer, grantsOf, marked, type Rule, unseenPeer } from '../guard.ts';
import { type Block, blocks, firstBlock, get, isUnknown, knownText, texts, truth, whole } from '../resource.ts';
import { memberMark } from './firewall.ts';
import { portsOf } from './firewall-rule.ts';
import { networkOf } from './network.ts';

/** A kind of policy: where it is asked, and whether it holds for one network or for all below something. */
interface Kind {
  readonly tier: number;
  readonly wide: boolean;
}

const KINDS: Readonly<Record<string, Kind>> = {
  google_compute_firewall_policy: { tier: -2, wide: true },
  google_compute_network_firewall_policy: { tier: 1, wide: false },
  google_compute_region_network_firewall_policy: { tier: 2, wide: false },
};
/** Where a policy of a network is asked that goes before the network's own rules. */
const BEFORE = -1;

export const POLICY_READERS: Readers = Object.fromEntries(
  Object.entries(KINDS).flatMap(([type, kind]): readonly (readonly [string, Reader])[] => [
    [type, (policy, context) => policyFacts(policy, rulesOf(policy, context), kind, context)],
    [
      `${type}_with_rules`,
      (policy, context) =>
        policyFacts(
          policy,
          blocks(policy.body, 'rule').flatMap((rule, index): readonly Written[] =>
            isUnknown(rule) ? [] : [{ id: `${policy.address}/${index}`, body: rule, origin: rule.origin }],
          ),
          kind,
          context,
        ),
    ],
  ]),
);

/** A rule of a policy, as a resource of its own or as a block. */
interface Written {
  readonly id: string;
  readonly body: Block;
  readonly origin: Resource['origin'];
  readonly uncertain?: Unknown | undefined;
}

function rulesOf(policy: Resource, context: Context): readonly Written[] {
  return context
    .users(policy, `${policy.type}_rule`, 'firewall_policy')
    .map(({ address, body, origin, uncertain }) => ({ id: address, body, origin, uncertain }));
}

/** Whom a policy holds for: everything in a network, perhaps. */
interface Place {
  readonly network: string;
  readonly tier: number;
  readonly perhaps?: Unknown;
}

function policyFacts(policy: Resource, rules: readonly Written[], kind: Kind, context: Context): Facts {
  const on = rules.filter(({ body }) => truth(body, 'disabled', false) !== true);
  if (on.length === 0) return NOTHING;
  const places = kind.wide ? everywhere(policy, kind, context) : associated(policy, kind, context);
  const guards = on.flatMap((rule) =>
    places.length === 0
      ? [guardOf(rule, policy, undefined, kind.tier, 0, context)]
      : places.map((place, index) => guardOf(rule, policy, place, place.tier, index, context)),
  );
  return { guards };
}

/** A policy of an organisation or a folder may hold for every network of the code. */
function everywhere(policy: Resource, { tier }: Kind, context: Context): readonly Place[] {
  const above = context.users(policy, `${policy.type}_association`, 'firewall_policy');
  if (above.length === 0) return [];
  const place = (above[0] as Resource).origin;
  const perhaps = unknown('whether the network is below what the policy is attached to is not in the code', place);
  return context.all('google_compute_network').map(({ address }) => ({ network: address, tier, perhaps }));
}

function associated(policy: Resource, { tier }: Kind, context: Context): readonly Place[] {
  const type = policy.type.replace(/_with_rules$/, '');
  return context.users(policy, `${type}_association`, 'firewall_policy').map((association) => {
    const target = get(association.body, 'attachment_target');
    const { name, made } = networkOf(target, association, context);
    const order = knownText(made?.body, 'network_firewall_policy_enforcement_order');
    return { network: name, tier: order === 'BEFORE_CLASSIC_FIREWALL' ? BEFORE : tier };
  });
}

const VERDICTS: Readonly<Record<string, GrantFact['verdict']>> = { allow: 'allow', deny: 'deny', goto_next: 'pass' };

function guardOf(
  { id, body, origin, uncertain }: Written,
  policy: Resource,
  place: Place | undefined,
  tier: number,
  index: number,
  context: Context,
): GuardFact {
  const direction: Direction = knownText(body, 'direction')?.toUpperCase() === 'EGRESS' ? 'egress' : 'ingress';
  const verdict = VERDICTS[knownText(body, 'action')?.toLowerCase() ?? ''] ?? 'pass';
  const match = firstBlock(body, 'match');
  const narrow = targetsOf(body);
  const own = index === 0 ? id : `${id}/${index + 1}`;
  const priority = whole(body, 'priority') ?? null;
  const [key] = place ? memberMark(place.network, context) : [id];
  const layers = blocks(match, 'layer4_configs');
  const grants = layers.flatMap((layer, at): readonly GrantFact[] => {
    if (isUnknown(layer)) return [];
    const { ports, portsOrigin, perhaps } = portsOf(layer, 'ip_protocol');
    const rule: Rule = {
      id: `${own}/${at}`,
      name: knownText(body, 'description'),
      direction,
      peers: peersOf(match, direction, origin),
      ports,
      portsOrigin,
      perhaps: uncertain ?? place?.perhaps ?? narrow ?? perhaps,
      verdict: verdict === 'deny' ? 'deny' : 'allow',
    };
    return grantsOf(rule).map((grant) => ({ ...grant, verdict }));
  });
  return {
    id: own,
    kind: 'firewall',
    name: id,
    namespace: null,
    subject: marked(key, context, origin),
    tier,
    priority,
    isolates: [],
    grants,
    users: place ? unknown(`what else ${policy.address} holds for is not in the code`, policy.origin) : 'here',
    origin,
  };
}

/** Targets that are named by secure tags or accounts, which instances get where the code does not show it. */
function targetsOf(body: Block): Unknown | undefined {
  const named =
    get(body, 'target_secure_tags') ?? get(body, 'target_secure_tag') ?? get(body, 'target_service_accounts');
  const networks = get(body, 'target_resources');
  const value = named ?? networks;
  return value && unknown('it is for some machines only, and which these are is not in the code', value.origin);
}

/** What else names peers, none of it by addresses that the code shows. */
const HIDDEN = ['address_groups', 'fqdns', 'region_codes', 'threat_intelligences', 'networks', 'network_scope'];

function peersOf(match: Block | undefined, direction: Direction, origin: Resource['origin']): readonly Peer[] {
  const side = direction === 'ingress' ? 'src' : 'dest';
  const ranges = texts(match, `${side}_ip_ranges`);
  const hidden = HIDDEN.flatMap((name) => get(match, `${side}_${name}`) ?? []);
  const tags = direction === 'ingress' ? (get(match, 'src_secure_tags') ?? get(match, 'src_secure_tag')) : undefined;
  if (ranges.length === 0 && hidden.length === 0 && !tags) {
    return ['0.0.0.0/0', '::/0'].map((cidr) => addressPeer(cidr, origin));
  }
  return [
    ...ranges.map((item) => (isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin))),
    ...hidden.map((value) => unseenPeer(unknown('whom it names is not in the code', value.origin))),
    ...(tags ? [unseenPeer(unknown('who has the tag is not in the code', tags.origin), 'workloads')] : []),
  ];
}
