/** ConfigMaps and Secrets. */
import type { KubernetesObject } from '../../assemble/kubernetes/object.ts';
import type { ConfigFact, VariableFact } from '../../graph/fragment.ts';
import { at, type Entry, entriesOf, textOf, unknown } from '../../source/value.ts';
import { lineOf } from './field.ts';

/** The entries of a ConfigMap; what is binary names no address. */
export function configMapFact(object: KubernetesObject): ConfigFact {
  const entries = [...entriesOf(at(object.root, 'data'))].map(
    (entry): VariableFact => ({
      name: entry.key,
      value: entry.value.kind === 'unknown' ? entry.value : (textOf(entry.value) ?? ''),
      origin: originOf(entry),
    }),
  );
  return { kind: 'config', namespace: object.namespace, name: object.name, entries, origin: object.origin };
}

/** The keys of a Secret. Its values are never read, even where the code shows them. */
export function secretFact(object: KubernetesObject): ConfigFact {
  const keys = new Map<string, VariableFact>();
  for (const field of ['data', 'stringData']) {
    for (const { key, keyOrigin } of entriesOf(at(object.root, field))) {
      keys.set(key, { name: key, value: unknown('values of secrets are not read', keyOrigin), origin: keyOrigin });
    }
  }
  return {
    kind: 'secret',
    namespace: object.namespace,
    name: object.name,
    entries: [...keys.values()],
    origin: object.origin,
  };
}

/** A file's text is shown where it stands, so that an address in it can be pointed at. */
function originOf(entry: Entry): VariableFact['origin'] {
  return textOf(entry.value)?.includes('\n') ? entry.value.origin : lineOf(entry);
}
