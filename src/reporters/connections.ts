import type {
  Connection,
  Connections,
  End,
  EnvironmentConnections,
  Group,
  Pair,
  PairEnd,
  Ports,
} from '../graph/connections/view.ts';
import type { PortRange, Protocol } from '../graph/fragment.ts';
import { rangeText, type Verdict, type Workload } from '../graph/vocabulary.ts';
import { compareText } from '../source/order.ts';
import { printable } from './style.ts';

/** The connections of one environment in words, the same for every format that has a line for each. */
export interface ConnectionTable {
  readonly environment: string;
  /** Sorted. */
  readonly lines: readonly ConnectionLine[];
  /** What the names in braces stand for; empty where every line is a pair. */
  readonly names: readonly { readonly name: string; readonly of: readonly string[] }[];
  /** The names of groups whose connections are left out. */
  readonly left: readonly string[];
}

export interface ConnectionLine {
  readonly source: string;
  readonly target: string;
  /** `TCP 80,443,UDP 53`. */
  readonly ports: string;
  readonly verdict: Verdict;
  readonly because: readonly string[];
  readonly rules: readonly string[];
}

/** Environments without a workload are left out. */
export function connectionTables({ environments }: Connections): readonly ConnectionTable[] {
  return environments
    .filter(({ groups }) => groups.length > 0)
    .map((environment) => (environment.pairs ? pairTable(environment, environment.pairs) : groupTable(environment)));
}

function pairTable({ id }: EnvironmentConnections, pairs: readonly Pair[]): ConnectionTable {
  const lines = pairs.map(({ from, to, ...rest }) => lineOf(pairEndText(from), pairEndText(to), rest));
  return { environment: id, lines: sorted(lines), names: [], left: [] };
}

function groupTable({ id, groups, connections, left }: EnvironmentConnections): ConnectionTable {
  const { textsOf, named } = nameEnds(groups);
  const lines = connections.flatMap(({ from, to, ...rest }) =>
    textsOf(from).flatMap((source) => textsOf(to).map((target) => lineOf(source, target, rest))),
  );
  return { environment: id, lines: sorted(lines), names: named(), left: left.map(nameOf) };
}

function lineOf(
  source: string,
  target: string,
  { ports, ...rest }: Pick<Connection, 'ports' | 'verdict' | 'because' | 'rules'>,
): ConnectionLine {
  return { source, target, ports: portsText(ports), ...rest };
}

function sorted(lines: readonly ConnectionLine[]): readonly ConnectionLine[] {
  return [...lines].sort(
    (a, b) =>
      compareText(a.source, b.source) ||
      compareText(a.target, b.target) ||
      compareText(b.verdict, a.verdict) ||
      compareText(a.ports, b.ports),
  );
}

/** The names of ends; a list of several groups gets one of its own, since it may stand at many connections. */
function nameEnds(groups: readonly Group[]) {
  const lists = new Map<readonly Group[], string>();
  const textsOf = (end: End): readonly string[] => {
    switch (end.kind) {
      case 'groups': {
        const [only] = end.groups;
        if (only && end.groups.length === 1) return [nameOf(only)];
        const name = lists.get(end.groups) ?? `{groups-${lists.size + 1}}`;
        lists.set(end.groups, name);
        return [name];
      }
      case 'addresses':
        return end.ranges.map((range) => pairEndText({ kind: 'addresses', range }));
      case 'proxy':
        return [PROXY];
    }
  };
  const named = () => [
    ...groups
      .filter(({ members }) => members.length > 1)
      .map((group) => ({ name: nameOf(group), of: group.members.map(workloadText) })),
    ...[...lists].map(([list, name]) => ({ name, of: list.map(nameOf) })),
  ];
  return { textsOf, named };
}

/** A group by its id, or by its only member. */
export function nameOf({ id, members }: Group): string {
  const [only] = members;
  return only && members.length === 1 ? workloadText(only) : `{${id}}`;
}

const PROXY = '{ingress-controller}';

function pairEndText(end: PairEnd): string {
  switch (end.kind) {
    case 'workload':
      return workloadText(end.workload);
    case 'addresses':
      return `${end.range.first}-${end.range.last}[External]`;
    case 'proxy':
      return PROXY;
  }
}

/** `shop/web[Deployment]`. */
export function workloadText({ namespace, name, writtenKind }: Workload): string {
  return printable(`${namespace === null ? '' : `${namespace}/`}${name}[${writtenKind}]`);
}

/** `All Connections`; else ranges by protocol, protocols by their names. */
export function portsText({ all, ranges }: Ports): string {
  if (all) return 'All Connections';
  const byProtocol = new Map<Protocol, PortRange[]>();
  for (const { protocol, ports } of ranges) byProtocol.set(protocol, [...(byProtocol.get(protocol) ?? []), ports]);
  return [...byProtocol]
    .map(([protocol, list]) => `${protocol.toUpperCase()} ${list.map(rangeText).join(',')}`)
    .sort()
    .join(',');
}

/** `reason; reason`. */
export function becauseText(because: readonly string[]): string {
  return printable(because.join('; '));
}
