/** EXPOSE: ports, ranges and protocols as the builder reads them (reachability.md R88: a hint of what listens). */
import type { DeclaredPort, PortRange, Protocol } from '../../graph/fragment.ts';
import type { Origin } from '../../source/span.ts';

/**
 * The port that a word of EXPOSE declares, its variables filled in: `8080`, `53/udp`, `8000-8010/tcp`. Numbers that no
 * machine has are kept, for they are what somebody wrote. Of `8080:80`, which only `docker run` understands, the
 * container's side counts. Undefined where the word is no port.
 */
export function declaredPort(word: string, origin: Origin): DeclaredPort | undefined {
  const [numbers, protocol = 'tcp', ...more] = word.split('/');
  const ports = rangeOf((numbers as string).slice((numbers as string).lastIndexOf(':') + 1));
  const known = protocolOf(protocol);
  return ports && known && more.length === 0 ? { ports, protocol: known, origin } : undefined;
}

function rangeOf(text: string): PortRange | undefined {
  const [, from, to = from] = /^(\d{1,15})(?:-(\d{1,15}))?$/.exec(text) ?? [];
  const range = { from: Number(from), to: Number(to) };
  return range.from <= range.to ? range : undefined;
}

function protocolOf(text: string): Protocol | undefined {
  const name = text.toLowerCase();
  return name === 'tcp' || name === 'udp' || name === 'sctp' ? name : undefined;
}
