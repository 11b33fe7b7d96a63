/** Addresses and proxies against groups: who gets in, and where members get to. */
import type { Bounds, Relation } from '../reach/relation.ts';
import { type AddressSet, isEmpty, NO_ADDRESSES } from '../sets/address-set.ts';
import type { PortSet } from '../sets/port-set.ts';
import type { Profile, Verdict } from '../vocabulary.ts';
import { reasonsOutside } from './asking.ts';
import type { Flow, FlowEnd } from './flow.ts';
import { type Grouped, isRunning } from './groups.ts';
import { type Layer, overlay } from './overlay.ts';
import { joined, NO_REASONS, type Reasons, ruled } from './reasons.ts';

/** What addresses get to in members of each group, what members get to outside, and what a proxy forwards to them. */
export function flowsOutside(
  grouped: readonly Grouped[],
  relation: Relation,
  reachedBy: Relation['reachedBy'],
  profile: Profile,
): readonly Flow[] {
  const into = rowsOf(grouped, (each) => layersInto(each, reachedBy));
  const from = rowsOf(grouped, (each) => layersFrom(each, relation));
  return [
    ...into.flatMap((row) => flowsOf(row, true, relation, profile)),
    ...from.flatMap((row) => flowsOf(row, false, relation, profile)),
    ...grouped.flatMap((each) => proxied(each, relation, profile)),
  ];
}

function layersInto({ class: guarded, place, ways }: Grouped, reachedBy: Relation['reachedBy']): readonly Layer[] {
  const direct = place.routed ? reachedBy(guarded).flatMap(layersOf) : [];
  const forwarded = ways.map(({ addresses, ports, verdict }) => ({ addresses, ports, sure: verdict === 'reachable' }));
  return [...direct, ...forwarded];
}

function layersFrom({ class: guarded, place }: Grouped, relation: Relation): readonly Layer[] {
  return place.open ? relation.leadsTo(guarded).flatMap(layersOf) : [];
}

function layersOf({ ports, addresses }: { ports: PortSet; addresses: Bounds<AddressSet> }): readonly Layer[] {
  const { must, may } = addresses;
  return [
    ...(isEmpty(must) ? [] : [{ addresses: must, ports, sure: true }]),
    ...(must === may || isEmpty(may) ? [] : [{ addresses: may, ports, sure: false }]),
  ];
}

/** Groups of which the same is true. */
interface Row {
  readonly groups: Grouped[];
  readonly layers: readonly Layer[];
}

function rowsOf(grouped: readonly Grouped[], layersFor: (each: Grouped) => readonly Layer[]): readonly Row[] {
  const rows = new Map<string, Row>();
  for (const each of grouped) {
    const layers = layersFor(each);
    const texts = layers.map(
      ({ addresses: { v4, v6 }, ports, sure }) => `${v4.join()} ${v6.join()} ${ports.id} ${sure}`,
    );
    const key = JSON.stringify([each.idle.because, each.onHost, each.ways.map(({ because }) => because), texts]);
    const row = rows.get(key);
    if (row) row.groups.push(each);
    else rows.set(key, { groups: [each], layers });
  }
  return [...rows.values()];
}

function flowsOf({ groups, layers }: Row, inwards: boolean, relation: Relation, profile: Profile): readonly Flow[] {
  const group = groups[0] as Grouped;
  const running = isRunning(group);
  const end: FlowEnd = { kind: 'groups', groups };
  return overlay(layers, relation.sets).flatMap(({ addresses, ports: { must, may } }): readonly Flow[] =>
    familiesOf(addresses, profile).flatMap(([family, rules]) => {
      const outside: FlowEnd = { kind: 'addresses', addresses: family };
      const ends = inwards ? { from: outside, to: end } : { from: end, to: outside };
      const flow = (ports: PortSet, verdict: Verdict): readonly Flow[] => {
        if (ports.bounds.length === 0) return [];
        if (profile === 'declared' && verdict === 'reachable') return [{ ...ends, ports, verdict, ...NO_REASONS }];
        const forwarded = inwards ? waysRound(group, family, ports, verdict, relation) : [];
        const direct = reasonsOutside(group, outside, ports, inwards, relation);
        const reasons = joined([direct, ...forwarded, ruled(rules)]);
        return [{ ...ends, ports, verdict, ...reasons, because: verdict === 'possible' ? reasons.because : [] }];
      };
      if (!running) return flow(may, 'possible');
      return [...flow(must, 'reachable'), ...flow(relation.sets.subtract(may, must), 'possible')];
    }),
  );
}

/** R10: the ways through gateways that get where the addresses themselves would not. */
function waysRound(
  { class: guarded, place, ways }: Grouped,
  addresses: AddressSet,
  ports: PortSet,
  verdict: Verdict,
  { sets, fromAddresses }: Relation,
): readonly Reasons[] {
  const direct = place.routed ? fromAddresses(addresses, guarded) : { must: sets.empty, may: sets.empty };
  const rest = sets.subtract(ports, verdict === 'reachable' ? direct.must : direct.may);
  return ways
    .filter((way) => sets.intersect(way.ports, rest) !== sets.empty)
    .map(({ because }) => ({ because, rules: ['R10'] }));
}

/** IPv4 and IPv6 stand on lines of their own; on paper there is no IPv6 (S10). */
function familiesOf(addresses: AddressSet, profile: Profile): readonly (readonly [AddressSet, readonly string[]])[] {
  const { v4, v6 } = addresses;
  return [
    ...(v4.length === 0 ? [] : [[{ v4, v6: NO_ADDRESSES.v6 }, []] as const]),
    ...(v6.length === 0 || profile === 'declared' ? [] : [[{ v4: NO_ADDRESSES.v4, v6 }, ['S10']] as const]),
  ];
}

/**
 * R40: the proxy that serves routes calls what they lead to, where the guards let in a workload that nobody knows: on
 * paper it stands in a namespace of its own.
 */
function proxied(group: Grouped, relation: Relation, profile: Profile): readonly Flow[] {
  const { sets } = relation;
  const open = { reachable: sets.empty, possible: sets.empty };
  const namespace = profile === 'declared' ? OWN_NAMESPACE : null;
  for (const { protocol, ports } of group.proxied) {
    const verdict = relation.admitsStrangers(namespace, group.class, protocol, ports.from);
    if (verdict === 'blocked') continue;
    const certain = isRunning(group) ? verdict : 'possible';
    open[certain] = sets.union(open[certain], sets.of(protocol, ports));
  }
  const to: FlowEnd = { kind: 'groups', groups: [group] };
  return (['reachable', 'possible'] as const).flatMap((verdict): readonly Flow[] => {
    const ports = open[verdict];
    if (ports.bounds.length === 0) return [];
    const flow: Flow = { from: { kind: 'proxy' }, to, ports, verdict, ...NO_REASONS };
    if (profile === 'declared') return [flow];
    const reasons = joined([
      reasonsOutside(group, { kind: 'stranger', namespace }, ports, true, relation),
      ruled(['R40']),
    ]);
    return [{ ...flow, ...reasons, because: verdict === 'possible' ? reasons.because : [] }];
  });
}

/** No namespace can be called this. */
const OWN_NAMESPACE = '{ingress-controller}';
