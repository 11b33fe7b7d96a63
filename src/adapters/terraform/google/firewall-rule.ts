/** Whom a firewall rule speaks of, and on which ports (R78). */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { Direction, GrantPort, Peer, Protocol } from '../../../graph/fragment.ts';
import type { Unknown } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { addressPeer, mark, marked, type Ports, unseenPeer } from '../guard.ts';
import { type Block, get, isUnknown, knownText, originOf, texts, type Written } from '../resource.ts';

/** Tags and accounts are marks within a network. */
export function markOf(
  kind: 'tag' | 'account',
  name: string,
  network: string,
  context: Context,
): readonly [string, string] {
  return mark(`${network} ${kind} ${name}`, context);
}

export function nameOf(item: Written | Unknown): string {
  return isUnknown(item) ? (item.refers?.[0]?.address ?? item.because) : item.text;
}

export function peersOf(rule: Resource, direction: Direction, network: string, context: Context): readonly Peer[] {
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

export function portsOf(block: Block, protocolName = 'protocol'): Ports {
  const written = get(block, protocolName);
  if (isUnknown(written)) return { ports: [], perhaps: written };
  const name = (knownText(block, protocolName) ?? 'all').toLowerCase();
  if (name === 'all') return { ports: [], portsOrigin: originOf(block, protocolName, block.origin) };
  const protocol = PROTOCOLS[name];
  const origin = originOf(block, 'ports', originOf(block, protocolName, block.origin));
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
