/** `configMapGenerator` and `secretGenerator`: objects made of literals and files. */
import type { Origin } from '../../../source/span.ts';
import {
  at,
  booleanOf,
  type Entry,
  entriesOf,
  entryOf,
  type Mapping,
  textOf,
  type Value,
} from '../../../source/value.ts';
import { dataOf } from './generator-data.ts';
import { type Layer, listOf, tell } from './layer.ts';
import { add, type Pool, placesOf, replace } from './pool.ts';
import { currentId, type Resource, resourceOf } from './resource.ts';
import { mappingOf, stringOf, withEntry } from './value-edit.ts';

type Kind = 'ConfigMap' | 'Secret';

/** Adds the objects that the kustomization generates to those that it has, or merges them into these. */
export function generate(layer: Layer, pool: Pool): void {
  for (const item of listOf(layer, 'configMapGenerator')) generateOne(layer, pool, 'ConfigMap', item);
  for (const item of listOf(layer, 'secretGenerator')) generateOne(layer, pool, 'Secret', item);
}

function generateOne(layer: Layer, pool: Pool, kind: Kind, item: Value): void {
  const name = entryOf(item, 'name');
  if (!name || !textOf(name.value)) {
    tell(layer, 'invalid-value', 'What is generated needs a name: this is left out.', item.origin);
    return;
  }
  const made = madeOf(layer, kind, item, name);
  const [place, ...others] = placesOf(pool, currentId(made.root));
  const behavior = textOf(at(item, 'behavior'))?.toLowerCase() ?? 'create';
  const joins = behavior === 'merge' || behavior === 'replace';
  const what = `${kind} ${textOf(name.value)}`;
  if (place === undefined) {
    if (joins) {
      tell(layer, 'reference-missing', `No ${what} is here to ${behavior}: kustomize refuses it.`, name.value.origin);
    }
    add(pool, made);
  } else if (!joins || others.length > 0) {
    const message = `${what} is here already: kustomize refuses a second one without behavior: merge or replace.`;
    tell(layer, 'merge-conflict', message, name.value.origin);
  } else {
    replace(pool, place, joined(pool.items[place] as Resource, made, behavior === 'merge'));
  }
}

function madeOf(layer: Layer, kind: Kind, item: Value, name: Entry): Resource {
  const { keyOrigin } = name;
  const options = [at(item, 'options'), entryOf(layer.root, 'generatorOptions')?.value];
  const given = (key: string) => options.some((each) => booleanOf(at(each, key)) === true);
  const namespace = entryOf(item, 'namespace');
  const metadata: Entry[] = [name, ...(namespace && textOf(namespace.value) ? [namespace] : [])];
  for (const key of ['labels', 'annotations']) {
    // What an item says itself stands over what holds for all.
    const pairs = options.toReversed().flatMap((each) => [...entriesOf(at(each, key))]);
    if (pairs.length > 0) metadata.push(field(key, mappingOf(keyOrigin, pairs.map(asString)), keyOrigin));
  }
  const entries = [
    field('apiVersion', stringOf('v1', keyOrigin), keyOrigin),
    field('kind', stringOf(kind, keyOrigin), keyOrigin),
    field('metadata', mappingOf(keyOrigin, metadata), keyOrigin),
  ];
  if (kind === 'Secret') entries.push(entryOf(item, 'type') ?? field('type', stringOf('Opaque', keyOrigin), keyOrigin));
  const data = dataOf(layer, item, kind === 'Secret');
  for (const [key, pairs] of data) entries.push(field(key, mappingOf(item.origin, pairs), keyOrigin));
  if (given('immutable')) {
    const value = { kind: 'scalar', value: true, text: 'true', quoted: false, origin: keyOrigin } as const;
    entries.push(field('immutable', value, keyOrigin));
  }
  return { ...resourceOf(mappingOf(item.origin, entries)), hashed: !given('disableNameSuffixHash') };
}

/** The object with what is generated for it, under the name that it has. */
function joined(known: Resource, made: Resource, merge: boolean): Resource {
  let root = made.root;
  const merged = (path: readonly string[], ours: Value | undefined, theirs: Value | undefined) => {
    const entries = [...entriesOf(ours), ...entriesOf(theirs)];
    if (entries.length > 0) root = withPath(root, path, mappingOf((theirs ?? ours)?.origin ?? root.origin, entries));
  };
  for (const key of ['labels', 'annotations']) {
    merged(['metadata', key], at(known.root, 'metadata', key), at(made.root, 'metadata', key));
  }
  for (const key of merge ? ['data', 'binaryData'] : []) merged([key], at(known.root, key), at(made.root, key));
  for (const key of ['name', 'namespace']) {
    const entry = entryOf(at(known.root, 'metadata'), key);
    if (entry) root = withPath(root, ['metadata', key], entry.value);
  }
  return { ...known, root, hashed: known.hashed && made.hashed };
}

function withPath(root: Mapping, [key = '', ...rest]: readonly string[], value: Value): Mapping {
  const known = entryOf(root, key);
  const inner = known?.value.kind === 'mapping' ? known.value : mappingOf(value.origin);
  const keyOrigin = known?.keyOrigin ?? value.origin;
  return withEntry(root, field(key, rest.length === 0 ? value : withPath(inner, rest, value), keyOrigin));
}

function asString({ key, keyOrigin, value }: Entry): Entry {
  return { key, keyOrigin, value: value.kind === 'scalar' ? stringOf(value.text, value.origin) : value };
}

function field(key: string, value: Value, keyOrigin: Origin): Entry {
  return { key, keyOrigin, value };
}
