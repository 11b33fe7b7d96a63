/** Whom a rule of a policy for the whole cluster speaks of (R27–R30). */
import type { Direction, GrantFact, Peer, Selector } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, entriesOf, itemsOf, textOf, type Unknown, type Value } from '../../source/value.ts';
import { isUnknown, present, tellStrangers } from './fault.ts';
import { firstLineOf } from './field.ts';
import { type Findings, labelSelector } from './label-selector.ts';
import { cidrRange } from './network-policy-rule.ts';

/** The peers of a rule. */
export interface PolicyPeers {
  readonly peers: readonly Peer[];
  /** Some of them are addresses, whose ports have no names. */
  readonly addresses: boolean;
  /** A peer with a field that is not known: the rule fails closed. */
  readonly strange: Value | undefined;
}

const INGRESS = ['namespaces', 'pods'];
const EGRESS = [...INGRESS, 'nodes', 'networks', 'domainNames'];
/** As many addresses as a peer may list (R31). */
const MOST_NETWORKS = 25;

/** The peers of a rule in `direction`: each says one thing. */
export function policyPeers(items: readonly Value[], direction: Direction, findings: Findings): PolicyPeers {
  const fields = direction === 'ingress' ? INGRESS : EGRESS;
  const peers: Peer[] = [];
  let addresses = false;
  let strange: Value | undefined;
  for (const item of items) {
    if (item.kind === 'unknown') {
      peers.push(unknownPeer(item));
      continue;
    }
    const written = [...entriesOf(item)].filter(({ key }) => present(item, key) !== undefined);
    const [only, second] = written;
    if (only && !second && !fields.includes(only.key)) {
      strange ??= item;
    } else if (!only || second) {
      const message = `a peer has exactly one of ${fields.join(', ')}`;
      findings.faults.push({ message, origin: firstLineOf(item) });
    } else {
      addresses ||= !INGRESS.includes(only.key);
      peers.push(...peersOf(only.key, only.value, firstLineOf(item), findings));
    }
  }
  return { peers, addresses, strange };
}

function peersOf(field: string, value: Value, origin: Origin, findings: Findings): readonly Peer[] {
  if (value.kind === 'unknown') return [unknownPeer(value)];
  if (field === 'networks') return networkPeers(value, findings);
  if (field === 'nodes') return [{ kind: 'unknown', because: 'the addresses of nodes are not in the code', origin }];
  if (field === 'domainNames') {
    return [{ kind: 'unknown', because: 'the addresses of domain names are not in the code', origin }];
  }
  const old = oldForm(field === 'pods' ? at(value, 'namespaces') : value) ?? oldForm(at(value, 'namespaceSelector'));
  if (old) return [{ kind: 'unknown', because: `${old} of an early version of the API is not read`, origin }];
  const selector = field === 'pods' ? namespacedPods(value, origin, findings) : allPods(value, origin, findings);
  if (!selector) return [];
  return [isUnknown(selector) ? unknownPeer(selector) : { kind: 'workloads', selector, origin }];
}

/** Early versions compared the labels of both ends, or had a selector one level deeper. */
function oldForm(value: Value | undefined): string | undefined {
  return ['sameLabels', 'notSameLabels', 'namespaceSelector', 'self'].find((key) => at(value, key) !== undefined);
}

function unknownPeer({ because, origin }: Unknown): Peer {
  return { kind: 'unknown', because, origin };
}

function allPods(value: Value, origin: Origin, findings: Findings): Selector | Unknown {
  const namespaces = labelSelector(value, findings);
  return isUnknown(namespaces) ? namespaces : { namespace: null, namespaces, requirements: [], origin };
}

/** Pods by their labels in namespaces by theirs; a selector that is left out, or null, selects all of them (R8). */
export function namespacedPods(value: Value, origin: Origin, findings: Findings): Selector | Unknown | undefined {
  if (value.kind === 'unknown') return value;
  tellStrangers(value, ['namespaceSelector', 'podSelector'], 'pods', findings.notices);
  if (at(value, 'podSelector') === undefined && at(value, 'namespaceSelector') === undefined) {
    findings.faults.push({ message: 'pods needs a namespaceSelector and a podSelector', origin });
    return undefined;
  }
  const requirements = labelSelector(present(value, 'podSelector'), findings);
  const namespaces = labelSelector(present(value, 'namespaceSelector'), findings);
  if (isUnknown(requirements)) return requirements;
  return isUnknown(namespaces) ? namespaces : { namespace: null, namespaces, requirements, origin };
}

/** Ranges of addresses, which mean pods too that have such an address (R29). */
function networkPeers(value: Value, findings: Findings): readonly Peer[] {
  const items = itemsOf(value);
  if (items.length === 0)
    findings.faults.push({ message: 'networks needs a range of addresses', origin: value.origin });
  const beyond = items[MOST_NETWORKS];
  if (beyond) {
    const message = `More than ${MOST_NETWORKS} networks in one peer are not taken by the API. They are read all the same.`;
    findings.notices.push(notice('invalid-value', message, beyond.origin));
  }
  return items.flatMap((item): readonly Peer[] => {
    if (item.kind === 'unknown') return [unknownPeer(item)];
    const cidr = textOf(item) ?? '';
    if (cidrRange(cidr)) return [{ kind: 'addresses', cidr, except: [], workloads: true, origin: item.origin }];
    findings.faults.push({ message: `"${cidr}" is no range of addresses in CIDR notation`, origin: item.origin });
    return [];
  });
}

/** What becomes of a rule with a part that is not known. */
export function failsClosed(verdict: GrantFact['verdict'], origin: Origin): Notice {
  const outcome = verdict === 'allow' ? 'admits nothing' : 'denies everybody';
  const message = `A part of this rule is not known, so that it fails closed and ${outcome}: correct it, or update this program.`;
  return notice('unsupported-construct', message, origin);
}
