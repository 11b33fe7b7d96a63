/** A state as Terraform stores it, version 4 (hashicorp/terraform internal/states/statefile/version4.go). */
import { at, type Entry, integerOf, itemsOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import { blockOf, within } from './address.ts';
import type { RawInstance } from './instance.ts';

/** The instances that the state in `root` holds; those that wait to be destroyed are left out. */
export function* rawStateInstances(root: Mapping): Iterable<RawInstance> {
  for (const resource of itemsOf(at(root, 'resources'))) {
    for (const instance of itemsOf(at(resource, 'instances'))) {
      const values = at(instance, 'attributes');
      if (values?.kind === 'mapping' && !at(instance, 'deposed')) yield* instanceOf(resource, instance, plain(values));
    }
  }
}

/** Attributes whose type only their value tells are stored with it: `{ value, type }`. */
function plain(values: Mapping): Mapping {
  const entries = [...values.entries].map(([key, entry]): [string, Entry] => {
    const stored = entry.value.kind === 'mapping' ? entry.value.entries : undefined;
    const value = stored?.size === 2 && stored.has('type') ? stored.get('value')?.value : undefined;
    return [key, value ? { ...entry, value } : entry];
  });
  return { ...values, entries: new Map(entries) };
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
    sensitive: sensitiveOf(instance),
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

/** True wherever a value is sensitive, as `terraform show` writes it; what stands under an index is so as a whole. */
function sensitiveOf(instance: Value): readonly Value[] {
  return itemsOf(at(instance, 'sensitive_attributes')).map((path) => {
    const steps = path.kind === 'list' ? path.items : [path];
    const end = steps.findIndex((step) => textOf(at(step, 'type')) !== 'get_attr');
    const names = (end === -1 ? steps : steps.slice(0, end)).flatMap((step) => textOf(at(step, 'value')) ?? []);
    const { origin } = path;
    return names.reduceRight<Value>(
      (inner, key) => {
        return { kind: 'mapping', entries: new Map([[key, { key, keyOrigin: origin, value: inner }]]), origin };
      },
      { kind: 'scalar', value: true, text: 'true', quoted: false, origin },
    );
  });
}
