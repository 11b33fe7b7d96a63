/** The resources of a unit, and how they refer to each other: by expressions, by ids, or by names. */
import type { Leaving, Resource, TerraformUnit } from '../../assemble/terraform/unit.ts';
import { append } from '../../source/multimap.ts';
import { once } from '../../source/once.ts';
import type { Origin } from '../../source/span.ts';
import { type Unknown, unknown, type Value } from '../../source/value.ts';
import { type Block, blocks, get, isUnknown, knownText, referencesIn, textsIn } from './resource.ts';

/** What a value refers to. */
export interface Meant {
  readonly resource: Resource;
  /** Whether the value is this and nothing else. */
  readonly sure: boolean;
  /** Where the reference stands. */
  readonly origin: Origin;
}

/** The resources that a value means, and what of it means something that the code does not show. */
export interface Meaning {
  readonly meant: readonly Meant[];
  readonly unknown: readonly Unknown[];
}

/** What the readers of resources ask about the others. */
export interface Context {
  readonly unit: TerraformUnit;
  /** Managed resources of a type, in the order of their addresses. */
  all(type: string): readonly Resource[];
  /** What the texts of a value mean among resources of these types. */
  meaning(value: Value | undefined, types: readonly string[]): Meaning;
  /** The one resource of these types that an attribute surely means. */
  one(resource: Resource, attribute: string, types: readonly string[]): Resource | undefined;
  /** The resources of `type` whose attribute (`load_balancer.target_group_arn` in blocks) means `target`. */
  users(target: Resource, type: string, attribute: string): readonly Resource[];
  /** The addresses of the instances that a reference names. */
  named(reference: string): readonly string[];
  /** The type of the resource at an address. */
  typeOf(address: string): string | undefined;
  /** The data source of a type at an address. */
  source(address: string, type: string): Resource | undefined;
  /** By which text of an attribute a data source of `type` at an address looks for what it finds. */
  finds(address: string, type: string, attribute: string): string | undefined;
  /** The resources that name it anywhere. */
  mentions(target: Resource): readonly Resource[];
  /** Where it is named for somebody whom the unit does not show. */
  leaves(target: Resource): Leaving | undefined;
  /** Resources of `type` whose attribute means none of these types that the code shows. */
  strays(type: string, attribute: string, targets: readonly string[]): readonly Resource[];
}

/** Attributes by which resources are known to others once they exist. */
const IDS = ['id', 'arn', 'self_link', 'name'];

/** The end of a reference that stands in quotes by mistake: what its author meant is plain. */
const QUOTED = /\.(id|arn|name)$/;

export function contextOf(unit: TerraformUnit): Context {
  const byType = new Map<string, Resource[]>();
  const byAddress = new Map<string, Resource[]>();
  for (const resource of unit.resources) {
    if (resource.mode === 'managed') append(byType, resource.type, resource);
    append(byAddress, resource.address, resource);
    // A reference without its last key may be any of the instances.
    const plain = resource.address.replace(/\[[^\]]*\]$/, '');
    if (plain !== resource.address) append(byAddress, plain, resource);
  }
  const all = (type: string) => byType.get(type) ?? [];
  const named = once(() => {
    const found = new Map<string, Resource[]>();
    for (const resource of unit.resources) {
      for (const id of IDS) {
        const text = knownText(resource.body, id);
        if (text) append(found, text, resource);
      }
    }
    return found;
  });
  const meaning: Context['meaning'] = (value, types) => {
    const meant: Meant[] = [];
    const hidden: Unknown[] = [];
    // What a data source finds is made somewhere else.
    const fits = ({ type, mode }: Resource) => mode === 'managed' && types.includes(type);
    if (value === undefined) return { meant, unknown: hidden };
    for (const item of textsIn(value)) {
      if (isUnknown(item)) {
        const found = (item.refers ?? []).flatMap(({ address }) => byAddress.get(address) ?? []).filter(fits);
        const sure = found.length === 1 && item.refers?.length === 1;
        for (const resource of found) meant.push({ resource, sure, origin: item.origin });
        if (!sure) hidden.push(item);
        continue;
      }
      const found = (named().get(item.text) ?? byAddress.get(item.text.replace(QUOTED, '')) ?? []).filter(fits);
      for (const resource of found) meant.push({ resource, sure: found.length === 1, origin: item.origin });
      if (found.length === 0) hidden.push(unknown(`"${item.text}" is not in the code`, item.origin));
    }
    return { meant, unknown: hidden };
  };
  const sourceAt: Context['source'] = (address, type) => {
    const [source] = byAddress.get(address) ?? [];
    return source?.mode === 'data' && source.type === type ? source : undefined;
  };
  const astray = new Map<string, readonly Resource[]>();
  const indexes = new Map<string, ReadonlyMap<Resource, readonly Resource[]>>();
  const indexOf = (type: string, attribute: string, target: string) => {
    const key = `${type} ${attribute} ${target}`;
    const known = indexes.get(key);
    if (known) return known;
    const found = new Map<Resource, Resource[]>();
    for (const resource of all(type)) {
      const means = valuesAt(resource.body, attribute).flatMap((value) => meaning(value, [target]).meant);
      for (const each of new Set(means.map((one) => one.resource))) append(found, each, resource);
    }
    indexes.set(key, found);
    return found;
  };
  const mentioned = once(() => {
    const found = new Map<string, Resource[]>();
    for (const resource of unit.resources) {
      const addresses = new Set(referencesIn(resource.body).map(({ address }) => address));
      for (const address of addresses) {
        for (const target of byAddress.get(address) ?? []) append(found, target.address, resource);
      }
    }
    return found;
  });
  const leaving = once(() => {
    const found = new Map<string, Leaving>();
    for (const each of unit.leaving ?? []) {
      for (const target of byAddress.get(each.address) ?? []) found.set(target.address, each);
    }
    return found;
  });
  return {
    unit,
    all,
    meaning,
    one(resource, attribute, types) {
      const { meant } = meaning(get(resource.body, attribute), types);
      return meant.length === 1 ? meant[0]?.resource : undefined;
    },
    users: (target, type, attribute) => indexOf(type, attribute, target.type).get(target) ?? [],
    named: (reference) => (byAddress.get(reference) ?? []).map(({ address }) => address),
    typeOf: (address) => byAddress.get(address)?.[0]?.type,
    source: sourceAt,
    finds: (address, type, attribute) => knownText(sourceAt(address, type)?.body, attribute),
    leaves: (target) => leaving().get(target.address),
    mentions: (target) => (mentioned().get(target.address) ?? []).filter((one) => one !== target),
    strays(type, attribute, targets) {
      const key = `${type} ${attribute} ${targets.join()}`;
      const found =
        astray.get(key) ?? all(type).filter(({ body }) => meaning(get(body, attribute), targets).meant.length === 0);
      astray.set(key, found);
      return found;
    },
  };
}

/** The values of an attribute, or of one in each block of a name. */
function valuesAt(body: Block, path: string): readonly (Value | undefined)[] {
  const [outer, inner] = path.split('.') as [string, string | undefined];
  if (inner === undefined) return [get(body, outer)];
  return blocks(body, outer).map((block) => (isUnknown(block) ? block : get(block, inner)));
}
