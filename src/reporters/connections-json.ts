import type { Connections, End, EnvironmentConnections, Group } from '../graph/connections/view.ts';
import { rangeText } from '../graph/vocabulary.ts';

/**
 * The relation by groups, each with its members; `from` and `to` name groups, or lists of groups where the same ones
 * stand at many connections.
 */
export function connectionsJson({ profile, environments }: Connections): string {
  return `${JSON.stringify({ version: 1, profile, environments: environments.map(environmentOf) }, null, 2)}\n`;
}

function environmentOf({ id, groups, connections, left }: EnvironmentConnections) {
  const lists = new Map<readonly Group[], string>();
  const endOf = (end: End) => {
    switch (end.kind) {
      case 'groups': {
        const [only] = end.groups;
        if (only && end.groups.length === 1) return { group: only.id };
        const list = lists.get(end.groups) ?? `groups-${lists.size + 1}`;
        lists.set(end.groups, list);
        return { groups: list };
      }
      case 'addresses':
        return { addresses: end.ranges.map(({ first, last }) => `${first}-${last}`) };
      case 'proxy':
        return { proxy: true };
    }
  };
  const made = connections.map(({ from, to, ports, verdict, because, rules }) => ({
    from: endOf(from),
    to: endOf(to),
    ports: ports.all ? ['all'] : ports.ranges.map(({ protocol, ports: range }) => `${protocol}/${rangeText(range)}`),
    verdict,
    because,
    rules,
  }));
  return {
    id,
    groups: groups.map(({ id: group, members }) => ({
      id: group,
      members: members.map(({ id: workload, name, namespace, writtenKind }) => ({
        id: workload,
        name,
        namespace,
        kind: writtenKind,
      })),
    })),
    lists: [...lists].map(([list, name]) => ({ id: name, groups: list.map((group) => group.id) })),
    connections: made,
    left: left.map((group) => group.id),
  };
}
