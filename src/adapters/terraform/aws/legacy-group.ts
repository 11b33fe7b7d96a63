/**
 * The groups that databases and caches had before they stood in networks: each lets ranges of addresses, or groups of
 * machines, in at the port of whatever service has it.
 */
import type { Resource } from '../../../assemble/terraform/unit.ts';
import type { GrantFact, Peer } from '../../../graph/fragment.ts';
import type { Context } from '../context.ts';
import type { Facts, Reader, Readers } from '../facts.ts';
import { addressPeer, grantsOf, marked, unseenGrant, unseenPeer, usersOf } from '../guard.ts';
import { type Block, blocks, get, isUnknown, texts } from '../resource.ts';

/** The ports at which what has such a group may answer. */
const PORTS: Readonly<Record<string, readonly number[]>> = {
  aws_db_security_group: [1433, 1521, 3306, 5432],
  aws_redshift_security_group: [5439],
  aws_elasticache_security_group: [6379, 11211],
};

export const LEGACY_GROUP_READERS: Readers = Object.fromEntries(
  Object.entries(PORTS).map(([type, ports]): [string, Reader] => [
    type,
    (group, context) => legacy(group, ports, context),
  ]),
);

function legacy(group: Resource, ports: readonly number[], context: Context): Facts {
  const { address, body, origin } = group;
  const rules = blocks(body, 'ingress').flatMap((block, index): readonly GrantFact[] => {
    const id = `${address}/ingress/${index}`;
    if (isUnknown(block)) return [unseenGrant(id, 'ingress', block)];
    const open = ports.map((port) => ({
      protocol: 'tcp' as const,
      ports: { from: port, to: port },
      origin: block.origin,
    }));
    return grantsOf({ id, direction: 'ingress', peers: peersOf(block), ports: open, verdict: 'allow' });
  });
  return {
    guards: [
      {
        id: address,
        kind: 'security-group',
        name: address,
        namespace: null,
        subject: marked(address, context, origin),
        tier: 0,
        priority: null,
        isolates: ['ingress'],
        grants: rules,
        users: usersOf(group, {}, context),
        origin,
      },
    ],
  };
}

function peersOf(block: Block): readonly Peer[] {
  const ranges = texts(block, 'cidr').map((item) =>
    isUnknown(item) ? unseenPeer(item) : addressPeer(item.text, item.origin),
  );
  const groups = ['security_group_name', 'security_group_id'].flatMap((name): readonly Peer[] => {
    const named = get(block, name);
    if (named === undefined) return [];
    return [
      { kind: 'unknown', because: 'who has that group is not in the code', of: 'workloads', origin: named.origin },
    ];
  });
  return [...ranges, ...groups];
}
