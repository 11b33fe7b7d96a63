/** The same relation pair by pair, for results that are small enough to be read. */
import type { Relation } from '../reach/relation.ts';
import { type AddressRange, addressRanges } from '../sets/address-set.ts';
import type { PortSet } from '../sets/port-set.ts';
import type { Verdict, Workload } from '../vocabulary.ts';
import type { Flow, FlowEnd } from './flow.ts';
import { portsIn } from './ports.ts';
import type { Pair, PairEnd } from './view.ts';

/** How many pairs the flows come to at most: those that several of them speak of are counted for each. */
export function pairCount(flows: readonly Flow[]): number {
  return flows.reduce((sum, { from, to }) => sum + size(from) * size(to), 0);
}

function size(end: FlowEnd): number {
  switch (end.kind) {
    case 'groups':
      return end.groups.reduce((sum, { group }) => sum + group.members.length, 0);
    case 'addresses':
      return (end.addresses.v4.length + end.addresses.v6.length) / 2;
    case 'proxy':
      return 1;
  }
}

/** A pair while its ports are gathered. */
interface Draft {
  readonly from: PairEnd;
  readonly to: PairEnd;
  readonly verdict: Verdict;
  ports: PortSet;
  readonly because: Set<string>;
  readonly rules: Set<string>;
}

/**
 * Every pair once for each verdict, with all its ports; nobody with itself. Pods that one controller made, and that
 * differ, are one workload by name: what any of them may do, it may.
 */
export function pairsOf(flows: readonly Flow[], relation: Relation): readonly Pair[] {
  const { sets } = relation;
  const drafts = new Map<string, Draft>();
  const listed = new Map<FlowEnd, readonly (readonly [string, PairEnd])[]>();
  const endsOf = (end: FlowEnd) => {
    const known = listed.get(end) ?? [...pairEnds(end)];
    listed.set(end, known);
    return known;
  };
  for (const { from, to, ports, verdict, because, rules } of flows) {
    for (const [fromKey, fromEnd] of endsOf(from)) {
      for (const [toKey, toEnd] of endsOf(to)) {
        if (fromKey === toKey) continue;
        const key = `${fromKey}\n${toKey}\n${verdict}`;
        let draft = drafts.get(key);
        if (!draft) {
          draft = { from: fromEnd, to: toEnd, verdict, ports, because: new Set(), rules: new Set() };
          drafts.set(key, draft);
        } else draft.ports = sets.union(draft.ports, ports);
        for (const reason of because) draft.because.add(reason);
        for (const rule of rules) draft.rules.add(rule);
      }
    }
  }
  return [...drafts.values()].map(({ from, to, verdict, ports, because, rules }) => ({
    from,
    to,
    verdict,
    ports: portsIn(ports, relation),
    because: [...because],
    rules: [...rules].sort(),
  }));
}

function* pairEnds(end: FlowEnd): Generator<readonly [string, PairEnd]> {
  switch (end.kind) {
    case 'groups':
      for (const { group } of end.groups) {
        for (const workload of group.members) {
          yield [identity(workload), { kind: 'workload', workload }];
        }
      }
      return;
    case 'addresses':
      for (const range of addressRanges(end.addresses)) yield [rangeKey(range), { kind: 'addresses', range }];
      return;
    case 'proxy':
      yield ['proxy', end];
  }
}

/** The same for what one controller made. */
function identity({ unit, namespace, name, writtenKind }: Workload): string {
  return JSON.stringify([unit, namespace, name, writtenKind]);
}

function rangeKey({ first, last }: AddressRange): string {
  return `${first}-${last}`;
}
