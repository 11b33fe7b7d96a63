/** Resources of the Kubernetes provider as the manifests that they stand for. */
import type { Origin } from '../../../source/span.ts';
import { at, type Entry, type Mapping, type Scalar, textOf, type Unknown, type Value } from '../../../source/value.ts';
import type { Resource } from '../unit.ts';
import { fieldName, isMap, type Kind, listOf } from './names.ts';

/** The blocks and attributes that are part of the object; the others say how the provider makes it. */
const FIELDS: ReadonlySet<string> = new Set(['metadata', 'spec', 'data', 'binary_data', 'type', 'subset']);

/** The manifest of a resource of `kind`, at the places of its attributes. */
export function manifestOf(resource: Resource, { apiVersion, kind }: Kind): Mapping {
  const { origin, body } = resource;
  const entries = new Map<string, Entry>([
    ['apiVersion', { key: 'apiVersion', keyOrigin: origin, value: text(apiVersion, origin) }],
    ['kind', { key: 'kind', keyOrigin: origin, value: text(kind, origin) }],
  ]);
  for (const [name, entry] of body.entries) {
    if (!FIELDS.has(name)) continue;
    const value = kind === 'Secret' && name.endsWith('data') ? hidden(entry.value, resource) : entry.value;
    lower('', name, { ...entry, value }, entries);
  }
  const metadata = entries.get('metadata');
  if (metadata) entries.set('metadata', { ...metadata, value: named(metadata.value, resource) });
  return { kind: 'mapping', entries, origin: body.origin };
}

/** Whether the name of the object is not known. */
export function isNameless({ body }: Resource): boolean {
  const metadata = at(body, 'metadata');
  const name = at(metadata?.kind === 'list' ? metadata.items[0] : metadata, 'name');
  return name !== undefined && textOf(name) === undefined;
}

/** An object whose name is not known is called by the address of its resource: it is there, and selected by its labels. */
function named(metadata: Value, { address }: Resource): Value {
  const name = metadata.kind === 'mapping' ? metadata.entries.get('name') : undefined;
  if (metadata.kind !== 'mapping' || !name || textOf(name.value) !== undefined) return metadata;
  const value = text(address, name.value.origin);
  return { ...metadata, entries: new Map([...metadata.entries, ['name', { ...name, value }]]) };
}

/** Adds what stands under `name` in a block `parent`: nested blocks, or an attribute. */
function lower(parent: string, name: string, entry: Entry, entries: Map<string, Entry>): void {
  const blocks = blocksOf(name, entry.value);
  if (!blocks) {
    const key = fieldName(name);
    entries.set(key, { ...entry, key, value: PORTS.has(name) ? portIn(entry.value) : entry.value });
    return;
  }
  const [first] = blocks;
  if (!first) return;
  const list = listOf(parent, name);
  const key = list ?? fieldName(name);
  const origin = entry.value.kind === 'list' ? entry.value.origin : first.origin;
  const value: Value = list === undefined ? first : { kind: 'list', items: blocks, origin };
  entries.set(key, { ...entry, key, value });
}

/** Attributes that take the number of a port or its name: the provider reads a text of digits as a number. */
const PORTS: ReadonlySet<string> = new Set(['port', 'target_port', 'service_port', 'end_port']);

function portIn(value: Value): Value {
  if (value.kind !== 'scalar' || !value.quoted || !/^\d{1,5}$/.test(value.text)) return value;
  return { ...value, value: Number(value.text), quoted: false };
}

/** The nested blocks that `value` is; undefined where it is the value of an attribute. */
function blocksOf(name: string, value: Value): readonly Mapping[] | undefined {
  const written = value.kind === 'list' ? value.items : [value];
  const blocks = written.filter((item) => item.kind === 'mapping' && !isMap(name, item.entries)) as readonly Mapping[];
  return blocks.length === written.length ? blocks.map((body) => block(name, body)) : undefined;
}

function block(name: string, body: Mapping): Mapping {
  const entries = new Map<string, Entry>();
  for (const [key, entry] of body.entries) lower(name, key, entry, entries);
  return { ...body, entries };
}

/** The keys of a secret; its values are nobody's to see. */
function hidden(value: Value, { address }: Resource): Value {
  if (value.kind !== 'mapping') return secret(address, value.origin);
  const entries = [...value.entries].map(([key, entry]): [string, Entry] => [
    key,
    { ...entry, value: secret(address, entry.value.origin) },
  ]);
  return { ...value, entries: new Map(entries) };
}

function secret(address: string, origin: Origin): Unknown {
  return { kind: 'unknown', because: `${address} is a secret`, reason: 'sensitive', origin };
}

function text(value: string, origin: Origin): Scalar {
  return { kind: 'scalar', value, text: value, quoted: true, origin };
}
