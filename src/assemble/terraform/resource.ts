/** Resources and data sources, and what their attributes are where they are referred to. */
import type { Origin } from '../../source/span.ts';
import { keyOf, memberValue } from './block.ts';
import { type Cell, cell, demand } from './evaluate/cell.ts';
import { type Datum, type StructureDatum, type UnknownDatum, unknownDatum } from './evaluate/datum.ts';
import { lazyMap } from './evaluate/lazy-map.ts';
import { weigh } from './evaluate/weigh.ts';
import { headerOf, type Members, type ResourceDeclaration } from './module.ts';
import { addressIn, type ModuleInstance, type Place, type ResourceInstance, scopeIn } from './run.ts';
import { isTold, toldBy } from './told.ts';

/** What tells Terraform what to do with a resource, and is no attribute of it (website/docs/language/meta-arguments). */
const META: ReadonlySet<string> = new Set([
  'count',
  'for_each',
  'provider',
  'depends_on',
  'lifecycle',
  'connection',
  'provisioner',
]);

const written = new WeakMap<Members, ReadonlySet<string>>();

/** The names of what the body of a resource says, in their order. */
export function attributesOf({ members }: Pick<ResourceDeclaration, 'members'>): ReadonlySet<string> {
  const known = written.get(members);
  if (known) return known;
  const names = new Set([...members.keys()].filter((name) => !META.has(name)));
  written.set(members, names);
  return names;
}

/** `type.name`, `data.type.name`. */
export function nameOf({ mode, type, name }: Pick<ResourceDeclaration, 'mode' | 'type' | 'name'>): string {
  return mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
}

/** One instance of a resource. */
export function resourceInstance(
  instance: ModuleInstance,
  declaration: ResourceDeclaration,
  { key, names, uncertain }: Place,
): ResourceInstance {
  const made: { -readonly [K in keyof ResourceInstance]: ResourceInstance[K] } = {
    declaration,
    address: addressIn(instance, nameOf(declaration)) + key,
    attributes: new Map(),
    uncertain: uncertain ?? instance.uncertain,
    names: null,
    value: NOTHING,
  };
  made.value = resourceValue(instance, made);
  made.names = { name: 'self', value: made.value, outer: names };
  return made;
}

const NOTHING: Datum = { kind: 'null', origin: { file: '', start: 0, end: 0 } };

/** An attribute that the body of a resource writes, or that what it writes tells, worked out once. */
export function attributeCell(instance: ModuleInstance, resource: ResourceInstance, name: string): Cell<Datum> {
  const known = resource.attributes.get(name);
  if (known) return known;
  const { declaration, address } = resource;
  const member = declaration.members.get(name) ?? { attribute: null, blocks: [] };
  const made = cell<Datum>({
    name: () => `${address}.${name}`,
    origin: () => keyOf(member, declaration.file),
    compute: () => {
      const scope = scopeIn(instance, declaration, resource.names);
      if (!declaration.members.has(name)) {
        return toldBy(resource, name, instance.run) ?? computed(resource, name, headerOf(declaration));
      }
      const value = memberValue(member, scope, () => computed(resource, name, keyOf(member, declaration.file)), name);
      weigh(value, instance.run.machine.budget);
      return value;
    },
    failed: (fault) => instance.run.refuse(fault),
  });
  resource.attributes.set(name, made);
  return made;
}

/** What the provider or the data source says once Terraform asks it. */
function computed({ declaration: { mode }, address }: ResourceInstance, name: string, origin: Origin): UnknownDatum {
  const refers = [{ address, attribute: name }];
  if (mode === 'data') return unknownDatum('data-source', `${address} is asked when Terraform runs`, origin, refers);
  return unknownDatum('computed', `${address}.${name} is set when the resource is made`, origin, refers);
}

/** What is read of a resource and not known is a link to it, whatever it is made from besides. */
function referring(value: UnknownDatum, { address }: ResourceInstance, attribute: string): UnknownDatum {
  if (value.refers.some((each) => each.address === address)) return value;
  return { ...value, refers: [{ address, attribute }, ...value.refers] };
}

function resourceValue(instance: ModuleInstance, resource: ResourceInstance): StructureDatum {
  const origin = headerOf(resource.declaration);
  const entries = lazyMap(attributesOf(resource.declaration), (name) => {
    const value = demand(instance.run.machine, attributeCell(instance, resource, name));
    if (value.kind === 'null') return computed(resource, name, origin);
    return value.kind === 'unknown' ? referring(value, resource, name) : value;
  });
  return {
    kind: 'object',
    entries,
    rest: (name) =>
      isTold(resource, name)
        ? demand(instance.run.machine, attributeCell(instance, resource, name))
        : computed(resource, name, origin),
    lazy: true,
    resource: resource.address,
    origin,
  };
}
