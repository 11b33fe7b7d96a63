/** The security groups of what has interfaces of its own. */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GuardFact, Peer } from '../../../graph/fragment.ts';
import type { TraitFact } from '../../../graph/trait.ts';
import { textOf, unknown, type Value } from '../../../source/value.ts';
import type { Context } from '../context.ts';
import { addressPeer, grantsOf, type Held, heldBy, marked, type Plain } from '../guard.ts';
import { type Block, get } from '../resource.ts';
import { DEFAULT_GROUP, defaultMark, GROUP } from './security-group-peer.ts';
import { networkNamed, type Standing } from './vpc.ts';

/** What every security group is among guards. */
export const SECURITY_GROUP: Plain = { kind: 'security-group', isolates: ['ingress', 'egress'], tier: 0 };

/** An attribute that names groups, in the block where it stands. */
export type GroupPlace = readonly [Block | undefined, string];

/**
 * The groups of something that has interfaces of its own. Who names none gets the default group of its network, which lets
 * in its own members and lets out to everybody, unless the code takes it over (R58).
 */
export function groupsOf(
  resource: Resource,
  named: readonly (string | GroupPlace)[],
  standing: Standing,
  context: Context,
): HeldInterface {
  const values = named
    .map((name) => (typeof name === 'string' ? get(resource.body, name) : get(...name)))
    .filter((value) => value !== undefined);
  const others = values.map((value) => withoutDefault(value, context));
  const held = heldBy(resource, others, GROUP, SECURITY_GROUP, context);
  const byName = values.find((value, index) => others[index] !== value);
  const traits =
    held.labels.size > 0
      ? others.flatMap((value) => perhapsDefault(value, context)).slice(0, 1)
      : [{ trait: 'default-guard-only', origin: (byName ?? values[0] ?? resource).origin } as const];
  if (held.labels.size > 0 && !byName) return { traits, ...held };
  const [key, value] = defaultMark(standing.network, context);
  const managed = context.all(DEFAULT_GROUP).some((group) => networkNamed(group, context) === standing.network);
  return {
    labels: new Map([...held.labels, [key, value]]),
    guards: [...held.guards, ...(managed ? [] : [defaultGroup(key, resource, standing, context)])],
    traits,
  };
}

/** What holds interfaces, and whether that is the default group alone. */
export interface HeldInterface extends Held {
  readonly traits: readonly TraitFact[];
}

/** The groups of a list that are not the default one, by whichever name it goes. */
function withoutDefault(value: Value, context: Context): Value {
  if (value.kind === 'list') {
    const items = value.items.filter((item) => !isDefault(item, context));
    return items.length === value.items.length ? value : { ...value, items };
  }
  return isDefault(value, context) ? { kind: 'list', items: [], origin: value.origin } : value;
}

/** A VPC's default group is called `default`; the code names it by that, by what adopts it, or by its VPC's attribute. */
function isDefault(value: Value, context: Context): boolean {
  if (value.kind !== 'unknown') return textOf(value) === DEFAULT_NAME;
  const { refers = [] } = value;
  return (
    refers.length === 1 &&
    refers.every(({ address, attribute }) => attribute === 'default_security_group_id' || adopts(address, context))
  );
}

function adopts(address: string, context: Context): boolean {
  return context.typeOf(address) === DEFAULT_GROUP || context.finds(address, GROUP, 'name') === DEFAULT_NAME;
}

/** A list of one group, which the code does not make and which is called as the default one is. */
function perhapsDefault(value: Value, context: Context): readonly TraitFact[] {
  const [item, ...more] = value.kind === 'list' ? value.items : [value];
  if (item?.kind !== 'unknown' || more.length > 0) return [];
  const [named, ...others] = item.refers ?? [];
  if (!named || others.length > 0 || context.typeOf(named.address) || !CALLED_DEFAULT.test(named.address)) return [];
  const because = `${named.address} is not in the code, and its name is that of the default group`;
  return [{ trait: 'default-guard-only', origin: item.origin, unknown: unknown(because, item.origin) }];
}

const DEFAULT_NAME = 'default';
const CALLED_DEFAULT = /(^|\.)aws_security_group\.default$/;

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
