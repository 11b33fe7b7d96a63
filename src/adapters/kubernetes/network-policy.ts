/** NetworkPolicies as guards (R1–R13). What they make of reachability is the graph's matter. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { Direction, GrantFact, GuardFact } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, type Entry, entriesOf, entryOf, itemsOf, textOf, type Unknown, type Value } from '../../source/value.ts';
import { allKnown, type Fault, isFaulty, isUnknown, listAt, refusal, tellStrangers } from './fault.ts';
import { firstLineOf, lineOf } from './field.ts';
import { type Findings, labelSelector } from './label-selector.ts';
import { policyPeer, policyPort } from './network-policy-rule.ts';

/** The place of NetworkPolicies among the tiers of a cluster (R23): after admin tiers, before baseline ones. */
export const STANDARD_TIER = 1_000_000;

/** The peers' field of a rule, in either direction. */
const PEERS = { ingress: 'from', egress: 'to' } as const;
const DIRECTIONS = ['ingress', 'egress'] as const;

/**
 * A NetworkPolicy as a guard, with what it admits as written. Undefined, with a notice, for one that an API server refuses:
 * no part of it is in the cluster, and to read what is left of it would widen or narrow access that nobody has.
 */
export function networkPolicyFact(object: KubernetesObject, notices: Notice[]): GuardFact | undefined {
  const faults: Fault[] = [];
  const findings: Findings = { faults, notices };
  const spec = at(object.root, 'spec');
  const subject = entryOf(spec, 'podSelector');
  const requirements = labelSelector(subject?.value, findings);
  tellStrangers(spec, ['podSelector', 'policyTypes', 'ingress', 'egress'], 'A NetworkPolicy', notices);
  const isolates = isolationOf(spec, faults);
  // Rules of a direction that the policy does not isolate grant nothing (R3); they are kept, because somebody wrote them.
  const grants = DIRECTIONS.flatMap((direction) => grantsOf(object, direction, findings));
  if (isFaulty(faults)) {
    notices.push(refusal(object, faults));
    return undefined;
  }
  const hidden = spec?.kind === 'unknown' ? spec : isUnknown(requirements) ? requirements : undefined;
  if (hidden || isUnknown(requirements)) {
    const message = `Whom the NetworkPolicy "${object.name}" guards is not in the code, and it is left out.`;
    notices.push(notice('not-evaluated', message, hidden?.origin ?? object.origin));
    return undefined;
  }
  return {
    id: idOf(object),
    kind: 'network-policy',
    name: object.name,
    namespace: object.namespace,
    subject: { namespace: object.namespace, requirements, origin: selectorOrigin(subject) ?? object.origin },
    tier: STANDARD_TIER,
    priority: null,
    isolates: isUnknown(isolates) ? DIRECTIONS : isolates,
    // A direction that may not be isolated at all may admit everything.
    grants: isUnknown(isolates)
      ? [...grants, ...DIRECTIONS.map((direction) => unknownGrant(object, direction, 'types', isolates))]
      : grants,
    origin: object.origin,
  };
}

/** The line of the first label that a selector asks for: that is what is wrong where it picks nobody. */
function selectorOrigin(selector: Entry | undefined): Origin | undefined {
  for (const label of entriesOf(at(selector?.value, 'matchLabels'))) return lineOf(label);
  return selector?.keyOrigin;
}

/** The directions that the policy closes but for its grants: what `policyTypes` says, else what its rules show (R3). */
function isolationOf(spec: Value | undefined, faults: Fault[]): readonly Direction[] | Unknown {
  const types = listAt(spec, 'policyTypes', faults);
  if (isUnknown(types)) return types;
  const hidden = types.find((type) => type.kind === 'unknown');
  if (hidden?.kind === 'unknown') return hidden;
  for (const type of types) {
    if (!['Ingress', 'Egress'].includes(textOf(type) ?? '')) {
      faults.push({ message: 'policyTypes are Ingress and Egress', origin: type.origin });
    }
  }
  if (types.length === 0) return itemsOf(at(spec, 'egress')).length > 0 ? DIRECTIONS : ['ingress'];
  return DIRECTIONS.filter((direction) => types.some((type) => textOf(type)?.toLowerCase() === direction));
}

function idOf({ namespace, name }: KubernetesObject): string {
  return `network-policy/${namespace}/${name}`;
}

function grantsOf(object: KubernetesObject, direction: Direction, findings: Findings): GrantFact[] {
  const rules = listAt(at(object.root, 'spec'), direction, findings.faults);
  if (isUnknown(rules)) return [unknownGrant(object, direction, 'rules', rules)];
  return rules.map((rule, index) => grantOf(object, direction, rule, index, findings));
}

function grantOf(
  object: KubernetesObject,
  direction: Direction,
  rule: Value,
  index: number,
  findings: Findings,
): GrantFact {
  if (rule.kind === 'unknown') return unknownGrant(object, direction, index, rule);
  tellStrangers(rule, [PEERS[direction], 'ports'], `A rule of ${direction}`, findings.notices);
  const peers = listAt(rule, PEERS[direction], findings.faults);
  const ports = listAt(rule, 'ports', findings.faults);
  if (isUnknown(peers)) return unknownGrant(object, direction, index, peers);
  if (isUnknown(ports)) return unknownGrant(object, direction, index, ports);
  const known = allKnown(ports.flatMap((port) => policyPort(port, findings) ?? []));
  // Which ports it opens is as good as to whom: nobody knows who gets to which.
  if (isUnknown(known)) return unknownGrant(object, direction, index, known);
  return {
    id: `${idOf(object)}/${direction}/${index}`,
    direction,
    peers: peers.flatMap((peer) => policyPeer(peer, object.namespace, findings) ?? []),
    ports: known,
    verdict: 'allow',
    origin: firstLineOf(rule),
  };
}

/** A rule that the code does not show: it may admit anybody to anything. */
function unknownGrant(
  object: KubernetesObject,
  direction: Direction,
  index: number | string,
  { because, origin }: Unknown,
): GrantFact {
  const peers = [{ kind: 'unknown', because, origin }] as const;
  return { id: `${idOf(object)}/${direction}/${index}`, direction, peers, ports: [], verdict: 'allow', origin };
}
