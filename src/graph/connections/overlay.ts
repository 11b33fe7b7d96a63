/** Layers of addresses, each with its ports, as disjoint stretches: on which ports every single address gets through. */
import type { Bounds } from '../reach/relation.ts';
import type { AddressSet } from '../sets/address-set.ts';
import type { PortSet, PortSets } from '../sets/port-set.ts';

/** Addresses that get through on some ports, for sure or perhaps. */
export interface Layer {
  readonly addresses: AddressSet;
  readonly ports: PortSet;
  readonly sure: boolean;
}

/** All addresses of which one and the same is true. */
export interface Stratum {
  readonly addresses: AddressSet;
  readonly ports: Bounds<PortSet>;
}

/** From the first address to the last, what gets through. */
interface Stretch extends Bounds<PortSet> {
  readonly first: bigint;
  readonly last: bigint;
}

/** The layers one upon the other: disjoint sets of addresses, in the order of their first ones; none without a port. */
export function overlay(layers: readonly Layer[], sets: PortSets): readonly Stratum[] {
  const strata = new Map<string, { readonly v4: number[]; readonly v6: bigint[]; readonly ports: Bounds<PortSet> }>();
  for (const family of ['v4', 'v6'] as const) {
    for (const { first, last, must, may } of flattened(layers, family, sets)) {
      const key = `${must.id} ${may.id}`;
      const stratum = strata.get(key) ?? { v4: [], v6: [], ports: { must, may } };
      strata.set(key, stratum);
      if (family === 'v4') stratum.v4.push(Number(first), Number(last));
      else stratum.v6.push(first, last);
    }
  }
  return [...strata.values()].map(({ v4, v6, ports }) => ({ addresses: { v4, v6 }, ports }));
}

/** By halves, so that many layers cost no more than sorting them. */
function flattened(layers: readonly Layer[], family: 'v4' | 'v6', sets: PortSets): readonly Stretch[] {
  let lists = layers.map((layer) => stretchesOf(layer, family, sets));
  while (lists.length > 1) {
    const halves: (readonly Stretch[])[] = [];
    for (let i = 0; i < lists.length; i += 2) {
      halves.push(merged(lists[i] as readonly Stretch[], lists[i + 1] ?? [], sets));
    }
    lists = halves;
  }
  return lists[0] ?? [];
}

function stretchesOf({ addresses, ports, sure }: Layer, family: 'v4' | 'v6', sets: PortSets): readonly Stretch[] {
  const bounds = addresses[family];
  const stretches: Stretch[] = [];
  for (let i = 0; i < bounds.length; i += 2) {
    const first = BigInt(bounds[i] as number | bigint);
    const last = BigInt(bounds[i + 1] as number | bigint);
    stretches.push({ first, last, must: sure ? ports : sets.empty, may: ports });
  }
  return stretches;
}

/** Both lists are sorted and disjoint; so is what comes out. */
function merged(a: readonly Stretch[], b: readonly Stretch[], sets: PortSets): readonly Stretch[] {
  if (b.length === 0) return a;
  const cuts = [...new Set([...a, ...b].flatMap(({ first, last }) => [first, last + 1n]))].sort((x, y) =>
    x < y ? -1 : x > y ? 1 : 0,
  );
  const result: Stretch[] = [];
  const at = [cursor(a), cursor(b)] as const;
  for (const [index, first] of cuts.entries()) {
    const next = cuts[index + 1];
    if (next === undefined) break;
    const [one, other] = [at[0](first), at[1](first)];
    const here = one ?? other;
    if (!here) continue;
    const must = one && other ? sets.union(one.must, other.must) : here.must;
    const may = one && other ? sets.union(one.may, other.may) : here.may;
    const last = next - 1n;
    const before = result.at(-1);
    if (before && before.last + 1n === first && before.must === must && before.may === may) {
      result[result.length - 1] = { ...before, last };
    } else result.push({ first, last, must, may });
  }
  return result;
}

/** The stretch that an address is in; asked with addresses in their order. */
function cursor(stretches: readonly Stretch[]): (address: bigint) => Stretch | undefined {
  let index = 0;
  return (address) => {
    while (index < stretches.length && (stretches[index] as Stretch).last < address) index++;
    const stretch = stretches[index];
    return stretch && stretch.first <= address ? stretch : undefined;
  };
}
