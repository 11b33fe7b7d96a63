/** `vars`: values of objects that stand as `$(NAME)` in others. Legacy, and still in use. */
import { type Origin, withVia } from '../../../source/span.ts';
import { at, type Scalar, textOf, type Value } from '../../../source/value.ts';
import type { Configuration } from './configuration.ts';
import { changeFields } from './field-path.ts';
import { type Allowance, type Layer, listOf, tell } from './layer.ts';
import { partsOf, valueAlong } from './replacement-path.ts';
import { apiVersionParts, effectiveNamespace, idsOf, isClusterScoped, type Resource } from './resource.ts';
import { stringOf, withItems } from './value-edit.ts';

/** A name for a field of some object. */
export interface Variable {
  readonly name: string;
  readonly path: string;
  readonly origin: Origin;
}

/** The variables that the layer declares, and the objects with the variables that are read from them. */
export function declared(
  layer: Layer,
  resources: readonly Resource[],
): { readonly variables: readonly Variable[]; readonly resources: readonly Resource[] } {
  let changed = resources;
  const variables = listOf(layer, 'vars').flatMap((item) => {
    const name = textOf(at(item, 'name'));
    if (!name) return [];
    const of = objectOf(at(item, 'objref') ?? at(item, 'objRef'));
    layer.allowance.steps -= resources.length;
    const holders = resources.filter((resource) => of(resource));
    const [holder, ...others] = holders;
    if (!holder || others.length > 0) {
      const what = holder ? 'more than one object has' : 'no object here has';
      tell(layer, 'reference-missing', `${name} has no value: ${what} what its objref says.`, item.origin);
      return [];
    }
    changed = changed.map((resource) =>
      resource.root === holder.root ? { ...resource, variables: [...resource.variables, name] } : resource,
    );
    return [{ name, path: pathOf(item) || 'metadata.name', origin: item.origin }];
  });
  return { variables, resources: changed };
}

/** Written in either case, as Go's decoder reads it. */
function pathOf(item: Value): string | undefined {
  const reference = at(item, 'fieldref') ?? at(item, 'fieldRef');
  return textOf(at(reference, 'fieldPath') ?? at(reference, 'fieldpath'));
}

function objectOf(reference: Value | undefined): (resource: Resource) => boolean {
  const text = (key: string) => textOf(at(reference, key)) ?? '';
  const parts = apiVersionParts(text('apiVersion'));
  const gvk = {
    group: parts.group || text('group'),
    version: parts.version || text('version'),
    kind: text('kind'),
  };
  const namespace = text('namespace');
  const asksNamespace = namespace !== '' || isClusterScoped(gvk);
  return (resource) =>
    idsOf(resource).some(
      (id) =>
        id.name === text('name') &&
        id.group === gvk.group &&
        id.version === gvk.version &&
        id.kind === gvk.kind &&
        (!asksNamespace || id.namespace === effectiveNamespace(gvk, namespace)),
    );
}

/** Longer values and longer texts are nobody's. */
const LONGEST_VALUE = 1_000;
const LONGEST_TEXT = 100_000;

/** The objects with the values of the variables in place of their names. */
export function withVariables(
  resources: readonly Resource[],
  variables: readonly Variable[],
  configuration: Configuration,
  allowance: Allowance,
): readonly Resource[] {
  const values = new Map<string, Scalar>();
  for (const { name, path } of variables) {
    const holder = resources.find((resource) => resource.variables.includes(name));
    const value = holder && valueAlong(holder.root, partsOf(path.replace(/\[(\d+)\]/g, '.$1')));
    if (value?.kind === 'scalar' && value.text.length <= LONGEST_VALUE) values.set(name, value);
  }
  if (values.size === 0) return resources;
  const set = (value: Value): Value => {
    if (value.kind === 'list') return withItems(value, value.items.map(filled));
    if (value.kind !== 'mapping') return filled(value);
    const entries = [...value.entries].map(([key, entry]) => [key, { ...entry, value: filled(entry.value) }] as const);
    return { ...value, entries: new Map(entries) };
  };
  const filled = (value: Value): Value =>
    value.kind === 'scalar' && typeof value.value === 'string' ? fill(value, values) : value;
  return resources.map((resource) => {
    allowance.steps -= configuration.variables.length;
    if (allowance.steps <= 0) return resource;
    const root = changeFields(resource.root, configuration.variables, {
      kind: null,
      set,
      origin: resource.root.origin,
    });
    return root === resource.root ? resource : { ...resource, root };
  });
}

const REFERENCE = /\$(?:\$|\(([^()$\s]*)\))/g;

/** `$(NAME)` is the value, `$$` a dollar sign; what names nothing stays. A text that is all name takes the value's type. */
function fill(scalar: Scalar, values: ReadonlyMap<string, Scalar>): Scalar {
  const { text } = scalar;
  if (!text.includes('$') || text.length > LONGEST_TEXT) return scalar;
  const whole = /^\$\(([^()$\s]*)\)$/.exec(text);
  const only = whole && values.get(whole[1] as string);
  if (only) return { ...only, origin: withVia(only.origin, scalar.origin) };
  const result = text.replace(REFERENCE, (written, name: string | undefined) => {
    if (written === '$$') return '$';
    return (name !== undefined && values.get(name)?.text) || written;
  });
  return result === text ? scalar : stringOf(result, scalar.origin);
}
