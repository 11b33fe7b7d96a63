/**
 * Firewall rules of Google Cloud (R77, R78): of one network, by priority, a denial before an allowance of the same; what no
 * rule lets in stays outside, and what no rule keeps in gets out.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Direction, GrantFact, GuardFact, Selector } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import { grantsOf, mark, marked, unseenGrant } from '../guard.ts';
import {
  type Block,
  blocks,
  get,
  isUnknown,
  knownText,
  originOf,
  texts,
  truth,
  type Written,
  whole,
} from '../resource.ts';
import { markOf, nameOf, peersOf, portsOf } from './firewall-rule.ts';
import { projectOf } from './named.ts';
import { isDefault, type Network, networkOf } from './network.ts';

export const FIREWALL_READERS: Readers = {
  google_compute_firewall: (rule, context) => {
    if (truth(rule.body, 'disabled', false) === true) return NOTHING;
    return { guards: firewallFacts(rule, context) };
  },
};

/** The mark of everything in a network. */
export function memberMark(network: string, context: Context): readonly [string, string] {
  return mark(`${network} member`, context);
}

/** A rule is one guard for each of its targets, since whoever is one of them is meant (R78). */
function firewallFacts(rule: Resource, context: Context): readonly GuardFact[] {
  const { address, body, origin } = rule;
  const network = networkOf(get(body, 'network'), rule, context).name;
  const allows = blocks(body, 'allow');
  const denies = blocks(body, 'deny');
  const direction: Direction = knownText(body, 'direction')?.toUpperCase() === 'EGRESS' ? 'egress' : 'ingress';
  const verdict = denies.length > 0 ? 'deny' : 'allow';
  const grants = [...allows, ...denies].flatMap((block, index) =>
    grantsOfBlock(block, `${address}/${index}`, verdict, direction, network, rule, context),
  );
  const priority = whole(body, 'priority') ?? 1000;
  return targetsOf(body, network, context).map(([key, place], index) => ({
    id: index === 0 ? address : `${address}/${index + 1}`,
    kind: 'firewall',
    name: address,
    namespace: null,
    subject: within(network, marked(key, context, place ?? origin), context),
    tier: 0,
    // Of two rules of one priority the one that denies is asked first.
    priority: isUnknown(priority) ? priority : verdict === 'deny' ? priority : priority + 0.5,
    isolates: [],
    grants,
    users: usersOf(rule, context),
    origin,
  }));
}

/** Its targets are members of its network, whom the rules for all of them hold too. */
function within(network: string, subject: Selector, context: Context): Selector {
  const everybody = marked(memberMark(network, context)[0], context, subject.origin).requirements;
  const [own] = subject.requirements;
  return everybody.some(({ key }) => key === own?.key)
    ? subject
    : { ...subject, requirements: [...subject.requirements, ...everybody] };
}

/** Its targets are here where its network is; another network's may be anywhere. */
function usersOf(rule: Resource, context: Context): 'here' | Unknown {
  const { body } = rule;
  const hidden = [...texts(body, 'target_tags'), ...texts(body, 'target_service_accounts')].find(isUnknown);
  if (hidden) return hidden;
  const { name, made } = networkOf(get(body, 'network'), rule, context);
  const place = originOf(body, 'network', body.origin);
  const host = made && hostOf(made, context);
  if (host)
    return unknown(`what other projects have in the network that ${host.address} shares is not in the code`, place);
  // Where networks are made apart from machines, the machines are somewhere else.
  return made && MACHINES.some((type) => context.all(type).length > 0)
    ? 'here'
    : unknown(`what else is in the network ${name} is not in the code`, place);
}

/** What lets other projects put their machines into a network (Shared VPC). */
function hostOf(network: Resource, context: Context): Resource | undefined {
  const { key } = projectOf(network, context);
  return context.all('google_compute_shared_vpc_host_project').find((host) => projectOf(host, context).key === key);
}

/** What stands in networks that firewalls hold. */
const MACHINES = [
  'google_compute_instance',
  'google_compute_instance_from_template',
  'google_compute_instance_template',
  'google_compute_region_instance_template',
  'google_container_cluster',
  'google_container_node_pool',
];

function targetsOf(
  body: Block,
  network: string,
  context: Context,
): readonly (readonly [string, Written['origin'] | undefined])[] {
  const tags = texts(body, 'target_tags').map((tag) => ['tag', tag] as const);
  const accounts = texts(body, 'target_service_accounts').map((account) => ['account', account] as const);
  const named = [...tags, ...accounts];
  if (named.length === 0) return [[memberMark(network, context)[0], undefined]];
  return named.map(([kind, item]) => [markOf(kind, nameOf(item), network, context)[0], item.origin]);
}

function grantsOfBlock(
  block: Block | Unknown,
  id: string,
  verdict: 'allow' | 'deny',
  direction: Direction,
  network: string,
  rule: Resource,
  context: Context,
): readonly GrantFact[] {
  if (isUnknown(block)) return [unseenGrant(id, direction, block, verdict)];
  const { ports, portsOrigin, perhaps } = portsOf(block);
  const narrow = get(rule.body, direction === 'ingress' ? 'destination_ranges' : 'source_ranges');
  const hidden = narrow
    ? unknown('it is for some addresses only, and which workloads have these is not in the code', narrow.origin)
    : undefined;
  return grantsOf({
    id,
    name: knownText(rule.body, 'description'),
    direction,
    peers: peersOf(rule, direction, network, context),
    ports,
    portsOrigin,
    perhaps: rule.uncertain ?? block.uncertain ?? hidden ?? perhaps,
    verdict,
  });
}

/** Policies of networks are asked between their rules and this. */
const LAST_TIER = 9;

/** What every network has under all rules (R77); which rules the default one still has is not in the code. */
export function impliedGuard(network: Network, { origin }: Resource, context: Context): GuardFact {
  const { name, made } = network;
  const id = `implied rules of ${name}`;
  const [key] = memberMark(name, context);
  const open = made ? [] : [unseenRules(network, origin)];
  return {
    id,
    kind: 'firewall',
    name: id,
    namespace: null,
    subject: marked(key, context, origin),
    // What no rule and no policy decides.
    tier: LAST_TIER,
    priority: null,
    isolates: ['ingress'],
    grants: open,
    origin,
  };
}

/** The default network lets in more than its own, as a project starts with it. */
function unseenRules(network: Network, origin: Resource['origin']): GrantFact {
  const { name } = network;
  const standard = isDefault(network);
  const of = standard ? 'anybody' : 'workloads';
  const which = standard ? 'the default network of the project' : `the network ${name}`;
  const because = `which rules ${which} has is not in the code`;
  return {
    id: `implied rules of ${name}/ingress`,
    direction: 'ingress',
    peers: [{ kind: 'unknown', because, of, origin }],
    ports: [],
    verdict: 'allow',
    ...(standard ? {} : { implicit: true as const }),
    origin,
  };
}
