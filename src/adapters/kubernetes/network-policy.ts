/** NetworkPolicies as guards (R1–R13). What they make of reachability is the graph's matter. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { Direction, GrantFact, GrantPort, GuardFact, Peer } from '../../graph/fragment.ts';
import { type Notice, notice } from '../../source/notice.ts';
import { at, entryOf, integerOf, itemsOf, textOf, type Value } from '../../source/value.ts';
import { firstLineOf, lineAt, textsOf } from './field.ts';
import { numberOrName, onePort, protocolOf } from './port.ts';
import { requirementsOf } from './selector.ts';

/** The place of NetworkPolicies among the tiers of a cluster (R23): after admin tiers, before baseline ones. */
export const STANDARD_TIER = 1_000_000;

/** The peers' field of a rule, in either direction. */
const PEERS = { ingress: 'from', egress: 'to' } as const;

/** A NetworkPolicy as a guard. What it admits is told as written; what cannot be read is a notice, and admits nothing. */
export function networkPolicyFact(object: KubernetesObject, notices: Notice[]): GuardFact {
  const spec = at(object.root, 'spec');
  const subject = entryOf(spec, 'podSelector');
  return {
    id: idOf(object),
    kind: 'network-policy',
    name: object.name,
    namespace: object.namespace,
    subject: {
      namespace: object.namespace,
      requirements: requirementsOf(subject?.value),
      origin: subject?.keyOrigin ?? object.origin,
    },
    tier: STANDARD_TIER,
    priority: null,
    isolates: isolationOf(spec),
    // Rules of a direction that the policy does not isolate grant nothing (R3); they are kept, because somebody wrote them.
    grants: [...grantsOf(object, 'ingress', notices), ...grantsOf(object, 'egress', notices)],
    origin: object.origin,
  };
}

/** The directions that the policy closes but for its grants: what `policyTypes` says, else what its rules show (R3). */
function isolationOf(spec: Value | undefined): readonly Direction[] {
  const types = textsOf(at(spec, 'policyTypes')).map(({ text }) => text);
  if (types.length === 0) return itemsOf(at(spec, 'egress')).length > 0 ? ['ingress', 'egress'] : ['ingress'];
  return (['ingress', 'egress'] as const).filter((direction) => types.some((type) => type.toLowerCase() === direction));
}

function idOf({ namespace, name }: KubernetesObject): string {
  return `network-policy/${namespace}/${name}`;
}

function grantsOf(object: KubernetesObject, direction: Direction, notices: Notice[]): GrantFact[] {
  return itemsOf(at(object.root, 'spec', direction)).flatMap((rule, index) => {
    const peers = allOf(itemsOf(at(rule, PEERS[direction])), (peer) => peerOf(peer, object.namespace, notices));
    const ports = allOf(itemsOf(at(rule, 'ports')), (port) => grantPort(port, notices));
    // An empty list would mean everybody, so that a rule of which nothing valid is left must not become one.
    if (!peers || !ports) return [];
    const origin = firstLineOf(rule);
    return [{ id: `${idOf(object)}/${direction}/${index}`, direction, peers, ports, verdict: 'allow', origin }];
  });
}

/** What `read` makes of the items; undefined where there are some and none of them can be read. */
function allOf<T>(items: readonly Value[], read: (item: Value) => T | undefined): readonly T[] | undefined {
  const found = items.flatMap((item) => read(item) ?? []);
  return items.length > 0 && found.length === 0 ? undefined : found;
}

/** One peer (R7): addresses, or workloads by labels of pods and of namespaces; both selectors in one peer go together. */
function peerOf(peer: Value, namespace: string, notices: Notice[]): Peer | undefined {
  const block = present(peer, 'ipBlock');
  const pods = present(peer, 'podSelector');
  const namespaces = present(peer, 'namespaceSelector');
  const cidr = textOf(at(block, 'cidr'));
  if (block && cidr && !pods && !namespaces) {
    const except = textsOf(at(block, 'except')).map(({ text }) => text);
    return { kind: 'addresses', cidr, except, origin: lineAt(block, 'cidr', block.origin) };
  }
  if (block || (!pods && !namespaces)) {
    const message = 'A peer is an ipBlock with a cidr, or a podSelector and a namespaceSelector: this one is left out.';
    notices.push(notice('invalid-value', message, firstLineOf(peer)));
    return undefined;
  }
  const origin = firstLineOf(peer);
  const where = namespaces ? { namespace: null, namespaces: requirementsOf(namespaces) } : { namespace };
  return { kind: 'workloads', selector: { ...where, requirements: requirementsOf(pods), origin }, origin };
}

/** The value of a field; a null is as good as no field. */
function present(holder: Value, field: string): Value | undefined {
  const value = at(holder, field);
  return value?.kind === 'scalar' && value.value === null ? undefined : value;
}

/** One port of a rule: a number, a range, a name, or every port of the protocol (R11–R13). */
function grantPort(port: Value, notices: Notice[]): GrantPort | undefined {
  const protocol = protocolOf(port, notices);
  if (!protocol) return undefined;
  const first = numberOrName(at(port, 'port'));
  const last = present(port, 'endPort');
  const origin = firstLineOf(port);
  if (!last) {
    return { protocol, ports: first === undefined ? null : typeof first === 'number' ? onePort(first) : first, origin };
  }
  const to = integerOf(last);
  if (typeof first !== 'number' || to === undefined || to < first) {
    const message = 'An endPort needs a number as its port, and must not be less than it: this range is left out.';
    notices.push(notice('invalid-value', message, lineAt(port, 'endPort', origin)));
    return undefined;
  }
  return { protocol, ports: { from: first, to }, origin: lineAt(port, 'port', origin) };
}
