/** How a later layer changes an earlier one: the "Merge and override" chapter of the Compose specification. */
import { type Notice, notice } from '../../source/notice.ts';
import { at, type List, type Mapping, textOf, type Value } from '../../source/value.ts';
import { isNull, list, mapping } from './construct.ts';
import { portKey } from './port-parts.ts';
import { volumeTarget } from './volume-parts.ts';

/** Where notices of a merge go, and how many more entries merges may touch. */
export interface MergeLimits {
  readonly notices: Notice[];
  readonly tree: { entries: number };
}

/** The merged project: `over` over `base`, both in canonical form. */
export function mergeProjects(base: Mapping, over: Mapping, limits: MergeLimits): Mapping {
  return mergeMappings(base, over, '', limits);
}

/** One service over another, as `extends` has it; alone, where no more may be merged. */
export function mergeServices(base: Mapping, over: Mapping, limits: MergeLimits): Mapping {
  return limits.tree.entries < 0 ? over : mergeMappings(base, over, 'services.*', limits);
}

/** The project without what `!reset` takes away. */
export function dropReset(project: Mapping): Mapping {
  const kept = [...project.entries.values()].filter((entry) => !isReset(entry.value));
  return mapping(
    kept.map((entry) => ({ ...entry, value: keptOf(entry.value) })),
    project.origin,
  );
}

function keptOf(value: Value): Value {
  if (value.kind === 'mapping') return dropReset(value);
  if (value.kind !== 'list') return value;
  return { ...value, items: value.items.filter((item) => !isReset(item)).map(keptOf) };
}

/** Lists that an override replaces: they are one thing, in their order. */
const REPLACED: ReadonlySet<string> = new Set([
  'services.*.command',
  'services.*.entrypoint',
  'services.*.healthcheck.test',
  'services.*.build.dockerfile_inline',
]);

/** Lists in which an item of the override takes the place of the item that means the same thing. */
const UNIQUE: Readonly<Record<string, (item: Value) => string | undefined>> = {
  'services.*.ports': portKey,
  'services.*.expose': textOf,
  'services.*.volumes': volumeTarget,
  'services.*.devices': volumeTarget,
  'services.*.configs': (item) => textOf(at(item, 'target')) ?? textOf(at(item, 'source')) ?? textOf(item),
  'services.*.secrets': (item) => textOf(at(item, 'target')) ?? textOf(at(item, 'source')) ?? textOf(item),
  'services.*.env_file': (item) => textOf(at(item, 'path')),
  'services.*.networks.*.aliases': textOf,
  'services.*.cap_add': textOf,
  'services.*.cap_drop': textOf,
  'services.*.links': textOf,
  'services.*.profiles': textOf,
  'services.*.volumes_from': textOf,
  'services.*.tmpfs': textOf,
  'services.*.dns': textOf,
};

/** Mappings whose keys are names that people give, so that they are one place for the tables above. */
const NAMED: ReadonlySet<string> = new Set([
  'services',
  'services.*.networks',
  'networks',
  'volumes',
  'configs',
  'secrets',
]);

function mergeValues(base: Value, over: Value, path: string, limits: MergeLimits): Value {
  if (isReset(over) || over.kind === 'unknown' || over.tag === '!override' || isReset(base)) return over;
  if (isNull(over)) return base;
  if (isNull(base) || REPLACED.has(path)) return over;
  if (base.kind === 'mapping' && over.kind === 'mapping') {
    const loggers = path === 'services.*.logging' ? [at(base, 'driver'), at(over, 'driver')].map(textOf) : [];
    // The options of one log driver mean nothing to another.
    if (loggers[0] !== undefined && loggers[1] !== undefined && loggers[0] !== loggers[1]) return over;
    return mergeMappings(base, over, path, limits);
  }
  if (base.kind === 'list' && over.kind === 'list') return mergeLists(base, over, path, limits);
  if (base.kind !== over.kind && base.kind !== 'unknown') {
    const message = `Compose cannot put a ${over.kind} over the ${base.kind} of an earlier file; the later one is taken. Write both in the same form.`;
    limits.notices.push(notice('merge-conflict', message, over.origin));
  }
  return over;
}

function mergeMappings(base: Mapping, over: Mapping, path: string, limits: MergeLimits): Mapping {
  if (base.entries.size === 0) return { ...base, entries: over.entries };
  const entries = new Map(base.entries);
  limits.tree.entries -= base.entries.size + over.entries.size;
  if (limits.tree.entries < 0) return base;
  for (const entry of over.entries.values()) {
    const below = entries.get(entry.key);
    const inner = NAMED.has(path) ? `${path}.*` : path === '' ? entry.key : `${path}.${entry.key}`;
    entries.set(entry.key, below ? { ...below, value: mergeValues(below.value, entry.value, inner, limits) } : entry);
  }
  return { ...base, entries };
}

function mergeLists(base: List, over: List, path: string, limits: MergeLimits): List {
  limits.tree.entries -= base.items.length + over.items.length;
  if (limits.tree.entries < 0) return base;
  const keyOf = UNIQUE[path];
  if (!keyOf) return list([...base.items, ...over.items], base.origin);
  const items = [...base.items];
  const places = new Map<string, number>();
  items.forEach((item, place) => {
    const key = keyOf(item);
    if (key !== undefined && !places.has(key)) places.set(key, place);
  });
  for (const item of over.items) {
    const key = keyOf(item);
    const place = key === undefined ? undefined : places.get(key);
    if (place !== undefined) items[place] = item;
    else items.push(item);
  }
  return list(items, base.origin);
}

function isReset(value: Value): boolean {
  return value.kind !== 'unknown' && value.tag === '!reset';
}
