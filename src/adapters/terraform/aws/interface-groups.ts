/** The security groups of what has interfaces of its own. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GuardFact, Peer } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import { addressPeer, grantsOf, type Held, heldBy, marked, type Plain } from '../guard.ts';
import { type Block, get } from '../resource.ts';
import { DEFAULT_GROUP, defaultMark, GROUP } from './security-group-peer.ts';
import { networkNamed, type Standing } from './vpc.ts';

/** What every security group is among guards. */
export const SECURITY_GROUP: Plain = { kind: 'security-group', isolates: ['ingress', 'egress'], tier: 0 };

/**
 * The groups of something that has interfaces of its own. Who names none gets the default group of its network, which lets
 * in its own members and lets out to everybody, unless the code takes it over (R58).
 */
export function groupsOf(
  resource: Resource,
  named: readonly (string | readonly [Block | undefined, string])[],
  standing: Standing,
  context: Context,
): Held {
  const values = named.map((name) => (typeof name === 'string' ? get(resource.body, name) : get(...name)));
  if (values.some((value) => value !== undefined)) {
    const held = heldBy(resource, values, GROUP, SECURITY_GROUP, context);
    if (held.labels.size > 0) return held;
  }
  const [key, value] = defaultMark(standing.network, context);
  const labels = new Map([[key, value]]);
  const managed = context.all(DEFAULT_GROUP).some((group) => networkNamed(group, context) === standing.network);
  return { labels, guards: managed ? [] : [defaultGroup(key, resource, standing, context)] };
}

function defaultGroup(id: string, { origin }: Resource, { network, segments }: Standing, context: Context): GuardFact {
  const itself: Peer = { kind: 'workloads', selector: marked(id, context, origin), origin };
  // Of a network that the code does not make, somebody else may have given it more.
  const because = `which rules the default security group of ${network} has is not in the code`;
  const more: readonly Peer[] = segments.length === 0 ? [] : [{ kind: 'unknown', because, of: 'workloads', origin }];
  const anyone = (cidr: string) => addressPeer(cidr, origin);
  const grants = [
    ...grantsOf({
      id: `${id}/ingress`,
      direction: 'ingress',
      peers: [itself, ...more],
      ports: [],
      verdict: 'allow',
      implicit: true,
    }),
    ...grantsOf({
      id: `${id}/egress`,
      direction: 'egress',
      peers: ['0.0.0.0/0', '::/0'].map(anyone),
      ports: [],
      verdict: 'allow',
      implicit: true,
    }),
  ];
  return {
    id,
    name: id,
    namespace: null,
    ...SECURITY_GROUP,
    priority: null,
    subject: marked(id, context, origin),
    grants,
    origin,
  };
}
