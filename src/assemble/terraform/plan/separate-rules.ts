/** Rules of a guard that are resources of their own, and stand in the guard once more when they have been applied. */
import { entryOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Instance } from './instance.ts';

/**
 * By the type of the guard: the attributes in which a provider reports rules that are resources of their own, and the
 * types of those. (`Computed` and `Optional` both, in the provider's schema.)
 */
const REPORTED: Readonly<
  Record<string, { readonly attributes: readonly string[]; readonly types: readonly string[] }>
> = {
  aws_security_group: {
    attributes: ['ingress', 'egress'],
    types: ['aws_security_group_rule', 'aws_vpc_security_group_ingress_rule', 'aws_vpc_security_group_egress_rule'],
  },
  aws_network_acl: {
    attributes: ['ingress', 'egress', 'subnet_ids'],
    types: ['aws_network_acl_rule', 'aws_network_acl_association'],
  },
  aws_route_table: { attributes: ['route'], types: ['aws_route'] },
  azurerm_network_security_group: { attributes: ['security_rule'], types: ['azurerm_network_security_rule'] },
  azurerm_virtual_network: { attributes: ['subnet'], types: ['azurerm_subnet'] },
  azurerm_route_table: { attributes: ['route'], types: ['azurerm_route'] },
};

/**
 * The instances, and in none of them what other instances say: a guard whose rules are resources of their own reports
 * them in itself once they are there, and only the resources are what a person wrote.
 */
export function withoutSeparateRules(instances: readonly Instance[]): readonly Instance[] {
  const named = new Map<string, Set<string>>();
  for (const { type, body } of instances) {
    if (!SEPARATE.has(type)) continue;
    const texts = named.get(type) ?? new Set();
    named.set(type, texts);
    for (const { value } of body.entries.values()) for (const text of namesIn(value)) texts.add(text);
  }
  if (named.size === 0) return instances;
  return instances.map((instance) => {
    const reported = REPORTED[instance.type];
    if (!reported) return instance;
    const own = [instance.address, ...OWN.flatMap((key) => textOf(entryOf(instance.body, key)?.value) ?? [])];
    const types = reported.types.filter((type) => own.some((text) => named.get(type)?.has(text)));
    if (types.length === 0) return instance;
    const dropped = reported.attributes.filter((attribute) => !instance.expressions?.entries.has(attribute));
    return { ...instance, body: without(instance.body, dropped) };
  });
}

const SEPARATE = new Set(Object.values(REPORTED).flatMap(({ types }) => types));
const OWN = ['id', 'name'];

function namesIn(value: Value): readonly string[] {
  if (value.kind === 'unknown') return (value.refers ?? []).map(({ address }) => address);
  if (value.kind === 'list') return itemsOf(value).flatMap(namesIn);
  const text = textOf(value);
  return text === undefined ? [] : [text];
}

function without(body: Mapping, keys: readonly string[]): Mapping {
  if (keys.length === 0) return body;
  return { ...body, entries: new Map([...body.entries].filter(([key]) => !keys.includes(key))) };
}
