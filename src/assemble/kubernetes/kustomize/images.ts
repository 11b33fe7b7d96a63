/** `images` and `replicas` of a kustomization. */
import { type Origin, withVia } from '../../../source/span.ts';
import { at, entryOf, type Mapping, textOf, type Value } from '../../../source/value.ts';
import type { Configuration } from './configuration.ts';
import { changeFields } from './field-path.ts';
import { type Layer, listOf, tell } from './layer.ts';
import { type Pattern, patternOf } from './pattern.ts';
import { gvkOf, idsOf, isSelected, type Resource } from './resource.ts';
import { stringOf, withField, withItems } from './value-edit.ts';

/** The objects with the number of replicas that the kustomization says for those of a name. */
export function replicated(
  layer: Layer,
  resources: readonly Resource[],
  { fields }: Configuration,
): readonly Resource[] {
  let changed = resources;
  for (const item of listOf(layer, 'replicas')) {
    const name = textOf(entryOf(item, 'name')?.value);
    const count = entryOf(item, 'count')?.value;
    layer.allowance.steps -= resources.length;
    if (!name || count?.kind !== 'scalar' || layer.allowance.steps <= 0) continue;
    let found = false;
    const set = (value: Value): Value => (value.kind === 'scalar' ? count : value);
    changed = changed.map((resource) => {
      const specs = fields.replicas.filter((spec) =>
        idsOf(resource).some((id) => id.name === name && isSelected(id, spec)),
      );
      if (specs.length === 0) return resource;
      found = true;
      const root = changeFields(resource.root, specs, { kind: 'scalar', set, origin: count.origin });
      return { ...resource, root };
    });
    const message = `Nothing of the name ${name} is here that has replicas: kustomize refuses it.`;
    if (!found) tell(layer, 'reference-missing', message, item.origin);
  }
  return changed;
}

/** The objects with the images that the kustomization puts in place of others. */
export function imaged(layer: Layer, resources: readonly Resource[], { fields }: Configuration): readonly Resource[] {
  let changed = resources;
  for (const item of [...listOf(layer, 'images'), ...listOf(layer, 'imageTags')]) {
    const image = readImage(item);
    layer.allowance.steps -= resources.length;
    if (!image || layer.allowance.steps <= 0) continue;
    const set = (value: Value): Value => {
      const text = value.kind === 'scalar' ? textOf(value) : undefined;
      if (text === undefined || !isImage(layer, text, image)) return value;
      const changed = imageOf(text, image);
      return changed === text ? value : stringOf(changed, withVia(image.origin, value.origin));
    };
    const change = { kind: null, set, origin: image.origin };
    changed = changed.map((resource) =>
      gvkOf(resource.root).kind === 'CustomResourceDefinition'
        ? resource
        : { ...resource, root: changeFields(inContainers(resource.root, set), fields.images, change) },
    );
  }
  return changed;
}

/** The images of whatever is called containers, at any depth: kustomize changes these before the fields it is told of. */
function inContainers(root: Mapping, set: (value: Value) => Value): Mapping {
  const changed = walked(root, set);
  return changed.kind === 'mapping' ? changed : root;
}

function walked(value: Value, set: (value: Value) => Value): Value {
  if (value.kind === 'list')
    return withItems(
      value,
      value.items.map((item) => walked(item, set)),
    );
  if (value.kind !== 'mapping') return value;
  let changed: Mapping = value;
  for (const { key, keyOrigin, value: inner } of value.entries.values()) {
    const next = walked(inner, set);
    const isContainers = next.kind === 'list' && (key === 'containers' || key === 'initContainers');
    const items = isContainers
      ? withItems(
          next,
          next.items.map((item) => withImage(item, set)),
        )
      : next;
    changed = withField(changed, key, items, keyOrigin);
  }
  return changed;
}

function withImage(item: Value, set: (value: Value) => Value): Value {
  const image = entryOf(item, 'image');
  return item.kind === 'mapping' && image ? withField(item, 'image', set(image.value), image.keyOrigin) : item;
}

interface Image {
  readonly name: string;
  readonly pattern: Pattern | null;
  readonly newName: string;
  readonly newTag: string;
  readonly digest: string;
  readonly tagSuffix: string;
  /** What a person would edit: the new name, else the tag, the digest or the suffix. */
  readonly origin: Origin;
}

function readImage(item: Value): Image | undefined {
  const field = (key: string) => textOf(at(item, key)) ?? '';
  const name = field('name');
  if (name === '') return undefined;
  const changing = ['newName', 'newTag', 'digest', 'tagSuffix'].filter((key) => field(key) !== '');
  if (changing.length === 0) return undefined;
  return {
    name,
    pattern: /[\\^$|?*+()[\]{}]/.test(name) ? (patternOf(`${name}${TAIL}`, true) ?? null) : null,
    newName: field('newName'),
    newTag: field('newTag'),
    digest: field('digest'),
    tagSuffix: field('tagSuffix'),
    origin: at(item, changing[0] as string)?.origin ?? item.origin,
  };
}

const TAIL = '(:[a-zA-Z0-9_.{}-]*)?(@sha256:[a-zA-Z0-9_.{}-]*)?';
const TAILED = new RegExp(`^${TAIL}$`);

function isImage(layer: Layer, text: string, { name, pattern }: Image): boolean {
  if (pattern) return pattern(text, layer.allowance);
  return text.startsWith(name) && TAILED.test(text.slice(name.length));
}

function imageOf(text: string, { newName, newTag, digest, tagSuffix }: Image): string {
  const parts = imageParts(text);
  const [tag, sum] =
    newTag !== '' || digest !== ''
      ? [newTag, digest]
      : tagSuffix !== ''
        ? [`${parts.tag}${tagSuffix}`, '']
        : [parts.tag, parts.digest];
  return `${newName || parts.name}${tag === '' ? '' : `:${tag}`}${sum === '' ? '' : `@${sum}`}`;
}

/** `host:5000/name:tag@sha256:…` taken apart; a colon before the first slash is of the host. */
function imageParts(text: string): { readonly name: string; readonly tag: string; readonly digest: string } {
  const slash = Math.max(text.indexOf('/'), 0);
  const sign = text.indexOf('@', slash);
  const colon = text.indexOf(':', slash);
  const digest = sign === -1 ? '' : text.slice(sign + 1);
  if (colon === -1 || (sign !== -1 && sign < colon)) {
    return { name: sign === -1 ? text : text.slice(0, sign), tag: '', digest };
  }
  return { name: text.slice(0, colon), tag: text.slice(colon + 1, sign === -1 ? undefined : sign), digest };
}
