/** The ports of rules, as AWS writes them (R60). */
import type { GrantPort, Protocol } from '../../../graph/fragment.ts';
import type { Unknown } from '../../../source/value.ts';
import type { Ports } from '../guard.ts';
import { type Block, isUnknown, originOf, text, whole } from '../resource.ts';

const PROTOCOLS: Readonly<Record<string, Protocol>> = {
  tcp: 'tcp',
  6: 'tcp',
  udp: 'udp',
  17: 'udp',
  sctp: 'sctp',
  132: 'sctp',
};
const EVERY = new Set(['-1', 'all']);

/** The ports of a rule: every one where the protocol is `-1`, whatever else it says; none of a protocol without ports. */
export function portsOf(block: Block, protocolName = 'protocol'): Ports {
  const protocol = text(block, protocolName);
  const origin = originOf(block, 'from_port', originOf(block, protocolName, block.origin));
  if (isUnknown(protocol)) return { ports: [], perhaps: protocol };
  const written = (protocol ?? 'tcp').toLowerCase();
  if (EVERY.has(written)) return { ports: [] };
  const known = PROTOCOLS[written];
  if (!known) return { ports: [{ protocol: 'other', ports: null, origin }] };
  return rangeOf(block, known, origin);
}

/** Whether a rule surely speaks of port 0 alone. */
export function isPortZero(block: Block, protocolName = 'protocol'): boolean {
  const protocol = text(block, protocolName) ?? 'tcp';
  if (isUnknown(protocol) || PROTOCOLS[protocol.toLowerCase()] === undefined) return false;
  return whole(block, 'from_port') === 0 && whole(block, 'to_port') === 0;
}

function rangeOf(block: Block, protocol: Protocol, origin: GrantPort['origin']): Ports {
  const [from, to] = [whole(block, 'from_port'), whole(block, 'to_port')];
  const hidden = [from, to].find((end): end is Unknown => isUnknown(end));
  if (hidden) return { ports: [{ protocol, ports: null, origin }], perhaps: hidden };
  const [first, last] = [from ?? to, to ?? from] as (number | undefined)[];
  if (first === undefined || last === undefined || first < 0) return { ports: [{ protocol, ports: null, origin }] };
  // Port 0 alone is no port that anything listens on.
  if (last < 1 || last < first) return { ports: [{ protocol: 'other', ports: null, origin }] };
  return { ports: [{ protocol, ports: { from: Math.max(1, first), to: Math.min(65_535, last) }, origin }] };
}
