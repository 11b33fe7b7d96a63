/**
 * Firewall rules of Google Cloud (R77, R78): of one network, by priority, a denial before an allowance of the same; what no
 * rule lets in stays outside, and what no rule keeps in gets out.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Direction, GrantFact, GrantPort, GuardFact, Peer, Protocol } from '../../../graph/fragment.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { NOTHING, type Readers } from '../facts.ts';
import { addressPeer, grantsOf, mark, marked, type Ports, unseenGrant, unseenPeer } from '../guard.ts';
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
import { DEFAULT_NETWORK, type Network, networkOf } from './network.ts';

export const FIREWALL_READERS: Readers = {
  google_compute_firewall: (rule, context) => {
    if (truth(rule.body, 'disabled', false) === true) return NOTHING;
    return { guards: firewallFacts(rule, context) };
  },
};

/** Tags and accounts are marks within a network. */
export function markOf(
  kind: 'tag' | 'account',
  name: string,
  network: string,
  context: Context,
): readonly [string, string] {
  return mark(`${network} ${kind} ${name}`, context);
}

/** The mark of everything in a network. */
export function memberMark(network: string, context: Context): readonly [string, string] {
  return mark(`${network} member`, context);
}

/** A rule is one guard for each of its targets, since whoever is one of them is meant (R78). */
function firewallFacts(rule: Resource, context: Context): readonly GuardFact[] {
  const { address, body, origin } = rule;
  const network = networkOf(get(body, 'network'), context).name;
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
    subject: marked(key, context, place ?? origin),
    tier: 0,
    // Of two rules of one priority the one that denies is asked first.
    priority: isUnknown(priority) ? priority : verdict === 'deny' ? priority : priority + 0.5,
    isolates: [],
    grants,
    users: usersOf(body, network, context),
    origin,
  }));
}

/** Its targets are here where its network is; another network's may be anywhere. */
function usersOf(body: Block, network: string, context: Context): 'here' | Unknown {
  const hidden = [...texts(body, 'target_tags'), ...texts(body, 'target_service_accounts')].find(isUnknown);
  if (hidden) return hidden;
  const { made } = networkOf(get(body, 'network'), context);
  return made
    ? 'here'
    : unknown(`what else is in the network ${network} is not in the code`, originOf(body, 'network', body.origin));
}

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

function nameOf(item: Written | Unknown): string {
  return isUnknown(item) ? (item.refers?.[0]?.address ?? item.because) : item.text;
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
  const { ports, perhaps } = portsOf(block);
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
    perhaps: rule.uncertain ?? block.uncertain ?? hidden ?? perhaps,
    verdict,
  });
}

function peersOf(rule: Resource, direction: Direction, network: string, context: Context): readonly Peer[] {
  const { body, origin } = rule;
  const ranges = texts(body, direction === 'ingress' ? 'source_ranges' : 'destination_ranges');
  const tags = texts(body, 'source_tags').map((tag) => ['tag', tag] as const);
  const accounts = texts(body, 'source_service_accounts').map((account) => ['account', account] as const);
  const named = direction === 'ingress' ? [...tags, ...accounts] : [];
  // No source at all is everybody (R78).
  if (ranges.length + named.length === 0) return ['0.0.0.0/0', '::/0'].map((cidr) => addressPeer(cidr, origin));
  return [
    ...ranges.map((item) => (isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin))),
    ...named.map(([kind, item]): Peer => {
      if (isUnknown(item) && !item.refers?.length) return unseenPeer(item, 'workloads');
      const [key] = markOf(kind, nameOf(item), network, context);
      return { kind: 'workloads', selector: marked(key, context, item.origin), origin: item.origin };
    }),
  ];
}

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  tcp: 'tcp',
  6: 'tcp',
  udp: 'udp',
  17: 'udp',
  sctp: 'sctp',
  132: 'sctp',
};

function portsOf(block: Block): Ports {
  const written = get(block, 'protocol');
  if (isUnknown(written)) return { ports: [], perhaps: written };
  const name = (knownText(block, 'protocol') ?? 'all').toLowerCase();
  if (name === 'all') return { ports: [] };
  const protocol = PROTOCOLS[name];
  const origin = originOf(block, 'ports', originOf(block, 'protocol', block.origin));
  if (!protocol) return { ports: [{ protocol: 'other', ports: null, origin }] };
  const listed = texts(block, 'ports');
  const hidden = listed.find(isUnknown);
  if (hidden) return { ports: [{ protocol, ports: null, origin }], perhaps: hidden };
  if (listed.length === 0) return { ports: [{ protocol, ports: null, origin }] };
  return { ports: listed.flatMap((item) => (isUnknown(item) ? [] : [rangeOf(item, protocol)])) };
}

function rangeOf({ text, origin }: Written, protocol: Protocol): GrantPort {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text.trim());
  if (!match) return { protocol, ports: null, origin };
  return { protocol, ports: { from: Math.max(1, Number(match[1])), to: Number(match[2] ?? match[1]) }, origin };
}

/** What every network has under all rules (R77); which rules the default one still has is not in the code. */
export function impliedGuard({ name, made }: Network, { origin }: Resource, context: Context): GuardFact {
  const id = `implied rules of ${name}`;
  const [key] = memberMark(name, context);
  const open =
    made || name !== DEFAULT_NETWORK
      ? []
      : [
          unseenGrant(
            id,
            'ingress',
            unknown('which rules the default network of the project has is not in the code', origin),
          ),
        ];
  return {
    id,
    kind: 'firewall',
    name: id,
    namespace: null,
    subject: marked(key, context, origin),
    tier: 0,
    priority: null,
    isolates: ['ingress'],
    grants: open,
    origin,
  };
}
