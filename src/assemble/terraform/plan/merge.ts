/** A root module and what a plan or a state of it knows, as one unit. */
import { append, type Multimap } from '../../../source/multimap.ts';
import { byText } from '../../../source/order.ts';
import type { Origin } from '../../../source/span.ts';
import type { Resource, TerraformUnit } from '../unit.ts';
import { blockOf, withoutLastKey } from './address.ts';
import { isChanged } from './changed.ts';
import { filledMapping, moved, placedMapping } from './place.ts';
import type { Instance, Recording } from './recording.ts';

/** The resources of a unit and a plan of it. */
export interface Merged {
  readonly resources: readonly Resource[];
  /** What the code says otherwise than the plan: it has changed since. */
  readonly changed: readonly Resource[];
}

/** Where the code has a block that it makes nothing of, or the call of the module that does; undefined where nowhere. */
export type Locate = (instance: Instance) => Origin | undefined;

/**
 * A plan says what will be deployed: its instances stand, with its values, at the places of the code. The code stands
 * where it has changed since: blocks that the plan does not know, and those whose constants it has otherwise. What a
 * targeted or broken plan says nothing of stays as the code has it.
 */
export function withPlan(unit: TerraformUnit, plan: Recording, locate: Locate): Merged {
  const planned = grouped(plan.instances, ({ block }) => block);
  const written = grouped(unit.resources, ({ address }) => blockOf(address));
  const addresses = new Map(unit.resources.map((resource) => [resource.address, resource]));

  const changed = unit.resources.filter((each) => isChanged(each, plan, planned.get(blockOf(each.address)) ?? []));
  const ownBlocks = new Set(changed.map(({ address }) => blockOf(address)));
  const instances = plan.instances.filter(({ block }) => !ownBlocks.has(block));
  const left = unit.resources.filter(({ address, mode }) => {
    const block = blockOf(address);
    if (ownBlocks.has(block)) return true;
    return !planned.has(block) && !(plan.complete && plan.blocks.has(block) && mode === 'managed');
  });
  const placed = instances.map((instance): Resource => {
    const own = addresses.get(instance.address) ?? written.get(instance.block)?.[0];
    const { block: _, expressions: __, ...resource } = instance;
    if (!own) {
      const origin = locate(instance);
      return origin ? { ...resource, origin, body: moved(instance.body, origin) } : resource;
    }
    const body = placedMapping(instance.body, own.body, plan.links);
    return { ...resource, provider: own.provider, origin: own.origin, body };
  });
  return { resources: sorted([...placed, ...left]), changed };
}

/**
 * A state says what was deployed last: the code stands, and the state fills in what the code does not show, the number
 * of instances among it.
 */
export function withState(unit: TerraformUnit, state: Recording): readonly Resource[] {
  const addresses = new Map(state.instances.map((instance) => [instance.address, instance]));
  const instances = grouped(state.instances, ({ address }) => withoutLastKey(address));
  const resources = unit.resources.flatMap((resource): readonly Resource[] => {
    const { uncertain, ...certain } = resource;
    const own = addresses.get(resource.address);
    const found = uncertain ? (instances.get(resource.address) ?? []) : own ? [own] : [];
    if (found.length === 0) return [resource];
    return found.map(({ address, body }) => {
      return { ...certain, address, body: filledMapping(resource.body, body, state.links) };
    });
  });
  return sorted(resources);
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Multimap<string, T> {
  const groups: Multimap<string, T> = new Map();
  for (const item of items) append(groups, keyOf(item), item);
  return groups;
}

function sorted(resources: readonly Resource[]): readonly Resource[] {
  return [...resources].sort(byText(({ address }) => address));
}
