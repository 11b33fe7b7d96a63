import { keptVariables } from '../../assemble/compose/interpolate.ts';
import { portParts } from '../../assemble/compose/port-parts.ts';
import type { PortRange, Protocol } from '../../graph/fragment.ts';
import type { Edit } from '../../source/edit.ts';
import { isIpAddress } from '../../source/ip-address.ts';
import type { Origin } from '../../source/span.ts';
import { type Unknown, unknown, type Value } from '../../source/value.ts';

/** A published port as Docker reads it. */
export interface PublishedPort {
  /** What a person calls it: `127.0.0.1:8080:80`. */
  readonly name: string;
  /** The container side; null where it hangs on a variable without value. */
  readonly target: PortRange | null;
  readonly protocol: Protocol;
  /** The host side: null where Docker picks a port. */
  readonly published: PortRange | null;
  /** As written; null for every address. */
  readonly address: string | null;
  /** On the machine that runs the container, and not on every machine of a swarm. */
  readonly hostMode: boolean;
  readonly tls: boolean;
  readonly origin: Origin;
  /** What publishes it on loopback alone, if every address is what it is published at. */
  readonly loopback?: Edit;
  /** What of the host side hangs on a variable without value. */
  readonly unknown?: Unknown;
  /** Why Docker refuses it, as a sentence for people; `published` is null then unless it is clear what is meant. */
  readonly problem?: string;
}

/** What an item of `ports` publishes; only a sentence where not even the container's port can be read. */
export function readPublishedPort(item: Value): PublishedPort | { readonly name: string; readonly problem: string } {
  const parts = portParts(item);
  const name = parts?.text ?? '';
  if (!parts) return { name, problem: 'This is no port: write "8080:80", or a mapping with a target.' };
  const { protocol, target } = parts;
  const targetUnset = keptVariables(`${target}/${protocol}`).length > 0;
  if (!targetUnset && !isProtocol(protocol)) {
    return { name, problem: `"${protocol}" is no protocol of ports: write tcp, udp or sctp.` };
  }
  const inside = targetUnset ? null : portRange(target);
  if (inside === undefined) return { name, problem: `"${target}" is no container port: write a number or a range.` };
  const common = {
    name,
    target: inside,
    protocol: isProtocol(protocol) ? protocol : ('tcp' as const),
    hostMode: parts.mode === 'host',
    tls: /^(?:https|tls|wss|grpcs)$/i.test(parts.applicationProtocol ?? ''),
    origin: item.origin,
  };
  return { ...common, ...hostSide(parts.address, parts.published, inside, item) };
}

const OUT_OF_RANGE = 'Ports are numbers from 1 to 65535; Docker refuses this one.';

type HostSide = Pick<PublishedPort, 'published' | 'address' | 'unknown' | 'problem'>;

function hostSide(address: string | null, written: string | null, inside: PortRange | null, item: Value): HostSide {
  const unset = keptVariables(`${address ?? ''} ${written ?? ''}`);
  const missing = unset.length > 0 ? { unknown: unknown(`${unset[0]} has no value`, item.origin) } : {};
  const refuse = (problem: string): HostSide => ({ published: null, address, problem });
  const known = address === null || keptVariables(address).length > 0 ? null : address;
  if (known !== null && !isIpAddress(known)) {
    return refuse(`"${known}" is no IP address, so Docker does not publish this port.`);
  }
  if (inside && !isValid(inside)) return refuse(OUT_OF_RANGE);
  // A variable before the port may hold an address too: `127.0.0.1:8080`. And 0 asks for any port that is free.
  if (written === null || written === '0' || keptVariables(written).length > 0) {
    return { published: null, address: known, ...missing };
  }
  const published = portRange(written);
  if (!published) return refuse(`"${written}" is no host port: write a number or a range.`);
  if (!isValid(published)) return refuse(OUT_OF_RANGE);
  const length = published.to - published.from;
  if (inside && inside.to > inside.from && length !== inside.to - inside.from) {
    // Docker does not start it, but what somebody means to publish is clear, all but which port leads where.
    const because = 'the two ranges have different lengths';
    const problem = 'The two ranges have different lengths; Docker refuses them.';
    return { published, address: known, unknown: unknown(because, item.origin), problem };
  }
  return { published, address: known, ...missing };
}

/** The ports of an item of `expose`, or undefined. */
export function readExposedPort(item: Value): { readonly ports: PortRange; readonly protocol: Protocol } | undefined {
  const parts = portParts(item);
  const ports = parts && parts.published === null ? portRange(parts.target) : undefined;
  return parts && ports && isProtocol(parts.protocol) ? { ports, protocol: parts.protocol } : undefined;
}

/** `80` or `80-90`; the second is not below the first. Numbers that are no ports are kept: somebody wrote them. */
function portRange(written: string): PortRange | undefined {
  const match = /^(\d{1,9})(?:-(\d{1,9}))?$/.exec(written);
  if (!match) return undefined;
  const from = Number(match[1]);
  const to = Number(match[2] ?? match[1]);
  return from <= to ? { from, to } : undefined;
}

function isValid({ from, to }: PortRange): boolean {
  return from >= 1 && to <= 65_535;
}

function isProtocol(protocol: string): protocol is Protocol {
  return protocol === 'tcp' || protocol === 'udp' || protocol === 'sctp';
}
