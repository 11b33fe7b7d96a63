/** What a container's process finds in its environment: values, and the configs that values come from. */
import type { ConfigUse, VariableFact } from '../../graph/fragment.ts';
import { at, type Entry, entryOf, itemsOf, textOf, unknown, type Value } from '../../source/value.ts';
import { firstLineOf, lineAt } from './field.ts';

/** Variables of a container that stand in its manifest, and the configs that more come from. */
export interface Environment {
  readonly variables: readonly VariableFact[];
  readonly configs: readonly ConfigUse[];
}

/** `env` and `envFrom` of a container in `namespace`. Values of secrets are never known, whether the code shows them or not. */
export function environmentOf(container: Value, namespace: string): Environment {
  const variables: VariableFact[] = [];
  const configs: ConfigUse[] = [];
  for (const item of itemsOf(at(container, 'envFrom'))) {
    const use = wholeConfig(item, namespace);
    if (use) configs.push(use);
  }
  for (const item of itemsOf(at(container, 'env'))) {
    const name = textOf(at(item, 'name'));
    if (!name) continue;
    const from = entryOf(item, 'valueFrom')?.value;
    const config = oneKey(from, name, namespace);
    if (config) configs.push(config);
    else variables.push(variableOf(item, name, from, namespace));
  }
  return { variables, configs };
}

function wholeConfig(item: Value, namespace: string): ConfigUse | undefined {
  for (const [field, kind] of [
    ['configMapRef', 'config'],
    ['secretRef', 'secret'],
  ] as const) {
    const name = textOf(at(item, field, 'name'));
    if (!name) continue;
    const prefix = textOf(at(item, 'prefix'));
    const origin = lineAt(at(item, field), 'name', item.origin);
    return { config: { kind, namespace, name }, as: 'variables', origin, ...(prefix ? { prefix } : {}) };
  }
  return undefined;
}

function oneKey(from: Value | undefined, variable: string, namespace: string): ConfigUse | undefined {
  const reference = at(from, 'configMapKeyRef');
  const name = textOf(at(reference, 'name'));
  const key = textOf(at(reference, 'key'));
  if (!reference || !name || !key) return undefined;
  const origin = lineAt(reference, 'key', reference.origin);
  return { config: { kind: 'config', namespace, name }, key, variable, as: 'variables', origin };
}

function variableOf(item: Value, name: string, from: Value | undefined, namespace: string): VariableFact {
  const value = entryOf(item, 'value');
  if (value) return { name, value: writtenValue(value), origin: lineAt(item, 'value', item.origin) };
  if (!from) return { name, value: '', origin: firstLineOf(item) };
  const origin = firstLineOf(from);
  const secret = textOf(at(from, 'secretKeyRef', 'name'));
  if (secret) return { name, value: unknown(`${name} is read from the secret ${secret}`, origin), origin };
  const field = textOf(at(from, 'fieldRef', 'fieldPath'));
  if (field === 'metadata.namespace') return { name, value: namespace, origin };
  return { name, value: unknown(`${name} is filled in when the pod starts`, origin), origin };
}

/** The text of a value; numbers and truth values, which the API server refuses, are read as they are written. */
function writtenValue(entry: Entry): VariableFact['value'] {
  return entry.value.kind === 'unknown' ? entry.value : (textOf(entry.value) ?? '');
}
