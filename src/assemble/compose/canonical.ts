/** The short forms of the Compose specification made long, so that layers can be merged and adapters read one form. */
import { notice } from '../../source/notice.ts';
import type { Origin } from '../../source/span.ts';
import { at, type Entry, itemsOf, type Mapping, textOf, unknown, type Value } from '../../source/value.ts';
import { isNull, list, mapEntries, mapping, nothing, text, withEntries } from './construct.ts';
import { type Filling, fillText, fillValue, fillVariable } from './fill.ts';
import { inlineDockerfile } from './inline.ts';
import { isRemote, resolvePath } from './paths.ts';

/** One compose file as it is read into a project. */
export interface CanonicalScope extends Filling {
  /** What its relative paths are relative to. */
  readonly folder: string;
  /** Its text. */
  readonly source: string;
  /** How much more text may be read. */
  readonly budget: { characters: number };
}

const SECTIONS: ReadonlySet<string> = new Set(['networks', 'volumes', 'configs', 'secrets']);

/** The file with variables filled in, paths relative to the root of the tree, and without what begins with `x-`. */
export function canonicalFile(root: Mapping, reading: CanonicalScope): Mapping {
  const entries: Entry[] = [];
  for (const entry of root.entries.values()) {
    if (entry.key.startsWith('x-') || entry.key === 'version') continue;
    if (entry.key === 'services') entries.push({ ...entry, value: services(entry, reading) });
    else if (SECTIONS.has(entry.key)) entries.push({ ...entry, value: definitions(entry, reading) });
    else entries.push({ ...entry, value: fillValue(entry.value, true, reading) });
  }
  return mapping(entries, root.origin);
}

function services(section: Entry, reading: CanonicalScope): Mapping {
  const entries: Entry[] = [];
  for (const entry of members(section, reading)) entries.push({ ...entry, value: service(entry.value, reading) });
  return mapping(entries, section.value.origin);
}

/** The members of a section that are mappings, or empty. */
function* members(section: Entry, { notices }: CanonicalScope): Iterable<Entry & { readonly value: Mapping }> {
  const { value } = section;
  if (value.kind !== 'mapping') {
    if (!isNull(value)) notices.push(notice('invalid-value', `"${section.key}" must be a mapping.`, value.origin));
    return;
  }
  for (const entry of value.entries.values()) {
    if (entry.key.startsWith('x-')) continue;
    if (entry.value.kind === 'mapping') yield { ...entry, value: entry.value };
    else if (isNull(entry.value)) {
      const tag = entry.value.kind === 'unknown' ? undefined : entry.value.tag;
      yield { ...entry, value: mapping([], entry.keyOrigin, tag) };
    } else notices.push(notice('invalid-value', `"${entry.key}" must be a mapping.`, entry.value.origin));
  }
}

function definitions(section: Entry, reading: CanonicalScope): Mapping {
  const entries: Entry[] = [];
  for (const entry of members(section, reading)) {
    const filled = fillValue(entry.value, true, reading) as Mapping;
    const file = filled.entries.get('file');
    const path = textOf(file?.value);
    const resolved =
      file && path !== undefined
        ? withEntries(filled, { ...file, value: text(resolvePath(reading.folder, path), file.value.origin) })
        : filled;
    entries.push({ ...entry, value: resolved });
  }
  return mapping(entries, section.value.origin);
}

function service(value: Mapping, reading: CanonicalScope): Mapping {
  const entries: Entry[] = [];
  for (const entry of value.entries.values()) {
    if (entry.key.startsWith('x-')) continue;
    entries.push({ ...entry, value: field(entry, reading) });
  }
  return mapping(entries, value.origin, value.tag);
}

/** Fields in which a variable without value is text of no consequence, so that it is empty as in Compose. */
const EMPTIED: ReadonlySet<string> = new Set(['annotations', 'healthcheck', 'labels', 'logging', 'deploy', 'develop']);

function field({ key, value }: Entry, reading: CanonicalScope): Value {
  switch (key) {
    case 'environment':
      return variables(value, reading);
    case 'labels':
    case 'annotations':
    case 'sysctls':
      return pairs(fillValue(value, false, reading));
    case 'depends_on':
    case 'networks':
      return named(fillValue(value, true, reading));
    case 'build':
      return build(value, reading);
    case 'env_file':
      return environmentFiles(fillValue(value, true, reading), reading);
    case 'extends':
      return extension(fillValue(value, true, reading), reading);
    case 'profiles':
    case 'volumes_from':
    case 'links':
      return listed(fillValue(value, true, reading));
    default:
      return fillValue(value, !EMPTIED.has(key), reading);
  }
}

/** `environment` and build arguments: a name without value has the value that the project's variables give it. */
function variables(value: Value, reading: CanonicalScope): Value {
  const inherited = (name: string, origin: Origin): Value => {
    const known = reading.lookup(name);
    return known === undefined ? unknown(`${name} has no value`, origin) : text(known, origin);
  };
  if (value.kind === 'mapping') {
    return mapEntries(value, (entry) => {
      if (entry.value.kind !== 'scalar' || entry.value.tag === '!reset') return entry.value;
      if (isNull(entry.value)) return inherited(entry.key, entry.keyOrigin);
      return fillVariable(entry.value, reading);
    });
  }
  if (value.kind !== 'list') return value;
  const entries: Entry[] = [];
  for (const item of value.items) {
    if (item.kind !== 'scalar') continue;
    const split = item.text.indexOf('=');
    const name = split < 0 ? fillText(item.text, true, item.origin, reading) : item.text.slice(0, split);
    const filled =
      split < 0 ? inherited(name, item.origin) : fillVariable(text(item.text.slice(split + 1), item.origin), reading);
    entries.push({ key: name, keyOrigin: item.origin, value: filled });
  }
  return mapping(entries, value.origin, value.tag);
}

/** A list of `name=value` as a mapping. */
function pairs(value: Value): Value {
  if (value.kind !== 'list') return value;
  const entries = value.items.flatMap((item): Entry[] => {
    if (item.kind !== 'scalar') return [];
    const split = item.text.indexOf('=');
    const key = split < 0 ? item.text : item.text.slice(0, split);
    return [{ key, keyOrigin: item.origin, value: text(split < 0 ? '' : item.text.slice(split + 1), item.origin) }];
  });
  return mapping(entries, value.origin, value.tag);
}

/** A list of names as a mapping of names to nothing. */
function named(value: Value): Value {
  if (value.kind !== 'list') return value;
  const entries = value.items.flatMap((item): Entry[] => {
    const key = textOf(item);
    return key === undefined ? [] : [{ key, keyOrigin: item.origin, value: nothing(item.origin) }];
  });
  return mapping(entries, value.origin, value.tag);
}

/** One text as a list of one. */
function listed(value: Value): Value {
  return value.kind === 'scalar' && !isNull(value) ? list([value], value.origin, value.tag) : value;
}

/** `context`, with everything else that the long form has; a context outside the tree stays as it is. */
function build(value: Value, reading: CanonicalScope): Value {
  if (value.kind === 'scalar' && isNull(value)) return value;
  const origin = value.origin;
  const long =
    value.kind === 'scalar' ? mapping([{ key: 'context', keyOrigin: origin, value }], origin, value.tag) : value;
  if (long.kind !== 'mapping') return value;
  const entries: Entry[] = [];
  for (const entry of long.entries.values()) {
    const { key, value: own } = entry;
    if (key === 'args') entries.push({ ...entry, value: variables(own, reading) });
    // A `$` that is meant for the Dockerfile has to be doubled: Compose fills in every other.
    else if (key === 'dockerfile_inline' && own.kind === 'scalar' && !isNull(own)) {
      entries.push({ ...entry, value: inlineDockerfile(own, reading) });
    } else entries.push({ ...entry, value: fillValue(entry.value, true, reading) });
  }
  const filled = mapping(entries, long.origin, long.tag);
  const context = textOf(at(filled, 'context'));
  const path =
    context === undefined ? reading.folder : isRemote(context) ? context : resolvePath(reading.folder, context);
  const place = at(filled, 'context')?.origin ?? origin;
  return withEntries(filled, { key: 'context', keyOrigin: place, value: text(path, place) });
}

/** A list of `{path, required, format}`, each path relative to the root of the tree. */
function environmentFiles(value: Value, reading: CanonicalScope): Value {
  if (value.kind === 'scalar' && isNull(value)) return value;
  const items = value.kind === 'list' ? itemsOf(value) : [value];
  const long = items.flatMap((item): Value[] => {
    const written = item.kind === 'mapping' ? at(item, 'path') : item;
    if (written?.kind !== 'scalar' || isNull(written)) return [];
    const path = text(resolvePath(reading.folder, written.text), written.origin);
    const entry: Entry = { key: 'path', keyOrigin: written.origin, value: path };
    return [item.kind === 'mapping' ? withEntries(item, entry) : mapping([entry], item.origin)];
  });
  return list(long, value.origin, value.kind === 'unknown' ? undefined : value.tag);
}

/** `{service, file}`, the file relative to the root of the tree. */
function extension(value: Value, reading: CanonicalScope): Value {
  if (value.kind === 'scalar') {
    return isNull(value) ? value : mapping([{ key: 'service', keyOrigin: value.origin, value }], value.origin);
  }
  const file = value.kind === 'mapping' ? value.entries.get('file') : undefined;
  const path = textOf(file?.value);
  if (value.kind !== 'mapping' || !file || path === undefined) return value;
  return withEntries(value, { ...file, value: text(resolvePath(reading.folder, path), file.value.origin) });
}
