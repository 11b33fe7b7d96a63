/** A root module and what a plan or a state of it knows, as one unit. */
import { append, type Multimap } from '../../../source/multimap.ts';
import { byText } from '../../../source/order.ts';
import type { Resource, TerraformUnit } from '../unit.ts';
import { blockOf, withoutLastKey } from './address.ts';
import { isChanged, isModelled } from './changed.ts';
import type { Instance } from './instance.ts';
import type { Locate } from './locate.ts';
import { filledMapping, placedMapping } from './place.ts';
import type { Recording } from './recording.ts';
import { withoutUnsaid } from './values.ts';

/** The resources of a unit and a plan of it. */
export interface Merged {
  readonly resources: readonly Resource[];
  /** What the code says otherwise than the plan: it has changed since. */
  readonly changed: readonly Resource[];
  /** What the plan makes of code that is no more there. */
  readonly gone: readonly Instance[];
}

/**
 * A plan says what will be deployed: its instances stand, with its values, at the places of the code. The code stands
 * where it has changed since: blocks that the plan does not know, and those whose constants it has otherwise. What a
 * targeted or broken plan says nothing of stays as the code has it.
 */
export function withPlan(unit: TerraformUnit, plan: Recording, locate: Locate): Merged {
  const planned = grouped(plan.instances, ({ block }) => block);
  const written = grouped(unit.resources, ({ address }) => blockOf(address));
  const addresses = new Map(unit.resources.map((resource) => [resource.address, resource]));
  const plannedModules = new Set(plan.instances.flatMap(({ module }) => modulesAround(blockOf(module))));

  const changed = unit.resources.filter((each) => isChanged(each, plan, planned.get(blockOf(each.address)) ?? []));
  const ownBlocks = new Set(changed.map(({ address }) => blockOf(address)));
  const gone: Instance[] = [];
  const placed = plan.instances.flatMap((instance): readonly Resource[] => {
    if (ownBlocks.has(instance.block)) return [];
    const own = addresses.get(instance.address) ?? written.get(instance.block)?.[0];
    const located = own ?? locate(instance);
    if (located === 'gone') gone.push(instance);
    if (located === 'gone') return [];
    const { block: _, expressions: __, ...resource } = instance;
    if (!located) return [{ ...resource, body: withoutUnsaid(resource.body) }];
    const body = placedMapping(instance.body, located.body, plan.links);
    return [{ ...resource, provider: own?.provider ?? resource.provider, origin: located.origin, body }];
  });
  const left = unit.resources.filter((resource) => {
    const block = blockOf(resource.address);
    if (ownBlocks.has(block)) return true;
    // A model stands in for what a plan of the module tells.
    if (planned.has(block) || (isModelled(resource) && plannedModules.has(blockOf(resource.module)))) return false;
    return !(plan.complete && plan.blocks.has(block) && resource.mode === 'managed');
  });
  return { resources: sorted([...placed, ...left]), changed, gone };
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

/** The module and those that it is in: `module.a.module.b` and `module.a`. */
function modulesAround(module: string): readonly string[] {
  const steps = module === '' ? [] : module.split('.');
  return steps.flatMap((_, index) => (index % 2 === 1 ? [steps.slice(0, index + 1).join('.')] : []));
}

function grouped<T>(items: readonly T[], keyOf: (item: T) => string): Multimap<string, T> {
  const groups: Multimap<string, T> = new Map();
  for (const item of items) append(groups, keyOf(item), item);
  return groups;
}

function sorted(resources: readonly Resource[]): readonly Resource[] {
  return [...resources].sort(byText(({ address }) => address));
}
