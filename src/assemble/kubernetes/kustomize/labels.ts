/** `labels`, `commonLabels` and `commonAnnotations`. */
import { at, booleanOf, type Entry, entriesOf, entryOf, textOf, type Value } from '../../../source/value.ts';
import { type Configuration, specsOf } from './configuration.ts';
import { changeFields, type FieldSpec } from './field-path.ts';
import { OWN_LABELS } from './field-specs.ts';
import { type Layer, listOf } from './layer.ts';
import type { Resource } from './resource.ts';
import { stringOf, withEntry } from './value-edit.ts';

/** The objects with the labels and annotations of the kustomization, each at its line there. */
export function labelled(layer: Layer, resources: readonly Resource[], { fields }: Configuration): readonly Resource[] {
  let changed = resources;
  for (const item of listOf(layer, 'labels')) {
    const own = [...specsOf(at(item, 'fields')), ...fields.labels];
    const specs =
      booleanOf(at(item, 'includeSelectors')) === true
        ? [...own, ...fields.commonLabels]
        : booleanOf(at(item, 'includeTemplates')) === true
          ? [...own, ...fields.templateLabels, OWN_LABELS]
          : [...own, OWN_LABELS];
    changed = withPairs(layer, changed, at(item, 'pairs'), specs);
  }
  changed = withPairs(layer, changed, entryOf(layer.root, 'commonLabels')?.value, fields.commonLabels);
  return withPairs(layer, changed, entryOf(layer.root, 'commonAnnotations')?.value, fields.commonAnnotations);
}

function withPairs(
  layer: Layer,
  resources: readonly Resource[],
  pairs: Value | undefined,
  specs: readonly FieldSpec[],
): readonly Resource[] {
  const entries = [...entriesOf(pairs)].flatMap((entry): Entry[] => {
    const text = textOf(entry.value);
    return text === undefined ? [] : [{ ...entry, value: stringOf(text, entry.value.origin) }];
  });
  const [first] = entries;
  if (!first) return resources;
  const set = (value: Value): Value => (value.kind === 'mapping' ? entries.reduce(withEntry, value) : value);
  layer.allowance.steps -= resources.length * entries.length;
  if (layer.allowance.steps <= 0) return resources;
  const change = { kind: 'mapping', set, origin: first.keyOrigin } as const;
  return resources.map((resource) => ({ ...resource, root: changeFields(resource.root, specs, change) }));
}
