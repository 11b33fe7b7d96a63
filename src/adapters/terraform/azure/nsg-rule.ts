import type { Direction, GrantFact, GrantPort, Peer } from '../../../graph/fragment.ts';
import type { Trait } from '../../../graph/trait.ts';
import { type Notice, notice } from '../../../source/notice.ts';
import { type Unknown, unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { addressPeer, grantsOf, marked, type Ports, unseenPeer } from '../guard.ts';
import {
  apartAtCommas,
  type Block,
  get,
  isUnknown,
  knownText,
  originOf,
  text,
  texts,
  type Written,
} from '../resource.ts';
import { isOfBastions } from './bastion-range.ts';
import { IN_A_NETWORK } from './network.ts';

export const APPLICATION_GROUP = 'azurerm_application_security_group';

const DIRECTIONS = { inbound: 'ingress', outbound: 'egress' } as const;

export function ruleGrants(
  block: Block,
  id: string,
  uncertain: Unknown | undefined,
  context: Context,
): readonly GrantFact[] {
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
  const grants = grantsOf({
    id,
    name: knownText(block, 'name'),
    direction,
    peers: peersOf(block, side, context),
    ports,
    perhaps: uncertain ?? hidden ?? perhaps,
    verdict: access === 'deny' ? 'deny' : 'allow',
  });
  const told = new Map(prefixes(block, side).map((item) => [item.origin, traitOf(item, context)]));
  return grants.map((grant) => {
    const trait = told.get(grant.origin);
    return trait ? { ...grant, traits: [{ trait, origin: grant.origin }] } : grant;
  });
}

/** What is to be said of a rule for a prefix. */
function traitOf(item: Written | Unknown, context: Context): Trait | undefined {
  if (isPlatform(item)) return 'open-to-platform';
  return isOfBastions(item, context) ? 'open-to-sessions' : undefined;
}

/** Prefixes without an address: Azure refuses a rule with one, so that it lets nobody in. */
export function refused(block: Block): readonly Notice[] {
  const written = (['source', 'destination'] as const).flatMap((side) => prefixes(block, side));
  return written.flatMap((item) => {
    if (isUnknown(item) || !item.text.startsWith('/') || EVERYWHERE.has(item.text)) return [];
    return [
      notice(
        'invalid-value',
        `"${item.text}" is no range of addresses, and Azure refuses a rule with it.`,
        item.origin,
      ),
    ];
  });
}

/** `AzureCloud`, of one region or of all: whatever anybody runs there (R74). */
function isPlatform(item: Written | Unknown): boolean {
  return item.kind === 'written' && /^azurecloud(\.|$)/i.test(item.text);
}

function prefixes(block: Block, side: 'source' | 'destination'): readonly (Written | Unknown)[] {
  return [...texts(block, `${side}_address_prefix`), ...texts(block, `${side}_address_prefixes`)].flatMap(
    apartAtCommas,
  );
}

/** What Azure and the benchmarks about it take for every address. */
const EVERYWHERE: ReadonlySet<string> = new Set(['*', 'any', '0.0.0.0', '/0']);
const ANYWHERE: ReadonlySet<string> = new Set([...EVERYWHERE, '0.0.0.0/0', '::/0', 'internet', 'virtualnetwork']);

/** R74: a rule for some addresses of what it guards is not for all of it, and whose they are is not in the code. */
function narrowed(block: Block, direction: Direction): Unknown | undefined {
  const own = direction === 'ingress' ? 'destination' : 'source';
  const named = prefixes(block, own);
  const groups = get(block, `${own}_application_security_group_ids`);
  const narrow = named.find((item) => isUnknown(item) || !ANYWHERE.has(item.text.toLowerCase()));
  if (!narrow && !groups) return undefined;
  const place = narrow?.origin ?? groups?.origin ?? block.origin;
  return unknown('it is for some addresses only, and which workloads have these is not in the code', place);
}

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', '100.64.0.0/10', '169.254.0.0/16', '127.0.0.0/8'];
const PRIVATE_V6 = ['fc00::/7', 'fe80::/10', '::1/128'];

function peersOf(block: Block, side: 'source' | 'destination', context: Context): readonly Peer[] {
  const written = prefixes(block, side);
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
  if (EVERYWHERE.has(written.toLowerCase())) return [addressPeer('0.0.0.0/0', origin), addressPeer('::/0', origin)];
  switch (written.toLowerCase()) {
    case 'internet':
      return [
        { kind: 'addresses', cidr: '0.0.0.0/0', except: PRIVATE, origin },
        { kind: 'addresses', cidr: '::/0', except: PRIVATE_V6, origin },
      ];
    case 'virtualnetwork':
      return [{ kind: 'workloads', selector: marked(IN_A_NETWORK, context, origin), origin }];
    case 'azureloadbalancer':
      return [addressPeer('168.63.129.16/32', origin)];
  }
  if (/^[0-9a-f]*[.:]/i.test(written) || /^\d/.test(written)) return [addressPeer(written, origin)];
  if (written.startsWith('/')) return [];
  return [{ kind: 'unknown', because: `which addresses the tag ${written} has is not in the code`, origin }];
}

/** The ports of a rule, as Azure writes them: `*`, `22`, `8000-8010`, or lists of these. */
function portsOf(block: Block): Ports {
  const protocol = text(block, 'protocol');
  const origin = originOf(block, 'destination_port_range', originOf(block, 'destination_port_ranges', block.origin));
  if (isUnknown(protocol)) return { ports: [], perhaps: protocol };
  const known = protocolOf(protocol);
  if (known === 'other') return { ports: [{ protocol: 'other', ports: null, origin }] };
  const written = [...texts(block, 'destination_port_range'), ...texts(block, 'destination_port_ranges')].flatMap(
    apartAtCommas,
  );
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
