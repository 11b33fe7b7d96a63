/** Variables that are given to what runs, and whom a reference among them shows to be needed (E5). */
import type { Resource } from '../../assemble/terraform/unit.ts';
import type { NeedFact, VariableFact } from '../../graph/fragment.ts';
import { entriesOf, textOf, type Value } from '../../source/value.ts';
import type { Context } from './context.ts';
import { referencesIn } from './resource.ts';

/** Variables, and the needs that they show. */
export interface Environment {
  readonly variables: readonly VariableFact[];
  readonly needs: readonly NeedFact[];
}

/** Attributes that are the address of something, or a part of it: who is given one calls it. */
const ADDRESSES =
  /(^|_)(address|addresses|endpoint|endpoints|host|dns_name|fqdn|hostname|private_ip|ip_address|bootstrap_brokers.*|brokers|instances|url|uri|connection_name|connection_string|invoke_url)$/;
/** How sure it is that who knows an address calls it. */
const WEIGHT = 0.9;

/** The variables of a map of them. */
export function environmentOf(value: Value | undefined, user: Resource, context: Context): Environment {
  const variables = [...entriesOf(value)].flatMap(({ key, keyOrigin, value: given }) =>
    variableOf(key, given, keyOrigin),
  );
  return { variables, needs: needsIn(value, user, context) };
}

/** A variable; the origin is that of its value, the line to edit. */
export function variableOf(name: string, value: Value, origin: VariableFact['origin']): readonly VariableFact[] {
  if (value.kind === 'unknown') return [{ name, value, origin: value.origin ?? origin }];
  const text = textOf(value);
  return text === undefined ? [] : [{ name, value: text, origin: value.origin }];
}

/** What whoever is given `value` calls: the resources whose addresses are in it. */
export function needsIn(value: Value | undefined, user: Resource, context: Context): readonly NeedFact[] {
  const needs = new Map<string, NeedFact>();
  for (const { address, attribute } of value === undefined ? [] : referencesIn(value)) {
    if (!ADDRESSES.test(attribute.replace(/[[.].*$/, ''))) continue;
    for (const target of context.named(address)) {
      if (target === user.address || needs.has(target)) continue;
      needs.set(target, {
        from: { kind: 'workload', workload: user.address },
        to: { kind: 'workload', workload: target },
        port: null,
        protocol: 'tcp',
        kind: 'environment',
        weight: WEIGHT,
        origin: originIn(value as Value, address),
      });
    }
  }
  return [...needs.values()];
}

/** The place in `value` where a resource is named. */
function originIn(value: Value, address: string): NeedFact['origin'] {
  if (value.kind === 'unknown') {
    const inside = value.encodes && referencesIn(value.encodes).some((one) => one.address === address);
    return inside ? originIn(value.encodes as Value, address) : value.origin;
  }
  const parts =
    value.kind === 'list'
      ? value.items
      : value.kind === 'mapping'
        ? [...value.entries.values()].map((entry) => entry.value)
        : [];
  const part = parts.find((one) => referencesIn(one).some((each) => each.address === address));
  return part ? originIn(part, address) : value.origin;
}
