/**
 * Rules of AWS Network Firewall by addresses and ports: stateless ones about packets, and the stateful ones that are written
 * as a header. What a rule asks for beyond these (contents, flags, names) makes it possible and never sure.
 */
import type { Direction, GrantFact, GrantPort, Peer, Protocol } from '../../../graph/fragment.ts';
import {
  type AddressSet,
  ALL_ADDRESSES,
  covers,
  intersect,
  isEmpty,
  parseAddresses,
  parseAddressList,
} from '../../../graph/sets/address-set.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import { addressPeer, grantsOf, unseenPeer } from '../guard.ts';
import { type Block, blocks, firstBlock, isUnknown, knownText, text, texts, type Written, whole } from '../resource.ts';

/** What a rule says about whom. */
export interface FirewallRule {
  readonly id: string;
  readonly verdict: GrantFact['verdict'];
  readonly source: readonly (Written | Unknown)[];
  readonly destination: readonly (Written | Unknown)[];
  /** Whether only some of the ports of callers are meant. */
  readonly fromSomePorts: boolean;
  readonly ports: readonly GrantPort[];
  readonly perhaps?: Unknown | undefined;
  readonly implicit?: true;
}

/** A subnet as rules see it. */
export interface Seen {
  /** Its addresses; undefined where they are not in the code. */
  readonly own: AddressSet | undefined;
  /** Those of whom it reaches through the firewall. */
  readonly through: AddressSet;
  /** Why no rule may be sure. */
  readonly doubt: Unknown | undefined;
}

/** The grants of a rule for a subnet; none for those whom it reaches by another way. */
export function firewallGrants(
  rule: FirewallRule,
  direction: Direction,
  { own, through, doubt }: Seen,
): readonly GrantFact[] {
  const { id, verdict, fromSomePorts, ports, implicit } = rule;
  // Who calls picks the port to call from: a denial of some of these denies nobody.
  if (verdict === 'deny' && fromSomePorts) return [];
  const [near, far] = direction === 'ingress' ? [rule.destination, rule.source] : [rule.source, rule.destination];
  const meant = about(near, own);
  if (meant === 'others') return [];
  const grants = grantsOf({
    id: `${id}/${direction}`,
    direction,
    peers: far.flatMap((item): readonly Peer[] => {
      if (isUnknown(item)) return [unseenPeer(item)];
      const passing = !isEmpty(intersect(parseAddressList([item.text]).set, through));
      return passing ? [addressPeer(item.text, item.origin)] : [];
    }),
    ports,
    perhaps: rule.perhaps ?? meant ?? doubt,
    verdict: 'allow',
    ...(implicit ? { implicit } : {}),
  });
  return grants.map((grant) => ({ ...grant, verdict }));
}

/** Whether a rule is about a subnet: undefined where it is about all of it, and a reason where nobody knows. */
function about(near: FirewallRule['source'], own: AddressSet | undefined): Unknown | 'others' | undefined {
  const hidden = near.find(isUnknown);
  if (hidden) return hidden;
  const { set } = parseAddressList(near.flatMap((item) => (isUnknown(item) ? [] : [item.text])));
  if (covers(set, { ...ALL_ADDRESSES, v6: [] }) || (own && covers(set, own))) return undefined;
  if (own && isEmpty(intersect(set, own))) return 'others';
  const place = (near[0] as Written).origin;
  return unknown('it is for some addresses only, and which workloads have these is not in the code', place);
}

/** Everybody, where a rule names nobody. */
function anybody({ origin }: Block): readonly Written[] {
  return ['0.0.0.0/0', '::/0'].map((cidr) => ({ kind: 'written', text: cidr, origin }));
}

// Stateless rules ---------------------------------------------------------------------------------------------------

const NUMBERS: Readonly<Record<string, Protocol>> = { 6: 'tcp', 17: 'udp', 132: 'sctp' };

/** The verdict of the first action that is not somebody's own metric; what goes to the stateful rules is passed on. */
export function verdictOf(actions: readonly (Written | Unknown)[]): GrantFact['verdict'] | Unknown | undefined {
  for (const action of actions) {
    if (isUnknown(action)) return action;
    if (action.text === 'aws:pass') return 'allow';
    if (action.text === 'aws:drop') return 'deny';
    if (action.text === 'aws:forward_to_sfe') return 'pass';
  }
  return undefined;
}

/**
 * A stateless rule.
 *
 * @param otherwise what befalls packets that no rule is about: the answers, which need a rule of their own
 */
export function statelessRule(block: Block, id: string, otherwise: GrantFact['verdict'] | Unknown | undefined) {
  const definition = firstBlock(block, 'rule_definition');
  const match = firstBlock(definition, 'match_attributes');
  const said = verdictOf(texts(definition, 'actions'));
  const verdict = isUnknown(said) || said === undefined ? 'pass' : said;
  const named = (side: string) => {
    const list = blocks(match, side).flatMap((one) => (isUnknown(one) ? [one] : texts(one, 'address_definition')));
    return list.length > 0 ? list : anybody(block);
  };
  const { ports, perhaps } = packetPorts(match, block);
  const narrowed =
    blocks(match, 'tcp_flag').length > 0 ? unknown('it is for packets with some flags only', block.origin) : undefined;
  const answers =
    verdict !== 'deny' && otherwise !== verdict
      ? unknown('whether the answers pass too is not decided', block.origin)
      : undefined;
  return {
    id,
    verdict,
    source: named('source'),
    destination: named('destination'),
    fromSomePorts: blocks(match, 'source_port').length > 0,
    ports,
    perhaps: (isUnknown(said) ? said : undefined) ?? perhaps ?? narrowed ?? answers,
  } satisfies FirewallRule;
}

function packetPorts(
  match: Block | undefined,
  { origin }: Block,
): { ports: readonly GrantPort[]; perhaps: Unknown | undefined } {
  const protocols = texts(match, 'protocols');
  const written = blocks(match, 'destination_port');
  const hidden = [...protocols, ...written].find(isUnknown);
  const known = protocols.flatMap((item): readonly GrantPort['protocol'][] =>
    isUnknown(item) ? [] : [NUMBERS[item.text] ?? 'other'],
  );
  const ranges = written.flatMap((one) => {
    const [from, to] = isUnknown(one) ? [] : [whole(one, 'from_port'), whole(one, 'to_port')];
    return typeof from === 'number' ? [{ from: Math.max(1, from), to: typeof to === 'number' ? to : from }] : [];
  });
  if (known.length === 0 && ranges.length === 0) return { ports: [], perhaps: hidden };
  const spoken: readonly GrantPort['protocol'][] = known.length > 0 ? known : [null];
  const meant = ranges.length > 0 ? ranges : [null];
  return { ports: spoken.flatMap((protocol) => meant.map((ports) => ({ protocol, ports, origin }))), perhaps: hidden };
}

// Stateful rules ----------------------------------------------------------------------------------------------------

const ACTIONS: Readonly<Record<string, 'allow' | 'deny'>> = { PASS: 'allow', DROP: 'deny', REJECT: 'deny' };
const SPOKEN: Readonly<Record<string, GrantPort['protocol']>> = { IP: null, TCP: 'tcp', UDP: 'udp', ICMP: 'other' };
/** Options that say something about a rule, and nothing about what it is for. */
const REMARKS: ReadonlySet<string> = new Set([
  'sid',
  'gid',
  'rev',
  'msg',
  'classtype',
  'priority',
  'metadata',
  'reference',
]);

/** A stateful rule that is a header; none where it only tells what it sees. One for both directions is two. */
export function statefulRules(
  block: Block,
  id: string,
  sets: ReadonlyMap<string, readonly (Written | Unknown)[]>,
): readonly FirewallRule[] {
  const action = text(block, 'action');
  const verdict = isUnknown(action) ? 'allow' : ACTIONS[action?.toUpperCase() ?? ''];
  const header = firstBlock(block, 'header');
  if (!verdict || !header) return [];
  const protocol = text(header, 'protocol');
  const spoken = isUnknown(protocol) ? undefined : SPOKEN[protocol?.toUpperCase() ?? 'IP'];
  const asks = blocks(block, 'rule_option').find(
    (one) => isUnknown(one) || !REMARKS.has(knownText(one, 'keyword')?.toLowerCase() ?? ''),
  );
  const hidden = [action, protocol].find(isUnknown);
  const beyond =
    spoken === undefined
      ? unknown(`whether it speaks ${isUnknown(protocol) ? 'that' : protocol} is not in the code`, header.origin)
      : undefined;
  const more = asks && unknown('it asks for more than addresses and ports', asks.origin);
  const one = (from: string, to: string, suffix: string): FirewallRule => {
    const { ports, perhaps } = headerPorts(header, `${to}_port`, spoken ?? null);
    return {
      id: `${id}${suffix}`,
      verdict,
      source: headerAddresses(header, from, sets),
      destination: headerAddresses(header, to, sets),
      fromSomePorts: !isAny(knownText(header, `${from}_port`)),
      ports,
      perhaps: hidden ?? beyond ?? more ?? perhaps,
    };
  };
  const both = knownText(header, 'direction')?.toUpperCase() === 'ANY';
  return [one('source', 'destination', ''), ...(both ? [one('destination', 'source', '/back')] : [])];
}

function isAny(written: string | undefined): boolean {
  return written === undefined || written.toUpperCase() === 'ANY';
}

/** Addresses as a header has them: `ANY`, a range, `[a,b]`, or the name of a set. */
function headerAddresses(header: Block, name: string, sets: ReadonlyMap<string, readonly (Written | Unknown)[]>) {
  return texts(header, name).flatMap((item): readonly (Written | Unknown)[] => {
    if (isUnknown(item)) return [item];
    if (isAny(item.text)) return anybody({ ...header, origin: item.origin });
    return partsOf(item.text).flatMap((part) => {
      const set = part.startsWith('$') ? sets.get(part.slice(1)) : undefined;
      if (set) return set;
      return [
        parseAddresses(part)
          ? { ...item, text: part }
          : unknown(`which addresses ${part} has is not in the code`, item.origin),
      ];
    });
  });
}

function partsOf(written: string): readonly string[] {
  return written
    .replace(/^\[|\]$/g, '')
    .split(',')
    .map((part) => part.trim());
}

/** Ports as a header has them: `ANY`, `443`, `8000:8010`, `[80,443]`. */
function headerPorts(
  header: Block,
  name: string,
  protocol: GrantPort['protocol'],
): { ports: readonly GrantPort[]; perhaps: Unknown | undefined } {
  const written = text(header, name);
  const origin = header.origin;
  const every = protocol === null ? [] : [{ protocol, ports: null, origin }];
  if (isUnknown(written)) return { ports: every, perhaps: written };
  if (isAny(written) || protocol === 'other') return { ports: every, perhaps: undefined };
  const ranges = partsOf(written as string).map((part) => RANGE.exec(part));
  if (ranges.includes(null))
    return { ports: every, perhaps: unknown(`which ports ${written} are is not in the code`, origin) };
  return {
    ports: ranges.flatMap((range) => {
      const [from, to] = [
        Math.max(1, Number(range?.[1])),
        range?.[2] === undefined ? Number(range?.[1]) : Number(range[2] || 65_535),
      ];
      return [{ protocol, ports: { from, to: Math.min(65_535, to) }, origin }];
    }),
    perhaps: undefined,
  };
}

const RANGE = /^(\d{1,5})(?::(\d{0,5}))?$/;
