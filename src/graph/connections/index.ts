/** The granted relation as a view: who may talk to whom on which ports, listeners or not (outputs.md, `connections`). */
import { onceEach } from '../../source/once.ts';
import type { Environment } from '../exposure-graph.ts';
import { relationIn } from '../reach/granted.ts';
import { addressRanges } from '../sets/address-set.ts';
import type { Assumptions } from '../vocabulary.ts';
import { flowsAmong } from './among.ts';
import type { Flow, FlowEnd } from './flow.ts';
import { type Grouped, groupsOf } from './groups.ts';
import { flowsOutside } from './outside.ts';
import { pairCount, pairsOf } from './pairs.ts';
import { portsIn } from './ports.ts';
import type { Connections, End, EnvironmentConnections, Group } from './view.ts';

/** Pairs that people read, or a program reads line by line; what is more is told by groups. */
export const FEW_PAIRS = 50_000;

/**
 * The connections of environments.
 *
 * @param assume what the environments were built under
 * @param most how many pairs of one environment are listed one by one: where there are more, none is
 */
export function connectionsOf(
  environments: readonly Environment[],
  assume: Assumptions,
  most: number = FEW_PAIRS,
): Connections {
  const { profile } = assume;
  return { profile, environments: environments.map((environment) => connectionsIn(environment, assume, most)) };
}

function connectionsIn(environment: Environment, assume: Assumptions, most: number): EnvironmentConnections {
  const { id, guards } = environment;
  const relation = relationIn(environment);
  const { profile, guardsEnforced } = assume;
  const grouped = groupsOf(environment, relation, profile);
  const reachedBy = onceEach(relation.reachedBy);
  const among = flowsAmong(grouped, relation, reachedBy, profile);
  // R21: where nothing enforces guards, nothing is as they say.
  const everywhere = profile === 'effective' && guardsEnforced === false && guards.length > 0 ? ['R21'] : [];
  const flows = [...among.flows, ...flowsOutside(grouped, relation, reachedBy, profile)].map((flow) => ({
    ...flow,
    rules: [...flow.rules, ...everywhere],
  }));
  const few = among.left.length === 0 && pairCount(flows) <= most;
  const endOf = ends();
  return {
    id,
    groups: grouped.map(({ group }) => group),
    connections: flows.map(({ from, to, ports, verdict, because, rules }: Flow) => ({
      from: endOf(from),
      to: endOf(to),
      ports: portsIn(ports, relation),
      verdict,
      because,
      rules,
    })),
    left: among.left.map(({ group }) => group),
    pairs: few ? pairsOf(flows, relation) : null,
  };
}

/** Ends as the view has them; equal lists of groups are one. */
function ends(): (end: FlowEnd) => End {
  const byKey = new Map<string, readonly Group[]>();
  const listOf = onceEach((groups: readonly Grouped[]) => {
    const list = groups.map(({ group }) => group);
    const key = list.map(({ id }) => id).join();
    const known = byKey.get(key) ?? list;
    byKey.set(key, known);
    return known;
  });
  return (end) => {
    switch (end.kind) {
      case 'groups':
        return { kind: 'groups', groups: listOf(end.groups) };
      case 'addresses':
        return { kind: 'addresses', ranges: addressRanges(end.addresses) };
      case 'proxy':
        return end;
    }
  };
}
