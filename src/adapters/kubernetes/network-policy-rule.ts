/** Peers and ports of the rules of NetworkPolicies, as strictly as an API server reads them (R7–R13). */
import type { GrantPort, Peer, Protocol } from '../../graph/fragment.ts';
import { covers, parseAddresses } from '../../graph/sets/address-set.ts';
import type { Origin } from '../../source/span.ts';
import { at, textOf, type Unknown, type Value } from '../../source/value.ts';
import { isUnknown, listAt, present, tellStrangers } from './fault.ts';
import { firstLineOf, lineAt } from './field.ts';
import { type Findings, labelSelector } from './label-selector.ts';
import { onePort } from './port.ts';

/** One peer (R7): addresses, or workloads by labels of pods and of namespaces; both selectors in one peer go together. */
export function policyPeer(peer: Value, namespace: string, findings: Findings): Peer | undefined {
  if (peer.kind === 'unknown') return unknownPeer(peer);
  const block = present(peer, 'ipBlock');
  const pods = present(peer, 'podSelector');
  const namespaces = present(peer, 'namespaceSelector');
  const origin = firstLineOf(peer);
  tellStrangers(peer, ['ipBlock', 'podSelector', 'namespaceSelector'], 'A peer', findings.notices);
  if ((block && (pods || namespaces)) || (!block && !pods && !namespaces)) {
    findings.faults.push({ message: 'a peer is an ipBlock, or a podSelector and a namespaceSelector', origin });
    return undefined;
  }
  if (block) return addressPeer(block, findings);
  const labels = labelSelector(pods, findings);
  if (isUnknown(labels)) return unknownPeer(labels);
  if (!namespaces) return { kind: 'workloads', selector: { namespace, requirements: labels, origin }, origin };
  const where = labelSelector(namespaces, findings);
  if (isUnknown(where)) return unknownPeer(where);
  const selector = { namespace: null, namespaces: where, requirements: labels, origin };
  return { kind: 'workloads', selector, origin };
}

function unknownPeer({ because, origin }: Unknown): Peer {
  return { kind: 'unknown', because, origin };
}

/** A range of addresses without parts of it, each of them smaller than the range and inside it (R9). */
function addressPeer(block: Value, findings: Findings): Peer | undefined {
  const { faults } = findings;
  if (block.kind === 'unknown') return unknownPeer(block);
  tellStrangers(block, ['cidr', 'except'], 'An ipBlock', findings.notices);
  const written = at(block, 'cidr');
  const except = listAt(block, 'except', faults);
  if (written?.kind === 'unknown') return unknownPeer(written);
  if (isUnknown(except)) return unknownPeer(except);
  const hidden = except.find((item) => item.kind === 'unknown');
  if (hidden?.kind === 'unknown') return unknownPeer(hidden);
  const cidr = textOf(written) ?? '';
  const origin = lineAt(block, 'cidr', block.origin);
  const whole = cidrRange(cidr);
  if (!whole) faults.push({ message: `"${cidr}" is no range of addresses in CIDR notation`, origin });
  for (const item of except) {
    const text = textOf(item) ?? '';
    const part = cidrRange(text);
    if (!part) faults.push({ message: `"${text}" is no range of addresses in CIDR notation`, origin: item.origin });
    else if (whole && !(covers(whole, part) && !covers(part, whole))) {
      faults.push({ message: `"${text}" is not a part of ${cidr}`, origin: item.origin });
    }
  }
  return { kind: 'addresses', cidr, except: except.map((item) => textOf(item) ?? ''), origin };
}

/** The addresses of a text in CIDR notation; undefined for any other text. */
export function cidrRange(text: string) {
  return text.includes('/') ? parseAddresses(text) : undefined;
}

const PROTOCOLS: ReadonlyMap<string, Protocol> = new Map([
  ['TCP', 'tcp'],
  ['UDP', 'udp'],
  ['SCTP', 'sctp'],
]);

/** The protocol of a port, TCP where it says none (R11); undefined, with a fault, for one that does not exist. */
export function policyProtocol(port: Value | undefined, otherwise: Origin, findings: Findings): Protocol | undefined {
  const text = textOf(at(port, 'protocol')) ?? 'TCP';
  const protocol = PROTOCOLS.get(text);
  if (!protocol) {
    const origin = lineAt(port, 'protocol', otherwise);
    findings.faults.push({ message: `there is no protocol ${text}: write TCP, UDP or SCTP`, origin });
  }
  return protocol;
}

/** A whole number from 1 to 65535 that is written as a number; undefined for anything else. */
export function portNumber(value: Value | undefined): number | undefined {
  if (value?.kind !== 'scalar' || typeof value.value !== 'number') return undefined;
  return Number.isInteger(value.value) && value.value >= 1 && value.value <= 65535 ? value.value : undefined;
}

/** What a container may call a port: at most 15 of a–z, 0–9 and single dashes, one letter at least. */
export function isPortName(text: string): boolean {
  return text.length <= 15 && /^[a-z0-9-]+$/.test(text) && /[a-z]/.test(text) && !/^-|-$|--/.test(text);
}

/** One port of a rule: a number, a range, a name, or every port of the protocol (R11–R13). */
export function policyPort(port: Value, findings: Findings): GrantPort | Unknown | undefined {
  const hidden = [port, at(port, 'protocol'), at(port, 'port'), at(port, 'endPort')].find(
    (part) => part?.kind === 'unknown',
  );
  if (hidden?.kind === 'unknown') return hidden;
  const origin = firstLineOf(port);
  const refuse = (message: string, field: string) => {
    findings.faults.push({ message, origin: lineAt(port, field, origin) });
    return undefined;
  };
  tellStrangers(port, ['protocol', 'port', 'endPort'], 'A port', findings.notices);
  const protocol = policyProtocol(port, origin, findings);
  const first = present(port, 'port');
  const last = present(port, 'endPort');
  if (!protocol) return undefined;
  if (first === undefined) {
    return last ? refuse('an endPort needs a port', 'endPort') : { protocol, ports: null, origin };
  }
  const from = portNumber(first);
  if (from === undefined) {
    const name = first.kind === 'scalar' && typeof first.value === 'string' ? first.text : '';
    if (!isPortName(name)) return refuse('a port is a number from 1 to 65535, or the name of a port', 'port');
    return last ? refuse('an endPort needs a number as its port', 'endPort') : { protocol, ports: name, origin };
  }
  if (!last) return { protocol, ports: onePort(from), origin };
  const to = portNumber(last);
  if (to === undefined || to < from) return refuse('an endPort is a number, and not less than its port', 'endPort');
  return { protocol, ports: { from, to }, origin: lineAt(port, 'port', origin) };
}
