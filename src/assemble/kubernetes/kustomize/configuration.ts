/** Which fields the steps of a build change: the defaults, and what `configurations` files add to them. */
import { at, booleanOf, entriesOf, itemsOf, textOf, type Value } from '../../../source/value.ts';
import { type FieldSpec, pathOf } from './field-path.ts';
import { DEFAULT_FIELDS } from './field-specs.ts';
import { REFERENCES, type ReferenceSpec, VARIABLE_FIELDS } from './reference-specs.ts';
import type { Gvk } from './resource.ts';

/** The steps that have fields of their own. */
export type FieldStep = keyof typeof DEFAULT_FIELDS;

/** What a kustomization and everything below it is configured to change. */
export interface Configuration {
  readonly fields: Readonly<Record<FieldStep, readonly FieldSpec[]>>;
  readonly references: readonly ReferenceSpec[];
  readonly variables: readonly FieldSpec[];
}

/** What holds where no kustomization configures anything. */
export const DEFAULT_CONFIGURATION: Configuration = {
  fields: DEFAULT_FIELDS,
  references: REFERENCES,
  variables: VARIABLE_FIELDS,
};

const STEPS = Object.keys(DEFAULT_FIELDS) as readonly FieldStep[];

/** The configuration with what the `configurations` file in `root` adds. */
export function configuredBy(configuration: Configuration, root: Value): Configuration {
  const added = STEPS.map((step) => [step, specsOf(at(root, step))] as const);
  const references = itemsOf(at(root, 'nameReference')).map((item) => ({
    target: kindOf(item),
    fields: specsOf(at(item, 'fieldSpecs')),
  }));
  return {
    fields: Object.fromEntries(
      added.map(([step, specs]) => [step, [...configuration.fields[step], ...specs]]),
    ) as unknown as Configuration['fields'],
    references: [...configuration.references, ...references],
    variables: [...configuration.variables, ...specsOf(at(root, 'varReference'))],
  };
}

/** What both are configured to change, each field once. */
export function configurationOfBoth(one: Configuration, other: Configuration): Configuration {
  if (one === other || other === DEFAULT_CONFIGURATION) return one;
  if (one === DEFAULT_CONFIGURATION) return other;
  return {
    fields: Object.fromEntries(
      STEPS.map((step) => [step, distinct([...one.fields[step], ...other.fields[step]])]),
    ) as unknown as Configuration['fields'],
    references: distinct([...one.references, ...other.references]),
    variables: distinct([...one.variables, ...other.variables]),
  };
}

/** Field specs as a file has them: `{path, kind, group, version, create}`. */
export function specsOf(list: Value | undefined): readonly FieldSpec[] {
  return itemsOf(list).flatMap((item) => {
    const path = textOf(at(item, 'path'));
    if (!path) return [];
    return [{ ...kindOf(item), path: pathOf(path), create: booleanOf(at(item, 'create')) === true }];
  });
}

function kindOf(item: Value): Partial<Gvk> {
  const kind: Partial<Record<keyof Gvk, string>> = {};
  for (const { key, value } of entriesOf(item)) {
    const text = textOf(value);
    if (text && (key === 'group' || key === 'version' || key === 'kind')) kind[key] = text;
  }
  return kind;
}

function distinct<T>(items: readonly T[]): readonly T[] {
  return [...new Set(items)];
}
