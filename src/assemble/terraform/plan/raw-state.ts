/** A state as Terraform stores it, version 4 (hashicorp/terraform internal/states/statefile/version4.go). */
import { at, type Entry, integerOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { blockOf, within } from './address.ts';
import type { RawInstance } from './recording.ts';

/** The instances that the state in `root` holds; those that wait to be destroyed are left out. */
export function* rawStateInstances(root: Mapping): Iterable<RawInstance> {
  for (const resource of itemsOf(at(root, 'resources'))) {
    for (const instance of itemsOf(at(resource, 'instances'))) {
      const values = at(instance, 'attributes');
      if (values?.kind === 'mapping' && !at(instance, 'deposed')) yield* instanceOf(resource, instance, values);
    }
  }
}

function* instanceOf(resource: Value, instance: Value, values: Mapping): Iterable<RawInstance> {
  const type = textOf(at(resource, 'type'));
  const name = textOf(at(resource, 'name'));
  const place = at(resource, 'name');
  if (type === undefined || name === undefined || !place) return;
  const mode = textOf(at(resource, 'mode')) === 'data' ? 'data' : 'managed';
  const module = textOf(at(resource, 'module')) ?? '';
  const local = mode === 'data' ? `data.${type}.${name}` : `${type}.${name}`;
  const address = `${within(module, local)}${keyOf(at(instance, 'index_key'))}`;
  yield {
    address,
    mode,
    type,
    name,
    module,
    block: blockOf(address),
    provider: providerOf(textOf(at(resource, 'provider')) ?? ''),
    values,
    afterUnknown: undefined,
    sensitive: [sensitiveOf(instance)],
    dependsOn: itemsOf(at(instance, 'dependencies')).flatMap((item) => textOf(item) ?? []),
    origin: place.origin,
  };
}

function keyOf(key: Value | undefined): string {
  if (key?.kind !== 'scalar' || key.value === null) return '';
  return integerOf(key) !== undefined && !key.quoted ? `[${key.text}]` : `[${JSON.stringify(key.text)}]`;
}

/** `provider["registry.terraform.io/hashicorp/aws"].west`, with the module that configures it in front, is `aws.west`. */
function providerOf(written: string): string {
  const open = written.indexOf('["');
  const close = written.indexOf('"]', open);
  if (open === -1 || close === -1) return written;
  const name = written
    .slice(open + 2, close)
    .split('/')
    .at(-1) as string;
  return `${name}${written.slice(close + 2)}`;
}

/** An attribute is sensitive as a whole where anything in it is. */
function sensitiveOf(instance: Value): Mapping {
  const entries = new Map<string, Entry>();
  for (const path of itemsOf(at(instance, 'sensitive_attributes'))) {
    const first = path.kind === 'list' ? path.items[0] : path;
    const key = textOf(at(first, 'value'));
    if (key === undefined || !first) continue;
    const value = { kind: 'scalar', value: true, text: 'true', quoted: false, origin: first.origin } as const;
    entries.set(key, { key, keyOrigin: first.origin, value });
  }
  return { kind: 'mapping', entries, origin: instance.origin };
}
