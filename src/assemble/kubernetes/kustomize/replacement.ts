/** `replacements`: a value of one object put into fields of others. */

import { resolvePlain } from '../../../parsers/yaml/scalar.ts';
import { type Origin, withVia } from '../../../source/span.ts';
import {
  at,
  booleanOf,
  entryOf,
  integerOf,
  itemsOf,
  type Mapping,
  type Scalar,
  textOf,
  type Value,
} from '../../../source/value.ts';
import { documentsNamed, type Layer, listOf, tell } from './layer.ts';
import { changeAlong, partsOf, valueAlong } from './replacement-path.ts';
import { apiVersionParts, type Gvk, idsOf, isSelected, type ObjectId, type Resource } from './resource.ts';
import { labelSelectorOf } from './selector.ts';
import { arriving, isNull, stringOf } from './value-edit.ts';

/** The objects after the replacements of the kustomization, in their order. */
export function replaced(layer: Layer, resources: readonly Resource[]): readonly Resource[] {
  let changed = resources;
  for (const item of listOf(layer, 'replacements')) {
    const path = entryOf(item, 'path');
    const reference = textOf(path?.value);
    const listed = path && reference ? documentsNamed(layer, reference, path.value.origin) : [item];
    for (const document of listed) {
      const each = path ? arriving(document, path.value.origin, layer.allowance) : document;
      for (const one of each.kind === 'list' ? each.items : [each]) changed = replaceOne(layer, changed, one);
    }
  }
  return changed;
}

function replaceOne(layer: Layer, resources: readonly Resource[], item: Value): readonly Resource[] {
  const found = sourceOf(layer, resources, item);
  if (typeof found === 'string') {
    tell(layer, 'reference-missing', `This replacement is not made, because ${found}.`, item.origin);
    return resources;
  }
  let changed = resources;
  for (const target of itemsOf(at(item, 'targets'))) {
    const selects = targetSelection(target);
    if (!selects) {
      tell(layer, 'invalid-value', 'This target selects nothing that can be read: it is left out.', target.origin);
      continue;
    }
    changed = changed.map((resource) => {
      layer.allowance.steps--;
      if (layer.allowance.steps <= 0 || !selects(resource)) return resource;
      return { ...resource, root: intoFields(layer, resource.root, target, found) };
    });
  }
  return changed;
}

const DEFAULT_PATH = 'metadata.name';

/** The value of the source, or a phrase that stands after "because". */
function sourceOf(layer: Layer, resources: readonly Resource[], item: Value): Value | string {
  const literal = at(item, 'sourceValue');
  if (literal) return literal;
  const source = at(item, 'source');
  if (!source) return 'it has no source';
  layer.allowance.steps -= resources.length;
  const wanted = selectorOf(source);
  const [resource, ...others] = resources.filter((each) => idsOf(each).some((id) => isNamed(id, wanted)));
  if (!resource) return 'no object here is its source';
  if (others.length > 0) return 'more than one object is its source';
  const path = textOf(at(source, 'fieldPath')) || DEFAULT_PATH;
  const value = valueAlong(resource.root, partsOf(path));
  if (!value || isEmpty(value)) return `its source has no ${path}`;
  const delimiter = textOf(at(source, 'options', 'delimiter')) ?? '';
  if (delimiter === '') return value;
  const index = integerOf(at(source, 'options', 'index')) ?? 0;
  const part = value.kind === 'scalar' ? value.text.split(delimiter)[index] : undefined;
  return part === undefined ? `its source has no part ${index}` : stringOf(part, value.origin);
}

function isEmpty(value: Value): boolean {
  if (value.kind === 'list') return value.items.length === 0;
  return value.kind === 'mapping' ? value.entries.size === 0 : isNull(value);
}

interface IdSelector extends Gvk {
  readonly name: string;
  readonly namespace: string;
}

function selectorOf(value: Value | undefined): IdSelector {
  const text = (key: string) => textOf(at(value, key)) ?? '';
  const parts = apiVersionParts(text('apiVersion'));
  return {
    group: text('group') || parts.group,
    version: text('version') || parts.version,
    kind: text('kind'),
    name: text('name'),
    namespace: text('namespace'),
  };
}

function isNamed(id: ObjectId, { name, namespace, ...kind }: IdSelector): boolean {
  return (name === '' || name === id.name) && (namespace === '' || namespace === id.namespace) && isSelected(id, kind);
}

function targetSelection(target: Value): ((resource: Resource) => boolean) | undefined {
  const select = at(target, 'select');
  const rejects = itemsOf(at(target, 'reject'));
  const [takes, ...leaves] = [select, ...rejects].map(labelsOf);
  if (!select || !takes || leaves.some((each) => !each)) return undefined;
  const wanted = selectorOf(select);
  const refused = rejects.map(selectorOf).filter((each) => Object.values(each).some((text) => text !== ''));
  return (resource) => {
    const ids = idsOf(resource);
    if (!takes(resource) || leaves.some((refuses, index) => isSelective(rejects[index]) && refuses?.(resource)))
      return false;
    return ids.some((id) => isNamed(id, wanted)) && !refused.some((each) => ids.some((id) => isNamed(id, each)));
  };
}

function isSelective(reject: Value | undefined): boolean {
  return Boolean(textOf(at(reject, 'labelSelector')) || textOf(at(reject, 'annotationSelector')));
}

function labelsOf(selector: Value | undefined): ((resource: Resource) => boolean) | undefined {
  const labels = labelSelectorOf(textOf(at(selector, 'labelSelector')) ?? '');
  const annotations = labelSelectorOf(textOf(at(selector, 'annotationSelector')) ?? '');
  if (!labels || !annotations) return undefined;
  return ({ root }) => labels(at(root, 'metadata', 'labels')) && annotations(at(root, 'metadata', 'annotations'));
}

function intoFields(layer: Layer, root: Mapping, target: Value, value: Value): Mapping {
  const paths = itemsOf(at(target, 'fieldPaths'));
  const options = at(target, 'options');
  const create = booleanOf(at(options, 'create')) === true;
  let changed: Mapping = root;
  for (const { text, origin } of paths.length > 0
    ? paths.map(pathText)
    : [{ text: DEFAULT_PATH, origin: target.origin }]) {
    const made = create ? (value.kind === 'mapping' || value.kind === 'list' ? value.kind : 'scalar') : null;
    const set = (known: Value): Value => replacedValue(known, value, options, origin);
    const result = changeAlong(changed, partsOf(text), { made, set, origin, work: layer.allowance });
    if (result?.kind === 'mapping') changed = result;
    else
      tell(
        layer,
        'reference-missing',
        `There is no ${text} in an object that this replaces it in: kustomize refuses it.`,
        origin,
      );
  }
  return changed;
}

function pathText(value: Value): { readonly text: string; readonly origin: Origin } {
  return { text: textOf(value) ?? DEFAULT_PATH, origin: value.origin };
}

/** The value in the place of the known one; in part of it, where the target has a delimiter. */
function replacedValue(known: Value, value: Value, options: Value | undefined, origin: Origin): Value {
  const via = withVia(value.origin, origin);
  if (known.kind !== 'scalar') return arrived(value, via);
  const text = value.kind === 'scalar' ? value.text : '';
  const delimiter = textOf(at(options, 'delimiter')) ?? '';
  if (delimiter === '') return retyped(known, text, via);
  const parts = known.text.split(delimiter);
  const index = integerOf(at(options, 'index')) ?? 0;
  if (index < 0) parts.unshift(text);
  else if (index >= parts.length) parts.push(text);
  else parts[index] = text;
  return retyped(known, parts.join(delimiter), via);
}

function arrived(value: Value, origin: Origin): Value {
  return { ...value, origin };
}

/** The text as what the field was: a number stays one where the text is one. */
function retyped(known: Scalar, text: string, origin: Origin): Scalar {
  if (known.quoted || typeof known.value === 'string') return stringOf(text, origin);
  return { kind: 'scalar', value: resolvePlain(text), text, quoted: false, origin };
}
